import type { TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** More than happens in the second between two looks; of more than that, the newest are enough. */
const looked = 50;

/**
 * Ids of what was done last in the tenant, by anybody, in whatever process: every change leaves a record, so one short
 * read of an index tells whether there was one.
 */
export async function latestChanges({ collections }: Needs<'collections'>, tenant: TenantId): Promise<string[]> {
  const records = await collections.audit.find(tenant, {}, { sort: { number: -1 }, limit: looked });
  return records.filter(({ outcome }) => outcome === 'done').map(({ id }) => id);
}
