import assert from 'node:assert/strict';
import type { NotThereReason, Publishing, Read } from '../../src/networks/publishing.js';
import { networksAt, publishingAt, type Said, sentWhen, startOdd } from './publishing-harness.js';

const author = { externalId: '200000000000101', handle: 'contoso', type: 'facebook-page' as const };
const tokens = { access: 't', scopes: ['pages_manage_posts', 'pages_read_engagement'] };
const error = (code: number, subcode?: number) => ({
  error: { message: 'x', type: 'OAuthException', code, ...(subcode ? { error_subcode: subcode } : {}) },
});
const sentOn = async (status: number, body: unknown, more = {}) =>
  (await sentWhen('facebook-page', { status, body }, { tokens, author, ...more })).sent;

describe("Facebook's answers to a new post", () => {
  const noes: [string, unknown, NotThereReason, ('profile' | 'network')?][] = [
    ['100, a parameter it does not take', error(100), 'refused'],
    ['100/33, a Page it does not show', error(100, 33), 'targetGone'],
    ['102, a session that has ended', error(102), 'signIn'],
    ['190, a token that is not valid', error(190), 'signIn'],
    ['190/460, a changed password', error(190, 460), 'signIn'],
    ['3, a capability that the app lacks', error(3), 'setUp'],
    ['10, a permission that is missing', error(10), 'notAllowed'],
    ['200, a permission that is missing', error(200), 'notAllowed'],
    ['4, too fast for the app', error(4), 'wait', 'network'],
    ['17, too fast for the person', error(17), 'wait', 'network'],
    ['32, too fast for the Page', error(32), 'wait', 'network'],
    ['341, the limit of the app', error(341), 'wait', 'network'],
    ['613, a custom limit', error(613), 'wait', 'network'],
    ['80001, the business limit of Pages', error(80001), 'wait', 'network'],
    ['1390008, posting too fast', error(1, 1390008), 'wait', 'network'],
    ['506, the same text', error(506), 'duplicate'],
    ['1366051, the same photos', error(100, 1366051), 'duplicate'],
    ['368, the same content over and over', error(368), 'refused', 'profile'],
    ['1366046, a picture that is too big', error(324, 1366046), 'refused'],
    ['1346003, flagged', error(368, 1346003), 'refused'],
    ['1404102, flagged', error(100, 1404102), 'refused'],
    ['1404006, flagged', error(100, 1404006), 'refused'],
    ['1349125, bad content', error(100, 1349125), 'refused'],
    ['2061006, a bad address', error(100, 2061006), 'refused'],
    ['1609008, a link to Facebook', error(100, 1609008), 'refused'],
    ['1609008 as a code', error(1609008), 'refused'],
    ['1404078, somebody has to confirm the Page', error(100, 1404078), 'notAllowed'],
    ['4854002, somebody has to confirm who they are', error(100, 4854002), 'notAllowed'],
  ];
  for (const [what, body, reason, hold] of noes) {
    it(`${what}: surely not there (${reason})`, async () => {
      const sent = await sentOn(400, body);
      assert.ok(sent.kind === 'notThere');
      assert.deepEqual([sent.reason, sent.hold], [reason, hold]);
      assert.equal(sent.retryAt !== undefined, hold !== undefined);
      assert.match(sent.detail, /^[A-Z].*\.$/);
    });
  }

  const lost: [string, number, unknown][] = [
    ['code 1, "an unknown error"', 400, error(1)],
    ['code 1/99', 400, error(1, 99)],
    ['code 1/99 as 500', 500, error(1, 99)],
    ['code 2, "unexpected error, please retry"', 400, error(2)],
    ['code 2 as 500', 500, error(2)],
    ['1363047, temporary', 400, error(100, 1363047)],
    ['1609010, temporary', 400, error(1, 1609010)],
    ['a code that nobody knows', 400, error(98765)],
    ['a refusal without a code', 400, {}],
    ['a refusal that is no JSON', 400, '<html>'],
    ['an outage, whatever its code says', 500, error(190)],
    ['a broken gateway', 502, {}],
    ['overload', 503, {}],
    ['a gateway that waited', 504, {}],
    ['a time-out', 408, error(100)],
    ['a good answer without an id', 200, { success: true }],
    ['an id that is none', 200, { id: 'abc' }],
  ];
  for (const [what, status, body] of lost) {
    it(`${status}, ${what}: unknown`, async () => {
      assert.equal((await sentOn(status, body)).kind, 'unknown');
    });
  }

  const plain: [number, NotThereReason | 'unknown'][] = [
    [404, 'targetGone'],
    [413, 'refused'],
    [415, 'refused'],
    [422, 'refused'],
    [429, 'wait'],
    [403, 'notAllowed'],
    [401, 'signIn'],
  ];
  for (const [status, reason] of plain) {
    it(`${status} without a code: surely not there (${reason})`, async () => {
      const sent = await sentOn(status, {});
      assert.equal(sent.kind === 'notThere' ? sent.reason : sent.kind, reason);
    });
  }

  it('what is unknown says what came, in our words', async () => {
    const hints = [await sentOn(400, error(2)), await sentOn(503, {}), await sentOn(400, error(98765))].map(
      (sent) => sent.kind === 'unknown' && sent.hint,
    );
    assert.deepEqual(hints, [
      'Facebook answered code 2.',
      'Facebook answered 503 without saying whether it is there.',
      'Facebook answered 400.',
    ]);
  });

  it('an id: surely there', async () => {
    assert.deepEqual(await sentOn(200, { id: '200000000000101_12' }), { kind: 'there', id: '200000000000101_12' });
  });

  it('"the same" is unknown when this intent was sent before', async () => {
    for (const body of [error(506), error(100, 1366051)]) {
      assert.equal((await sentOn(400, body, { firstSentAt: new Date() })).kind, 'unknown');
    }
  });

  it('sends the text in a form, the token in a header only', async () => {
    const wire = 'a=b&c "ü" 🐦 @[123]';
    const { heard } = await sentWhen('facebook-page', { status: 200, body: { id: '1_2' } }, { tokens, author, wire });
    assert.deepEqual(heard.length, 1);
    assert.match(heard[0]?.path ?? '', /^\/graph\.facebook\.com\/v\d+\.0\/200000000000101\/feed$/);
    assert.deepEqual([...new URLSearchParams(heard[0]?.body)], [['message', wire]]);
    assert.equal(heard[0]?.headers.authorization, 'Bearer t');
  });
});

