import assert from 'node:assert/strict';
import type { Collection, Store } from '../../src/store/store.js';
import { places, type Thing, thing, thingSpec } from './store-places.js';

for (const place of places()) {
  describe(`the store contract, ${place.name}`, () => {
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

    describe('one document', () => {
      it('comes back as it was stored, dates included', async () => {
        const doc = thing({
          at: new Date('2030-01-02T03:04:05.678Z'),
          count: 1.5,
          on: false,
          tags: [],
          inner: { since: new Date(0), list: [{ when: new Date(-1), name: '' }, { name: 'x' }] },
        });
        await insert(doc);
        assert.deepEqual(await things.get('t1', doc.id), doc);
      });

      it('is not there before it is stored', async () => {
        assert.equal(await things.get('t1', 'nothing'), undefined);
        assert.equal(await things.take('t1', 'nothing'), undefined);
        assert.equal(await things.delete('t1', 'nothing'), false);
        assert.equal(await things.replace(thing({ id: 'nothing', version: 2 }), 1), false);
        assert.deepEqual(await things.find('t1', {}), []);
      });

      it('loses properties that are undefined, and only those', async () => {
        const note = undefined as unknown as string;
        await insert(
          thing({ id: 'a', note, inner: { since: new Date(1), list: [{ name: 'n', when: note as never }] } }),
        );
        const found = await things.get('t1', 'a');
        assert.equal(Object.hasOwn(found ?? {}, 'note'), false);
        assert.deepEqual(found?.inner?.list, [{ name: 'n' }]);
      });

      it('is the store’s own: changing what was handed over or handed out changes nothing', async () => {
        const doc = thing({ id: 'a', tags: ['x'], at: new Date('2030-01-01') });
        await insert(doc);
        doc.tags?.push('y');
        doc.at?.setTime(0);
        const first = await things.get('t1', 'a');
        // It may be frozen: then it cannot even be tried.
        try {
          first?.tags?.push('z');
        } catch (error) {
          assert.ok(error instanceof TypeError);
        }
        const second = await things.get('t1', 'a');
        assert.deepEqual([second?.tags, second?.at], [['x'], new Date('2030-01-01')]);
      });

      it('keeps unusual text in values, and finds it', async () => {
        const texts = [
          '__proto__',
          'constructor',
          '$where',
          'a.b',
          '👩‍👩‍👧 Straße',
          'مرحبا שלום',
          '\u202eevil',
          '\0nul',
          '<b>&',
          '',
        ];
        for (const [at, note] of [...texts, 'x'.repeat(20_000)].entries()) {
          await insert(thing({ id: `${note.slice(0, 50)}.`, note, tags: [note], external: `u${at}` }));
          const [found] = await things.find('t1', { tags: note });
          assert.equal(found?.note, note);
          assert.deepEqual(await things.get('t1', `${note.slice(0, 50)}.`), found);
        }
      });

      it('cannot have property names that a store would read as something else', async () => {
        for (const name of ['$set', 'a.b', '__proto__', '\0']) {
          const inner = JSON.parse(`{${JSON.stringify(name)}: 1}`);
          await assert.rejects(things.insert(thing({ inner })), TypeError, name);
          await assert.rejects(things.insert(Object.assign(thing(), inner, JSON.parse(`{"$x":1}`))), TypeError);
        }
        assert.deepEqual(await things.find('t1', {}), []);
      });

      it('cannot hold what does not come back the same', async () => {
        const values = [
          Number.NaN,
          Number.POSITIVE_INFINITY,
          new Date(Number.NaN),
          () => 1,
          Symbol('s'),
          1n,
          new Map(),
        ];
        for (const value of values) {
          await assert.rejects(things.insert(thing({ inner: value as never })), TypeError);
        }
        await assert.rejects(things.insert({ ...thing(), id: { $ne: 1 } as never }), TypeError);
        await assert.rejects(things.insert({ ...thing(), tenant: '' }), TypeError);
        await assert.rejects(things.insert({ ...thing(), version: 1.5 }), TypeError);
      });
    });
  });
}
