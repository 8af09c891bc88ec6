import type { Services } from '../operations/services.js';

/** Takes away sign-ins that nobody finished, questions nobody answered and marks of old activities. */
export async function sweepLinkouts(services: Services, tenant: string): Promise<void> {
  const past = { expires: { lte: services.clock() } };
  const { linkouts, confirms, activities } = services.collections;
  for (const doc of await linkouts.find(tenant, past, { limit: 500 })) await linkouts.delete(tenant, doc.id);
  for (const doc of await confirms.find(tenant, past, { limit: 500 })) await confirms.delete(tenant, doc.id);
  for (const doc of await activities.find(tenant, past, { limit: 500 })) await activities.delete(tenant, doc.id);
}
