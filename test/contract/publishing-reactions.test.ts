import assert from 'node:assert/strict';
import type { Publishing, Reaction, Sent, Target } from '../../src/networks/publishing.js';
import { networkOf, typeFacts } from '../../src/networks/types.js';
import { type ProfileType, profileTypes } from '../../src/rules/types.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, mayPublish, sentWhen } from './publishing-harness.js';

type Signed = Awaited<ReturnType<typeof account>>;
const idOf = (sent: Sent) => {
  assert.equal(sent.kind, 'there');
  return sent.kind === 'there' ? sent.id : '';
};
const stories: { type: ProfileType; who: string; id: string; isReadable: boolean }[] = [
  { type: 'x-user', who: 'contoso', id: '1400000000000000101', isReadable: true },
  { type: 'facebook-page', who: 'Alex Wilber', id: '200000000000101', isReadable: true },
  { type: 'linkedin-page', who: 'Alex Wilber', id: '5001001', isReadable: true },
  { type: 'linkedin-member', who: 'Megan Bowen', id: 'mEgAn-b0w3n', isReadable: false },
];
const text = 'Thanks (a lot) & <3 #tag \\ *_~';

for (const { type, who, id, isReadable } of stories) {
  describe(`reacting as ${typeFacts[type].label}`, () => {
    let harness: Harness;
    let mine: Signed;
    let post: string;
    const may = typeFacts[type].may;
    const page = async (link: string) => (await fetch(link)).text();
    const react = (reaction: Reaction, to: Target): Publishing =>
      mayPublish(harness.networks.reacting(type, reaction, to));
    const send = (publishing: Publishing, said = '') =>
      publishing.publish(mine.tokens, { author: mine.author, wire: publishing.preview(said).wire });
    const find = async (publishing: Publishing, said = '') => {
      const { wire } = publishing.preview(said);
      const found = await publishing.lookUp(mine.tokens, { author: mine.author, wire, ...around(harness.now()) });
      return found.kind === 'found' ? found.posts.map((one) => one.id) : found.kind;
    };
    const undo = (publishing: Publishing, one: string) =>
      publishing.takeBack(mine.tokens, { author: mine.author, id: one });

    before(async () => {
      harness = await startHarness();
      mine = await account(harness, type, who, id);
      harness.forward(60);
      post = idOf(await send(mine.publishing, `A post to react to, by ${who}`));
    });
    after(() => harness.stop());
    afterEach(() => harness.fakes.fault(networkOf(type)));

    it('answers a post, is found there alone, shown under it, and taken back', async () => {
      const reply = react('reply', { id: post });
      assert.equal(reply.isRepeatable, false);
      const answer = idOf(await send(reply, text));
      if (isReadable) {
        assert.deepEqual(await find(reply, text), [answer]);
        assert.deepEqual(await find(mine.publishing, text), []);
        assert.deepEqual(await find(react('reply', { id: await another() }), text), []);
      } else assert.equal(await find(reply, text), 'cannot');
      const link = mine.publishing.permalink(mine.author, post);
      assert.match(await page(link), /Thanks \(a lot\) &amp; &lt;3 #tag \\ \*_~/);
      assert.ok((await fetch(reply.permalink(mine.author, answer))).ok);
      assert.deepEqual(await undo(reply, answer), { kind: 'gone' });
      assert.deepEqual(await undo(reply, answer), { kind: 'gone' });
      assert.doesNotMatch(await page(link), /Thanks/);
    });

    let others = 0;
    const another = async () => idOf(await send(mine.publishing, `Another post, ${others++}`));

    for (const kind of ['lostAnswer', 'postedError', 'pleaseRetry'] as const) {
      it(`an answer is unknown, and there once, after ${kind}`, async () => {
        const reply = react('reply', { id: post });
        harness.fakes.fault(networkOf(type), { kind, times: 1 });
        const said = `Lost by ${kind}`;
        assert.equal((await send(reply, said)).kind, 'unknown');
        const found = await find(reply, said);
        if (isReadable) assert.equal(found.length, 1);
      });
    }

    if (type !== 'x-user') {
      it('answers a comment', async () => {
        const comment = idOf(await send(react('reply', { id: post }), 'First'));
        const reply = react('reply', { id: post, comment });
        const answer = idOf(await send(reply, 'Second'));
        if (isReadable) assert.deepEqual(await find(reply, 'Second'), [answer]);
        assert.match(await page(mine.publishing.permalink(mine.author, post)), /First[\s\S]*Second/);
        assert.deepEqual(await undo(reply, answer), { kind: 'gone' });
      });

      it('is not taken for a colleague who wrote the same', async () => {
        const others: Partial<Record<ProfileType, string>> = {
          'facebook-page': '200000000000102',
          'linkedin-page': '5001002',
        };
        const other = others[type];
        if (!other) return;
        const { author, tokens } = await account(harness, type, who, other);
        const reply = react('reply', { id: post });
        assert.equal((await reply.publish(tokens, { author, wire: 'The same' })).kind, 'there');
        assert.deepEqual(await find(reply, 'The same'), []);
        const own = idOf(await send(reply, 'The same'));
        assert.deepEqual(await find(reply, 'The same'), [own]);
      });

      it('likes a post and a comment, twice without harm, and takes it back', async () => {
        const link = mine.publishing.permalink(mine.author, post);
        const comment = idOf(await send(react('reply', { id: post }), 'To be liked'));
        for (const to of [{ id: post }, { id: post, comment }]) {
          const like = react('like', to);
          assert.equal(like.isRepeatable, true);
          assert.deepEqual(like.preview('').problems, []);
          assert.deepEqual(
            like.preview('Hello').problems.map(({ code, stops }) => [code, stops]),
            [['noText', true]],
          );
          const liked = idOf(await send(like));
          assert.equal(liked, to.comment ?? post);
          assert.equal(idOf(await send(like)), liked);
          assert.match(await page(link), /liked once/);
          assert.equal(
            (await like.lookUp(mine.tokens, { author: mine.author, wire: '', ...around(new Date()) })).kind,
            'cannot',
          );
          assert.deepEqual(await undo(like, liked), { kind: 'gone' });
          assert.deepEqual(await undo(like, liked), { kind: 'gone' });
          assert.doesNotMatch(await page(link), /liked once/);
        }
      });
    }

    if (may.share === true) {
      it('shares a post on, and takes it back', async () => {
        const share = react('share', { id: post });
        const shared = idOf(await send(share));
        const link = share.permalink(mine.author, shared);
        assert.match(await page(link), share.isRepeatable ? /reposted once/ : /Shares on urn:li:share:/);
        if (share.isRepeatable) assert.equal(idOf(await send(share)), shared);
        else if (isReadable) {
          assert.deepEqual(await find(share), [shared]);
          assert.deepEqual(await find(mine.publishing), []);
        }
        assert.deepEqual(await undo(share, shared), { kind: 'gone' });
        assert.doesNotMatch(await page(link), /reposted once|Shares on/);
      });
    }

    it('is surely not there when the post is gone', async () => {
      const gone = await another();
      await undo(mine.publishing, gone);
      for (const reaction of ['reply', 'like', 'share'] as const) {
        if (may[reaction] !== true) continue;
        const sent = await send(react(reaction, { id: gone }), reaction === 'reply' ? 'Too late' : '');
        assert.equal(sent.kind, 'notThere', reaction);
      }
    });

    it('never goes out without its scopes', async () => {
      for (const reaction of ['reply', 'like', 'share'] as const) {
        if (may[reaction] !== true) continue;
        const publishing = react(reaction, { id: post });
        const { wire } = publishing.preview('x');
        const sent = await publishing.publish({ ...mine.tokens, scopes: [] }, { author: mine.author, wire });
        assert.ok(sent.kind === 'notThere' && sent.reason === 'signIn', reaction);
      }
    });

    it('says what taking back costs', () => {
      for (const reaction of ['reply', 'like', 'share'] as const) {
        if (may[reaction] === true) assert.match(react(reaction, { id: post }).takeBackCost, /^[A-Z].*\.$/);
      }
    });
  });
}

describe('reactions', () => {
  it('are there where the facts say so; else a sentence says why not', async () => {
    const harness = await startHarness();
    const later: string[] = [];
    for (const type of profileTypes) {
      for (const reaction of ['reply', 'like', 'share'] as const) {
        const how = harness.networks.reacting(type, reaction, { id: '1' });
        const may = typeFacts[type].may[reaction];
        if (may !== true) assert.equal(how, may);
        else if (typeof how === 'string') later.push(type);
      }
    }
    assert.deepEqual(later, []);
    await harness.stop();
  });

  it('on X answer only whoever mentioned the account', async () => {
    const harness = await startHarness();
    const contoso = await account(harness, 'x-user', 'contoso');
    const fabrikam = await account(harness, 'x-user', 'fabrikam');
    const asked = async (wire: string) =>
      idOf(await fabrikam.publishing.publish(fabrikam.tokens, { author: fabrikam.author, wire }));
    const answer = async (to: string, wire: string) =>
      mayPublish(harness.networks.reacting('x-user', 'reply', { id: to })).publish(contoso.tokens, {
        author: contoso.author,
        wire,
      });
    const refused = await answer(await asked('Nobody in particular'), 'Hello');
    assert.ok(refused.kind === 'notThere' && refused.reason === 'notAllowed');
    assert.equal(refused.detail, 'X allows a reply only where the author mentioned or quoted this profile.');
    assert.equal((await answer(await asked('When do you open, @contoso?'), 'At nine')).kind, 'there');
    await harness.stop();
  });

  it('on X cost less as an answer, and more with a link', async () => {
    const harness = await startHarness();
    const reply = mayPublish(harness.networks.reacting('x-user', 'reply', { id: '1' }));
    assert.deepEqual([reply.preview('Yes').price?.usd, reply.preview('https://example.com').price?.usd], [0.01, 0.2]);
    const share = mayPublish(harness.networks.reacting('x-user', 'share', { id: '1' }));
    assert.equal(share.preview('').price?.usd, 0.015);
    await harness.stop();
  });

  it('on LinkedIn share on by the number of a share only: a link that shows another one is stopped', async () => {
    const harness = await startHarness();
    const codes = (id: string) =>
      mayPublish(harness.networks.reacting('linkedin-page', 'share', { id }))
        .preview('')
        .problems.map(({ code, stops }) => [code, stops]);
    assert.deepEqual(codes('urn:li:activity:71'), [['activityLink', true]]);
    assert.deepEqual(codes('urn:li:share:71'), []);
    await harness.stop();
  });

  it('on LinkedIn are written plainly: a comment has no backslashes, and 1,250 signs', async () => {
    const harness = await startHarness();
    const reply = mayPublish(harness.networks.reacting('linkedin-page', 'reply', { id: 'urn:li:share:71' }));
    assert.equal(reply.preview('(a_b)').wire, '(a_b)');
    assert.deepEqual(reply.preview('a'.repeat(1250)).problems, []);
    assert.deepEqual(
      reply.preview('a'.repeat(1251)).problems.map(({ code }) => code),
      ['tooLong'],
    );
    await harness.stop();
  });

  it('keep no id that is none', async () => {
    const tokens = { access: 't', scopes: ['w_organization_social'] };
    const author = { externalId: '5001001', handle: 'contoso', type: 'linkedin-page' as const };
    const to = { id: 'urn:li:share:71' };
    const sentWith = async (id: string) => {
      const said = { status: 201, headers: { 'x-restli-id': id }, body: '' };
      return (await sentWhen('linkedin-page', said, { tokens, author }, { reaction: 'reply', to })).sent;
    };
    assert.deepEqual(await sentWith('99'), { kind: 'there', id: 'urn:li:comment:(urn:li:share:71,99)' });
    const whole = 'urn:li:comment:(urn:li:activity:70,99)';
    assert.deepEqual(await sentWith(whole), { kind: 'there', id: whole });
    assert.equal((await sentWith('hello')).kind, 'unknown');
  });
});
