import type { Collections } from '../../src/store/collections.js';
import type { Collection, StoredDoc } from '../../src/store/store.js';

/** What a store can be asked, every call of it, and whether that reads or writes. */
export const methods = {
  get: 'read',
  find: 'read',
  count: 'read',
  insert: 'write',
  replace: 'write',
  take: 'write',
  delete: 'write',
} as const satisfies Record<keyof Collection<StoredDoc>, 'read' | 'write'>;

/** `docs`: how many documents it handed out. */
export type Call = { name: string; how: 'read' | 'write'; call: string; docs: number };

/** Counts what is asked of the store from now on; `stop` gives the calls so far and counts no more. */
export function countCalls(store: Collections, names = Object.keys(store) as (keyof Collections)[]) {
  const calls: Call[] = [];
  const undo: (() => void)[] = [];
  for (const name of names) {
    const collection = store[name] as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    for (const [call, how] of Object.entries(methods)) {
      const original = collection[call] as (...given: unknown[]) => Promise<unknown>;
      collection[call] = async (...given: unknown[]) => {
        const one: Call = { name, how, call, docs: 0 };
        calls.push(one);
        const found = await original.apply(collection, given);
        one.docs = [found].flat().filter((doc) => typeof doc === 'object').length;
        return found;
      };
      undo.push(() => {
        collection[call] = original;
      });
    }
  }
  return {
    stop: () => {
      for (const one of undo) one();
      return calls;
    },
  };
}
