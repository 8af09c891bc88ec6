import assert from 'node:assert/strict';
import type { NotThereReason } from '../../src/networks/publishing.js';
import type { FaultKind } from '../../src/sandbox/networks/faults.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, sentWhen } from './publishing-harness.js';

const author = { externalId: '1', handle: 'contoso', type: 'x-user' as const };
const tokens = { access: 't', refresh: 'r', scopes: ['tweet.read', 'tweet.write', 'users.read'] };
const problem = (type: string, detail = '') => ({ type: `https://api.x.com/2/problems/${type}`, title: 'No', detail });
const forbidden = (detail: string) => ({ type: 'about:blank', title: 'Forbidden', detail });
const duplicate = forbidden('You are not allowed to create a Tweet with duplicate content.');

describe("X's answers to a new post", () => {
  const noes: [string, number, unknown, NotThereReason, ('profile' | 'network')?][] = [
    ['a text it cannot read', 400, problem('invalid-request'), 'refused'],
    ['no credits left', 402, problem('credits-depleted'), 'money', 'network'],
    ['the same text as before', 403, duplicate, 'duplicate'],
    ['the same text as before, in the old form', 403, { errors: [{ code: 187, message: 'x' }] }, 'duplicate'],
    ['two cashtags', 403, forbidden('Only one cashtag is allowed'), 'refused'],
    ['a link it does not like', 403, forbidden('Your post contains an invalid URL'), 'refused'],
    ['a text that is too long', 403, forbidden('Your Tweet text is too long.'), 'tooLong'],
    ['a reply to somebody who did not ask', 403, forbidden('Reply to this conversation is not allowed'), 'notAllowed'],
    ['a spam rule', 403, forbidden('You are not permitted to perform this action.'), 'refused'],
    ['a missing permission', 403, problem('client-forbidden'), 'signIn'],
    ['a post that is gone', 404, problem('resource-not-found'), 'targetGone'],
    ['too much', 413, {}, 'refused'],
    ['an odd kind of body', 415, {}, 'refused'],
    ['an odd body', 422, {}, 'refused'],
    ['too fast', 429, problem('rate-limit-exceeded'), 'wait', 'network'],
    ['a plan that is used up', 429, problem('usage-capped', 'UsageCapExceeded'), 'money', 'network'],
    ['an access token that has ended', 401, forbidden('Unauthorized'), 'signIn'],
  ];
  for (const [what, status, body, reason, hold] of noes) {
    it(`${status}, ${what}: surely not there (${reason})`, async () => {
      const { sent, heard } = await sentWhen('x-user', { status, body }, { tokens, author });
      assert.ok(sent.kind === 'notThere');
      assert.deepEqual([sent.reason, sent.hold], [reason, hold]);
      assert.ok(hold === undefined || (sent.retryAt && sent.retryAt > new Date()));
      assert.match(sent.detail, /^[A-Z].*\.$/);
      assert.equal(heard.length, 1);
    });
  }

  const lost: [string, number, unknown][] = [
    ['an outage', 500, {}],
    ['a broken gateway', 502, '<html>'],
    ['overload', 503, {}],
    ['a gateway that waited', 504, {}],
    ['a time-out', 408, {}],
    ['an answer without an id', 201, { data: {} }],
    ['an answer that cannot be read', 201, 'hello'],
    ['errors with a good status', 200, { errors: [problem('resource-not-found')] }],
    ['an id that is none', 201, { data: { id: 'abc' } }],
    ['a refusal that nobody knows', 418, {}],
  ];
  for (const [what, status, body] of lost) {
    it(`${status}, ${what}: unknown`, async () => {
      const { sent } = await sentWhen('x-user', { status, body }, { tokens, author });
      assert.equal(sent.kind, 'unknown');
    });
  }

  it('201 with an id: surely there', async () => {
    const { sent } = await sentWhen('x-user', { status: 201, body: { data: { id: '1990' } } }, { tokens, author });
    assert.deepEqual(sent, { kind: 'there', id: '1990' });
  });

  it('waits until the time that X names', async () => {
    const reset = Math.ceil(Date.now() / 1000) + 500;
    const headers = { 'x-rate-limit-reset': String(reset) };
    const { sent } = await sentWhen('x-user', { status: 429, headers }, { tokens, author });
    assert.ok(sent.kind === 'notThere' && sent.retryAt);
    assert.equal(sent.retryAt.getTime(), reset * 1000);
    assert.equal(sent.trouble?.kind, 'wait');
  });

  it('a duplicate, or a refusal in unknown words, is unknown when this intent was sent before', async () => {
    for (const body of [duplicate, forbidden('You already said that.')]) {
      const what = { tokens, author, firstSentAt: new Date() };
      assert.equal((await sentWhen('x-user', { status: 403, body }, what)).sent.kind, 'unknown');
    }
  });

  it('an access token that ended is to be refreshed, or is a dead sign-in where nothing refreshes it', async () => {
    const { refresh: _, ...bare } = tokens;
    for (const [held, kind] of [
      [tokens, 'stale'],
      [bare, 'dead'],
    ] as const) {
      const { sent } = await sentWhen('x-user', { status: 401 }, { tokens: held, author });
      assert.equal(sent.kind === 'notThere' && sent.trouble?.kind, kind);
    }
  });
});

