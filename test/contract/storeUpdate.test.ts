import assert from 'node:assert/strict';
import { type Collection, type Store, StoreDown, StoreUnknown } from '../../src/store/store.js';
import { KeptChanging, put, throughOutage, untilWritten, update } from '../../src/store/update.js';
import { places, type Thing, thing, thingSpec } from './store-places.js';

for (const place of places()) {
  describe(`updating a document, ${place.name}`, () => {
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
      things = await store.collection<Thing>(thingSpec(`updated${run}`));
    });

    it('makes the next document of what is there, one version further', async () => {
      await things.insert(thing({ id: 'a', count: 1, external: 'a' }));
      const done = await update(things, 't1', 'a', (before) => before && { ...before, count: (before.count ?? 0) + 1 });
      const next = { tenant: 't1', id: 'a', version: 2, kind: 'k', external: 'a', count: 2 };
      assert.deepEqual(done, { kind: 'written', doc: next });
      assert.deepEqual(await things.get('t1', 'a'), next);
    });

    it('makes a document where there is none', async () => {
      const done = await update(things, 't1', 'new', (before) => ({
        note: before ? 'changed' : 'made',
        external: 'n',
      }));
      const made = { tenant: 't1', id: 'new', version: 1, note: 'made', external: 'n' };
      assert.deepEqual(done, { kind: 'written', doc: made });
      assert.deepEqual(await things.get('t1', 'new'), made);
    });

    it('writes nothing where nothing is wanted, and says what is there', async () => {
      await things.insert(thing({ id: 'a', note: 'stays' }));
      const there = await things.get('t1', 'a');
      assert.deepEqual(await update(things, 't1', 'a', () => undefined), { kind: 'left', doc: there });
      assert.deepEqual(await update(things, 't1', 'none', () => undefined), { kind: 'left', doc: undefined });
      assert.equal(await things.get('t1', 'none'), undefined);
    });

    it('loses none of 30 changes made at the same moment, to a new document or an old one', async () => {
      const addOne = () =>
        update(things, 't1', 'a', (before) => ({ ...before, external: 'a', count: (before?.count ?? 0) + 1 }));
      await Promise.all(Array.from({ length: 15 }, addOne));
      await Promise.all(Array.from({ length: 15 }, addOne));
      assert.equal((await things.get('t1', 'a'))?.count, 30);
    });

    it('is an error of its own kind when others always write first, with nothing written', async () => {
      await things.insert(thing({ id: 'a', note: 'theirs' }));
      let tries = 0;
      const losing = update(things, 't1', 'a', async (before) => {
        tries += 1;
        assert(before);
        await put(things, { ...before, count: tries }, before);
        return { ...before, note: 'mine' };
      });
      await assert.rejects(losing, KeptChanging);
      const { note, count } = (await things.get('t1', 'a')) ?? {};
      assert.deepEqual({ note, count }, { note: 'theirs', count: tries });
      assert.equal(tries, 12);
    });
  });
}

describe('trying until it is written', () => {
  it('stops at the first that is', async () => {
    let tries = 0;
    const third = await untilWritten(async () => (++tries === 3 ? 'third' : undefined));
    assert.deepEqual([third, tries], ['third', 3]);
  });

  it('tries as often as it is told', async () => {
    let tries = 0;
    const never = untilWritten(async () => void ++tries, 3);
    await assert.rejects(never, KeptChanging);
    assert.equal(tries, 3);
  });
});

describe('a write of what exists nowhere else', () => {
  it('is tried again while the store does not answer', async () => {
    let tries = 0;
    const kept = await throughOutage(async () => {
      if (++tries < 4) throw tries === 1 ? new StoreDown() : new StoreUnknown();
      return 'kept';
    });
    assert.deepEqual([kept, tries], ['kept', 4]);
  });

  it('is not tried again after a fault of another kind', async () => {
    let tries = 0;
    const fault = new TypeError('a fault of the code');
    const write = async () => {
      tries++;
      throw fault;
    };
    await assert.rejects(throughOutage(write), (thrown) => thrown === fault);
    assert.equal(tries, 1);
  });
});
