import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedCollection } from '../../src/store/embedded/collection.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded.js';
import { openStore } from '../../src/store/index.js';
import { type Collection, StoreDown } from '../../src/store/store.js';
import { type Thing, thing, thingSpec } from './store-places.js';

const spec = thingSpec('things');

describe('the embedded store', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'store-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const file = () => join(dir, 'store', 'things.db');

  async function withThings<R>(action: (things: Collection<Thing>) => Promise<R>, wanted = spec): Promise<R> {
    const store = await openEmbeddedStore(dir);
    try {
      return await action(await store.collection<Thing>(wanted));
    } finally {
      await store.close();
    }
  }

  it('has everything again after it was closed and opened', async () => {
    const docs = [
      thing({ id: 'a', at: new Date('2999-01-01'), tags: ['x', '😀'], note: 'שלום\n\r\v\f\u0085\u2028\u2029\\u2028' }),
      thing({ id: '__proto__', inner: { since: new Date(0), list: [{ name: '$' }] }, external: '__proto__' }),
    ];
    await withThings(async (things) => {
      for (const doc of docs) await things.insert(doc);
      await things.insert(thing({ id: 'gone', external: 'free again' }));
      await things.delete('t1', 'gone');
      await things.insert(thing({ id: 'changed', note: 'old' }));
      await things.replace(thing({ id: 'changed', version: 2, note: 'new' }), 1);
    });
    await withThings(async (things) => {
      for (const doc of docs) assert.deepEqual(await things.get('t1', doc.id), doc);
      assert.deepEqual(
        (await things.find('t1', { tags: '😀' })).map(({ id }) => id),
        ['a'],
      );
      assert.equal((await things.get('t1', 'changed'))?.note, 'new');
      assert.equal(await things.get('t1', 'gone'), undefined);
      assert.equal(await things.insert(thing({ external: '__proto__' })), false);
      assert.equal(await things.insert(thing({ external: 'free again' })), true);
    });
  });

  it('finds by an index that a later version asks for', async () => {
    await withThings((things) => things.insert(thing({ id: 'a', note: 'n' })), { ...spec, indexes: [] });
    const wanted = { ...spec, indexes: [{ fields: ['note'] }, { fields: ['kind', 'external'], unique: true }] };
    await withThings(async (things) => {
      assert.equal((await things.find('t1', { note: 'n' })).length, 1);
      const doc = await things.get('t1', 'a');
      assert.equal(await things.insert({ ...(doc as Thing), id: 'b' }), false);
    }, wanted);
    await withThings(
      async (things) => {
        const doc = await things.get('t1', 'a');
        assert.equal(
          await things.insert({ ...(doc as Thing), id: 'b' }),
          true,
          'an index that is no longer asked for binds nobody',
        );
      },
      { ...spec, indexes: [] },
    );
  });

  it('may ask for a unique index in another place than before', async () => {
    const before = { ...spec, indexes: [{ fields: ['note'], unique: true }] };
    const after = { ...spec, indexes: [{ fields: ['external'], unique: true }] };
    await withThings(async (things) => {
      await things.insert(thing({ id: 'a', note: 'x', external: 'y' }));
      await things.insert(thing({ id: 'b', note: 'y', external: 'z' }));
    }, before);
    await withThings(async (things) => {
      assert.equal(await things.insert(thing({ id: 'c', note: 'x', external: 'z' })), false);
      assert.equal(await things.insert(thing({ id: 'c', note: 'x', external: 'x' })), true);
    }, after);
  });

  it('keeps its files to itself', async () => {
    await withThings(async (things) => {
      await things.insert(thing());
      assert.equal((await stat(join(dir, 'store'))).mode & 0o777, 0o700);
      for (const name of await readdir(join(dir, 'store'))) {
        assert.equal((await stat(join(dir, 'store', name))).mode & 0o777, 0o600, name);
      }
    });
    assert.deepEqual(await readdir(join(dir, 'store')), ['things.db']);
    assert.equal((await stat(file())).mode & 0o777, 0o600);
  });

  it('drops a line that a crash left half written, and nothing else', async () => {
    await withThings((things) => things.insert(thing({ id: 'a' })));
    const line = (await readFile(file(), 'utf8')).split('\n').find((one) => one.includes('"_id"')) ?? '';
    await appendFile(file(), Buffer.from(line.replaceAll('"a"', '"half 😀"')).subarray(0, -20));
    await withThings(async (things) => {
      assert.deepEqual(
        (await things.find('t1', {})).map(({ id }) => id),
        ['a'],
      );
      assert.equal(await things.insert(thing({ id: 'b' })), true);
    });
    await withThings(async (things) => assert.equal((await things.find('t1', {})).length, 2));
  });

  it('starts from the copy when a crash came while the file was written anew', async () => {
    await withThings((things) => things.insert(thing({ id: 'a' })));
    await rename(file(), `${file()}~`);
    await withThings(async (things) => assert.equal((await things.get('t1', 'a'))?.id, 'a'));
  });

  it('refuses to start on a file with a broken line, and leaves the file as it is', async () => {
    await withThings((things) => things.insert(thing({ id: 'a' })));
    const broken = `{"_id": broken\n${await readFile(file(), 'utf8')}`;
    await writeFile(file(), broken);
    await assert.rejects(
      withThings(async () => {}),
      /things\.db cannot be read whole/,
    );
    assert.equal(await readFile(file(), 'utf8'), broken);
  });

  it('says StoreDown while its folder cannot be written, and carries on after', async () => {
    await withThings(async (things) => {
      await things.insert(thing({ id: 'a' }));
      await rm(file());
      await mkdir(join(file(), 'in the way'), { recursive: true });
      await assert.rejects(things.insert(thing({ id: 'lost?' })), StoreDown);
      await assert.rejects(things.insert(thing({ id: 'b' })), StoreDown);
      assert.equal((await things.get('t1', 'a'))?.id, 'a');
      await rm(file(), { recursive: true });
      assert.equal(await things.insert(thing({ id: 'c' })), true);
    });
    await withThings(async (things) => {
      assert.ok(await things.get('t1', 'a'));
      assert.ok(await things.get('t1', 'c'));
      assert.equal(await things.get('t1', 'b'), undefined);
    });
  });

  it('forgets what has expired, and gives back the room of old versions, when it tidies up', async () => {
    await mkdir(join(dir, 'store'));
    const things = await EmbeddedCollection.open<Thing>(spec, file());
    await things.insert(thing({ id: 'old', at: new Date(Date.now() - 1) }));
    await things.insert(thing({ id: 'young', at: new Date(Date.now() + 60_000) }));
    await things.insert(thing({ id: 'ageless' }));
    assert.ok(await things.get('t1', 'old'), 'until then it is there: readers check the date');
    for (let version = 2; version < 1200; version += 1)
      await things.replace(thing({ id: 'ageless', version }), version - 1);
    const before = (await stat(file())).size;
    await things.tidy();
    assert.deepEqual(
      (await things.find('t1', {}, { sort: { id: 1 } })).map(({ id }) => id),
      ['ageless', 'young'],
    );
    assert.ok((await stat(file())).size < before / 100);
    await things.close();
  });

  it('hands out documents that nobody can change, and no part of src sets a date that it did not make', async () => {
    await withThings((things) =>
      things.insert(thing({ id: 'a', inner: { since: new Date(0), list: [{ name: 'x' }] } })),
    );
    await withThings(async (things) => {
      const found = await things.get('t1', 'a');
      for (const part of [found, found?.inner, found?.inner?.list, found?.inner?.list[0]])
        assert.ok(Object.isFrozen(part));
      assert.equal(await things.get('t1', 'a'), found, 'and it is the same one for all');
    });
    const root = new URL('../../../src/', import.meta.url);
    const setting: string[] = [];
    for (const name of await readdir(root, { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const text = await readFile(new URL(name.replaceAll('\\', '/'), root), 'utf8');
      // A date that is set stands in the lines right before as one that was made there.
      for (const [all, date = ''] of text.matchAll(
        /(\w+)\.set(?:UTC)?(?:Time|FullYear|Month|Date|Hours|Minutes|Seconds)\(/g,
      )) {
        if (!new RegExp(`const ${date} = new Date\\(`).test(text)) setting.push(`${name}: ${all}`);
      }
    }
    assert.deepEqual(setting, []);
  });

  it('reads what the release before wrote by way of nedb', async () => {
    const row = (doc: unknown) => JSON.stringify({ _id: '["t1","a"]', doc, keys: { tags: ['"t1"sx'] }, unique: {} });
    const doc = { tenant: 't1', id: 'a', version: 2, tags: ['x'], due: { $$date: 5 } };
    await mkdir(join(dir, 'store'), { recursive: true });
    const lines = [
      '{"$$indexCreated":{"fieldName":"keys.tags","unique":false,"sparse":true}}',
      row({ ...doc, version: 1, tags: ['old'] }),
      row(doc),
      JSON.stringify({ _id: '["t1","b"]', doc: { ...doc, id: 'b' } }),
      '{"$$deleted":true,"_id":"[\\"t1\\",\\"b\\"]"}',
    ];
    await writeFile(file(), `${lines.join('\n')}\n`);
    await withThings(async (things) => {
      const found = await things.find('t1', { tags: 'x', due: { lte: new Date(5) } });
      assert.deepEqual(found, [{ ...doc, due: new Date(5) }]);
      assert.deepEqual(await things.find('t1', { tags: 'old' }), []);
    });
  });

  it('is what opens when no MongoDB is named', async () => {
    const store = await openStore({ mongoUri: undefined, dataDir: dir });
    await store.collection(spec);
    await store.close();
    assert.ok(await stat(file()));
  });

  it('answers from its indexes: a hundred times the documents cost about the same', async () => {
    const filled = async (count: number) => {
      const things = await EmbeddedCollection.open<Thing>(spec, undefined);
      for (let n = 0; n < count; n += 1) {
        const tags = [`person:${n % (count / 4)}`, 'everyone'];
        await things.insert(thing({ id: `${n}`, tags, due: new Date(n * 1000) }));
      }
      return things;
    };
    const [few, many] = [await filled(200), await filled(20_000)];
    const someone = Array.from({ length: 50 }, (_, n) => `group:${n}`).concat('person:7', 'person:8');
    const cost = async (things: EmbeddedCollection<Thing>, ask: Ask, found: number) => {
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round += 1) {
        const before = process.cpuUsage();
        for (let n = 0; n < 20; n += 1) assert.equal((await ask(things)).length, found);
        least = Math.min(least, process.cpuUsage(before).user);
      }
      return Math.max(least, 1000);
    };
    type Ask = (things: EmbeddedCollection<Thing>) => Promise<Thing[]>;
    const asks: [string, Ask, number][] = [
      ['tags', (things) => things.find('t1', { tags: { in: someone } }), 8],
      ['a range', (things) => things.find('t1', { due: { gte: new Date(5000), lt: new Date(9000) } }), 4],
      ['ids', (things) => things.find('t1', { id: { in: ['5', '6', 'x'] } }), 2],
      ['another tenant', (things) => things.find('t2', {}), 0],
      ['one', async (things) => [(await things.get('t1', '77')) as Thing], 1],
    ];
    for (const [what, ask, found] of asks) {
      const growth = (await cost(many, ask, found)) / (await cost(few, ask, found));
      assert.ok(growth < 20, `${what}: ${growth.toFixed(1)} times`);
    }
    const newest = await many.find('t1', { tags: 'everyone' }, { sort: { due: -1 }, limit: 10 });
    assert.deepEqual(
      newest.map(({ id }) => id),
      Array.from({ length: 10 }, (_, n) => `${19_999 - n}`),
    );
  });
});
