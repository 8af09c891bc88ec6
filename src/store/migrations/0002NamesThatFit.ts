import type { Collections, LeaseDoc, MarkDoc } from '../collections.js';
import type { Store, StoredDoc } from '../store.js';

/**
 * Schema 2: collections hold what their names say. In release 0.1.0 `activities` held all that was done once, `deltas`
 * the state of scheduled work, and `leases` also until when a network asked to wait.
 */
export async function namesThatFit(store: Store, { marks, jobState, rateLimits, leases }: Collections): Promise<void> {
  for await (const doc of store.all('activities')) await marks.insert(doc as MarkDoc);
  await store.drop('activities');
  for await (const doc of store.all('deltas')) await jobState.insert(doc as StoredDoc & { link: string; at: Date });
  await store.drop('deltas');
  for await (const doc of store.all('leases')) {
    const [kind, network = ''] = doc.id.split(':');
    if (kind !== 'wait') continue;
    await rateLimits.insert({ tenant: doc.tenant, id: network, version: 1, until: (doc as LeaseDoc).until });
    await leases.delete(doc.tenant, doc.id);
  }
}
