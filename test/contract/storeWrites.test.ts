import assert from 'node:assert/strict';
import { type Collection, type Store, ValueTaken, type Where } from '../../src/store/store.js';
import { places, type Thing, thing, thingSpec } from './store-places.js';

for (const place of places()) {
  describe(`writes of the store contract, ${place.name}`, () => {
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

    describe('inserting', () => {
      it('answers false for an id that is taken, and leaves what is there', async () => {
        assert.equal(await things.insert(thing({ id: 'a', note: 'first' })), true);
        assert.equal(await things.insert(thing({ id: 'a', note: 'second' })), false);
        assert.equal((await things.get('t1', 'a'))?.note, 'first');
      });

      it('answers false for a taken unique value, in the same tenant only', async () => {
        assert.equal(await things.insert(thing({ id: 'a', kind: 'x', external: '1' })), true);
        assert.equal(await things.insert(thing({ id: 'b', kind: 'x', external: '1' })), false);
        assert.equal(await things.insert(thing({ id: 'b', kind: 'y', external: '1' })), true);
        assert.equal(await things.insert(thing({ id: 'b', tenant: 't2', kind: 'x', external: '1' })), true);
        assert.equal(await things.get('t1', 'b').then((doc) => doc?.kind), 'y');
      });

      it('lets a unique value be used again after its document is gone or has another', async () => {
        await things.insert(thing({ id: 'a', external: 'same' }));
        assert.equal(await things.replace(thing({ id: 'a', external: 'other', version: 2 }), 1), true);
        assert.equal(await things.insert(thing({ id: 'b', external: 'same' })), true);
        await things.delete('t1', 'b');
        assert.equal(await things.insert(thing({ id: 'c', external: 'same' })), true);
      });

      it('of the same id 50 times at once succeeds once', async () => {
        const tries = Array.from({ length: 50 }, (_, n) => things.insert(thing({ id: 'a', note: `${n}` })));
        assert.equal((await Promise.all(tries)).filter(Boolean).length, 1);
      });
    });

    describe('replacing', () => {
      it('takes the place of the version it names, whole', async () => {
        await things.insert(thing({ id: 'a', note: 'old', tags: ['x'] }));
        assert.equal(await things.replace(thing({ id: 'a', version: 2, count: 5, external: 'e' }), 1), true);
        assert.deepEqual(await things.get('t1', 'a'), {
          tenant: 't1',
          id: 'a',
          version: 2,
          kind: 'k',
          external: 'e',
          count: 5,
        });
        assert.deepEqual(await things.find('t1', { tags: 'x' }), []);
      });

      it('does nothing for another version', async () => {
        await things.insert(thing({ id: 'a', version: 7, note: 'kept' }));
        assert.equal(await things.replace(thing({ id: 'a', version: 7 + 2, note: 'lost' }), 6), false);
        assert.equal((await things.get('t1', 'a'))?.note, 'kept');
      });

      it('needs a new version', async () => {
        await things.insert(thing({ id: 'a', version: 3 }));
        await assert.rejects(things.replace(thing({ id: 'a', version: 3 }), 3), TypeError);
      });

      it('throws rather than break a unique index, and changes nothing', async () => {
        await things.insert(thing({ id: 'a', external: 'one' }));
        await things.insert(thing({ id: 'b', external: 'two', note: 'kept' }));
        await assert.rejects(things.replace(thing({ id: 'b', external: 'one', version: 2 }), 1), ValueTaken);
        assert.equal((await things.get('t1', 'b'))?.note, 'kept');
        assert.equal(await things.replace(thing({ id: 'b', external: 'three', version: 2 }), 1), true);
      });

      it('of one version 200 times at once succeeds once', async () => {
        await things.insert(thing({ id: 'a' }));
        const tries = Array.from({ length: 200 }, (_, n) =>
          things.replace(thing({ id: 'a', version: 2, count: n }), 1),
        );
        const won = (await Promise.all(tries)).flatMap((yes, n) => (yes ? [n] : []));
        assert.equal(won.length, 1);
        assert.equal((await things.get('t1', 'a'))?.count, won[0]);
      });
    });

    describe('taking and deleting', () => {
      it('gives the document to one of 50 who take it at once', async () => {
        const doc = thing({ id: 'a', at: new Date('2030-01-01') });
        await things.insert(doc);
        const taken = await Promise.all(Array.from({ length: 50 }, () => things.take('t1', 'a')));
        assert.deepEqual(
          taken.filter((one) => one !== undefined),
          [doc],
        );
        assert.equal(await things.get('t1', 'a'), undefined);
      });

      it('takes only when the conditions hold', async () => {
        const now = new Date('2030-01-01');
        await things.insert(thing({ id: 'old', at: now }));
        await things.insert(thing({ id: 'new', at: new Date('2030-01-02') }));
        assert.equal(await things.take('t1', 'old', { at: { gt: now } }), undefined);
        assert.equal(await things.take('t1', 'new', { at: { gt: now }, id: 'old' }), undefined);
        assert.equal((await things.take('t1', 'new', { at: { gt: now } }))?.id, 'new');
        assert.equal((await things.get('t1', 'old'))?.id, 'old');
      });

      it('deletes any version, or only the one named', async () => {
        await things.insert(thing({ id: 'a', version: 4 }));
        assert.equal(await things.delete('t1', 'a', 3), false);
        assert.equal(await things.delete('t1', 'a', 4), true);
        assert.equal(await things.delete('t1', 'a', 4), false);
        await things.insert(thing({ id: 'b', version: 4 }));
        assert.equal(await things.delete('t1', 'b'), true);
      });

      it('of one version replaced, taken and deleted at once, one wins', async () => {
        for (let round = 0; round < 10; round += 1) {
          const id = `race${round}`;
          await things.insert(thing({ id, external: id }));
          const results = await Promise.all([
            things.replace(thing({ id, version: 2 }), 1),
            things.delete('t1', id, 1),
            things.take('t1', id, { version: 1 }).then((doc) => doc !== undefined),
          ]);
          assert.equal(results.filter(Boolean).length, 1);
        }
      });
    });

    describe('tenants', () => {
      it('never meet, in any call, whatever their names', async () => {
        const pairs = [
          ['t1', 't2'],
          ['t', 't|x'],
          ['a', 'a"'],
          ['', ' '],
          ['x', 'X'],
          ['["a', 'b"]'],
        ].filter(([one]) => one);
        for (const [mine = '', other = ''] of pairs) {
          const doc = thing({ tenant: mine, id: 'same', tags: ['x'], due: new Date(5), external: 'same', note: mine });
          assert.equal(await things.insert(doc), true);
          assert.equal(await things.get(other, 'same'), undefined);
          const finds: Where[] = [
            {},
            { tags: 'x' },
            { id: 'same' },
            { due: { lt: new Date(6) } },
            { note: mine },
            { kind: 'k' },
          ];
          for (const where of finds) {
            assert.deepEqual(await things.find(other, where), []);
            assert.equal((await things.find(mine, where)).length, 1);
          }
          assert.equal(await things.take(other, 'same'), undefined);
          assert.equal(await things.delete(other, 'same'), false);
          assert.equal(await things.replace({ ...doc, tenant: other, version: 2 }, 1), false);
          assert.equal(await things.insert({ ...doc, tenant: other, note: other }), true);
          assert.equal((await things.get(mine, 'same'))?.note, mine);
          assert.equal(await things.delete(other, 'same'), true);
          assert.equal(await things.delete(mine, 'same'), true);
        }
      });

      it('do not change the meaning of an id that looks like part of a key', async () => {
        await things.insert(thing({ tenant: 'a', id: 'b|c' }));
        await things.insert(thing({ tenant: 'a|b', id: 'c' }));
        assert.deepEqual(
          (await things.find('a', {})).map(({ id }) => id),
          ['b|c'],
        );
        assert.equal(await things.get('a|b', 'b|c'), undefined);
      });
    });

    it('is ready, and after closing is not', async () => {
      const own = await place.open();
      const docs = await own.collection<Thing>(thingSpec('closing'));
      await own.ready(2000);
      await own.close();
      await own.close();
      await assert.rejects(own.ready(2000), { name: 'Error', message: /closed|answer/ });
      await assert.rejects(docs.get('t1', 'a'));
      await assert.rejects(docs.insert(thing()));
    });
  });
}
