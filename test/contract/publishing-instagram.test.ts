import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import type { NotThereReason, PictureToSend } from '../../src/networks/publishing.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, publishingAt, type Said, sentWhen, startOdd } from './publishing-harness.js';

const author = { externalId: '17841400000000101', handle: 'contoso', type: 'instagram-account' as const };
const tokens = { access: 't', scopes: ['instagram_business_content_publish'] };
const error = (code: number, subcode?: number) => ({
  error: { message: 'x', type: 'OAuthException', code, ...(subcode ? { error_subcode: subcode } : {}) },
});
const sentOn = async (status: number, body: unknown, more = {}) =>
  (await sentWhen('instagram-account', { status, body }, { tokens, author, ...more })).sent;

describe("Instagram's answers to the call that publishes", () => {
  const noes: [string, unknown, NotThereReason, ('profile' | 'network')?][] = [
    ['9007/2207027, not finished yet', error(9007, 2207027), 'wait', 'profile'],
    ['9007 alone', error(9007), 'wait', 'profile'],
    ['2207042, the limit of the day', error(9, 2207042), 'wait', 'profile'],
    ['4, too fast for the app', error(4), 'wait', 'network'],
    ['80002, the business limit', error(80002), 'wait', 'network'],
    ['9004/2207052, a picture that was not fetched', error(9004, 2207052), 'refused'],
    ['2207009, the form of the picture', error(36003, 2207009), 'refused'],
    ['2207010, a long caption', error(100, 2207010), 'tooLong'],
    ['2207050, a restricted account', error(25, 2207050), 'notAllowed'],
    ['100/2207008, a container that is gone', error(100, 2207008), 'wait', 'profile'],
    ['100 alone', error(100), 'refused'],
    ['10, a permission that is missing', error(10), 'notAllowed'],
    ['190, a token that is not valid', error(190), 'signIn'],
  ];
  for (const [what, body, reason, hold] of noes) {
    it(`${what}: surely not there (${reason})`, async () => {
      const sent = await sentOn(400, body);
      assert.ok(sent.kind === 'notThere', JSON.stringify(sent));
      assert.deepEqual([sent.reason, sent.hold], [reason, hold]);
      assert.match(sent.detail, /^[A-Z].*\.$/);
      assert(reason !== 'wait' || !sent.trouble || sent.trouble.kind === 'wait', 'the sign-in is as good as before');
    });
  }

  const lost: [string, number, unknown][] = [
    ['4/2207051, "action blocked", seen with the post live', 403, error(4, 2207051)],
    ['1, an unknown error', 400, error(1)],
    ['2, please retry', 500, error(2)],
    ['100/33, which comes at random', 400, error(100, 33)],
    ['2207001, which is read in two ways', 400, error(-1, 2207001)],
    ['a code that nobody knows', 400, error(98765)],
    ['an outage', 503, {}],
    ['a good answer without an id', 200, {}],
  ];
  for (const [what, status, body] of lost) {
    it(`${what}: unknown`, async () => assert.equal((await sentOn(status, body)).kind, 'unknown'));
  }

  it('a container that is gone is unknown when it was published before: that may be why', async () => {
    assert.equal((await sentOn(400, error(100, 2207008), { firstSentAt: new Date() })).kind, 'unknown');
  });

  it('an id: surely there; the token stands in a header only', async () => {
    const { sent, heard } = await sentWhen(
      'instagram-account',
      { status: 200, body: { id: '17' } },
      { tokens, author },
    );
    assert.deepEqual(sent, { kind: 'there', id: '17' });
    assert.match(heard[0]?.path ?? '', /^\/graph\.instagram\.com\/v\d+\.0\/17841400000000101\/media_publish$/);
    assert.equal(heard[0]?.headers.authorization, 'Bearer t');
  });

  it('a sign-in that may not publish asks nobody', async () => {
    const few = { access: 't', scopes: ['instagram_business_basic'] };
    const { sent, heard } = await sentWhen('instagram-account', { status: 200 }, { tokens: few, author });
    assert.equal(sent.kind === 'notThere' && sent.reason, 'signIn');
    assert.deepEqual(heard, []);
  });
});

