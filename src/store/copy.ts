import { isPlain, isScalar } from './conditions.js';
import type { StoredDoc } from './store.js';

const depthLimit = 40;

/**
 * A copy that shares nothing with `doc`, without what is undefined. Whatever one of the stores could not give back as it was
 * throws a TypeError: names with `$`, a dot or `__proto__`, and values that are not plain.
 */
export function copyDoc<T extends StoredDoc>(doc: T): T {
  checkKey(doc.tenant, doc.id);
  checkVersion(doc.version);
  return copyValue(doc, 0) as T;
}

/** Throws a TypeError unless both are text with something in it; types alone do not stop what came from outside. */
export function checkKey(tenant: string, id: string): void {
  if (typeof tenant !== 'string' || tenant === '') throw new TypeError('A tenant is text, and not empty.');
  if (typeof id !== 'string' || id === '') throw new TypeError('An id is text, and not empty.');
}

/** Throws a TypeError unless it is a whole number. */
export function checkVersion(version: number): void {
  if (!Number.isSafeInteger(version)) throw new TypeError('A version is a whole number.');
}

function copyValue(value: unknown, depth: number): unknown {
  if (depth > depthLimit) throw new TypeError('A document is nested too deeply.');
  if (value === null) return null;
  if (value instanceof Date && isScalar(value)) return new Date(value);
  if (value === 0) return 0; // -0 would come back as 0
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return Array.from(value, (one) => copyValue(one, depth + 1));
  if (isPlain(value)) return copyObject(value, depth);
  throw new TypeError(`A document cannot hold ${value === undefined ? 'undefined in a list' : 'such a value'}.`);
}

function copyObject(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    if (name === '__proto__' || name.startsWith('$') || /[.\0]/.test(name)) {
      throw new TypeError(`A document cannot have a property named ${JSON.stringify(name.slice(0, 40))}.`);
    }
    copy[name] = copyValue(value, depth + 1);
  }
  return copy;
}
