import assert from 'node:assert/strict';
import type { Collection, Store, Where } from '../../src/store/store.js';
import { places, type Thing, thing, thingSpec } from './store-places.js';

for (const place of places()) {
  describe(`finding in the store contract, ${place.name}`, () => {
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

    it('by lists that all have to be there, or may not be', async () => {
      await insert(
        thing({ id: 'a', tags: ['x', 'y'] }),
        thing({ id: 'b', tags: ['x', 'z'] }),
        thing({ id: 'c', tags: ['x'] }),
        thing({ id: 'd', tags: ['y'] }),
        thing({ id: 'e' }),
      );
      assert.deepEqual(await ids({ tags: { in: ['x', 'y'], without: ['z'] } }), ['a', 'c', 'd']);
      assert.deepEqual(await ids({ tags: { in: ['x'], with: ['y'] } }), ['a']);
      assert.deepEqual(await ids({ tags: { in: ['x'], with: ['y'], without: ['x'] } }), []);
      assert.deepEqual(await ids({ tags: { in: ['x'], with: [], without: [] } }), ['a', 'b', 'c']);
    });

    it('by a beginning of text, of any element of a list, each sign for itself', async () => {
      await insert(
        thing({ id: 'a', tags: ['contoso emea', 'emea'], note: 'a.c' }),
        thing({ id: 'b', tags: ['con', 'ten'], note: 'abc' }),
        thing({ id: 'c', tags: ['😀 face', 'ﬀ'], note: 'a\\c [x]' }),
        thing({ id: 'd', tags: [], note: 1 as never }),
      );
      assert.deepEqual(await ids({ tags: { prefix: 'con' } }), ['a', 'b']);
      assert.deepEqual(await ids({ tags: { prefix: 'eme' } }), ['a']);
      assert.deepEqual(await ids({ tags: { prefix: '😀' } }), ['c']);
      assert.deepEqual(await ids({ tags: { prefix: 'Con' } }), []);
      assert.deepEqual(await ids({ note: { prefix: 'a.' } }), ['a']);
      assert.deepEqual(await ids({ note: { prefix: 'a\\c [' } }), ['c']);
      assert.deepEqual(await ids({ note: { prefix: 'a' } }), ['a', 'b', 'c']);
    });

    it('counts what meets the conditions, each document once, and stops where it is told to', async () => {
      for (let n = 0; n < 12; n += 1)
        await insert(thing({ id: `${n}`, tags: ['x', n % 2 ? 'odd' : 'even'], count: n }));
      await insert(thing({ tenant: 't2', tags: ['x'] }));
      assert.equal(await things.count('t1', {}, 100), 12);
      assert.equal(await things.count('t1', { tags: { in: ['x', 'odd'] } }, 100), 12);
      assert.equal(await things.count('t1', { tags: { in: ['x'], without: ['odd'] } }, 100), 6);
      assert.equal(await things.count('t1', { tags: 'odd', count: { gte: 5 } }, 100), 4);
      assert.equal(await things.count('t1', { tags: 'x' }, 5), 5);
      assert.equal(await things.count('t1', { tags: 'none' }, 5), 0);
      assert.equal(await things.count('t3', {}, 5), 0);
      for (const most of [0, -1, 1.5]) await assert.rejects(things.count('t1', {}, most), TypeError);
    });

    for (const wanted of [3, 400]) {
      it(`pages through what ${wanted} values of a list show, in one order, each document once`, async () => {
        // In both directions, with equals, and with documents that are found by several of the values.
        const names = ['b', 'a', 'c', 'a', 'é', 'b', 'z', 'a', '😀', 'B'];
        for (const [n, note] of names.entries()) await insert(thing({ id: `d${n}`, note, tags: [`g${n % 3}`, 'g1'] }));
        await insert(thing({ id: 'hidden', note: 'a', tags: ['other'] }));
        const tags = { in: Array.from({ length: wanted }, (_, n) => `g${n}`) };
        for (const direction of [1, -1] as const) {
          const all = await things.find('t1', { tags }, { sort: { note: direction } });
          assert.equal(all.length, names.length);
          const paged: Thing[] = [];
          for (;;) {
            const last = paged.at(-1);
            const after = last && { value: last.note ?? '', id: last.id };
            const page = await things.find(
              't1',
              { tags },
              { sort: { note: direction }, limit: 3, ...(after ? { after } : {}) },
            );
            paged.push(...page);
            if (page.length < 3) break;
          }
          assert.deepEqual(paged, all);
        }
        assert.deepEqual(
          (await things.find('t1', { tags }, { sort: { note: 1 }, limit: 4 })).map(({ id }) => id),
          ['d9', 'd1', 'd3', 'd7'],
        );
      });
    }

    it('goes on behind a document that is gone, and by id alone', async () => {
      for (const id of ['a', 'b', 'c', 'd']) await insert(thing({ id, note: 'n', tags: ['x'] }));
      await things.delete('t1', 'b');
      const rest = async (options: Parameters<typeof things.find>[2]) =>
        (await things.find('t1', { tags: 'x' }, options)).map(({ id }) => id).join('');
      assert.equal(await rest({ sort: { note: 1 }, after: { value: 'n', id: 'b' } }), 'cd');
      assert.equal(await rest({ sort: { note: -1 }, after: { value: 'n', id: 'b' } }), 'a');
      assert.equal(await rest({ sort: { id: 1 }, after: { value: 'b', id: 'b' }, limit: 1 }), 'c');
      assert.equal(await rest({ sort: { id: -1 }, after: { value: 'b', id: 'b' } }), 'a');
      const bad: Parameters<typeof things.find>[2][] = [
        { after: { value: 'n', id: 'b' } },
        { sort: { note: 1, id: 1 }, after: { value: 'n', id: 'b' } },
        { sort: { note: 1 }, after: { value: { $gt: '' } as never, id: 'b' } },
        { sort: { note: 1 }, after: { value: 'n', id: { $gt: '' } as never } },
      ];
      for (const options of bad) await assert.rejects(things.find('t1', {}, options), TypeError);
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
        { in: ['a'], without: [{ $ne: 1 }] },
        { in: ['a'], with: 'a' },
        { prefix: '' },
        { prefix: 'a\0' },
        { prefix: /a/ },
        { prefix: 'a', gt: 'a' },
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
