import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { createNetworks } from '../../src/networks/createNetworks.js';
import type { LinkTarget } from '../../src/networks/link.js';
import type { NotThereReason, Reaction, Sent, Target } from '../../src/networks/publishing.js';
import { outboundThrough } from '../../src/platform/outbound.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { startHarness } from './networks-harness.js';
import { account, around, mayPublish, publishingAt, sentWhen, startOdd } from './publishing-harness.js';

const type = 'instagram-account' as const;
const throughPage = { ...sandboxApps, instagram: { ...sandboxApps.facebook, isReviewed: true as const } };
const idOf = (sent: Sent) => (sent.kind === 'there' ? sent.id : assert.fail(JSON.stringify(sent)));

/** A post with a picture, on a pretend Instagram that fetches it from a server of ours. */
async function opened(options: Parameters<typeof startHarness>[0], who: string, id?: string) {
  const harness = await startHarness(options);
  const bytes = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#36c' } })
    .jpeg()
    .toBuffer();
  const server: Server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const mine = await account(harness, type, who, id);
  const { author, tokens, publishing } = mine;
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  async function post(wire: string) {
    const pictures = [{ bytes: Buffer.alloc(0), type: 'image/jpeg' as const, alt: '', address }];
    const made = await publishing.pictures?.upload(tokens, { author, wire, pictures });
    assert(made?.kind === 'ready');
    const beside = made.ids.map((one) => ({ id: one, alt: '' }));
    const sent = idOf(await publishing.publish(tokens, { author, wire, pictures: beside }));
    const read = await publishing.read(tokens, { author, id: sent });
    return { id: sent, link: (read.kind === 'there' && read.url) || assert.fail('it has a link') };
  }
  const aim = (link: string, reaction: Reaction = 'reply') => {
    const target: LinkTarget = harness.networks.readLink(link) ?? assert.fail(link);
    return harness.networks.aiming(type)?.aim?.(tokens, { author, link: target, reaction });
  };
  const react = (reaction: Reaction, to: Target) => mayPublish(harness.networks.reacting(type, reaction, to));
  const stop = async () => {
    await harness.stop();
    server.close();
  };
  return { ...mine, harness, post, aim, react, stop };
}
type Opened = Awaited<ReturnType<typeof opened>>;

