import type { Parts } from '../operations/core/parts.js';
import { relayIntent, relayPerson, relayProfile, relayTenant } from '../operations/outbox/relay.js';

/** Young entries are the relay's own, right after the write. */
const leftOverAfterMs = 30_000;

/** Empties what a crash, or a channel that asked to wait, left in outboxes. */
export async function sweepOutboxes(services: Parts, tenant: string): Promise<void> {
  const { profiles, people, tenants, intents } = services.collections;
  const before = new Date(services.clock().getTime() - leftOverAfterMs);
  const where = { outboxSince: { lte: before } };
  for (const profile of await profiles.find(tenant, where, { limit: 200 })) await relayProfile(services, profile);
  for (const person of await people.find(tenant, where, { limit: 200 })) await relayPerson(services, tenant, person.id);
  for (const { id } of await intents.find(tenant, where, { limit: 200 })) await relayIntent(services, tenant, id);
  if ((await tenants.find(tenant, where, { limit: 1 })).length > 0) await relayTenant(services, tenant);
}
