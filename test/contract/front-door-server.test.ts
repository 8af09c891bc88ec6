import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { pino } from 'pino';
import { createWebServer } from '../../src/web/server/server.js';
import { type Bot, botFor, openBot } from './frontDoorBot.js';
import { openChannel, type SignedChannel } from './signedChannel.js';

/** What comes back for raw bytes. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setTimeout(3_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (part) => {
      text += part.toString();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

function get(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });
}

describe('the server', () => {
  let channel: SignedChannel;
  let bot: Bot;

  before(async () => {
    channel = await openChannel();
    bot = await botFor(channel);
  });
  after(async () => {
    await bot.close();
    await channel.close();
  });
  const postBytes = async (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await channel.token()}`, ...headers },
      body: new Uint8Array(Buffer.from(body)),
    });

  it('lives on after odd Host headers and targets', async () => {
    for (const host of ['[bad', 'a b', 'x:99999', '%zz']) {
      const answer = await raw(bot.port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 400 /, host);
    }
    for (const target of ['http://[', 'http://x:99999/', '//[']) {
      assert.match(
        await raw(bot.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
        /^HTTP\/1\.1 4\d\d /,
        target,
      );
    }
    assert.equal((await fetch(`${bot.url}/healthz`)).status, 200);
  });

  it('refuses a Host header that comes twice, or is not of the form of a host, and paths that parsing would change', async () => {
    for (const host of ['0x7f.1', '127.1', '2130706433', 'x@y', 'x/y', 'x?y', 'x#y', 'x\\y', 'x\r\nHost: y', '']) {
      const answer = await raw(bot.port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 400 /, host);
    }
    const odd = [
      '/link/%2e%2e/healthz',
      '/link/../healthz',
      '/./healthz',
      '//healthz',
      '/link\\..\\healthz',
      '/healthz#x',
    ];
    for (const target of [...odd, 'http://x/healthz', '/link/.%2E/healthz', '/%2e/healthz', '/héalthz']) {
      const answer = await raw(bot.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[04] /, target);
    }
    for (const host of ['x', 'x:3978', 'my_bot.internal', '[::1]:8080', '127.0.0.1', 'SOCIAL.Contoso.com'])
      assert.equal(await get(bot.port, '/healthz?a=b%2e%2e', { host }), 200, host);
  });

  it('reads no path in two ways: what is answered was asked for as it stands', async () => {
    const step = fc.constantFrom('.', '..', '%2e', '%2E%2e', 'link', 'healthz', 'a', '%2f', '\\', ';', '');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (steps) => {
        const target = `/${steps.join('/')}`;
        const answer = await raw(bot.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        assert.equal(/^HTTP\/1\.1 200 /.test(answer), target === '/healthz', target);
      }),
      { numRuns: 150 },
    );
  });

  it('takes changes from pages of its own only, whatever else a browser says', async () => {
    const own = bot.url;
    const from = (headers: Record<string, string>) =>
      fetch(`${bot.url}/nowhere`, { method: 'POST', headers, body: '' }).then(({ status }) => status);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: own.replace('http:', 'https:') },
      { origin: `${own}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: own, 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ]) {
      assert.equal(await from(headers as Record<string, string>), 403, JSON.stringify(headers));
    }
    assert.equal(await from({ origin: own }), 404);
    assert.equal(await from({ origin: 'null', 'sec-fetch-site': 'same-origin' }), 404);
    assert.equal(await from({}), 404);
  });

  it('cuts a request whose headers or body come drop by drop, when it says', async () => {
    const server = createWebServer({
      log: pino({ level: 'silent' }),
      timeouts: { headers: 300, request: 600, check: 50 },
    });
    const { port } = await server.listen(0, '127.0.0.1');
    for (const start of ['GET / HTTP/1.1\r\nHost: x\r\n', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx']) {
      const started = performance.now();
      assert.match(await raw(port, start), /^HTTP\/1\.1 (408|404|405) /);
      assert.ok(performance.now() - started < 2_000);
    }
    await server.close(0);
  });

  it('does not say which software answers', async () => {
    for (const path of ['/healthz', '/nothing', '/api/messages']) {
      assert.equal((await fetch(`${bot.url}${path}`)).headers.get('server'), null, path);
    }
    assert.equal((await fetch(`${bot.url}/metrics`)).status, 404);
  });

  it('refuses packed bodies, whatever they unpack to', async () => {
    for (const encoding of ['gzip', 'deflate', 'br', 'gzip, identity']) {
      const response = await postBytes(gzipSync(JSON.stringify(channel.activity())), { 'content-encoding': encoding });
      assert.equal(response.status, 415, encoding);
    }
  });

  it('takes 200 KB and refuses 300 KB, with and without a length', async () => {
    const big = JSON.stringify(channel.activity({ text: 'x'.repeat(200_000) }));
    assert.equal((await postBytes(big)).status, 200);
    const tooBig = JSON.stringify(channel.activity({ text: 'x'.repeat(300_000) }));
    assert.equal((await postBytes(tooBig)).status, 413);
    const chunked = await raw(
      bot.port,
      `POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${await channel.token()}\r\n` +
        `Transfer-Encoding: chunked\r\n\r\n493e0\r\n${'x'.repeat(300_000)}\r\n0\r\n\r\n`,
    );
    assert.match(chunked, /^HTTP\/1\.1 413 /);
  });

  it('refuses a body that is not called JSON', async () => {
    for (const type of [
      'text/plain',
      'application/octet-stream',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
    ]) {
      assert.equal((await postBytes(JSON.stringify(channel.activity()), { 'content-type': type })).status, 415, type);
    }
  });

  it('does not wait for the body of a request that it refuses', async () => {
    const answer = await raw(
      bot.port,
      'POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n',
    );
    assert.match(answer, /^HTTP\/1\.1 401 /);
  });

  it('answers an upgrade that nobody asked for and closes', async () => {
    const answer = await raw(
      bot.port,
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    assert.match(answer, /^HTTP\/1\.1 400 /);
  });

  it('says nothing of its inside in errors, and sends no page that a browser could misread', async () => {
    for (const [path, status] of [
      ['/nothing?code=secret', 404],
      ['/api/messages', 405],
    ] as const) {
      const response = await fetch(`${bot.url}${path}`);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.doesNotMatch(await response.text(), /nothing|secret|restify|at /);
    }
  });

  it('tells alive, ready and not ready apart', async () => {
    assert.equal((await fetch(`${bot.url}/readyz`)).status, 200);
    bot.state.isReady = false;
    assert.equal((await fetch(`${bot.url}/readyz`)).status, 503);
    assert.equal((await fetch(`${bot.url}/healthz`)).status, 200);
    bot.state.isReady = true;
  });

  it('counts turns, replies and what was turned away', async () => {
    await channel.post(bot.url, channel.activity());
    await channel.post(bot.url, channel.activity(), { authorization: null });
    const text = await bot.metrics.text();
    assert.match(text, /socialprofiles_turns_total\{kind="message",outcome="done"\} \d/);
    assert.match(text, /socialprofiles_refused_total\{reason="missing"\} \d/);
    assert.match(text, /socialprofiles_replies_total\{outcome="201"\} \d/);
    assert.match(text, /socialprofiles_turn_seconds_bucket/);
  });

  it('says in one sentence that a port is taken', async () => {
    const other = createWebServer({ log: pino({ level: 'silent' }) });
    await assert.rejects(other.listen(bot.port, '127.0.0.1'), {
      message: `Port ${bot.port} is taken by another program: stop that one, or set PORT to another number.`,
    });
  });
});

describe('a stream of events', () => {
  /** A server whose one route streams; `opened` are the streams that somebody was given. */
  async function streaming(before: (raw: Promise<void>) => Promise<void>) {
    const server = createWebServer({ log: pino({ level: 'silent' }) });
    const opened: { send: () => void; end: () => void; isOver: boolean }[] = [];
    let leaves: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      leaves = resolve;
    });
    server.route('get', '/events', async () => {
      await before(left);
      return {
        status: 200,
        events: (send, end) => {
          const stream = { send: () => send('changed'), end, isOver: false };
          opened.push(stream);
          return () => {
            stream.isOver = true;
          };
        },
      };
    });
    const { port } = await server.listen(0, '127.0.0.1');
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.on('error', () => undefined);
    return { server, opened, socket, leaves };
  }

  it('is not begun for somebody who left before it', async () => {
    let isAsked = false;
    const { server, opened, socket, leaves } = await streaming((left) => {
      isAsked = true;
      return left;
    });
    while (!isAsked) await pause(5);
    socket.destroy();
    await pause(50);
    leaves();
    await pause(50);
    assert.deepEqual(opened, []);
    await server.close(0);
  });

  it('takes what is sent after its end, and after the other side left, without harm', async () => {
    const { server, opened, socket } = await streaming(async () => undefined);
    while (opened.length === 0) await pause(5);
    const [stream] = opened;
    assert(stream);
    stream.send();
    stream.end();
    stream.send();
    socket.destroy();
    while (!stream.isOver) await pause(5);
    stream.send();
    stream.end();
    // What is written to an answer that is over fails a moment later.
    await pause(20);
    await server.close(0);
  });
});