describe('a post on Instagram that is looked for', () => {
  const wire = 'Look at this';
  const shown = (caption: string, timestamp = new Date()) => ({
    ...{ id: '18', caption, timestamp: timestamp.toISOString() },
    permalink: 'https://www.instagram.com/p/abc/',
  });
  async function found(status: Said, media: unknown[], uploads: string[] = ['55']) {
    const odd = await startOdd((response, { path }) => {
      const said = path.includes('status_code') ? status : { status: 200, body: { data: media } };
      response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
    });
    try {
      const publishing = publishingAt(odd.origin, 'instagram-account');
      return await publishing.lookUp(tokens, { author, wire, uploads, ...around(new Date()) });
    } finally {
      odd.stop();
    }
  }
  const says = (code: string): Said => ({ status: 200, body: { id: '55', status_code: code } });

  it('is not there while its container is only finished, whatever else is', async () => {
    assert.deepEqual(await found(says('FINISHED'), [shown(wire)]), { kind: 'found', posts: [] });
    assert.deepEqual(await found(says('IN_PROGRESS'), [shown(wire)]), { kind: 'found', posts: [] });
  });

  it('is the one with its text and time once it is published, and not missing before it shows', async () => {
    const post = await found(says('PUBLISHED'), [shown('Something else'), shown(wire)]);
    assert.deepEqual(post.kind === 'found' && post.posts.map(({ id }) => id), ['18']);
    assert.match(post.kind === 'found' ? (post.posts[0]?.url ?? '') : '', /\/www\.instagram\.com\/p\/abc\/$/);
    assert.deepEqual(await found(says('PUBLISHED'), [shown('Something else')]), { kind: 'later' });
    assert.deepEqual(await found(says('PUBLISHED'), [shown(wire, new Date(0))]), { kind: 'later' });
  });

  it('is looked for among the posts where its container says nothing', async () => {
    const [gone, expired] = [{ status: 400, body: error(100, 33) }, says('EXPIRED')];
    for (const status of [gone, expired]) {
      const post = await found(status, [shown(wire)]);
      assert.deepEqual(post.kind === 'found' && post.posts.map(({ id }) => id), ['18']);
      assert.deepEqual(await found(status, []), { kind: 'found', posts: [] });
    }
    const post = await found(gone, [shown(wire)], []);
    assert.equal(post.kind === 'found' && post.posts.length, 1);
  });

  it('has a link of Instagram alone', async () => {
    const post = await found(says('PUBLISHED'), [{ ...shown(wire), permalink: 'https://evil.example/p/abc/' }]);
    assert.equal(post.kind === 'found' && post.posts[0]?.url, '');
  });
});

