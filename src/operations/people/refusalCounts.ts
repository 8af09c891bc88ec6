import { record } from '../../rules/entries.js';
import type { TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** What is counted of a person's refusals stands under this and their id. */
export const refusalsOf = 'record:';

/** Limits that are full again are forgotten; of refusals past a limit there is one record that says how many they were. */
export async function keepCounted(
  services: Needs<'collections' | 'clock' | 'limits' | 'records'>,
  tenant: TenantId,
): Promise<void> {
  const { allowances } = services.collections;
  const { most } = services.limits.of('record');
  for (const doc of await allowances.find(tenant, { until: { lte: services.clock() } }, { limit: 500 })) {
    const more = doc.id.startsWith(refusalsOf) ? doc.spent - most : 0;
    if (more > 0) {
      const person = doc.id.slice(refusalsOf.length);
      const actor = { id: person, name: doc.name ?? '', tenant };
      const moment = { now: doc.until, id: `refusals:${person}:${doc.until.getTime()}` };
      const what = `${more} more ${more === 1 ? 'refusal' : 'refusals'} in ten minutes`;
      await services.records.keep(record({ actor, moment }, { operation: 'refusals', what, outcome: 'refused' }));
    }
    await allowances.delete(tenant, doc.id, doc.version);
  }
}
