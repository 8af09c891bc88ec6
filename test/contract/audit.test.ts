import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exportAudit, headWords, readHead } from '../../src/operations/receipts/exporting.js';
import { type Fault, verifyAudit } from '../../src/operations/receipts/verifying.js';
import type { AuditRecord } from '../../src/rules/types.js';
import { type Chained, chained, hashOfRecord, noRecord } from '../../src/store/chain.js';
import { openCollections } from '../../src/store/collections.js';
import { createRecords, headOf, recordOf } from '../../src/store/records.js';
import { places } from './store-places.js';

const at = new Date('2026-11-27T12:00:00Z');
const record = (id: string, more: Partial<AuditRecord> = {}): AuditRecord => ({
  ...{ tenant: 't', id, at, actor: { id: 'ann', name: 'Ann' }, operation: 'share', outcome: 'done' },
  what: `shared it with ${id}`,
  ...more,
});

/** An export of so many records, as the lines of its file. */
function exported(count: number): string[] {
  const all: Chained[] = [];
  let head = noRecord;
  for (let number = 1; number <= count; number++) {
    const next = chained(
      record(`r${number}`, number % 3 === 0 ? { act: { intent: 'i', hash: `h${number}` } } : {}),
      head,
    );
    all.push(next);
    head = { number: next.number, hash: next.hash };
  }
  const first = { format: 'social-profiles-audit/1', tenant: 't', at, head };
  return [first, ...all].map((one) => JSON.stringify(one));
}

/** What somebody does to an export, and the numbers of the records that they did it to. */
type Harm = { lines: string[]; harmed: number[]; kinds: Fault['kind'][] };
const edit = (line: string, change: (value: Record<string, unknown>) => void): string => {
  const value = JSON.parse(line) as Record<string, unknown>;
  change(value);
  return JSON.stringify(value);
};
const harms: Record<string, (lines: string[], pick: (most: number) => number) => Harm | undefined> = {
  'a field is changed': (lines, pick) => {
    const number = 1 + pick(lines.length - 1);
    const fields = ['what', 'at', 'operation', 'outcome', 'id', 'tenant', 'actor', 'prev', 'hash'];
    const field = fields[pick(fields.length)] ?? 'what';
    const changed = edit(lines[number] ?? '', (value) => {
      value[field] = field === 'actor' ? { id: 'eve', name: 'Eve' } : `${value[field]}x`;
    });
    return { lines: lines.with(number, changed), harmed: [number], kinds: ['changed'] };
  },
  'a field is changed and the hash made anew': (lines, pick) => {
    const number = 1 + pick(lines.length - 1);
    const changed = edit(lines[number] ?? '', (value) => {
      value.what = `${value.what}, not`;
      value.hash = hashOfRecord(value);
    });
    return { lines: lines.with(number, changed), harmed: [number], kinds: ['changed'] };
  },
  'a field is added': (lines, pick) => {
    const number = 1 + pick(lines.length - 1);
    const changed = edit(lines[number] ?? '', (value) => {
      value.more = 1;
    });
    return { lines: lines.with(number, changed), harmed: [number], kinds: ['changed'] };
  },
  'one is dropped': (lines, pick) => {
    const number = 1 + pick(lines.length - 1);
    return { lines: lines.toSpliced(number, 1), harmed: [number], kinds: ['dropped'] };
  },
  'the last few are dropped': (lines, pick) => {
    const count = 1 + pick(lines.length - 1);
    const harmed = Array.from({ length: count }, (_, index) => lines.length - count + index);
    return { lines: lines.slice(0, -count), harmed, kinds: ['dropped'] };
  },
  'two change places': (lines, pick) => {
    const [one, two] = [1 + pick(lines.length - 1), 1 + pick(lines.length - 1)];
    if (one === two) return undefined;
    const swapped = lines.with(one, lines[two] ?? '').with(two, lines[one] ?? '');
    return { lines: swapped, harmed: [one, two], kinds: ['swapped'] };
  },
  'two change numbers': (lines, pick) => {
    const [one, two] = [1 + pick(lines.length - 1), 1 + pick(lines.length - 1)];
    if (one === two) return undefined;
    const numbered = (from: number, number: number) =>
      edit(lines[from] ?? '', (value) => {
        value.number = number;
      });
    return {
      lines: lines.with(one, numbered(two, one)).with(two, numbered(one, two)),
      harmed: [one, two],
      kinds: ['changed'],
    };
  },
  'one is there twice': (lines, pick) => {
    const number = 1 + pick(lines.length - 1);
    return {
      lines: lines.toSpliced(1 + pick(lines.length), 0, lines[number] ?? ''),
      harmed: [number],
      kinds: ['added'],
    };
  },
  'another is put in with a number that is taken': (lines, pick) => {
    const number = 1 + pick(lines.length - 1);
    const before =
      number === 1 ? noRecord : { number: number - 1, hash: (JSON.parse(lines[number - 1] ?? '') as Chained).hash };
    const forged = JSON.stringify(chained(record('forged'), before));
    return { lines: lines.toSpliced(number, 0, forged), harmed: [number], kinds: ['added'] };
  },
  'one is added at the end, tied to the last': (lines) => {
    const last = JSON.parse(lines.at(-1) ?? '') as Chained;
    return {
      lines: [...lines, JSON.stringify(chained(record('forged'), last))],
      harmed: [last.number + 1],
      kinds: ['added'],
    };
  },
};