describe('reading a Facebook post back', () => {
  const gone = { status: 400, body: error(100, 33) };
  const there = { status: 200, body: { id: '1_2', message: 'Hello', created_time: '2026-11-27T12:00:00+0000' } };
  const asked = async (answers: Said[], ask: (publishing: Publishing) => Promise<unknown>) => {
    let turn = 0;
    const odd = await startOdd((response) => {
      const { status, body } = answers[Math.min(turn++, answers.length - 1)] ?? gone;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    try {
      return await ask(publishingAt(odd.origin, 'facebook-page'));
    } finally {
      odd.stop();
    }
  };
  const read = (...answers: Said[]) => asked(answers, (publishing) => publishing.read(tokens, { author, id: '1_2' }));
  const takeBack = (...answers: Said[]) =>
    asked(answers, (publishing) => publishing.takeBack(tokens, { author, id: '1_2' }));

  it('calls it gone only when Facebook says so twice', async () => {
    assert.deepEqual(await read(gone, gone), { kind: 'gone' });
    assert.deepEqual(await read({ status: 404, body: {} }), { kind: 'gone' });
    const shown = { kind: 'there', text: 'Hello', at: new Date('2026-11-27T12:00:00Z') };
    assert.deepEqual(await read(gone, there), shown);
    assert.deepEqual(await read(there), shown);
  });

  it('says nothing of a post from answers about something else', async () => {
    assert.equal(((await read({ status: 400, body: error(100) })) as Read).kind, 'cannot');
    assert.equal(((await read({ status: 404, body: error(803) })) as Read).kind, 'cannot');
    assert.deepEqual(await read({ status: 200, body: { id: '1_2', message: 'Hello' } }), {
      kind: 'there',
      text: 'Hello',
    });
  });

  it('is taken back when Facebook says so, or has it no more', async () => {
    assert.deepEqual(await takeBack({ status: 200, body: { success: true } }), { kind: 'gone' });
    assert.deepEqual(await takeBack(gone), { kind: 'gone' });
    assert.equal(((await takeBack({ status: 200, body: { success: false } })) as Read).kind, 'cannot');
    await assert.rejects(takeBack({ status: 400, body: error(190) }), { kind: 'dead' });
  });

  it('is the same text without its mentions, and without the link at its end', () => {
    const { isSame } = publishingAt('http://127.0.0.1:1', 'facebook-page');
    assert.ok(isSame('Thanks @[123] a lot', 'Thanks a lot'));
    assert.ok(isSame('Read this: https://a.com/x', 'Read this:'));
    assert.ok(isSame('Read this: https://a.com/x', 'Read this: https://a.com/x'));
    assert.ok(!isSame('Read https://a.com/x now', 'Read now'));
    assert.ok(!isSame('Read this: https://a.com/x', 'Read this: https://a.com/y'));
    assert.ok(!isSame('Read this', 'Read'));
  });
});

describe('what Facebook says of a post to react to', () => {
  it('names its writer in one line, whatever signs the name holds', async () => {
    const from = { id: author.externalId, name: '\u202e Con\n\ttoso' };
    const odd = await startOdd((response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: `${author.externalId}_1`, message: 'Hello', from }));
    });
    try {
      const link = { kind: 'post', id: `${author.externalId}_1` } as const;
      const aim = networksAt(odd.origin).aiming('facebook-page')?.aim;
      const aimed = await aim?.(tokens, { author, link, reaction: 'like' });
      assert.deepEqual(aimed, { kind: 'at', to: { id: link.id }, by: 'Con toso', text: 'Hello' });
    } finally {
      odd.stop();
    }
  });
});
