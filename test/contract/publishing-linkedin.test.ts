import assert from 'node:assert/strict';
import type { NotThereReason } from '../../src/networks/publishing.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, type Heard, type Said, sentWhen } from './publishing-harness.js';

const author = { externalId: '5001001', handle: 'contoso', type: 'linkedin-page' as const };
const member = { externalId: 'aLeX', handle: 'alex', type: 'linkedin-member' as const };
const tokens = {
  access: 't',
  refresh: 'r',
  scopes: ['w_organization_social', 'r_organization_social', 'w_member_social'],
};
const error = (status: number, code: string, more = {}) => ({ status, code, message: 'x', ...more });
const urn = 'urn:li:share:7001';
const duplicate = {
  status: 422,
  message: `Content is a duplicate of ${urn}`,
  errorDetails: { inputErrors: [{ code: 'DUPLICATE_POST' }] },
};

describe("LinkedIn's answers to a new post", () => {
  const noes: [string, number, unknown, NotThereReason, 'network'?][] = [
    ['a body it cannot read', 400, error(400, 'ILLEGAL_ARGUMENT'), 'refused'],
    ['a text that is too long', 400, error(400, 'FIELD_LENGTH_TOO_LONG'), 'tooLong'],
    [
      'a text that is too long, in the details',
      400,
      { message: 'x', errorDetails: { inputErrors: [{ code: 'FIELD_LENGTH_TOO_LONG' }] } },
      'tooLong',
    ],
    ['no version', 400, error(400, 'VERSION_MISSING'), 'setUp'],
    ['a revoked token', 401, error(401, 'REVOKED_ACCESS_TOKEN', { serviceErrorCode: 65601 }), 'signIn'],
    ['an old token', 401, error(401, 'EXPIRED_ACCESS_TOKEN'), 'signIn'],
    ['a role that is missing', 403, error(403, 'ACCESS_DENIED'), 'notAllowed'],
    ['an author who is gone', 404, error(404, 'NOT_FOUND'), 'targetGone'],
    ['too much', 413, {}, 'refused'],
    ['an odd kind of body', 415, {}, 'refused'],
    ['a text it does not take', 422, error(422, 'INVALID_CONTENT'), 'refused'],
    ['a version that is no longer served', 426, error(426, 'NONEXISTENT_VERSION'), 'setUp'],
    ['the limit of the day', 429, error(429, 'TOO_MANY_REQUESTS'), 'wait', 'network'],
  ];
  for (const [what, status, body, reason, hold] of noes) {
    it(`${status}, ${what}: surely not there (${reason})`, async () => {
      const { sent } = await sentWhen('linkedin-page', { status, body }, { tokens, author });
      assert.ok(sent.kind === 'notThere');
      assert.deepEqual([sent.reason, sent.hold], [reason, hold]);
      assert.match(sent.detail, /^[A-Z].*\.$/);
    });
  }

  const lost: [string, number, unknown][] = [
    ['an outage', 500, error(500, 'INTERNAL_SERVER_ERROR')],
    ['a broken gateway', 502, {}],
    ['overload', 503, {}],
    ['a gateway that waited', 504, {}],
    ['a time-out', 408, {}],
    ['a good answer without an id', 201, {}],
    ['a refusal that nobody knows', 409, {}],
  ];
  for (const [what, status, body] of lost) {
    it(`${status}, ${what}: unknown`, async () => {
      const { sent } = await sentWhen('linkedin-page', { status, body }, { tokens, author });
      assert.equal(sent.kind, 'unknown');
    });
  }

  it('201 with an id in its header: surely there', async () => {
    for (const id of [urn, 'urn:li:ugcPost:7002']) {
      const said = { status: 201, headers: { 'x-restli-id': id }, body: '' };
      assert.deepEqual((await sentWhen('linkedin-page', said, { tokens, author })).sent, { kind: 'there', id });
    }
    const odd = { status: 201, headers: { 'x-restli-id': 'hello' }, body: '' };
    assert.equal((await sentWhen('linkedin-page', odd, { tokens, author })).sent.kind, 'unknown');
  });

  describe('422, a duplicate', () => {
    const minute = 60_000;
    let firstSentAt: Date;
    // Not when the file is read: the whole run takes longer than a minute.
    beforeEach(() => {
      firstSentAt = new Date();
    });
    /** The post answers "duplicate"; reading the named one answers this. */
    const whenNamed = async (named: Said, more: { firstSentAt?: Date } = {}) => {
      const said = ({ method }: Heard) => (method === 'POST' ? { status: 422, body: duplicate } : named);
      return sentWhen('linkedin-page', said, { tokens, author, wire: 'Hello', ...more });
    };
    const post = (ageMs: number, commentary = 'Hello'): Said => ({
      status: 200,
      body: { id: urn, commentary, publishedAt: firstSentAt.getTime() - ageMs },
    });

    it('of itself, sent before: surely there, once the named post was read', async () => {
      const { sent, heard } = await whenNamed(post(0), { firstSentAt });
      assert.deepEqual(sent, { kind: 'there', id: urn });
      assert.deepEqual(
        heard.map(({ method }) => method),
        ['POST', 'GET'],
      );
      assert.match(heard[1]?.path ?? '', /\/rest\/posts\/urn%3Ali%3Ashare%3A7001\?viewContext=AUTHOR$/);
    });

    it('of an older post: surely not there', async () => {
      for (const more of [{}, { firstSentAt }]) {
        const { sent } = await whenNamed(post(5 * minute), more);
        assert.ok(sent.kind === 'notThere' && sent.reason === 'duplicate');
      }
    });

    it('of a ghost that nobody can open: unknown', async () => {
      for (const more of [{}, { firstSentAt }]) {
        const { sent } = await whenNamed({ status: 404, body: error(404, 'NOT_FOUND') }, more);
        assert.deepEqual([sent.kind, sent.kind === 'unknown' && sent.named], ['unknown', urn]);
      }
    });

    it('of a new post with another text, or of one that was never sent before: unknown', async () => {
      assert.equal((await whenNamed(post(0, 'Something else'), { firstSentAt })).sent.kind, 'unknown');
      assert.equal((await whenNamed(post(0))).sent.kind, 'unknown');
    });

    it('that cannot be read: unknown', async () => {
      for (const status of [401, 403, 429, 500]) {
        assert.equal((await whenNamed({ status, body: {} }, { firstSentAt })).sent.kind, 'unknown');
      }
    });

    it('of a member, whose posts nobody reads: unknown, with the post that a person can look at', async () => {
      const { sent, heard } = await sentWhen(
        'linkedin-member',
        { status: 422, body: duplicate },
        { tokens, author: member },
      );
      assert.deepEqual([sent.kind, sent.kind === 'unknown' && sent.named], ['unknown', urn]);
      assert.equal(heard.length, 1);
    });

    it('in words only, as it was also seen: read the same way', async () => {
      const { message } = duplicate;
      const said = ({ method }: Heard) => (method === 'POST' ? { status: 422, body: { message } } : post(0));
      const { sent } = await sentWhen('linkedin-page', said, { tokens, author, firstSentAt });
      assert.deepEqual(sent, { kind: 'there', id: urn });
    });
  });

  it('the call names author, version and protocol', async () => {
    const good = { status: 201, headers: { 'x-restli-id': urn }, body: '' };
    const { heard } = await sentWhen('linkedin-member', good, { tokens, author: member, wire: 'a \\(b\\)' });
    assert.deepEqual(JSON.parse(heard[0]?.body ?? ''), {
      author: 'urn:li:person:aLeX',
      commentary: 'a \\(b\\)',
      visibility: 'PUBLIC',
      distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
      lifecycleState: 'PUBLISHED',
      isReshareDisabledByAuthor: false,
    });
    assert.match(String(heard[0]?.headers['linkedin-version']), /^\d{6}$/);
    assert.equal(heard[0]?.headers['x-restli-protocol-version'], '2.0.0');
  });
});