for (const [door, options, who, id] of [
  ['its own sign-in', {}, 'contoso', undefined],
  ['a Facebook Page', { apps: throughPage }, 'Alex Wilber', '17841400000000101'],
] as const) {
  describe(`reacting as an Instagram account, through ${door}`, () => {
    let open: Opened;
    let post: { id: string; link: string };
    before(async () => {
      open = await opened(options, who, id);
      post = await open.post('New bikes');
    });
    after(() => open.stop());
    afterEach(() => open.harness.fakes.fault('instagram'));
    const page = async (link: string) => (await fetch(link)).text();
    const say = (to: Target, wire: string) =>
      open.react('reply', to).publish(open.tokens, { author: open.author, wire });
    const find = async (to: Target, wire: string) => {
      const look = { author: open.author, wire, ...around(open.harness.now()) };
      const found = await open.react('reply', to).lookUp(open.tokens, look);
      return found.kind === 'found' ? found.posts.map((one) => one.id) : found.kind;
    };

    it('finds an own post by the code of its link, and says so of no other', async () => {
      assert.deepEqual(await open.aim(post.link), {
        ...{ kind: 'at', to: { id: post.id }, text: 'New bikes', by: `@${open.author.handle}` },
      });
      const other = await open.aim(post.link.replace(/\/p\/[^/]+/, '/p/another'));
      assert(other?.kind === 'no');
      assert.match(other.sentence, /not among the latest of this account, and Instagram lets apps react to no others/);
    });

    it('comments, is found there alone, shown at its link, and taken back', async () => {
      const reply = open.react('reply', { ...post });
      assert.equal(reply.isRepeatable, false);
      const said = 'Thanks (a lot) & <3 #tag';
      const comment = idOf(await say(post, said));
      assert.deepEqual(await find(post, said), [comment]);
      assert.deepEqual(await find(await open.post('Another'), said), []);
      const link = reply.permalink(open.author, comment);
      assert.equal(link, `${post.link}c/${comment}/`);
      assert.match(await page(link), /Thanks \(a lot\) &amp; &lt;3 #tag/);
      const read = await reply.read(open.tokens, { author: open.author, id: comment });
      assert(read.kind === 'there' && read.text === said && read.at !== undefined);
      const undo = () => reply.takeBack(open.tokens, { author: open.author, id: comment });
      assert.deepEqual([await undo(), await undo()], [{ kind: 'gone' }, { kind: 'gone' }]);
      assert.deepEqual(await reply.read(open.tokens, { author: open.author, id: comment }), { kind: 'gone' });
      assert.doesNotMatch(await page(post.link), /Thanks/);
    });

    it('answers a comment; what answers an answer goes to the comment above', async () => {
      const comment = idOf(await say(post, 'First'));
      const link = `${post.link}c/${comment}/`;
      const aimed = await open.aim(link);
      assert.deepEqual(aimed, {
        ...{ kind: 'at', to: { id: post.id, comment }, by: `@${open.author.handle}`, text: 'First' },
      });
      const answer = idOf(await say({ id: post.id, comment }, 'Second'));
      assert.deepEqual(await find({ id: post.id, comment }, 'Second'), [answer]);
      assert.deepEqual(await find(post, 'Second'), [], 'it stands under the comment');
      const above = await open.aim(`${link}r/${answer}/`);
      assert(above?.kind === 'at' && above.to.comment === comment && above.text === 'Second');
      const elsewhere = await open.post('Elsewhere');
      assert.equal((await open.aim(`${elsewhere.link}c/${comment}/`))?.kind, 'no', 'a comment of another post');
      assert.match(await page(post.link), /First[\s\S]*Second/);
    });

    for (const kind of ['lostAnswer', 'postedError', 'pleaseRetry'] as const) {
      it(`a comment is unknown, and there once, after ${kind}`, async () => {
        open.harness.fakes.fault('instagram', { kind, times: 1 });
        assert.equal((await say(post, `Lost by ${kind}`)).kind, 'unknown');
        assert.equal((await find(post, `Lost by ${kind}`)).length, 1);
      });
    }

    it('a comment on what is gone is looked for, and not there', async () => {
      const none = { id: '179000000' };
      assert.equal((await say(none, 'Too late')).kind, 'unknown');
      assert.deepEqual(await find(none, 'Too late'), []);
    });

    it('never comments without its scopes, and says what taking back costs', async () => {
      const reply = open.react('reply', post);
      const sent = await reply.publish({ ...open.tokens, scopes: [] }, { author: open.author, wire: 'x' });
      assert(sent.kind === 'notThere' && sent.reason === 'signIn');
      assert.match(reply.takeBackCost, /^It costs nothing\..*\.$/);
      const codes = (text: string) => reply.preview(text).problems.map(({ code }) => code);
      assert.deepEqual([codes('x'.repeat(2200)), codes('x'.repeat(2201)), codes(' ')], [[], ['tooLong'], ['empty']]);
    });
  });
}

describe('likes on Instagram', () => {
  let open: Opened;
  afterEach(() => open.stop());

  it('are there through a Facebook Page, of posts and comments, twice without harm, and are taken back', async () => {
    open = await opened({ apps: throughPage }, 'Alex Wilber', '17841400000000101');
    const { tokens, author } = open;
    const post = await open.post('To be liked');
    const comment = idOf(await open.react('reply', post).publish(tokens, { author, wire: 'Liked too' }));
    for (const to of [post, { ...post, comment }]) {
      const like = open.react('like', to);
      assert.equal(like.isRepeatable, true);
      const liked = idOf(await like.publish(tokens, { author, wire: '' }));
      assert.equal(liked, 'comment' in to ? comment : post.id);
      assert.equal(idOf(await like.publish(tokens, { author, wire: '' })), liked);
      const page = async () => (await fetch(post.link)).text();
      assert.match(await page(), /liked once/);
      const undo = () => like.takeBack(tokens, { author, id: liked });
      assert.deepEqual([await undo(), await undo()], [{ kind: 'gone' }, { kind: 'gone' }]);
      assert.doesNotMatch(await page(), /liked once/);
    }
    const gone = await open.react('like', { id: '179000000' }).publish(tokens, { author, wire: '' });
    assert(gone.kind === 'notThere' && gone.reason === 'targetGone');
    const few = { ...tokens, scopes: tokens.scopes.filter((scope) => scope !== 'instagram_manage_engagement') };
    const refused = await open.react('like', post).publish(few, { author, wire: '' });
    assert(refused.kind === 'notThere' && refused.reason === 'signIn');
  });

  it('are not there by its own sign-in, nor before the app holds the permission, which is not asked for then', async () => {
    open = await opened({}, 'contoso');
    const why = 'Instagram lets apps like only through a Facebook Page';
    const like = open.harness.networks.reacting(type, 'like', { id: '1' });
    assert(typeof like === 'string' && like.startsWith(why), String(like));
    const networks = (isReviewed: boolean) =>
      createNetworks({
        ...{ outbound: outboundThrough(open.harness.origin), clock: () => new Date() },
        apps: { ...sandboxApps, instagram: { ...sandboxApps.facebook, ...(isReviewed ? { isReviewed } : {}) } },
      });
    const asks = (isReviewed: boolean) => networks(isReviewed).of(type).scopes(type);
    assert(!asks(false).includes('instagram_manage_engagement'));
    assert(asks(true).includes('instagram_manage_engagement'));
    assert.equal(typeof networks(false).reacting(type, 'like', { id: '1' }), 'string');
  });

  it('name a post or a comment, never both, in one call', async () => {
    open = await opened({}, 'contoso');
    const asked: string[] = [];
    const odd = await startOdd((response, { method, path, body }) => {
      asked.push(`${method} ${path.replace(/^.*\/v\d+\.\d+/, '')} ${body}`.trim());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
    });
    const networks = createNetworks({
      ...{ outbound: outboundThrough(odd.origin), clock: () => new Date(), apps: throughPage },
    });
    const tokens = { access: 't', scopes: ['instagram_basic', 'instagram_manage_engagement'] };
    const author = { externalId: '17841400000000101', handle: 'contoso', type };
    for (const to of [{ id: '18' }, { id: '18', comment: '19' }]) {
      const like = mayPublish(networks.reacting(type, 'like', to));
      await like.publish(tokens, { author, wire: '' });
      await like.takeBack(tokens, { author, id: '18' });
    }
    odd.stop();
    assert.deepEqual(asked, [
      'POST /17841400000000101/likes media_id=18',
      'DELETE /17841400000000101/likes?media_id=18',
      'POST /17841400000000101/likes comment_id=19',
      'DELETE /17841400000000101/likes?comment_id=19',
    ]);
  });
});

describe("Instagram's answers to a comment", () => {
  const author = { externalId: '17841400000000101', handle: 'contoso', type };
  const tokens = { access: 't', scopes: ['instagram_business_manage_comments'] };
  const error = (code: number, subcode?: number) => ({
    error: { message: 'x', type: 'OAuthException', code, ...(subcode ? { error_subcode: subcode } : {}) },
  });
  const sentOn = async (status: number, body: unknown) =>
    (await sentWhen(type, { status, body }, { tokens, author }, { reaction: 'reply', to: { id: '18' } })).sent;

  const noes: [string, unknown, NotThereReason, ('profile' | 'network')?][] = [
    ['100, what it does not take', error(100), 'refused'],
    ['10, a permission that is missing', error(10), 'notAllowed'],
    ['190, a token that is not valid', error(190), 'signIn'],
    ['4, too fast for the app', error(4), 'wait', 'network'],
    ['2207050, a restricted account', error(25, 2207050), 'notAllowed'],
  ];
  for (const [what, body, reason, hold] of noes) {
    it(`${what}: surely not there (${reason})`, async () => {
      const sent = await sentOn(400, body);
      assert(sent.kind === 'notThere', JSON.stringify(sent));
      assert.deepEqual([sent.reason, sent.hold], [reason, hold]);
      assert.match(sent.detail, /^[A-Z].*\.$/);
    });
  }

  const lost: [string, number, unknown][] = [
    ['1, an unknown error', 400, error(1)],
    ['2, please retry', 500, error(2)],
    ['100/33, which comes at random', 400, error(100, 33)],
    ['4/2207051, "action blocked"', 403, error(4, 2207051)],
    ['a code that nobody knows', 400, error(98765)],
    ['an outage', 503, {}],
    ['a good answer without an id', 200, {}],
    ['an id that is none', 200, { id: 'hello' }],
  ];
  for (const [what, status, body] of lost) {
    it(`${what}: unknown`, async () => assert.equal((await sentOn(status, body)).kind, 'unknown'));
  }

  it('go to the post or the comment, with the text in the body and the token in a header', async () => {
    for (const [to, path] of [
      [{ id: '18' }, '/18/comments'],
      [{ id: '18', comment: '19' }, '/19/replies'],
    ] as const) {
      const said = { status: 200, body: { id: '20' } };
      const { sent, heard } = await sentWhen(
        type,
        said,
        { tokens, author, wire: 'Hi & bye' },
        { reaction: 'reply', to },
      );
      assert.deepEqual(sent, { kind: 'there', id: '20' });
      assert.equal(heard[0]?.path.replace(/^.*\/v\d+\.\d+/, ''), path);
      assert.equal(heard[0]?.body, 'message=Hi+%26+bye');
      assert.equal(heard[0]?.headers.authorization, 'Bearer t');
    }
  });

  it('a comment of somebody else with the same text is not ours, whatever name or number says who wrote it', async () => {
    const timestamp = new Date().toISOString();
    const one = (id: string, by: object) => ({ id, text: 'The same', timestamp, ...by });
    const odd = await startOdd((response) => {
      const data = [
        one('1', { username: 'fabrikam', from: { id: '5', username: 'fabrikam' } }),
        one('2', { username: 'Contoso' }),
        one('3', { from: { id: author.externalId } }),
        one('4', {}),
        one('5', { user: { id: author.externalId } }),
        one('6', { user: author.externalId }),
      ];
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    });
    const reply = publishingAt(odd.origin, type, 2000, { reaction: 'reply', to: { id: '18' } });
    const found = await reply.lookUp(tokens, { author, wire: 'The same', ...around(new Date()) });
    odd.stop();
    assert.deepEqual(found.kind === 'found' && found.posts.map(({ id }) => id), ['2', '3', '5', '6']);
  });
});
