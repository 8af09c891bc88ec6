import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { resetMs, retryAfterMs } from '../../src/platform/retryAfter.js';

const now = new Date('2026-11-27T10:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;

describe('a header that asks us to wait', () => {
  const rows: [string, string | string[] | null | undefined, number | undefined][] = [
    ['whole seconds', '120', 120_000],
    ['a fraction of a second, rounded up', '0.5', 500],
    ['nothing to wait', '0', 0],
    ['a date', 'Fri, 27 Nov 2026 11:00:00 GMT', hour],
    ['a date in the old form', 'Friday, 27-Nov-26 11:00:00 GMT', hour],
    ["a date in C's form, which is UTC", 'Fri Nov 27 11:00:00 2026', hour],
    ['an ISO date', '2026-11-27T11:00:00Z', hour],
    ['an ISO date with a zone', '2026-11-27T13:00:00.000+02:00', hour],
    ['a date that is past', 'Fri, 27 Nov 2026 09:00:00 GMT', 0],
    ['twice, joined: the longest holds', '30, 120', 120_000],
    ['twice, as two headers', ['120', '30'], 120_000],
    ['a date and seconds, joined', 'Fri, 27 Nov 2026 11:00:00 GMT, 30', hour],
    ['seconds and a date, joined', '30, Fri, 27 Nov 2026 11:00:00 GMT', hour],
    ['two dates, joined', 'Fri, 27 Nov 2026 10:30:00 GMT, Fri, 27 Nov 2026 11:00:00 GMT', hour],
    ['one that can be read beside one that cannot', 'soon, 30', 30_000],
    ['absurdly long seconds: a day', '99999999999', day],
    ['an absurdly far date: a day', 'Fri, 27 Nov 2099 10:00:00 GMT', day],
    ['a word', 'soon', undefined],
    ['less than nothing', '-5', undefined],
    ['an exponent', '1e3', undefined],
    ['a date without a zone', '2026-11-27T11:00:00', undefined],
    ['no such date', 'Fri, 99 Nov 2026 11:00:00 GMT', undefined],
    ['nothing in it', '', undefined],
    ['no header', null, undefined],
    ['no header either', undefined, undefined],
  ];
  for (const [what, header, ms] of rows) {
    it(`${what} (${JSON.stringify(header)}) is ${ms === undefined ? 'left to the caller' : `${ms} ms`}`, () => {
      assert.equal(retryAfterMs(header, now), ms);
    });
  }

  it('holds no longer than a caller bears', () => {
    assert.equal(retryAfterMs('7200', now, hour), hour);
  });

  it('is the longest of all that are listed, in any order, beside any rubbish', () => {
    const entry = fc.oneof(
      fc.nat(86_400).map((seconds) => ({ text: String(seconds), ms: seconds * 1000 })),
      fc.nat(86_400).map((seconds) => ({
        text: new Date(now.getTime() + seconds * 1000).toUTCString(),
        ms: seconds * 1000,
      })),
      fc.constantFrom('soon', '', '-1', 'NaN').map((text) => ({ text, ms: undefined })),
    );
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
        const readable = entries.flatMap(({ ms }) => ms ?? []);
        const expected = readable.length > 0 ? Math.max(...readable) : undefined;
        assert.equal(retryAfterMs(entries.map(({ text }) => text).join(', '), now), expected);
        assert.equal(
          retryAfterMs(
            entries.map(({ text }) => text),
            now,
          ),
          expected,
        );
      }),
    );
  });

  it('may name the moment in unix seconds instead', () => {
    const inSeconds = (seconds: number) => String(now.getTime() / 1000 + seconds);
    assert.equal(resetMs(inSeconds(60), now), 60_000);
    assert.equal(resetMs(`${inSeconds(60)}, ${inSeconds(300)}`, now), 300_000);
    assert.equal(resetMs(inSeconds(-60), now), 0);
    assert.equal(resetMs('99999999999', now), day);
    assert.equal(resetMs('0', now), undefined);
    assert.equal(resetMs('tomorrow', now), undefined);
    assert.equal(resetMs(null, now), undefined);
  });
});
