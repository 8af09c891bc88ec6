import { maySee } from '../../rules/may.js';
import type { AuditRecord, OutboxEntry, TenantId } from '../../rules/types.js';
import { factsOf } from '../answers/profileFacts.js';
import type { Outcome } from './outcome.js';
import type { Needs } from './parts.js';
import type { Caller } from './step.js';

/** Documents whose outbox is looked through; a relay empties them within seconds. */
const looked = 200;

/**
 * What this very delivery has done already: its process ended, or the store's answer was lost, before anybody could be
 * told. Undefined when it changed nothing. Every change is written together with a record under the delivery's id.
 */
export async function ownWork(
  services: Needs<'collections' | 'clock'>,
  { id, actor }: Pick<Caller, 'id' | 'actor'>,
): Promise<Outcome | undefined> {
  const { profiles, grants } = services.collections;
  const record = await recordOf(services, actor.tenant, id);
  if (record?.outcome !== 'done') return undefined;
  const done = `Done: you ${record.what}.`;
  const profile = record.profile && (await profiles.get(actor.tenant, record.profile.id));
  const now = services.clock();
  if (!profile || profile.deleted || !maySee({ actor, profile, now })) return { kind: 'said', title: done };
  const held = await grants.find(actor.tenant, { profile: profile.id });
  return { kind: 'profile', facts: factsOf(profile, held, actor, now), done };
}

async function recordOf(
  { collections, clock }: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  id: string,
): Promise<AuditRecord | undefined> {
  const { audit, profiles, people, tenants } = collections;
  const kept = await audit.get(tenant, id);
  if (kept) return kept;
  const waiting = { outboxSince: { lte: clock() } };
  const docs: { outbox: OutboxEntry[] }[][] = await Promise.all([
    profiles.find(tenant, waiting, { limit: looked }),
    people.find(tenant, waiting, { limit: looked }),
    tenants.find(tenant, waiting, { limit: looked }),
  ]);
  const entry = docs.flatMap((some) => some.flatMap(({ outbox }) => outbox)).find((one) => one.id === id);
  return entry?.kind === 'audit' ? entry.record : undefined;
}