describe('publishing the same text again on pretend LinkedIn', () => {
  let harness: Harness;
  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('names the live post; after it was taken back, another ghost each time', async () => {
    const {
      author: page,
      tokens: held,
      publishing,
    } = await account(harness, 'linkedin-page', 'Alex Wilber', '5001001');
    const send = (firstSentAt?: Date) =>
      publishing.publish(held, { author: page, wire: 'Again', ...(firstSentAt ? { firstSentAt } : {}) });
    const first = await send();
    assert.ok(first.kind === 'there');
    assert.deepEqual(await send(harness.now()), first);
    await publishing.takeBack(held, { author: page, id: first.id });
    const ghosts = [await send(harness.now()), await send(harness.now())];
    assert.ok(ghosts[0]?.kind === 'unknown' && ghosts[1]?.kind === 'unknown');
    assert.ok(ghosts[0].named && ghosts[0].named !== ghosts[1].named);
    const found = await publishing.lookUp(held, { author: page, wire: 'Again', ...around(harness.now()) });
    assert.deepEqual(found, { kind: 'found', posts: [] });
    harness.forward(3 * 86_400);
    assert.equal((await send()).kind, 'there');
  });

  it('calls something a duplicate of a ghost when the dial says so', async () => {
    const {
      author: page,
      tokens: held,
      publishing,
    } = await account(harness, 'linkedin-page', 'Alex Wilber', '5001001');
    harness.fakes.fault('linkedin', { kind: 'ghost', times: 1 });
    assert.equal((await publishing.publish(held, { author: page, wire: 'Boo' })).kind, 'unknown');
    assert.equal((await publishing.publish(held, { author: page, wire: 'Boo' })).kind, 'there');
  });
});
