import type { Collection, StoredDoc } from './store.js';

/** As many as one round takes away; the next one goes on. */
const together = 500;

/** Takes away what has expired, unless it changed meanwhile. */
export async function dropPast<T extends StoredDoc & { expires: Date }>(
  collection: Collection<T>,
  tenant: string,
  now: Date,
): Promise<void> {
  const past = await collection.find(tenant, { expires: { lte: now } }, { limit: together });
  for (const { id, version } of past) await collection.delete(tenant, id, version);
}
