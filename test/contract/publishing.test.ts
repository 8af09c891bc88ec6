import assert from 'node:assert/strict';
import { createNetworks } from '../../src/networks/createNetworks.js';
import type { Sent } from '../../src/networks/publishing.js';
import { networkOf, typeFacts } from '../../src/networks/types.js';
import { type ProfileType, profileTypes } from '../../src/rules/types.js';
import type { FaultKind } from '../../src/sandbox/networks/faults.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, mayPublish } from './publishing-harness.js';

const stories: { type: ProfileType; who: string; id: string; page: (id: string) => string; isReadable: boolean }[] = [
  {
    type: 'x-user',
    who: 'contoso',
    id: '1400000000000000101',
    page: (id) => `/x.com/contoso/status/${id}`,
    isReadable: true,
  },
  {
    type: 'facebook-page',
    who: 'Alex Wilber',
    id: '200000000000101',
    page: (id) => `/www.facebook.com/${id.replace('_', '/posts/')}`,
    isReadable: true,
  },
  {
    type: 'linkedin-page',
    who: 'Alex Wilber',
    id: '5001001',
    page: (id) => `/www.linkedin.com/feed/update/${encodeURIComponent(id)}`,
    isReadable: true,
  },
  {
    type: 'linkedin-member',
    who: 'Alex Wilber',
    id: 'aLeX_w1lb3r',
    page: (id) => `/www.linkedin.com/feed/update/${encodeURIComponent(id)}`,
    isReadable: false,
  },
];

const texts = [
  'Hello',
  'Two\nlines,  and   spaces ',
  'A link https://example.com/a_b/?utm_source=c#d_(e) and README.md',
  'Signs: <b> & "quotes" &amp; \\ [x](y) {z} *_~ | @ #',
  'Wants to be more: @[Contoso](urn:li:organization:5001001) {hashtag|\\#|yes} #tag <script>alert(1)</script>',
  'مرحبا 你好 नमस्ते 🐦‍🔥👩‍👩‍👧',
  'e\u0301 decomposed',
  '\\\\((\\[[\\',
];

