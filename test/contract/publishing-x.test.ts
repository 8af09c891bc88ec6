import assert from 'node:assert/strict';
import type { NotThereReason } from '../../src/networks/publishing.js';
import { sentWhen } from './publishing-harness.js';

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

  it('a token of a few seconds ago that is refused is only early: the profile waits for it', async () => {
    const fresh = { ...tokens, givenAt: new Date(Date.now() - 3000) };
    const { sent } = await sentWhen('x-user', { status: 401 }, { tokens: fresh, author });
    assert.ok(sent.kind === 'notThere' && sent.reason === 'wait' && sent.hold === 'profile' && sent.retryAt);
    assert.equal(sent.trouble, undefined);
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
