import { unwatched, type Watch } from '../platform/watch.js';
import type { Collection, Files, Store, StoredDoc } from './store.js';

/** What a store is asked. A call that is missing here does not compile. */
const asked: Record<keyof Collection<StoredDoc>, true> = {
  get: true,
  find: true,
  count: true,
  insert: true,
  replace: true,
  take: true,
  delete: true,
};
export const storeCalls = Object.keys(asked) as readonly (keyof Collection<StoredDoc>)[];

/** The same store, with each call to its collections watched. */
export function watchStore(store: Store, watch: Watch): Store {
  if (watch === unwatched) return store;
  return {
    isAlone: store.isAlone,
    files: async () => watchFiles(await store.files(), watch),
    collection: async (spec) => watchCollection(await store.collection(spec), watch),
    all: (name) => store.all(name),
    drop: (name) => store.drop(name),
    ready: (timeoutMs) => store.ready(timeoutMs),
    close: () => store.close(),
  };
}

function watchFiles(files: Files, watch: Watch): Files {
  return {
    add: (of, bytes) => watch('store', 'insert', () => files.add(of, bytes)),
    put: (of, bytes) => watch('store', 'replace', () => files.put(of, bytes)),
    get: (of) => watch('store', 'get', () => files.get(of)),
    drop: (tenant, file) => watch('store', 'delete', () => files.drop(tenant, file)),
  };
}

type Call = (...words: unknown[]) => Promise<unknown>;

function watchCollection<T extends StoredDoc>(collection: Collection<T>, watch: Watch): Collection<T> {
  const calls = storeCalls.map((name) => {
    const call = (collection[name] as Call).bind(collection);
    return [name, (...words: unknown[]) => watch('store', name, () => call(...words))];
  });
  return Object.fromEntries(calls) as Collection<T>;
}