for (const { type, who, id: externalId, page, isReadable } of stories) {
  describe(`publishing as ${typeFacts[type].label}`, () => {
    let harness: Harness;
    const network = networkOf(type);
    let signedIn: Awaited<ReturnType<typeof account>>;
    const mine = async () => signedIn;
    const fault = (kind: FaultKind, more: { seconds?: number; times?: number } = {}) =>
      harness.fakes.fault(network, { kind, times: 1, ...more });
    /** What a reader sees at the permalink, as text. */
    const seen = async (link: string) => {
      const answer = await fetch(link);
      const html = await answer.text();
      const shown = /<p class="text">([\s\S]*?)<\/p>/.exec(html)?.[1] ?? '';
      const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };
      return {
        status: answer.status,
        text: shown.replace(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => entities[name] ?? ''),
      };
    };
    const send = async (text: string, more: { firstSentAt?: Date } = {}) => {
      const { author, tokens, publishing } = await mine();
      const { wire } = publishing.preview(text);
      const sent = await publishing.publish(tokens, { author, wire, ...more });
      const look = () => publishing.lookUp(tokens, { author, wire, ...around(harness.now()) });
      return { author, tokens, publishing, wire, sent, look };
    };
    const idsFound = async (look: () => ReturnType<Awaited<ReturnType<typeof send>>['look']>) => {
      const found = await look();
      assert.ok(found.kind === 'found');
      return found.posts.map(({ id }) => id);
    };
    const idOf = (sent: Sent) => {
      assert.equal(sent.kind, 'there');
      return sent.kind === 'there' ? sent.id : '';
    };

    before(async () => {
      harness = await startHarness();
      signedIn = await account(harness, type, who, externalId);
      // Past the seconds in which a refused token is only new.
      harness.forward(60);
    });
    after(() => harness.stop());
    afterEach(() => harness.fakes.fault(network));

    for (const text of texts) {
      it(`shows exactly what was written, until it is taken back: ${JSON.stringify(text)}`, async () => {
        const { sent, author, tokens, publishing, wire, look } = await send(text);
        const id = idOf(sent);
        const link = publishing.permalink(author, id);
        assert.equal(link, `${harness.origin}${page(id)}`);
        assert.deepEqual(await seen(link), { status: 200, text: type === 'x-user' ? text.normalize('NFC') : text });
        if (isReadable) {
          assert.deepEqual(await idsFound(look), [id]);
          const shown = await publishing.read(tokens, { author, id });
          assert.ok(shown.kind === 'there' && publishing.isSame(wire, shown.text));
        }
        assert.deepEqual(await publishing.takeBack(tokens, { author, id }), { kind: 'gone' });
        assert.equal((await seen(link)).status, 404);
        assert.deepEqual(await publishing.takeBack(tokens, { author, id }), { kind: 'gone' });
        if (isReadable) assert.deepEqual(await publishing.read(tokens, { author, id }), { kind: 'gone' });
      });
    }

    it('is called a duplicate by the network when the same text is published again, and is there once', async () => {
      const text = 'The very same text, twice';
      const { author, tokens, publishing, sent } = await send(text);
      const again = await send(text);
      // LinkedIn names the twin: whether it is an older one takes a look, which a member's posts do not allow.
      const said = again.sent.kind === 'notThere' ? again.sent.reason : again.sent.kind;
      assert.equal(said, network === 'linkedin' ? 'unknown' : 'duplicate');
      if (isReadable) assert.deepEqual(await idsFound(again.look), [idOf(sent)]);
      await publishing.takeBack(tokens, { author, id: idOf(sent) });
      const after = (await send(text)).sent;
      // X and LinkedIn go on to refuse it for a while; Facebook looks at the newest post only.
      if (network === 'facebook') assert.equal(after.kind, 'there');
      else assert.notEqual(after.kind, 'there');
    });

    it('is found, however long it is', async () => {
      const { publishing } = await mine();
      const { limit } = publishing.preview('a');
      const { sent, look } = await send(`${'é '.repeat(limit / 2 - 1)}.`);
      const id = idOf(sent);
      if (isReadable) assert.deepEqual(await idsFound(look), [id]);
    });

    for (const kind of ['postedError', 'pleaseRetry', 'lostAnswer'] as const) {
      it(`is unknown, and is there once, after ${kind}`, async () => {
        fault(kind);
        const { sent, look, wire, publishing } = await send(`Lost by ${kind}`);
        assert.equal(sent.kind, 'unknown');
        if (!isReadable) return assert.equal((await look()).kind, 'cannot');
        const found = await look();
        assert.ok(found.kind === 'found' && found.posts.length === 1);
        assert.ok(publishing.isSame(wire, found.posts[0]?.text ?? ''));
        assert.equal((await fetch(found.posts[0]?.url ?? '')).status, 200);
      });
    }

    it('is unknown, and not there, when the request was lost on its way', async () => {
      fault('lostRequest');
      const { sent, look } = await send('Lost on the way');
      assert.equal(sent.kind, 'unknown');
      if (isReadable) assert.deepEqual(await idsFound(look), []);
    });

    it('on a bad day: what is called there is, and what is called not there is not', async () => {
      harness.fakes.fault(network, { kind: 'badDay' });
      for (let post = 0; post < 40; post++) {
        const { wire, sent, author, tokens, publishing } = await send(`Bad day, post ${post}`);
        harness.forward(2);
        if (!isReadable) continue;
        const window = { from: new Date(harness.now().getTime() - 60_000), to: harness.now() };
        const found = await publishing.lookUp(tokens, { author, wire, ...window });
        const ids = found.kind === 'found' ? found.posts.map(({ id }) => id) : [];
        // Dropped or cut is what only reading it back shows.
        if (sent.kind === 'there' && ids.length > 0) assert.deepEqual(ids, [sent.id]);
        if (sent.kind === 'notThere') assert.deepEqual(ids, []);
        assert.ok(ids.length <= 1);
      }
    });

    it('is unknown after an outage that posted nothing', async () => {
      const { author, tokens, publishing } = await mine();
      fault('error');
      assert.equal((await publishing.publish(tokens, { author, wire: 'Out' })).kind, 'unknown');
    });

    it('is surely not there when the network asks to wait, with the time', async () => {
      const { author, tokens, publishing } = await mine();
      fault('rateLimited', { seconds: 600 });
      const sent = await publishing.publish(tokens, { author, wire: 'Fast' });
      assert.ok(sent.kind === 'notThere' && sent.reason === 'wait' && sent.hold === 'network' && sent.retryAt);
      const seconds = (Number(sent.retryAt) - Number(harness.now())) / 1000;
      assert.ok(seconds > 590 && seconds < 610, `about ten minutes, not ${seconds} s`);
    });

    it('is surely not there when the person took the permission back at the network', async () => {
      const { author, tokens, publishing } = await mine();
      fault('revoked');
      const sent = await publishing.publish(tokens, { author, wire: 'Revoked' });
      assert.ok(sent.kind === 'notThere' && sent.reason === 'signIn' && sent.trouble);
    });

    it('wants a new sign-in where the scope for publishing is missing', async () => {
      const { author, tokens, publishing } = await mine();
      for (const missing of typeFacts[type].publishing ?? []) {
        const scopes = tokens.scopes.filter((scope) => scope !== missing);
        const sent = await publishing.publish({ ...tokens, scopes }, { author, wire: 'No scope' });
        assert.ok(sent.kind === 'notThere' && sent.reason === 'signIn', missing);
        assert.match(sent.detail, /Sign in again and allow it\.$/);
      }
    });

    it('is never published as somebody else', async () => {
      const { tokens, publishing } = await mine();
      const other = { externalId: '200000000000201', handle: 'fabrikam', type };
      const sent = await publishing.publish(tokens, { author: other, wire: 'As another' });
      if (type === 'x-user') assert.equal(publishing.permalink(other, idOf(sent)).includes('fabrikam'), true);
      else assert.ok(sent.kind === 'notThere' && sent.reason === 'notAllowed');
    });

    if (isReadable) {
      it('is found later when the network shows it late', async () => {
        fault('showsLate', { seconds: 30 });
        const { sent, author, tokens, publishing, wire, look } = await send('Late');
        assert.deepEqual([sent.kind, await idsFound(look)], ['there', []]);
        const window = around(harness.now());
        harness.forward(31);
        const again = await publishing.lookUp(tokens, { author, wire, ...window });
        assert.ok(again.kind === 'found' && again.posts.length === 1);
      });

      it('is read back as gone when the network drops it, and as another text when it is cut', async () => {
        fault('dropped');
        const dropped = await send('Dropped');
        const { author, tokens, publishing } = dropped;
        assert.deepEqual(await publishing.read(tokens, { author, id: idOf(dropped.sent) }), { kind: 'gone' });
        fault('cut');
        const cut = await send('Cut in half');
        const shown = await publishing.read(tokens, { author, id: idOf(cut.sent) });
        assert.deepEqual(
          [shown.kind === 'there' && shown.text, publishing.isSame(cut.wire, 'Cut in')],
          ['Cut in', false],
        );
      });

      for (const minutes of [-30, -2, 2, 30]) {
        it(`is found by a clock that is ${minutes} minutes off the network's`, async () => {
          const clock = () => new Date(harness.now().getTime() + minutes * 60_000);
          const { outbound } = harness;
          const networks = createNetworks({ outbound, clock, apps: sandboxApps, pause: () => Promise.resolve() });
          const publishing = mayPublish(networks.publishing(type));
          const { author, tokens } = await mine();
          const { wire } = publishing.preview(`By a clock ${minutes} minutes off`);
          fault('lostAnswer');
          const window = around(clock());
          assert.equal((await publishing.publish(tokens, { author, wire })).kind, 'unknown');
          const look = () => publishing.lookUp(tokens, { author, wire, ...window });
          // The first look tells whose clock is off; the worker looks again.
          await look();
          const found = await look();
          assert.ok(found.kind === 'found' && found.posts.length === 1);
          const [post] = found.posts;
          assert.ok(post && post.at >= window.from && post.at <= window.to);
        });
      }

      it('tells a post that was cut from one that is whole, and shows it where no whole one is', async () => {
        const text = 'A text of more than eighty signs, of which its network keeps one half and drops the other half';
        fault('cut');
        const cut = await send(text);
        const { author, tokens, publishing, wire } = cut;
        const look = () => publishing.lookUp(tokens, { author, wire, ...around(harness.now()) });
        const found = await look();
        assert.ok(found.kind === 'found');
        assert.deepEqual([found.posts, found.begun?.map(({ id }) => id)], [[], [idOf(cut.sent)]]);
        const whole = await send(text);
        const both = await look();
        assert.ok(both.kind === 'found');
        assert.deepEqual([both.posts.map(({ id }) => id), both.begun], [[idOf(whole.sent)], undefined]);
      });

      it('looks only at posts of that time, and over every page', async () => {
        const first = await send('The one of many');
        const { author, tokens, publishing, wire } = first;
        for (let post = 0; post < 101; post++) await publishing.publish(tokens, { author, wire: `Number ${post}` });
        const window = around(harness.now());
        const found = await publishing.lookUp(tokens, { author, wire, ...window });
        assert.deepEqual(found.kind === 'found' && found.posts.map(({ id }) => id), [idOf(first.sent)]);
        harness.forward(3600);
        const later = await publishing.lookUp(tokens, { author, wire, ...around(harness.now()) });
        assert.deepEqual(later, { kind: 'found', posts: [] });
      });

      it('answers later while the network is slow or broken, and asks for a sign-in that was taken back', async () => {
        const { author, tokens, publishing } = await mine();
        const look = () => publishing.lookUp(tokens, { author, wire: 'x', ...around(harness.now()) });
        harness.fakes.fault(network, { kind: 'rateLimited', seconds: 600 });
        const asked = await look();
        assert.ok(asked.kind === 'later' && asked.at && asked.at > harness.now());
        harness.fakes.fault(network, { kind: 'error' });
        assert.deepEqual(await look(), { kind: 'later' });
        harness.fakes.fault(network, { kind: 'revoked' });
        await assert.rejects(look(), /no longer|any more|revoked/);
      });
    } else {
      it('can be looked up or read by nobody but a person', async () => {
        const { author, tokens, publishing } = await mine();
        const closed = {
          kind: 'cannot',
          why: 'LinkedIn shows apps no posts of members. Look at the profile on LinkedIn.',
        };
        const window = around(harness.now());
        assert(publishing.peopleOnly);
        assert.deepEqual(await publishing.lookUp(tokens, { author, wire: 'x', ...window }), closed);
        assert.deepEqual(await publishing.read(tokens, { author, id: 'urn:li:share:1' }), closed);
      });
    }
  });
}

