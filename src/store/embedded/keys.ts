import { isScalar, type Range, type Test } from '../conditions.js';
import type { CollectionSpec, Scalar, StoredDoc } from '../store.js';

/**
 * How a document lies in a nedb file: whole and untouched under `doc`, beside the keys it is found by. nedb can use one
 * index in a query and knows no tenants, so every key here starts with the tenant.
 */
export type Row<T extends StoredDoc> = {
  _id: string;
  doc: T;
  /** By field: one key, or one for each element of a list. */
  keys: Record<string, string | string[]>;
  /** By number of the index: all its values as one key. */
  unique: Record<string, string>;
  /** In milliseconds: nedb leaves dates out of an index that has gaps. */
  expires?: number;
};

export const idKey = (tenant: string, id: string): string => JSON.stringify([tenant, id]);

/** All ids of a tenant lie between these two. */
export function idRange(tenant: string): { $gte: string; $lt: string } {
  const start = `[${JSON.stringify(tenant)},`;
  return { $gte: start, $lt: `[${JSON.stringify(tenant)}-` }; // "-" is the character after ","
}

/** The fields that have an index of their own: the first of each. */
export function keyFields(spec: CollectionSpec): string[] {
  return [...new Set(spec.indexes.flatMap(({ fields }) => fields.slice(0, 1)))];
}

export function makeRow<T extends StoredDoc>(spec: CollectionSpec, doc: T): Row<T> {
  const value = (field: string): unknown => (doc as Record<string, unknown>)[field];
  const keys: Row<T>['keys'] = {};
  for (const field of keyFields(spec)) {
    const key = keysOf(doc.tenant, value(field));
    if (key !== undefined) keys[field] = key;
  }
  const unique: Row<T>['unique'] = {};
  spec.indexes.forEach((index, number) => {
    if (index.unique) unique[`u${number}`] = uniqueKey(doc.tenant, index.fields.map(value));
  });
  const expires = spec.expires === undefined ? undefined : value(spec.expires);
  const row = { _id: idKey(doc.tenant, doc.id), doc, keys, unique };
  return expires instanceof Date ? { ...row, expires: expires.getTime() } : row;
}

/** A value that is not there counts as one, as in MongoDB. */
export function uniqueKey(tenant: string, values: readonly unknown[]): string {
  if (!values.every((value) => value === undefined || value === null || isScalar(value))) {
    throw new TypeError('A field of a unique index holds more than a value.');
  }
  return JSON.stringify([tenant, ...values.map((value) => (isScalar(value) ? ending(value) : null))]);
}

export const scalarKey = (tenant: string, value: Scalar): string => JSON.stringify(tenant) + ending(value);

/** The nedb condition on the keys of one field that finds all that can pass the test; undefined when keys cannot tell. */
export function keyCondition(tenant: string, test: Test): Record<string, string | string[]> | undefined {
  if ('in' in test) return { $in: test.in.map((value) => scalarKey(tenant, value)) };
  const [sample] = Object.values(test.range);
  // JavaScript's order of text is not the stores', so ranges of text are judged document by document.
  return sample === undefined || typeof sample === 'string' ? undefined : rangeKeys(tenant, sample, test.range);
}

function rangeKeys(tenant: string, sample: Scalar, range: Range): Record<string, string> {
  const kind = scalarKey(tenant, sample).slice(0, -16);
  const condition: Record<string, string> = { $gte: kind, $lte: `${kind}g` }; // hex digits end at "f"
  for (const [bound, end] of Object.entries(range)) condition[`$${bound}`] = scalarKey(tenant, end);
  if (condition.$gt !== undefined) delete condition.$gte;
  if (condition.$lt !== undefined) delete condition.$lte;
  return condition;
}

function keysOf(tenant: string, value: unknown): string | string[] | undefined {
  if (isScalar(value)) return scalarKey(tenant, value);
  return Array.isArray(value) ? value.filter(isScalar).map((one) => scalarKey(tenant, one)) : undefined;
}

function ending(value: Scalar): string {
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'boolean') return `b${value}`;
  return value instanceof Date ? `d${ordered(value.getTime())}` : `n${ordered(value)}`;
}

/** 16 hex digits that order as the numbers do: the bits of the double, all flipped when negative, else the sign only. */
function ordered(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  const sign = 1n << 63n;
  return (bits & sign ? ~bits & 0xffffffffffffffffn : bits | sign).toString(16).padStart(16, '0');
}
