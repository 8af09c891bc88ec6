import type { Needs } from '../operations/core/parts.js';
import { keepCounted } from '../operations/people/refusalCounts.js';

/** Takes away sign-ins that nobody finished, questions nobody answered, marks of what was done long ago, and where old claims' cards were. */
export async function sweepLinkouts(
  services: Needs<'collections' | 'clock' | 'limits' | 'records'>,
  tenant: string,
): Promise<void> {
  const past = { expires: { lte: services.clock() } };
  const { linkouts, confirms, marks, claimCards } = services.collections;
  for (const doc of await linkouts.find(tenant, past, { limit: 500 })) await linkouts.delete(tenant, doc.id);
  for (const doc of await confirms.find(tenant, past, { limit: 500 })) await confirms.delete(tenant, doc.id);
  for (const doc of await marks.find(tenant, past, { limit: 500 })) await marks.delete(tenant, doc.id);
  await keepCounted(services, tenant);
  for (const doc of await claimCards.find(tenant, past, { limit: 500 })) await claimCards.delete(tenant, doc.id);
}
