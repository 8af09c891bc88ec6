import { access, chmod, constants, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Collection, type CollectionSpec, type Files, type Store, StoreDown, type StoredDoc } from '../store.js';
import { EmbeddedCollection } from './collection.js';
import { filesIn, filesInMemory } from './files.js';
import { lockFolder } from './lock.js';

const tidyEveryMs = 5 * 60 * 1000;

/**
 * Opens the store that lives in this process: files under `dir`/store, and under `dir`/files what is too large for a
 * document; or memory alone for ':memory:'. What was answered survives a crash of the process; a power cut may cost the
 * last seconds.
 * @throws Error when the folder is in use or cannot be made
 */
export async function openEmbeddedStore(dir: string | ':memory:'): Promise<Store> {
  if (dir === ':memory:') return new EmbeddedStore(undefined, () => undefined);
  const folder = join(dir, 'store');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return new EmbeddedStore(folder, lockFolder(folder));
}

class EmbeddedStore implements Store {
  readonly isAlone = true;
  #folder: string | undefined;
  #unlock: () => void;
  #collections = new Map<string, Promise<EmbeddedCollection<StoredDoc>>>();
  #timer: NodeJS.Timeout;
  #files: Files | undefined;
  #closing: Promise<void> | undefined;

  constructor(folder: string | undefined, unlock: () => void) {
    this.#folder = folder;
    this.#unlock = unlock;
    // A failed tidying is tried again next time; a write that fails tells its caller.
    this.#timer = setInterval(() => void this.#each((one) => one.tidy()).catch(() => undefined), tidyEveryMs).unref();
  }

  async collection<T extends StoredDoc>(spec: CollectionSpec): Promise<Collection<T>> {
    if (this.#closing) throw new StoreDown('The store is closed.');
    if (!/^[a-z][a-z0-9-]*$/i.test(spec.name)) throw new TypeError('A collection is named with letters and digits.');
    let opened = this.#collections.get(spec.name);
    if (!opened) {
      opened = EmbeddedCollection.open<StoredDoc>(spec, this.#fileOf(spec.name));
      this.#collections.set(spec.name, opened);
    }
    return (await opened) as unknown as Collection<T>;
  }

  async files(): Promise<Files> {
    if (this.#closing) throw new StoreDown('The store is closed.');
    this.#files ??= this.#folder ? filesIn(join(this.#folder, '..', 'files')) : filesInMemory();
    return this.#files;
  }

  async *all(name: string): AsyncIterable<StoredDoc> {
    if (await this.#isThere(name))
      yield* ((await this.collection({ name, indexes: [] })) as EmbeddedCollection<StoredDoc>).all();
  }

  async drop(name: string): Promise<void> {
    const opened = await this.#collections.get(name);
    this.#collections.delete(name);
    await opened?.close();
    const file = this.#fileOf(name);
    if (file) await rm(file, { force: true });
  }

  #fileOf(name: string): string | undefined {
    return this.#folder && join(this.#folder, `${name}.db`);
  }

  async #isThere(name: string): Promise<boolean> {
    if (this.#collections.has(name)) return true;
    const file = this.#fileOf(name);
    if (!file) return false;
    return access(file).then(
      () => true,
      () => false,
    );
  }

  async ready(_timeoutMs: number): Promise<void> {
    if (this.#closing) throw new StoreDown('The store is closed.');
    if (!this.#folder) return;
    await access(this.#folder, constants.W_OK).catch((cause: unknown) => {
      throw new StoreDown('The data folder cannot be written.', { cause });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    clearInterval(this.#timer);
    try {
      await this.#each((one) => one.close());
    } finally {
      this.#unlock();
    }
  }

  async #each(action: (one: EmbeddedCollection<StoredDoc>) => Promise<void>): Promise<void> {
    const opened = await Promise.allSettled(this.#collections.values());
    await Promise.all(opened.map((one) => (one.status === 'fulfilled' ? action(one.value) : undefined)));
  }
}
