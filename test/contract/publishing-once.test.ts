import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { publishingAt, startOdd } from './publishing-harness.js';

const author = { externalId: '1', handle: 'contoso', type: 'x-user' as const };
const tokens = { access: 'planted-token', scopes: ['tweet.read', 'tweet.write', 'users.read'] };
const what = { author, wire: 'Hello' };

describe('the one call that makes a post', () => {
  const whenAnswered = async (answer: (response: ServerResponse) => void, timeoutMs?: number) => {
    const odd = await startOdd(answer);
    const sent = await publishingAt(odd.origin, 'x-user', timeoutMs).publish(tokens, what);
    odd.stop();
    return { sent, heard: odd.heard };
  };

  it('says the exact text, once, on a connection that ends with it', async () => {
    const wire = ' "Grüße"\n\t🐦‍🔥 <script> \\ ';
    const odd = await startOdd((response) => response.writeHead(201).end('{"data":{"id":"77"}}'));
    const sent = await publishingAt(odd.origin, 'x-user').publish(tokens, { author, wire });
    odd.stop();
    assert.deepEqual(sent, { kind: 'there', id: '77' });
    const [one, ...more] = odd.heard;
    assert.equal(more.length, 0);
    assert.equal(one?.path, '/api.x.com/2/tweets');
    assert.deepEqual(JSON.parse(one?.body ?? ''), { text: wire });
    assert.equal(one?.headers.connection, 'close');
    assert.equal(one?.headers.authorization, 'Bearer planted-token');
  });

  const lost: [string, (response: ServerResponse) => void, number?][] = [
    ['the connection is closed without an answer', (response) => response.destroy()],
    ['the connection is reset', (response) => response.socket?.resetAndDestroy()],
    ['no answer comes in time', () => undefined, 150],
    ['the answer breaks off in its headers', (response) => response.socket?.end('HTTP/1.1 201 Cre')],
    [
      'the answer breaks off in its body',
      (response) => {
        response.writeHead(201, { 'content-length': '100' }).write('{"data":{"id":"7');
        setImmediate(() => response.destroy());
      },
    ],
    [
      'a refusal breaks off before it says why',
      (response) => {
        response.writeHead(403, { 'content-length': '100' }).write('{"detail":"You are not');
        setImmediate(() => response.destroy());
      },
    ],
    ['the answer is no HTTP', (response) => response.socket?.end('hello\r\n\r\n')],
    ['the answer is without end', (response) => response.writeHead(201).end(Buffer.alloc(2_000_000, 'a'))],
    ['the answer leads elsewhere', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
  ];
  for (const [when, answer, timeoutMs] of lost) {
    it(`is unknown when ${when}, and is not made again`, async () => {
      const { sent, heard } = await whenAnswered(answer, timeoutMs);
      assert.equal(sent.kind, 'unknown');
      assert.equal(heard.length, 1);
    });
  }

  it('is surely not there when nothing listens', async () => {
    const closed = await startOdd(() => undefined);
    closed.stop();
    const sent = await publishingAt(closed.origin, 'x-user').publish(tokens, what);
    assert.ok(sent.kind === 'notThere' && sent.reason === 'unreachable');
    assert.equal(sent.detail, 'X could not be reached; nothing was sent.');
  });

  it('is surely not there when no secure connection comes about', async () => {
    let bytes = '';
    const plain = createServer((socket) => {
      socket.on('data', (chunk) => {
        bytes += chunk;
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const address = plain.address();
    assert.ok(address && typeof address === 'object');
    const sent = await publishingAt(`https://127.0.0.1:${address.port}`, 'x-user').publish(tokens, what);
    plain.close();
    assert.ok(sent.kind === 'notThere' && sent.reason === 'unreachable');
    assert.ok(bytes.length > 0 && !bytes.includes('planted-token') && !bytes.includes('Hello'));
  });

  it('is not made at all once the worker has given it up, and is unknown when that comes after', async () => {
    const odd = await startOdd((response) => void setTimeout(() => response.end(), 2000).unref());
    const early = await publishingAt(odd.origin, 'x-user').publish(tokens, what, AbortSignal.abort());
    assert.ok(early.kind === 'notThere' && odd.heard.length === 0);
    const stop = new AbortController();
    const running = publishingAt(odd.origin, 'x-user').publish(tokens, what, stop.signal);
    while (odd.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    assert.equal((await running).kind, 'unknown');
    assert.equal(odd.heard.length, 1);
    odd.stop();
  });

  it('leaves no connection behind', async () => {
    const odd = await startOdd((response) => response.writeHead(201).end('{"data":{"id":"1"}}'));
    await publishingAt(odd.origin, 'x-user').publish(tokens, what);
    for (let turn = 0; turn < 100 && (await odd.connections()) > 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(await odd.connections(), 0);
    odd.stop();
  });

  it('is not made without the scopes that it needs', async () => {
    const odd = await startOdd((response) => response.end());
    const sent = await publishingAt(odd.origin, 'x-user').publish({ ...tokens, scopes: ['tweet.read'] }, what);
    odd.stop();
    assert.ok(sent.kind === 'notThere' && sent.reason === 'signIn');
    assert.equal(sent.detail, 'This sign-in does not let us publish on X. Sign in again and allow it.');
    assert.equal(odd.heard.length, 0);
  });
});
