import type { Needs } from '../operations/core/parts.js';

/** Takes away sign-ins that nobody finished, questions nobody answered, marks of what was done long ago, and where old claims' cards were. */
export async function sweepLinkouts(
  services: Needs<'collections' | 'clock' | 'claimCards'>,
  tenant: string,
): Promise<void> {
  const past = { expires: { lte: services.clock() } };
  const { linkouts, confirms, marks, claimCards, allowances } = services.collections;
  for (const doc of await linkouts.find(tenant, past, { limit: 500 })) await linkouts.delete(tenant, doc.id);
  for (const doc of await confirms.find(tenant, past, { limit: 500 })) await confirms.delete(tenant, doc.id);
  for (const doc of await marks.find(tenant, past, { limit: 500 })) await marks.delete(tenant, doc.id);
  for (const doc of await allowances.find(tenant, past, { limit: 500 })) await allowances.delete(tenant, doc.id);
  for (const doc of await claimCards.find(tenant, past, { limit: 500 })) await claimCards.delete(tenant, doc.id);
}
