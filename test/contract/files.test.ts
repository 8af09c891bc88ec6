import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded/embedded.js';
import { createSealedFiles, partBytes, readRange, type SealedFiles } from '../../src/store/sealedFiles.js';
import type { Files, Store } from '../../src/store/store.js';
import { createVault, readKeys } from '../../src/store/vault.js';
import { type Place, places } from './store-places.js';

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const keys = newKey('first');

/** As the embedded store is used: on a disk. */
async function onDisk(): Promise<Place & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'files-'));
  return {
    ...{ name: 'embedded, on a disk', dir, open: () => openEmbeddedStore(dir) },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

const everywhere: (() => Promise<Place>)[] = [...places().map((place) => async () => place), onDisk];

for (const [at, make] of everywhere.entries()) {
  describe(`files in the store (${['embedded', 'MongoDB'][at] ?? ''}${at === everywhere.length - 1 ? 'on a disk' : ''})`, () => {
    let place: Place;
    let store: Store;
    let raw: Files;
    let files: SealedFiles;
    before(async () => {
      place = await make();
      store = await place.open();
      raw = await store.files();
      files = createSealedFiles(raw, createVault(readKeys(keys)));
    });
    after(async () => {
      await store.close();
      await place.remove();
    });
    const part = (file: string, number = 0, tenant = 't1') => ({ tenant, file, part: number });

    it('gives back each part as it was written', async () => {
      const bytes = [randomBytes(partBytes), randomBytes(10)];
      for (const [number, one] of bytes.entries()) await files.write(part('a', number), one);
      assert.deepEqual(await files.read(part('a', 0)), bytes[0]);
      assert.deepEqual(await files.read(part('a', 1)), bytes[1]);
      assert.equal(await files.read(part('a', 2)), undefined);
    });

    it('reads any range over the ends of parts, and none of which a part is gone', async () => {
      const whole = randomBytes(2 * partBytes + 5);
      for (let number = 0; number < 3; number++) {
        await files.write(part('r', number), whole.subarray(number * partBytes, (number + 1) * partBytes));
      }
      const of = { tenant: 't1', file: 'r' };
      for (const [from, to] of [
        [0, 4],
        [partBytes - 2, partBytes + 2],
        [3, 2 * partBytes + 5],
        [2 * partBytes + 4, 2 * partBytes + 5],
        [7, 7],
      ] as const) {
        assert.deepEqual(await readRange(files, of, from, to), whole.subarray(from, to), `${from}-${to}`);
      }
      assert.equal(await readRange(files, of, 0, whole.length + 1), undefined);
    });

    it('keep a part as it was first written, also of two that are written at once', async () => {
      await files.write(part('w'), Buffer.from('looked at'));
      await files.write(part('w'), Buffer.from('another!!'));
      assert.equal(String(await files.read(part('w'))), 'looked at');
      const both = ['one', 'two'];
      await Promise.all(both.map((words) => files.write(part('w', 1), Buffer.from(words))));
      const kept = String(await files.read(part('w', 1)));
      assert(both.includes(kept));
      await files.write(part('w', 1), Buffer.from('late'));
      assert.equal(String(await files.read(part('w', 1))), kept);
    });

    it('keeps tenants and files apart, and drops one of them whole, twice too', async () => {
      await files.write(part('d'), Buffer.from('mine'));
      await files.write(part('d', 1), Buffer.from('mine too'));
      await files.write(part('d', 0, 't2'), Buffer.from('theirs'));
      await files.write(part('../d'), Buffer.from('a name like a path'));
      await files.drop('t1', 'd');
      await files.drop('t1', 'd');
      assert.equal(await files.read(part('d')), undefined);
      assert.equal(await files.read(part('d', 1)), undefined);
      assert.equal(String(await files.read(part('d', 0, 't2'))), 'theirs');
      assert.equal(String(await files.read(part('../d'))), 'a name like a path');
    });

    it('seals each part for its place: moved to another it opens nowhere', async () => {
      const words = Buffer.from('what is in the video');
      await files.write(part('s', 0), words);
      const sealed = await raw.get(part('s', 0));
      assert(sealed && !sealed.includes(words));
      for (const other of [part('s', 1), part('other'), part('s', 0, 't2')]) {
        await raw.put(other, sealed);
        assert.equal(await files.read(other), undefined);
      }
      sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
      await raw.put(part('s', 0), sealed);
      assert.equal(await files.read(part('s', 0)), undefined);
      await raw.put(part('s', 0), Buffer.from('v2.first.'));
      assert.equal(await files.read(part('s', 0)), undefined);
    });

    it('are sealed anew with a new key, once', async () => {
      await files.write(part('k'), Buffer.from('kept'));
      const rotated = createSealedFiles(raw, createVault(readKeys(`${newKey('second')},${keys}`)));
      assert.equal(await rotated.reseal(part('k')), 'anew');
      assert.equal(await rotated.reseal(part('k')), 'already');
      assert.equal(await rotated.reseal(part('k', 1)), 'unreadable');
      assert.equal(String(await rotated.read(part('k'))), 'kept');
      assert.equal(await files.read(part('k')), undefined);
    });
  });
}

describe('files of the embedded store', () => {
  it('are there again after a restart, for their owner alone, outside of what a backup copies', async () => {
    const { dir, open, remove } = await onDisk();
    const of = { tenant: 't1', file: 'a', part: 0 };
    let store = await open();
    await (await store.files()).put(of, Buffer.from('kept'));
    await store.close();
    store = await open();
    assert.equal(String(await (await store.files()).get(of)), 'kept');
    await store.close();
    const names = await readdir(join(dir, 'files'), { recursive: true });
    const path = join(dir, 'files', names.find((name) => name.endsWith('/0')) ?? '');
    assert.equal(String(await readFile(path)), 'kept');
    if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual(
      (await readdir(join(dir, 'store'))).filter((name) => name.includes('file')),
      [],
    );
    await remove();
  });
});
