import type { Test } from '../conditions.js';
import { checkKey, checkVersion, copyDoc } from '../copy.js';
import type { Scalar, StoredDoc } from '../store.js';

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
  const filter: Filter = {};
  for (const test of tests) {
    if (!('in' in test)) {
      filter[test.field] = Object.fromEntries(Object.entries(test.range).map(([bound, end]) => [`$${bound}`, end]));
    } else if (test.field === 'id') {
      filter._id = oneOf(test.in.filter((id) => typeof id === 'string').map((id) => ({ tenant, id })));
    } else {
      filter[test.field] = oneOf(test.in);
    }
  }
  return filter;
}

function oneOf(values: readonly (Scalar | Row['_id'])[]): unknown {
  return values.length === 1 ? values[0] : { $in: values };
}
