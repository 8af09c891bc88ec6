import type { Needs } from '../core/parts.js';

const countedAtMost = 1000;

/** How many outbox entries wait to be carried out, over all tenants; counted up to a thousand documents each. */
export async function outboxSize({
  collections,
  tenants,
  clock,
}: Needs<'collections' | 'clock' | 'tenants'>): Promise<number> {
  const where = { outboxSince: { lte: clock() } };
  const found = await Promise.all(
    tenants.flatMap((tenant) => [
      collections.profiles.find(tenant, where, { limit: countedAtMost }),
      collections.people.find(tenant, where, { limit: countedAtMost }),
      collections.tenants.find(tenant, where, { limit: countedAtMost }),
      collections.intents.find(tenant, where, { limit: countedAtMost }),
    ]),
  );
  return found.flat().reduce((sum, { outbox }) => sum + outbox.length, 0);
}
