import assert from 'node:assert/strict';
import { withEntries, withLeft } from '../../src/rules/entries.js';
import type { OutboxEntry } from '../../src/rules/types.js';

const [earlier, later] = [new Date('2026-11-27T09:00:00Z'), new Date('2026-11-27T10:00:00Z')];
const entry = (id: string, tries?: number): OutboxEntry => ({
  ...{ id, kind: 'claimCard', claim: 'c' },
  ...(tries ? { tries } : {}),
});
const [a, b, c] = [entry('a'), entry('b'), entry('c')];

describe('an outbox', () => {
  it('grows at its end, and keeps the moment of its oldest entry', () => {
    assert.deepEqual(withEntries({ outbox: [] }, [a], earlier), { outbox: [a], outboxSince: earlier });
    const more = withEntries({ outbox: [a], outboxSince: earlier }, [b, c], later);
    assert.deepEqual(more, { outbox: [a, b, c], outboxSince: earlier });
    const none = { outbox: [] };
    assert.equal(withEntries(none, [], later), none);
  });

  it('loses what is done, keeps what is to be tried again in its place, and what came meanwhile', () => {
    const again = entry('b', 1);
    const left = withLeft(
      { outbox: [a, b, c], outboxSince: earlier },
      new Map([
        ['a', []],
        ['b', [again]],
      ]),
    );
    assert.deepEqual(left, { outbox: [again, c], outboxSince: earlier });
  });

  it('has no moment when it is empty', () => {
    const left = withLeft({ outbox: [a], outboxSince: earlier }, new Map([['a', []]]));
    assert.deepEqual(left, { outbox: [], outboxSince: undefined });
  });

  it('that is as it was needs no write', () => {
    assert.equal(withLeft({ outbox: [a, b], outboxSince: earlier }, new Map([['a', [a]]])), undefined);
  });
});