describe('pictures for Instagram', () => {
  let harness: Harness | undefined;
  let server: Server;
  let bytes: Buffer;
  let fetches: string[];
  before(async () => {
    bytes = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#36c' } })
      .jpeg()
      .toBuffer();
    server = createServer((request, response) => {
      fetches.push(request.url ?? '');
      if (request.url === '/gone') return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => void server.close());
  beforeEach(() => {
    fetches = [];
  });
  afterEach(async () => {
    await harness?.stop();
    harness = undefined;
  });

  const at = (path: string, alt: string): PictureToSend => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    return { bytes: Buffer.alloc(0), type: 'image/jpeg', alt, address };
  };
  const throughPage = { ...sandboxApps, instagram: sandboxApps.facebook };

  for (const [door, options, who, id] of [
    ['its own sign-in', {}, 'contoso', undefined],
    ['a Facebook Page', { apps: throughPage }, 'Alex Wilber', '17841400000000101'],
  ] as const) {
    it(`are fetched, seen by nobody, and go out together with their text, through ${door}`, async () => {
      const open = await startHarness(options);
      harness = open;
      const { author: own, tokens: held, publishing } = await account(open, 'instagram-account', who, id);
      const pictures = [at('/one', 'First'), at('/two', 'Second')];
      const made = await publishing.pictures?.upload(held, { author: own, wire: 'Two of them', pictures });
      assert(made?.kind === 'ready', JSON.stringify(made));
      assert.deepEqual([made.ids.length, fetches], [1, ['/one', '/two']]);
      const look = { author: own, wire: 'Two of them', uploads: made.ids, ...around(open.now()) };
      assert.deepEqual(await publishing.lookUp(held, look), { kind: 'found', posts: [] });
      const beside = made.ids.map((one) => ({ id: one, alt: '' }));
      const sent = await publishing.publish(held, { author: own, wire: 'Two of them', pictures: beside });
      assert(sent.kind === 'there', JSON.stringify(sent));
      const read = await publishing.read(held, { author: own, id: sent.id });
      assert(read.kind === 'there' && read.text === 'Two of them', JSON.stringify(read));
      const page = await (await fetch(read.url ?? '')).text();
      assert.match(page, /alt="First"[\s\S]*alt="Second"/);
      const found = await publishing.lookUp(held, look);
      assert.deepEqual(found.kind === 'found' && found.posts.map((post) => post.id), [sent.id]);
      const again = await publishing.publish(held, {
        ...{ author: own, wire: 'Two of them', pictures: beside, firstSentAt: new Date() },
      });
      assert.equal(again.kind, 'unknown', 'the same container is not published twice');
      assert.equal((await publishing.takeBack(held, { author: own, id: sent.id })).kind, 'cannot');
    });
  }

  it('that Instagram does not get, or not in its form, are refused with the reason; a broken connection is tried again', async () => {
    const open = await startHarness();
    harness = open;
    const { author: own, tokens: held, publishing } = await account(open, 'instagram-account', 'contoso');
    const upload = (path: string, wire = 'x') =>
      publishing.pictures?.upload(held, { author: own, wire, pictures: [at(path, '')] });
    const gone = await upload('/gone');
    assert.equal(fetches.length, 6, 'it is tried again, since Instagram fetches nothing at times');
    assert.match(gone?.kind === 'cannot' ? gone.why : '', /could not fetch a picture from this bot's address/);
    const long = await upload('/one', 'x'.repeat(2201));
    assert.match(long?.kind === 'cannot' ? long.why : '', /text is too long/);
    open.fakes.fault('instagram', { kind: 'uploadLost', times: 1 });
    assert.equal((await upload('/one'))?.kind, 'later');
    assert.equal((await upload('/one'))?.kind, 'ready');
  });

  it('are waited for while Instagram works on them, for a while', async () => {
    let looks = 0;
    let until = 3;
    const odd = await startOdd((response, { method }) => {
      const body = method === 'POST' ? { id: '5' } : { status_code: ++looks < until ? 'IN_PROGRESS' : 'FINISHED' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    try {
      const { pictures } = publishingAt(odd.origin, 'instagram-account');
      const upload = () => pictures?.upload(tokens, { author, wire: 'x', pictures: [at('/one', '')] });
      assert.deepEqual(await upload(), { kind: 'ready', ids: ['5'] });
      [looks, until] = [0, 100];
      assert.deepEqual(await upload(), { kind: 'later' });
      assert.equal(looks, 6);
    } finally {
      odd.stop();
    }
  });

  it('have a caption that is counted by its rules', () => {
    const { preview } = publishingAt('http://127.0.0.1:1', 'instagram-account');
    const codes = (text: string) => preview(text).problems.map(({ code, stops }) => `${code} ${stops}`);
    assert.deepEqual(codes('A bike #new @adele'), []);
    assert.deepEqual(codes('x'.repeat(2201)), ['tooLong true']);
    assert.deepEqual(codes('#a '.repeat(31)), ['tooManyTags true']);
    assert.deepEqual(codes('@a '.repeat(21)), ['tooManyTags true']);
    assert.deepEqual(codes('me@example.com '.repeat(21)), []);
  });
});