describe('a graceful stop', () => {
  it('finishes a slow turn, takes no new one, and does not wait for idle sockets', async () => {
    const channel = await openChannel();
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const slow = await botFor(channel, {
      logic: async (context) => {
        begin();
        await pause(400);
        await context.sendActivity('done');
      },
    });
    const turn = channel.post(slow.url, channel.activity());
    const silent = connect(slow.port, '127.0.0.1');
    silent.on('error', () => undefined);
    await begun;
    const stopped = slow.close();
    await pause(20);
    await assert.rejects(channel.post(slow.url, channel.activity(), { headers: { connection: 'close' } }));
    assert.equal((await turn).status, 200);
    await stopped;
    assert.equal(channel.asked.length, 1);
    await channel.close();
  });

  it('cuts what is not finished at the deadline', async () => {
    const channel = await openChannel();
    const stuck = await botFor(channel, { logic: () => pause(30_000, undefined, { ref: false }) });
    const turn = channel.post(stuck.url, channel.activity()).then(
      () => 'answered',
      () => 'cut',
    );
    await pause(100);
    const started = performance.now();
    await stuck.server.close(300);
    assert.ok(performance.now() - started < 1_000);
    assert.equal(await turn, 'cut');
    await channel.close();
  });
});

describe('the front door of a sandbox', () => {
  let channel: SignedChannel;
  let bot: Bot;

  before(async () => {
    channel = await openChannel();
    bot = await openBot({ env: { PORT: '0' }, tenants: [channel.tenant] });
  });
  after(async () => {
    await bot.close();
    await channel.close();
  });
  const post = (activity: object, headers: Record<string, string> = {}) =>
    channel.post(bot.url, activity, { authorization: null, headers });

  it('takes unsigned activities from this machine and answers without a token', async () => {
    assert.equal((await post(channel.activity())).status, 200);
    assert.equal(channel.asked.at(-1)?.headers.authorization, undefined);
  });
  it('refuses what came through a proxy or from a page', async () => {
    const signs: Record<string, string>[] = [
      { 'x-forwarded-for': '203.0.113.9' },
      { forwarded: 'for=203.0.113.9' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of signs) {
      assert.equal((await post(channel.activity(), headers)).status, 403);
    }
  });
  it('replies to nowhere but this machine', async () => {
    for (const serviceUrl of [
      'https://smba.trafficmanager.net/amer/',
      'http://203.0.113.9/',
      'http://localhost.evil.example/',
    ]) {
      assert.equal((await post(channel.activity({ serviceUrl }))).status, 403, serviceUrl);
    }
  });
  it('answers only to names of this machine', async () => {
    assert.equal(await get(bot.port, '/healthz', { host: 'rebound.example' }), 421);
    assert.equal(await get(bot.port, '/healthz', { host: `localhost:${bot.port}` }), 200);
  });
});
