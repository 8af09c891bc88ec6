import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attachedFiles } from '../../src/bot/input/attachedFiles.js';
import { type ChannelCalls, createChannelCalls } from '../../src/bot/transport/channelCalls.js';
import type { AttachedFile } from '../../src/bot/transport/fetchFile.js';
import { outboundThrough } from '../../src/platform/outbound.js';

const stored = (path = '/personal/megan/_layouts/15/download.aspx?UniqueId=1&tempauth=t'): AttachedFile => ({
  at: 'storage',
  address: `https://contoso-my.sharepoint.com${path}`,
});

describe('files that come with a message', () => {
  let server: Server;
  let origin: string;
  let calls: ChannelCalls;
  let answer: RequestListener;
  const asked: { url: string | undefined; authorization: string | undefined }[] = [];

  beforeEach(async () => {
    asked.length = 0;
    server = createServer((request, response) => {
      asked.push({ url: request.url, authorization: request.headers.authorization });
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    calls = create(true);
  });
  afterEach(async () => {
    await calls.close();
    server.closeAllConnections();
    server.close();
  });
  const create = (loopback: boolean) =>
    createChannelCalls({
      ...{ token: async () => 'bot-token', loopback, isPaced: false },
      outbound: outboundThrough(origin),
    });
  const pasted = (): AttachedFile => ({ at: 'service', address: `${origin}/v3/attachments/1/views/original` });

  it('are fetched with the bot’s token from Teams’ service, and without any from a OneDrive', async () => {
    answer = (_, response) => response.end('bytes');
    assert.deepEqual(await calls.fetchFile(pasted(), 10), {
      ...{ kind: 'fetched', bytes: Buffer.from('bytes'), status: 200 },
    });
    assert.equal((await calls.fetchFile(stored(), 10)).kind, 'fetched');
    assert.deepEqual(asked, [
      { url: '/v3/attachments/1/views/original', authorization: 'Bearer bot-token' },
      {
        url: '/contoso-my.sharepoint.com/personal/megan/_layouts/15/download.aspx?UniqueId=1&tempauth=t',
        authorization: undefined,
      },
    ]);
  });

  it('are fetched from nowhere else, and nobody else hears of it', async () => {
    await calls.close();
    calls = create(false);
    const foreign = [
      ...['', 'no address', 'http://contoso.sharepoint.com/x', 'https://sharepoint.com/x', 'file:///etc/passwd'],
      ...['https://evil.example/x.sharepoint.com', 'https://evilsharepoint.com/x', 'https://a@x.sharepoint.com/'],
      ...['https://x.sharepoint.com:8443/', 'https://127.0.0.1/', 'https://169.254.169.254/latest', `${origin}/x`],
      ...['https://x.sharepoint.com.evil.example/', 'https://[::1]/', 'https://localhost/'],
    ];
    for (const address of foreign) {
      assert.deepEqual(await calls.fetchFile({ at: 'storage', address }, 10), { kind: 'foreign' }, address);
      assert.deepEqual(await calls.fetchFile({ at: 'service', address }, 10), { kind: 'foreign' }, address);
    }
    // Each has its own hosts: the token goes to no OneDrive.
    assert.deepEqual(await calls.fetchFile({ ...stored(), at: 'service' }, 10), { kind: 'foreign' });
    assert.deepEqual(asked, []);
  });

  it('may lead nowhere else', async () => {
    answer = (_, response) => response.writeHead(302, { location: `${origin}/elsewhere` }).end();
    assert.equal((await calls.fetchFile(stored(), 10)).kind, 'failed');
    assert.equal(asked.length, 1);
  });

  it('are read no further than allowed, whatever is said of their length', async () => {
    let closed = false;
    answer = (_, response) => {
      response.on('close', () => {
        closed = true;
      });
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    };
    assert.equal((await calls.fetchFile(stored(), 1000)).kind, 'tooBig');
    for (let tries = 0; tries < 100 && !closed; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
    assert(closed, 'the rest is not fetched');
    answer = (_, response) => response.end(Buffer.alloc(1000));
    assert.equal((await calls.fetchFile(stored(), 1000)).kind, 'fetched');
  });

  it('are asked for three times at Teams’ service, which says 403 at times, and once at a OneDrive', async () => {
    answer = (_, response) => response.writeHead(403).end('no');
    assert.equal((await calls.fetchFile(pasted(), 10)).kind, 'failed');
    assert.equal(asked.length, 3);
    assert.equal((await calls.fetchFile(stored(), 10)).kind, 'failed');
    assert.equal(asked.length, 4);
    answer = (request) => request.socket.destroy();
    assert.equal((await calls.fetchFile(stored(), 10)).kind, 'failed');
  });
});

describe('the attachments of an activity', () => {
  const file = (content: unknown) => ({ contentType: 'application/vnd.microsoft.teams.file.download.info', content });
  const read = (...attachments: unknown[]) => attachedFiles({ attachments: attachments as never });

  it('are pasted pictures and stored files, in order', () => {
    const html = { contentType: 'text/html', content: '<img src="https://smba.trafficmanager.net/x">' };
    const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: {} };
    assert.deepEqual(
      read(
        html,
        { contentType: 'image/*', contentUrl: 'https://smba.trafficmanager.net/a' },
        card,
        file({ downloadUrl: 'u' }),
      ),
      [
        { at: 'service', address: 'https://smba.trafficmanager.net/a' },
        { at: 'storage', address: 'u' },
      ],
    );
  });

  it('may have the address of a pasted picture where files have it', () => {
    const picture = { contentType: 'image/*', content: { downloadUrl: 'https://smba.trafficmanager.net/b' } };
    assert.deepEqual(read(picture), [{ at: 'service', address: 'https://smba.trafficmanager.net/b' }]);
  });

  it('count where their address is missing or none, so that no post goes out without them', () => {
    const odd = [file(null), file({ downloadUrl: 7 }), file('x'), { contentType: 'image/png' }];
    assert.deepEqual(
      read(...odd, { contentType: 'image/png', contentUrl: 'x'.repeat(9000) }).map(({ address }) => address),
      ['', '', '', '', ''],
    );
    assert.deepEqual(read(null, 7, 'x', {}, { contentType: 9 }), []);
    assert.deepEqual(attachedFiles({ attachments: 'x' as never }), []);
    assert.deepEqual(attachedFiles({}), []);
  });
});
