import type { Test } from '../conditions.js';
import { checkKey, checkVersion, copyDoc } from '../copy.js';
import type { After, Scalar, StoredDoc } from '../store.js';

/** A document as MongoDB has it. The driver's types stay in mongo.ts. */
export type Row = { _id: { tenant: string; id: string }; [field: string]: unknown };
export type Filter = Record<string, unknown>;

export function toRow<T extends StoredDoc>(doc: T): Row {
  return { _id: { tenant: doc.tenant, id: doc.id }, ...copyDoc(doc) };
}

export function toDoc<T extends StoredDoc>(row: Row | null): T | undefined {
  if (!row) return undefined;
  const { _id, ...doc } = row;
  return doc as unknown as T;
}

/** The tenant is named beside the key, so that a sharded cluster asks one shard. */
export function byId(tenant: string, id: string): Filter {
  checkKey(tenant, id);
  return { _id: { tenant, id }, tenant };
}

export function byVersion(tenant: string, id: string, version: number): Filter {
  checkVersion(version);
  return { ...byId(tenant, id), version };
}

/** Operators come from here only; `readWhere` let nothing but plain values through. */
export function toFilter(tenant: string, tests: readonly Test[]): Filter {
  return Object.fromEntries(tests.map((test) => (test.field === 'id' ? idFilter(tenant, test) : fieldFilter(test))));
}

function fieldFilter(test: Test): [string, unknown] {
  if ('prefix' in test) return [test.field, { $regex: `^${test.prefix.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')}` }];
  if (!('in' in test)) return [test.field, operators(test.range)];
  const { in: values, with: all, without } = test;
  if (!all && !without) return [test.field, oneOf(values)];
  return [test.field, { $in: values, ...(all ? { $all: all } : {}), ...(without ? { $nin: without } : {}) }];
}

const operators = (range: object) => Object.fromEntries(Object.entries(range).map(([name, end]) => [`$${name}`, end]));

/** By the key, which has an index of its own. */
function idFilter(tenant: string, test: Test): [string, unknown] {
  if (!('in' in test) || test.with || test.without) return fieldFilter(test);
  return ['_id', oneOf(test.in.filter((id) => typeof id === 'string').map((id) => ({ tenant, id })))];
}

/** What comes behind a document: the bound is for the index, the rest tells its equals apart. */
export function afterFilter([field, direction]: [string, 1 | -1], { value, id }: After): Filter {
  const [beyond, from] = direction === 1 ? ['$gt', '$gte'] : ['$lt', '$lte'];
  if (field === 'id') return { id: { [beyond]: id } };
  return {
    [field]: { [from]: value },
    $or: [{ [field]: { [beyond]: value } }, { [field]: value, id: { [beyond]: id } }],
  };
}

/** MongoDB merges ordered reads of an index for so many values, and sorts everything when there are more. */
const mergedByServer = 150;

/** Lists of values cut so that the server merges each; every document meets one of these conditions, or several. */
export function cutLists(tests: readonly Test[]): Test[][] {
  const lists = tests.filter((test): test is Test & { in: readonly Scalar[] } => 'in' in test && test.field !== 'id');
  const combined = lists.reduce((product, test) => product * test.in.length, 1);
  const longest = lists.sort((a, b) => b.in.length - a.in.length)[0];
  if (combined <= mergedByServer || !longest) return [[...tests]];
  const size = Math.max(1, Math.floor(mergedByServer / (combined / longest.in.length)));
  const parts = Array.from({ length: Math.ceil(longest.in.length / size) }, (_, at) =>
    longest.in.slice(at * size, (at + 1) * size),
  );
  return parts.map((part) => tests.map((test) => (test === longest ? { ...longest, in: part } : test)));
}

function oneOf(values: readonly (Scalar | Row['_id'])[]): unknown {
  return values.length === 1 ? values[0] : { $in: values };
}