describe('publishing on X', () => {
  let harness: Harness;
  const contoso = () => account(harness, 'x-user', 'contoso');
  const fault = (kind: FaultKind, seconds?: number) =>
    harness.fakes.fault('x', { kind, times: 1, ...(seconds ? { seconds } : {}) });
  /** Sends, and looks it up as the worker does. */
  const sendAndLook = async (wire: string) => {
    const { author: mine, tokens: held, publishing } = await contoso();
    const sent = await publishing.publish(held, { author: mine, wire });
    const found = await publishing.lookUp(held, { author: mine, wire, ...around(harness.now()) });
    assert.ok(found.kind === 'found');
    return { sent, posts: found.posts, mine, held, publishing };
  };

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());
  afterEach(() => harness.fakes.fault('x'));

  const texts = [
    'Hello',
    'Two\nlines,  and   spaces ',
    'A link https://example.com/a/?b=c#d and README.md',
    'Signs: <b> & "quotes" &amp; \\ [x](y) {z} *_~',
    'مرحبا 你好 नमस्ते 🐦‍🔥👩‍👩‍👧',
    'e\u0301 decomposed',
  ];
  for (const text of texts) {
    it(`is there, found by its text, read back and taken back: ${JSON.stringify(text)}`, async () => {
      const { sent, posts, mine, held, publishing } = await sendAndLook(text);
      assert.ok(sent.kind === 'there');
      assert.deepEqual(
        posts.map(({ id }) => id),
        [sent.id],
      );
      const link = publishing.permalink(mine, sent.id);
      assert.equal(link, `${harness.origin}/x.com/contoso/status/${sent.id}`);
      assert.equal((await fetch(link)).status, 200);
      const shown = await publishing.read(held, { author: mine, id: sent.id });
      assert.ok(shown.kind === 'there' && publishing.isSame(text, shown.text));
      assert.deepEqual(await publishing.takeBack(held, { author: mine, id: sent.id }), { kind: 'gone' });
      assert.deepEqual(await publishing.takeBack(held, { author: mine, id: sent.id }), { kind: 'gone' });
      assert.deepEqual(await publishing.read(held, { author: mine, id: sent.id }), { kind: 'gone' });
      assert.equal((await fetch(link)).status, 404);
    });
  }

  for (const kind of ['postedError', 'pleaseRetry', 'lostAnswer'] as const) {
    it(`is unknown and then found when the network is at fault: ${kind}`, async () => {
      fault(kind);
      const { sent, posts } = await sendAndLook(`Lost by ${kind}`);
      assert.equal(sent.kind, 'unknown');
      assert.equal(posts.length, 1);
    });
  }

  it('is unknown and not found when the request was lost', async () => {
    fault('lostRequest');
    const { sent, posts } = await sendAndLook('Lost on the way');
    assert.deepEqual([sent.kind, posts.length], ['unknown', 0]);
  });

  it('is found later when the network shows it late', async () => {
    fault('showsLate', 30);
    const { sent, posts, mine, held, publishing } = await sendAndLook('Late');
    assert.deepEqual([sent.kind, posts.length], ['there', 0]);
    const window = around(harness.now());
    harness.forward(31);
    const again = await publishing.lookUp(held, { author: mine, wire: 'Late', ...window });
    assert.ok(again.kind === 'found' && again.posts.length === 1);
  });

  it('is read back as gone when the network drops it, and as another text when it is cut', async () => {
    fault('dropped');
    const dropped = await sendAndLook('Dropped');
    assert.ok(dropped.sent.kind === 'there');
    const { mine, held, publishing } = dropped;
    assert.deepEqual(await publishing.read(held, { author: mine, id: dropped.sent.id }), { kind: 'gone' });
    fault('cut');
    const { sent } = await sendAndLook('Cut in half');
    assert.ok(sent.kind === 'there');
    const shown = await publishing.read(held, { author: mine, id: sent.id });
    assert.ok(shown.kind === 'there' && !publishing.isSame('Cut in half', shown.text));
  });

  it('holds the network when the credits are used up', async () => {
    fault('noCredits');
    const { sent, posts } = await sendAndLook('No money');
    assert.ok(sent.kind === 'notThere' && sent.reason === 'money' && sent.hold === 'network');
    assert.equal(posts.length, 0);
  });

  it('is refused as a duplicate the second time, also after it was taken back', async () => {
    const { sent, mine, held, publishing } = await sendAndLook('Twice');
    const again = await publishing.publish(held, { author: mine, wire: 'Twice' });
    assert.ok(again.kind === 'notThere' && again.reason === 'duplicate');
    assert.ok(sent.kind === 'there');
    await publishing.takeBack(held, { author: mine, id: sent.id });
    const after = await publishing.publish(held, { author: mine, wire: 'Twice' });
    assert.ok(after.kind === 'notThere' && after.reason === 'duplicate');
  });

  it('looks only at posts of the time, of this author, and over every page', async function () {
    this.timeout(10_000);
    const { author: mine, tokens: held, publishing } = await account(harness, 'x-user', 'contoso_support');
    const wire = 'The one of many';
    await publishing.publish(held, { author: mine, wire });
    for (let post = 0; post < 101; post++) await publishing.publish(held, { author: mine, wire: `Number ${post}` });
    const window = around(harness.now());
    const found = await publishing.lookUp(held, { author: mine, wire, ...window });
    assert.ok(found.kind === 'found' && found.posts.length === 1);
    const other = await publishing.lookUp(held, { author: (await contoso()).author, wire, ...window });
    assert.deepEqual(other, { kind: 'found', posts: [] });
    harness.forward(3600);
    const later = await publishing.lookUp(held, { author: mine, wire, ...around(harness.now()) });
    assert.deepEqual(later, { kind: 'found', posts: [] });
  });

  it('answers later when X is slow to look, and asks for a sign-in when it was taken back', async () => {
    const { author: mine, tokens: held, publishing } = await contoso();
    const look = () => publishing.lookUp(held, { author: mine, wire: 'x', ...around(harness.now()) });
    harness.fakes.fault('x', { kind: 'rateLimited', seconds: 600 });
    const asked = await look();
    assert.ok(asked.kind === 'later' && asked.at && asked.at > harness.now());
    harness.fakes.fault('x', { kind: 'error' });
    assert.deepEqual(await look(), { kind: 'later' });
    harness.fakes.fault('x', { kind: 'expired' });
    await assert.rejects(look(), { kind: 'stale' });
  });
});
