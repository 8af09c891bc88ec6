import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Collection, Store } from '../../src/store/store.js';
import { places, type Thing, thingSpec } from './store-places.js';

const one = <V>(...values: V[]) => fc.constantFrom(...values);
const texts = ['', 'a', 'b', '__proto__', '😀'];

const doc = fc.record(
  {
    tenant: one('t1', 't2'),
    id: one('1', '2', '3', 'constructor'),
    kind: one(...texts),
    external: one(...texts),
    tags: fc.array(one(...texts), { maxLength: 3 }),
    due: one(-5, 0, 7, 1e12).map((ms) => new Date(ms)),
    note: one(...texts, 'ab', '\uffee'),
    count: one(-1.5, 0, 3, 1e20),
  },
  { requiredKeys: ['tenant', 'id'] },
);

const where = fc.record(
  {
    kind: one(...texts),
    tags: fc.oneof(
      one(...texts),
      fc.record(
        { in: fc.array(one(...texts)), with: fc.array(one(...texts)), without: fc.array(one(...texts)) },
        { requiredKeys: ['in'] },
      ),
      fc.record({ prefix: one('a', '_', '😀') }),
    ),
    due: fc.record(
      { gte: one(new Date(-5), new Date(0)), lt: one(new Date(7), new Date(1e13)) },
      { requiredKeys: ['gte'] },
    ),
    count: fc.record({ gt: one(-2, 0), lte: one(3, 1e21) }, { requiredKeys: ['lte'] }),
  },
  { requiredKeys: [] },
);

const step = fc.oneof(
  fc.record({ do: one('insert'), doc }),
  fc.record({ do: one('replace'), doc }),
  fc.record({
    do: one('take', 'delete', 'find', 'count', 'page'),
    doc,
    where,
    direction: one(1, -1),
    limit: one(1, 2, 9),
  }),
);

for (const place of places()) {
  describe(`any row of calls to the store, ${place.name}`, () => {
    let store: Store;

    before(async () => {
      store = await place.open();
    });
    after(async () => {
      await store.close();
      await place.remove();
    });

    it('does what it would do to a plain list of documents', async () => {
      const things = await store.collection<Thing>(thingSpec('modelled'));
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          run += 1; // tenants of its own for every run: the collection is never emptied
          const model: Thing[] = [];
          for (const action of steps as Step[]) {
            const tenant = `${action.doc.tenant}-${run}`;
            await compare(things, model, { ...action, doc: { ...action.doc, tenant } });
          }
        }),
        { numRuns: place.name === 'embedded' ? 200 : 40 },
      );
    });
  });
}

type Condition = {
  in?: string[];
  with?: string[];
  without?: string[];
  prefix?: string;
  gte?: Date;
  lt?: Date;
  gt?: number;
  lte?: number;
};
type Step = {
  do: 'insert' | 'replace' | 'take' | 'delete' | 'find' | 'count' | 'page';
  direction: 1 | -1;
  limit: number;
  doc: Omit<Thing, 'version'>;
  where: Record<string, string | Condition>;
};

/** The contract, told again in the simplest way: over a list, with nothing from src. */
async function compare(things: Collection<Thing>, model: Thing[], step: Step): Promise<void> {
  const { tenant, id } = step.doc;
  const at = model.findIndex((one) => one.tenant === tenant && one.id === id);
  const there = model[at];
  const clashes = model.some(
    (one) => one !== there && one.tenant === tenant && one.kind === step.doc.kind && one.external === step.doc.external,
  );
  const passes = (one: Thing) =>
    Object.entries(step.where).every(([field, condition]) => {
      const values = [one[field as keyof Thing]].flat().filter((value) => value !== undefined);
      const { with: all = [], without = [] } = typeof condition === 'string' ? {} : condition;
      return (
        values.some((value) => meets(value, condition)) &&
        all.every((wanted) => values.includes(wanted)) &&
        !without.some((unwanted) => values.includes(unwanted))
      );
    });
  if (step.do === 'insert') {
    const doc = { ...step.doc, version: 1 };
    assert.equal(await things.insert(doc), !there && !clashes);
    if (!there && !clashes) model.push(doc);
  } else if (step.do === 'replace') {
    const doc = { ...step.doc, version: (there?.version ?? 1) + 1 };
    const written = await things.replace(doc, doc.version - 1).catch(() => 'taken');
    assert.equal(written, there ? (clashes ? 'taken' : true) : false);
    if (written === true) model[at] = doc;
  } else if (step.do === 'take') {
    const found = there && passes(there) ? there : undefined;
    assert.deepEqual(await things.take(tenant, id, step.where as never), found);
    if (found) model.splice(at, 1);
  } else if (step.do === 'delete') {
    assert.equal(await things.delete(tenant, id, 1), there?.version === 1);
    if (there?.version === 1) model.splice(at, 1);
  } else if (step.do === 'count') {
    const all = model.filter((one) => one.tenant === tenant && passes(one)).length;
    assert.equal(await things.count(tenant, step.where as never, step.limit), Math.min(all, step.limit));
  } else if (step.do === 'page') {
    const { direction, limit } = step;
    const noted = model.filter((one) => one.tenant === tenant && passes(one) && one.note !== undefined);
    noted.sort((a, b) => direction * (order(a.note ?? '', b.note ?? '') || order(a.id, b.id)));
    const from = noted[0];
    const after = from && { value: from.note ?? '', id: from.id };
    const options = { sort: { note: direction }, limit, ...(after ? { after } : {}) };
    const found = await things.find(tenant, { note: { gte: '' }, ...step.where } as never, options);
    assert.deepEqual(found, noted.slice(1, limit + 1));
  } else {
    const expected = model.filter((one) => one.tenant === tenant && passes(one));
    const found = await things.find(tenant, step.where as never, { sort: { id: 1 } });
    assert.deepEqual(
      found,
      expected.sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }
}

/** By code points. */
const order = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function meets(value: unknown, condition: string | Condition): boolean {
  if (typeof condition === 'string') return value === condition;
  if (condition.prefix !== undefined) return String(value).startsWith(condition.prefix);
  if (condition.in) return condition.in.includes(value as string);
  const number = Number(value);
  return (
    (condition.gte === undefined || number >= Number(condition.gte)) &&
    (condition.lt === undefined || number < Number(condition.lt)) &&
    (condition.gt === undefined || number > condition.gt) &&
    (condition.lte === undefined || number <= condition.lte)
  );
}
