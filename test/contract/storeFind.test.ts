import assert from 'node:assert/strict';
import type { Collection, Store, Where } from '../../src/store/store.js';
import { places, type Thing, thing, thingSpec } from './store-places.js';

for (const place of places()) {
  describe(`finding in the store contract, ${place.name}`, function () {
    this.timeout(15_000);
    let store: Store;
    let things: Collection<Thing>;

    before(async () => {
      store = await place.open();
    });
    after(async () => {
      await store.close();
      await place.remove();
    });
    let run = 0;
    beforeEach(async () => {
      run += 1;
      things = await store.collection<Thing>(thingSpec(`things${run}`));
    });

    async function insert(...docs: Thing[]): Promise<void> {
      for (const doc of docs) assert.equal(await things.insert(doc), true);
    }

    async function ids(where: Where, tenant = 't1'): Promise<string[]> {
      return (await things.find(tenant, where)).map(({ id }) => id).sort();
    }

    it('needs all conditions to hold', async () => {
      await insert(thing({ id: 'a', kind: 'k', count: 1 }), thing({ id: 'b', kind: 'k', count: 2 }));
      assert.deepEqual(await ids({ kind: 'k', count: 2 }), ['b']);
      assert.deepEqual(await ids({ kind: 'k', count: 3 }), []);
      assert.deepEqual(await ids({ id: { in: ['a', 'b', 'c'] }, count: 1 }), ['a']);
    });

    it('by a value tells text, numbers, booleans and dates apart', async () => {
      await insert(
        thing({ id: 'text', note: '1' }),
        thing({ id: 'number', note: 1 as never }),
        thing({ id: 'yes', note: true as never }),
        thing({ id: 'date', note: new Date(1) as never }),
      );
      assert.deepEqual(await ids({ note: '1' }), ['text']);
      assert.deepEqual(await ids({ note: 1 }), ['number']);
      assert.deepEqual(await ids({ note: true }), ['yes']);
      assert.deepEqual(await ids({ note: new Date(1) }), ['date']);
      assert.deepEqual(await ids({ note: { gte: 0 } }), ['number']);
      assert.deepEqual(await ids({ note: { gte: new Date(0) } }), ['date']);
      assert.deepEqual(await ids({ note: { gte: '' } }), ['text']);
    });

    it('by a list takes any of its values, on lists any element, each document once', async () => {
      await insert(
        thing({ id: 'a', tags: ['x', 'y'] }),
        thing({ id: 'b', tags: ['y'] }),
        thing({ id: 'c', tags: [] }),
        thing({ id: 'd' }),
      );
      assert.deepEqual(await ids({ tags: { in: ['x', 'y'] } }), ['a', 'b']);
      assert.deepEqual(await ids({ tags: 'x' }), ['a']);
      assert.deepEqual(await ids({ tags: { in: [] } }), []);
      assert.deepEqual(await ids({ tags: { in: ['X', 'x ', ''] } }), []);
    });

    for (const field of ['due', 'inAnyField'] as const) {
      it(`by a range of dates honours which ends belong to it (${field === 'due' ? 'indexed' : 'not indexed'})`, async () => {
        for (const day of [1, 2, 3, 4]) {
          const doc = thing({ id: `d${day}` });
          await insert({ ...doc, [field]: new Date(Date.UTC(2030, 0, day)) });
        }
        await insert(thing({ id: 'before1970', [field]: new Date(-5) }), thing({ id: 'none' }));
        const day = (n: number) => new Date(Date.UTC(2030, 0, n));
        assert.deepEqual(await ids({ [field]: { gt: day(2) } }), ['d3', 'd4']);
        assert.deepEqual(await ids({ [field]: { gte: day(2), lt: day(4) } }), ['d2', 'd3']);
        assert.deepEqual(await ids({ [field]: { gt: day(1), lte: day(2) } }), ['d2']);
        assert.deepEqual(await ids({ [field]: { lt: day(2) } }), ['before1970', 'd1']);
        assert.deepEqual(await ids({ [field]: { gt: day(3), lt: day(2) } }), []);
      });
    }

    it('sorts, then by id, and stops at the limit', async () => {
      for (const [id, count] of [
        ['c', 2],
        ['a', 2],
        ['b', 1],
        ['d', -10],
        ['e', 10],
      ] as const) {
        await insert(thing({ id, count }));
      }
      const order = async (options: Parameters<typeof things.find>[2]) =>
        (await things.find('t1', { kind: 'k' }, options)).map(({ id }) => id).join('');
      assert.equal(await order({ sort: { count: 1 } }), 'dbace');
      assert.equal(await order({ sort: { count: -1 } }), 'ecabd');
      assert.equal(await order({ sort: { count: -1 }, limit: 2 }), 'ec');
      assert.equal(await order({ sort: { kind: 1, count: 1 }, limit: 9 }), 'dbace');
      assert.equal((await order({ limit: 3 })).length, 3);
    });

    it('sorts text by code point, and what has no value first', async () => {
      for (const [id, note] of [
        ['1', '😀'],
        ['2', '\uffee'],
        ['3', 'z'],
        ['4', 'Z'],
        ['5', 'zz'],
      ] as const) {
        await insert(thing({ id, note }));
      }
      await insert(thing({ id: '6' }));
      const sorted = await things.find('t1', {}, { sort: { note: 1 } });
      assert.equal(sorted.map(({ id }) => id).join(''), '643521');
    });

    it('refuses anything but plain values as conditions', async () => {
      await insert(thing({ id: 'a', note: 'secret' }));
      const bad: unknown[] = [
        { $ne: '' },
        { $gt: '' },
        { $regex: '.' },
        { gt: { $ne: 1 } },
        { in: [{ $ne: 1 }] },
        { in: 'secret' },
        {},
        { gt: undefined },
        { in: ['a'], gt: 'a' },
        { gt: 1, lt: 'b' },
        { gt: true },
        { near: 1 },
        ['secret'],
        null,
        undefined,
        Number.NaN,
        new Date(Number.NaN),
        /secret/,
        () => 'secret',
        new Map(),
      ];
      for (const condition of bad) {
        await assert.rejects(things.find('t1', { note: condition as never }), TypeError);
        await assert.rejects(things.take('t1', 'a', { note: condition as never }), TypeError);
      }
      for (const field of ['$where', 'inner.since', '__proto__', '', '_id', 'tenant']) {
        await assert.rejects(things.find('t1', JSON.parse(`{${JSON.stringify(field)}:"x"}`)), TypeError, field);
      }
      for (const limit of [0, -1, 1.5, Number.NaN]) await assert.rejects(things.find('t1', {}, { limit }), TypeError);
      await assert.rejects(things.find('t1', {}, { sort: { note: 2 as never } }), TypeError);
      for (const odd of [{ $ne: '' }, undefined, null, 1, ['t1']] as never[]) {
        await assert.rejects(things.get(odd, 'a'), TypeError);
        await assert.rejects(things.get('t1', odd), TypeError);
        await assert.rejects(things.find(odd, {}), TypeError);
        await assert.rejects(things.take('t1', odd), TypeError);
        await assert.rejects(things.delete(odd, 'a'), TypeError);
      }
      await assert.rejects(things.delete('t1', 'a', '1' as never), TypeError);
      await assert.rejects(things.replace(thing({ id: 'a', version: 2 }), { $gt: 0 } as never), TypeError);
      assert.equal((await things.get('t1', 'a'))?.note, 'secret');
    });
  });
}
