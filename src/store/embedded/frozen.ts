import { copyDoc } from '../copy.js';
import type { StoredDoc } from '../store.js';

/**
 * What the embedded store keeps and hands out: one document for all who read it, which nobody can change. (The dates in
 * it are JavaScript's, which cannot be frozen; a test looks that nobody sets one.)
 */
export function frozenCopy<T extends StoredDoc>(doc: T): T {
  return freeze(copyDoc(doc)) as T;
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  for (const one of Object.values(value)) freeze(one);
  return Object.freeze(value);
}

/** A document as a file has it, with its dates made dates again; frozen, and the reader's own. */
export function thawed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) value[at] = thawed(value[at]);
    return Object.freeze(value);
  }
  const object = value as Record<string, unknown>;
  if (typeof object.$$date === 'number') return new Date(object.$$date);
  for (const name in object) {
    const one = object[name];
    if (typeof one === 'object' && one !== null) object[name] = thawed(one);
  }
  return Object.freeze(object);
}
