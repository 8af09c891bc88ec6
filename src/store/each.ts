import type { Collection, StoredDoc, Where } from './store.js';

/** Documents that are read together. */
const together = 200;

/** All documents that meet the conditions, in the order of their ids: read some at a time, however many there are. */
export async function* each<T extends StoredDoc>(
  collection: Collection<T>,
  tenant: string,
  where: Where = {},
): AsyncGenerator<T> {
  for (let last: string | undefined; ; ) {
    const after = last === undefined ? {} : { after: { value: last, id: last } };
    const page = await collection.find(tenant, where, { sort: { id: 1 }, limit: together, ...after });
    yield* page;
    last = page.at(-1)?.id;
    if (page.length < together || last === undefined) return;
  }
}
