import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Directory } from '../../src/directory/directory.js';
import { AskedTooMuch, fairly } from '../../src/directory/fair.js';
import { allowances, createLimits, type Limited, slowDown } from '../../src/operations/people/limits.js';
import { createLimiter } from '../../src/platform/limiter.js';
import { askingNow, onBehalfOf, onNobodysBehalf } from '../../src/platform/onBehalf.js';

const start = Date.UTC(2026, 10, 27, 9);

describe('what one person may ask', () => {
  it('is never more than the limit in the time, and everything again after it, for each on their own', () => {
    const step = fc.record({ who: fc.constantFrom('ann', 'ben'), afterMs: fc.nat(400) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (steps, most) => {
        let now = start;
        const limiter = createLimiter(() => new Date(now));
        const windows: Record<string, { until: number; spent: number }> = {};
        for (const { who, afterMs } of steps) {
          now += afterMs;
          const until = limiter.spend(who, { most, forMs: 1_000 });
          const before = windows[who];
          const window = before && before.until > now ? before : { until: now + 1_000, spent: 0 };
          assert.equal(until?.getTime(), window.spent < most ? undefined : window.until);
          windows[who] = until ? window : { ...window, spent: window.spent + 1 };
        }
      }),
    );
  });

  it('is counted for as many people as memory is set aside for, the one unused for longest first forgotten', () => {
    const limiter = createLimiter(() => new Date(start), 3);
    const spend = (who: string) => limiter.spend(who, { most: 1, forMs: 1_000 }) === undefined;
    assert.deepEqual(['a', 'b', 'c'].map(spend), [true, true, true]);
    assert.deepEqual(['a', 'b', 'c'].map(spend), [false, false, false]);
    assert.deepEqual(['d', 'b', 'a'].map(spend), [true, false, true]);
  });

  it('has the numbers that docs/security.md names', () => {
    const page = readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| [^|]*\(`(\w+)`\)[^|]*\| (\d+) in (\d+) minutes?\b/gm)];
    const named = rows.map(([, what, most, minutes]) => [
      what,
      { most: Number(most), forMs: Number(minutes) * 60_000 },
    ]);
    assert.deepEqual(Object.fromEntries(named), allowances);
  });

  it('is refused with the time to wait, in words', () => {
    const fixes = [400, 1_000, 40_000, 89_000, 91_000, 600_000].map(
      (ms) => slowDown(new Date(start + ms), new Date(start)).fix,
    );
    assert.deepEqual(
      fixes.map((fix) => /Go on in (.*)\.$/.exec(fix)?.[1]),
      ['1 second', '1 second', '40 seconds', '89 seconds', '2 minutes', '10 minutes'],
    );
  });
});

describe("the tenant's budget for the directory", () => {
  const directory = { isEnabled: async () => true, findPeople: async () => [] } as unknown as Directory;
  const tenant = 't';
  const limits = (most: number) => createLimits(() => new Date(start), { directory: { most, forMs: 60_000 } });
  const build = (most: number) => {
    const counted = limits(most);
    return fairly(directory, () => {
      const who = askingNow();
      return who && counted.spend('directory' satisfies Limited, who);
    });
  };

  it('is shared fairly: who asks too much waits, others and scheduled work do not', async () => {
    const fair = build(10);
    const greedy = await onBehalfOf({ tenant, id: 'ann' }, () =>
      Promise.allSettled(Array.from({ length: 160 }, () => fair.findPeople(tenant, 'a'))),
    );
    assert.equal(greedy.filter(({ status }) => status === 'fulfilled').length, 10);
    await assert.rejects(
      onBehalfOf({ tenant, id: 'ann' }, () => fair.isEnabled(tenant, 'ann')),
      (error: unknown) => error instanceof AskedTooMuch && error.until.getTime() === start + 60_000,
    );
    assert.equal(await onBehalfOf({ tenant, id: 'ben' }, () => fair.isEnabled(tenant, 'ben')), true);
    for (let n = 0; n < 50; n++) assert.equal(await fair.isEnabled(tenant, 'anybody'), true);
  });

  it('is put down to whoever asked, however deep and whatever runs beside it', async () => {
    const seen = await Promise.all(
      ['ann', 'ben', 'cleo'].map((id) =>
        onBehalfOf({ tenant, id }, async () => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
          return (await Promise.all([1, 2].map(async () => askingNow()?.id))).join();
        }),
      ),
    );
    assert.deepEqual(seen, ['ann,ann', 'ben,ben', 'cleo,cleo']);
    assert.equal(askingNow(), undefined);
    const later = await onBehalfOf({ tenant, id: 'ann' }, async () =>
      onNobodysBehalf(() => new Promise((resolve) => setTimeout(() => resolve(askingNow()), 1))),
    );
    assert.equal(later, undefined, 'a queue that many fill works for nobody');
  });
});
