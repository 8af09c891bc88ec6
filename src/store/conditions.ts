import type { After, FindOptions, OneOf, Scalar, Where } from './store.js';

type Bound = 'gt' | 'gte' | 'lt' | 'lte';
export type Range = Partial<Record<Bound, Scalar>>;
/** A condition as both stores read it: an exact value is a list of one. */
export type Test = { field: string } & (OneOf | { range: Range } | { prefix: string });

const bounds: readonly string[] = ['gt', 'gte', 'lt', 'lte'];

/**
 * Reads conditions strictly, so that nothing but a plain value ever reaches a store: an object from outside in the place
 * of a value (an operator of the database, say) throws a TypeError, and so does `undefined`, which would match too much.
 */
export function readWhere(where: Where): Test[] {
  return Object.entries(where).map(([field, condition]) => {
    checkField(field);
    if (field === 'tenant') throw new TypeError('The tenant is named by the call, not by a condition.');
    if (isScalar(condition)) return { field, in: [condition] };
    if (!isPlain(condition)) throw new TypeError(`The condition on ${field} is not a value, a list or a range.`);
    const parts = Object.entries(condition);
    const [only] = parts;
    if ('in' in condition) return { field, ...readOneOf(field, parts) };
    if (parts.length === 1 && only?.[0] === 'prefix') return { field, prefix: readPrefix(field, only[1]) };
    return { field, range: readRange(field, parts) };
  });
}

/** Sort fields with the id as the last one, so that the order never depends on chance. */
export function readSort(options: FindOptions): [string, 1 | -1][] {
  const sort = Object.entries(options.sort ?? {});
  for (const [field, direction] of sort) {
    checkField(field);
    if (direction !== 1 && direction !== -1) throw new TypeError(`The sort direction of ${field} is not 1 or -1.`);
  }
  const last = sort.at(-1);
  return last && last[0] !== 'id' ? [...sort, ['id', last[1]]] : sort;
}

/** Undefined: from the start. */
export function readAfter(options: FindOptions): After | undefined {
  const { after, sort = {} } = options;
  if (after === undefined) return undefined;
  if (Object.keys(sort).length !== 1) throw new TypeError('A page after a document needs one sort field.');
  if (!isPlain(after) || !isScalar(after.value) || typeof after.id !== 'string' || after.id === '') {
    throw new TypeError('A page begins after a value and an id.');
  }
  return { value: after.value, id: after.id };
}

/** Whether a document comes behind another place in this order. */
export function isAfter(doc: Readonly<Record<string, unknown>>, [field, direction]: [string, 1 | -1], after: After) {
  const order = compareValues(doc[field], after.value) || compareText(String(doc.id), after.id);
  return order * direction > 0;
}

export function compareRows(a: object, b: object, sort: readonly [string, 1 | -1][]): number {
  for (const [field, direction] of sort) {
    const [one, other] = [a, b].map((row) => (row as Record<string, unknown>)[field]);
    const order = compareValues(one, other);
    if (order !== 0) return order * direction;
  }
  return 0;
}

/** The order of both stores: what is not there, numbers, text, truth values, dates. */
export function compareValues(a: unknown, b: unknown): number {
  const [one, other] = [rankOf(a), rankOf(b)];
  if (one !== other) return Math.sign(one - other);
  return one === textRank ? compareText(String(a), String(b)) : Math.sign(Number(a) - Number(b)) || 0;
}

const textRank = 2;
function rankOf(value: unknown): number {
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return textRank;
  if (typeof value === 'boolean') return 3;
  return value instanceof Date ? 4 : 0;
}

/** Undefined: no limit. Zero or less, or a fraction, throws a TypeError, since databases read them as "all". */
export function readLimit({ limit }: FindOptions): number | undefined {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) {
    throw new TypeError('A limit is a whole number above 0.');
  }
  return limit;
}

/** Whether all conditions hold for the document. */
export function holds(doc: Readonly<Record<string, unknown>>, tests: readonly Test[]): boolean {
  return tests.every((test) => {
    const value = Object.hasOwn(doc, test.field) ? doc[test.field] : undefined;
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if ('in' in test) return isOneOf(values, test);
    return values.some((one) =>
      'prefix' in test ? typeof one === 'string' && one.startsWith(test.prefix) : inRange(one, test.range),
    );
  });
}

function isOneOf(values: readonly unknown[], test: OneOf): boolean {
  const has = (wanted: Scalar) =>
    wanted instanceof Date ? values.some((one) => isSame(one, wanted)) : values.includes(wanted);
  return test.in.some(has) && (test.with ?? []).every(has) && !test.without?.some(has);
}

/** Order of text by code points, as UTF-8 bytes and so MongoDB order it; JavaScript's own puts emoji before U+E000. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const difference = codeOrder(a.charCodeAt(at)) - codeOrder(b.charCodeAt(at));
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(a.length - b.length);
}

const codeOrder = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

export function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  return typeof value === 'string' || typeof value === 'boolean';
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function checkField(field: string): void {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(field)) throw new TypeError(`"${field}" is not the name of a field.`);
}

function readList(field: string, list: unknown): Scalar[] {
  if (!Array.isArray(list) || !list.every(isScalar))
    throw new TypeError(`The list for ${field} holds more than values.`);
  return list;
}

function readOneOf(field: string, parts: [string, unknown][]): OneOf {
  const lists = Object.fromEntries(parts.map(([name, list]) => [name, readList(field, list)]));
  const { in: values = [], with: all, without, ...others } = lists;
  if (Object.keys(others).length > 0) throw new TypeError(`The lists for ${field} are in, with and without.`);
  return { in: values, ...(all?.length ? { with: all } : {}), ...(without?.length ? { without } : {}) };
}

/** A database reads it as a pattern, which ends at a NUL. */
function readPrefix(field: string, prefix: unknown): string {
  if (typeof prefix === 'string' && prefix !== '' && !prefix.includes('\0')) return prefix;
  throw new TypeError(`The beginning for ${field} is text, and not empty.`);
}

function readRange(field: string, parts: [string, unknown][]): Range {
  const ends = parts.filter(([, end]) => end !== undefined);
  const kinds = new Set(ends.map(([, end]) => kindOf(end)));
  if (ends.length === 0 || kinds.size !== 1 || kinds.has('other') || !ends.every(([name]) => bounds.includes(name))) {
    throw new TypeError(`The range for ${field} needs ends of one kind: text, numbers or dates.`);
  }
  return Object.fromEntries(ends) as Range;
}

function kindOf(value: unknown): 'text' | 'number' | 'date' | 'other' {
  if (!isScalar(value) || typeof value === 'boolean') return 'other';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'date';
}

function isSame(a: unknown, b: Scalar): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}

function inRange(value: unknown, range: Range): boolean {
  const kind = kindOf(value);
  return (
    kind !== 'other' &&
    Object.entries(range).every(([bound, end]) => {
      if (kindOf(end) !== kind) return false;
      const order = kind === 'text' ? compareText(value as string, end as string) : Number(value) - Number(end);
      return bound === 'gt' ? order > 0 : bound === 'gte' ? order >= 0 : bound === 'lt' ? order < 0 : order <= 0;
    })
  );
}
