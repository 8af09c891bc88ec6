import type { AuditRecord } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** Writes one audit record; the same one again changes nothing. */
export async function keepRecord(services: Needs<'collections'>, record: AuditRecord): Promise<void> {
  await services.collections.audit.insert({ ...record, version: 1, profileId: record.profile?.id ?? '' });
}
