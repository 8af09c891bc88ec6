import type { AuditRecord } from '../../rules/types.js';
import type { Collections } from '../collections.js';
import { createRecords } from '../records.js';
import type { Store, StoredDoc } from '../store.js';

/** Until then a record lay under its own id, tied to no other. */
type Before = StoredDoc & AuditRecord & { profileId?: string };

/**
 * Schema 6: audit records are in `trail`, numbered in the order in which things happened, each tied to the one before.
 * What happened before that can be proven to be unchanged since this migration, and no earlier.
 */
export async function auditInAChain(store: Store, collections: Collections): Promise<void> {
  const records = createRecords(collections);
  const before = await store.collection<Before>({ name: 'audit', indexes: [] });
  const all: { tenant: string; id: string; at: number }[] = [];
  for await (const doc of store.all('audit')) {
    all.push({ tenant: doc.tenant, id: doc.id, at: (doc as Before).at.getTime() });
  }
  all.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  for (const { tenant, id } of all) {
    const found = await before.get(tenant, id);
    if (!found) continue;
    const { version: _, profileId: __, ...record } = found;
    await records.keep(record);
    // One by one: an older instance may be adding more at this moment.
    await before.delete(tenant, id);
  }
}
