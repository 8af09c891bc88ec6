import { holds, type Test } from '../conditions.js';
import type { CollectionSpec, StoredDoc } from '../store.js';
import { idKey, idRange, keyCondition, keyFields, type Row } from './keys.js';

export type Query = Record<string, unknown>;

/** A nedb query that goes through the narrowest index there is: ids, then exact values, then ranges, then the tenant. */
export function planQuery(spec: CollectionSpec, tenant: string, tests: readonly Test[]): Query {
  const ids = tests.find((test) => test.field === 'id' && 'in' in test);
  if (ids && 'in' in ids) {
    const keys = ids.in.filter((id) => typeof id === 'string').map((id) => idKey(tenant, id));
    return matching({ _id: { $in: keys } }, tests);
  }
  const fields = keyFields(spec);
  const indexed = tests.filter(({ field }) => fields.includes(field));
  for (const test of indexed.sort((a, b) => Number('in' in b) - Number('in' in a))) {
    const condition = keyCondition(tenant, test);
    if (condition) return matching({ [`keys.${test.field}`]: condition }, tests);
  }
  return matching({ _id: idRange(tenant) }, tests);
}

/** The index only narrows; the conditions decide, so that they mean here what they mean in MongoDB. */
export function matching(query: Query, tests: readonly Test[]): Query {
  if (tests.length === 0) return query;
  return {
    ...query,
    $where(this: Row<StoredDoc>) {
      return holds(this.doc, tests);
    },
  };
}
