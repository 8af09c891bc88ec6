import type { Needs } from '../operations/core/parts.js';
import { keepCounted } from '../operations/people/refusalCounts.js';
import { dropPast } from '../store/dropPast.js';

/** Takes away sign-ins that nobody finished, questions nobody answered, marks of what was done long ago, and where old claims' cards were. */
export async function sweepLinkouts(
  services: Needs<'collections' | 'clock' | 'limits' | 'records'>,
  tenant: string,
): Promise<void> {
  const { linkouts, confirms, marks, claimCards } = services.collections;
  const now = services.clock();
  await dropPast(linkouts, tenant, now);
  await dropPast(confirms, tenant, now);
  await dropPast(marks, tenant, now);
  await dropPast(claimCards, tenant, now);
  await keepCounted(services, tenant);
}
