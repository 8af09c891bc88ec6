import assert from 'node:assert/strict';
import fc from 'fast-check';
import { facebookAnswers } from '../../src/networks/facebook/answers.js';
import { instagramAnswers } from '../../src/networks/instagram/answers.js';
import { linkedInAnswers } from '../../src/networks/linkedin/answers.js';
import { type AnswerTable, readSent } from '../../src/networks/readSent.js';
import { xAnswers } from '../../src/networks/x/answers.js';

const now = new Date('2026-11-27T12:00:00Z');
const tables: AnswerTable[] = [xAnswers, facebookAnswers, instagramAnswers, linkedInAnswers];

/** Whatever a network might send: odd bodies, and its own words and numbers more often than chance has them. */
const words = fc.constantFrom(
  'id',
  'data',
  'error',
  'code',
  'error_subcode',
  'type',
  'detail',
  'message',
  'errors',
  'errorDetails',
  'inputErrors',
  '1',
  '2',
  '190',
  '506',
  '100',
  'DUPLICATE_POST',
  'MEDIA_ASSET_PROCESSING',
  'INVALID_VIDEO_ID',
  'duplicate content',
  'urn:li:share:7',
  '12',
  '1_2',
);
const body = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    words,
    fc.constantFrom<unknown>(
      1,
      2,
      4,
      33,
      99,
      100,
      190,
      368,
      506,
      1609008,
      9007,
      2207027,
      1390008,
      null,
      true,
      -1,
      Number.MAX_VALUE,
      Number.NaN,
    ),
    fc.dictionary(words, tie('any'), { maxKeys: 4 }),
    fc.array(tie('any'), { maxLength: 3 }),
  ),
})).any;
const header = fc.dictionary(fc.constantFrom('x-restli-id', 'retry-after', 'x-rate-limit-reset'), words, {
  maxKeys: 2,
});
const telling = fc.constantFrom(200, 201, 400, 401, 403, 404, 408, 409, 413, 422, 426, 429, 500, 503);
const status = fc.oneof(telling, fc.integer({ min: 200, max: 599 }));
const answer = fc.record({ status, body, header });
const read = (
  table: AnswerTable,
  { status, body: said, header: named }: { status: number; body: unknown; header: Record<string, string> },
  firstSentAt?: Date,
  isWhole = true,
) => {
  const told = {
    kind: 'answered' as const,
    isWhole,
    answer: { status, headers: new Headers(named), text: '', body: said },
  };
  return readSent(table, told, now, firstSentAt);
};

for (const table of tables) {
  describe(`any answer of ${table.label} to a new post`, () => {
    const holds = (check: (one: { status: number; body: unknown; header: Record<string, string> }) => void) =>
      fc.assert(fc.property(answer, check), { numRuns: 3000 });

    it('is one of three, and "there" only with an id and a good status', () => {
      holds((one) => {
        const sent = read(table, one);
        assert.ok(['there', 'notThere', 'unknown'].includes(sent.kind));
        if (sent.kind !== 'there') return;
        assert.ok(one.status < 300 && sent.id !== '');
      });
    });

    it('is never a clean no when the server failed, or the answer broke off', () => {
      holds((one) => {
        if (one.status >= 500 || one.status < 400) assert.notEqual(read(table, one).kind, 'notThere');
        assert.notEqual(read(table, one, undefined, false).kind, 'notThere');
      });
    });

    it('is never "duplicate" once the post was sent before', () => {
      holds((one) => {
        const sent = read(table, one, now);
        assert.ok(sent.kind !== 'notThere' || sent.reason !== 'duplicate');
      });
    });

    it('holds the network or the profile only until a time, and waits for nothing that has passed', () => {
      holds((one) => {
        const sent = read(table, one);
        if (sent.kind !== 'notThere') return;
        if (sent.hold) assert.ok(sent.retryAt);
        if (sent.retryAt) assert.ok(sent.retryAt > now && sent.retryAt.getTime() - now.getTime() <= 86_400_000);
      });
    });

    it('blames the sign-in for no wait', () => {
      holds((one) => {
        const sent = read(table, one);
        if (sent.kind === 'notThere' && sent.reason === 'wait') assert.equal(sent.trouble?.kind ?? 'wait', 'wait');
      });
    });

    it("says it in a sentence of ours, never in the network's words", () => {
      holds((one) => {
        const sent = read(table, {
          ...one,
          body: { ...(one.body as object), detail: 'secret', message: 'secret', title: 'secret' },
        });
        assert.ok(!JSON.stringify(sent).includes('secret'));
        if (sent.kind === 'notThere') assert.match(sent.detail, /^[A-Z].*\.$/);
      });
    });
  });
}