describe('the types that publish', () => {
  it('do so with a text alone where their facts say so; the others say why not', async () => {
    const harness = await startHarness();
    for (const type of profileTypes) {
      const { may, publishing } = typeFacts[type];
      const how = harness.networks.publishing(type);
      if (typeof how === 'string') assert.equal(how, may.publishText);
      else assert.equal(may.publishText === true, !how.pictures?.least && !how.videos?.isNeeded, type);
      assert.equal(publishing !== undefined, typeof how !== 'string', `${type} names the scopes that publishing needs`);
    }
    await harness.stop();
  });

  it('ask for the scopes that publishing needs', async () => {
    const harness = await startHarness();
    for (const type of profileTypes) {
      const asked = harness.networks.of(type).scopes(type);
      for (const scope of typeFacts[type].publishing ?? []) assert.ok(asked.includes(scope), scope);
      const alone = typeFacts[type].scopes.map(({ scope }) => scope);
      for (const scope of typeFacts[type].publishing ?? []) assert.ok(alone.includes(scope), scope);
    }
    await harness.stop();
  });

  it('say before a post is taken back what that costs', async () => {
    const harness = await startHarness();
    for (const { type } of stories) {
      assert.match(mayPublish(harness.networks.publishing(type)).takeBackCost, /^[A-Z].*\.$/);
    }
    await harness.stop();
  });
});