describe('an exported audit', () => {
  it('that is whole has no fault, of whatever length, with an end of line or without', () => {
    for (const count of [0, 1, 2, 50]) {
      assert.deepEqual(verifyAudit(exported(count)), []);
      assert.deepEqual(verifyAudit([...exported(count), '']), []);
    }
  });

  it('that somebody harmed names every record they harmed, in ten thousand random harms', () => {
    const ready = new Map(Array.from({ length: 12 }, (_, index) => [index + 1, exported(index + 1)]));
    const kinds = Object.keys(harms);
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.nat()),
        (kind, count, numbers) => {
          const lines = ready.get(count) ?? [];
          const harm = harms[kind]?.(lines, (most) => (numbers.next().value ?? 0) % most);
          if (!harm) return;
          const faults = verifyAudit(harm.lines);
          for (const number of harm.harmed)
            assert(
              faults.some((fault) => fault.number === number),
              `${kind}: record ${number} of ${count} is not named in ${JSON.stringify(faults)}`,
            );
          assert(
            harm.kinds.some((one) => faults.some((fault) => fault.kind === one)),
            `${kind} is told as ${faults.map((fault) => fault.kind).join()}`,
          );
          assert.deepEqual(verifyAudit(lines), [], 'the good one beside it has no fault');
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('names nobody else: a record that is far from the harm is in no fault', () => {
    const lines = exported(20);
    for (const [kind, harm] of Object.entries(harms)) {
      let next = 9;
      const made = harm(lines, () => next++);
      assert(made, `${kind} harms nothing`);
      for (const { number } of verifyAudit(made.lines))
        assert(number === undefined || number >= 9, `${kind} names ${number}`);
    }
  });

  it('with a line that cannot be read, or without its head, says so', () => {
    const lines = exported(3);
    assert.deepEqual(
      verifyAudit(lines.with(2, '{"number":')).map(({ kind, line, number }) => [kind, line ?? number]),
      [
        ['unreadable', 3],
        ['dropped', 2],
      ],
    );
    assert.deepEqual(
      verifyAudit(lines.slice(1)).map(({ kind }) => kind),
      ['head'],
    );
    assert.deepEqual(
      verifyAudit([]).map(({ kind }) => kind),
      ['head'],
    );
  });

  it('that was made anew from beginning to end, or cut off with its head, is told by a head that was kept', () => {
    const good = exported(5);
    const kept = readHead(headWords(JSON.parse(good[0] ?? '').head)) ?? assert.fail('no head');
    const short = exported(3);
    assert.deepEqual(verifyAudit(short), [], 'without it nobody can tell');
    assert.deepEqual(
      verifyAudit(short, kept).map(({ kind, number }) => [kind, number]),
      [
        ['dropped', 4],
        ['dropped', 5],
      ],
    );
    const first = chained(record('other'), noRecord);
    const anew = [first];
    for (let number = 2; number <= 5; number++) anew.push(chained(record(`r${number}`), anew.at(-1) ?? first));
    const { number, hash } = anew.at(-1) ?? first;
    const lines = [{ ...JSON.parse(good[0] ?? ''), head: { number, hash } }, ...anew].map((one) => JSON.stringify(one));
    assert.deepEqual(verifyAudit(lines), [], 'without it nobody can tell');
    assert.deepEqual(
      verifyAudit(lines, kept).map((fault) => [fault.kind, fault.number]),
      [['changed', 5]],
    );
    assert.deepEqual(verifyAudit(exported(9), kept), [], 'a longer one with the same beginning is whole');
    assert.deepEqual(['', '5', '5:xyz', 'x:'].map(readHead), [undefined, undefined, undefined, undefined]);
  });
});

for (const place of places()) {
  describe(`the chain of audit records, ${place.name}`, () => {
    it('has each record once, numbered without a gap, whatever several processes write at the same moment', async () => {
      const store = await place.open();
      try {
        const collections = await openCollections(store);
        const processes = [createRecords(collections), createRecords(collections), createRecords(collections)];
        const written = Array.from({ length: 40 }, (_, index) =>
          processes.flatMap((one, at) => [
            one.keep(record(`of-${at}-${index}`)),
            // The same from another process: a relay that was cut off and is done again.
            ...(index % 5 === 0 ? [one.keep(record(`shared-${index}`))] : []),
          ]),
        );
        await Promise.all([...written.flat(), processes[0]?.keep(record('elsewhere', { tenant: 'u' }))]);
        const docs = await collections.audit.find('t', {}, { sort: { number: 1 } });
        assert.equal(docs.length, 3 * 40 + 8);
        assert.equal(new Set(docs.map((doc) => doc.record)).size, docs.length);
        const lines: string[] = [];
        for await (const line of exportAudit(collections, 't', at)) lines.push(line);
        assert.deepEqual(verifyAudit(lines), []);
        assert.equal(lines.length, docs.length + 1);
        assert.deepEqual(recordOf(docs[0] ?? assert.fail()).number, 1);
        assert.equal((await headOf(collections.audit, 'u')).number, 1, 'each organisation has a chain of its own');
      } finally {
        await store.close();
        await place.remove();
      }
    });
  });
}
