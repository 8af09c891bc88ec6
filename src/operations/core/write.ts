import type { Decision } from '../../rules/decision.js';
import type { Moment, Operation } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import type { Actor, Profile, TenantId } from '../../rules/types.js';
import type { TenantDoc } from '../../store/collections.js';
import { relayPerson, relayProfile, relayTenant } from '../outbox/relay.js';
import { updatePerson } from '../people/actor.js';
import type { Needs, Parts } from './parts.js';

/** The one write of a change. False when someone else wrote first: decide again. */
export async function writeProfile(services: Parts, profile: Profile, before: Profile | undefined): Promise<boolean> {
  const { profiles } = services.collections;
  const next = { ...profile, version: (before?.version ?? 0) + 1 };
  const written = before ? await profiles.replace(next, before.version) : await profiles.insert(next);
  if (written) services.later('relay outbox', () => relayProfile(services, next));
  return written;
}

/** Role and admin flag of one person, with the audit record in the same document. */
export async function writeRole(
  services: Parts,
  actor: Actor,
  who: { id: string; name: string },
  decision: Extract<Decision, { kind: 'changeRole' }>,
  now: Date,
): Promise<boolean> {
  const written = await updatePerson(services, actor.tenant, who.id, (before) => ({
    ...before,
    name: before.name || who.name,
    role: decision.role,
    admin: decision.admin,
    outbox: [...before.outbox, decision.entry],
    outboxSince: before.outboxSince ?? now,
  }));
  if (written) services.later('relay outbox', () => relayPerson(services, actor.tenant, who.id));
  return written;
}

/** The tenant's own rules, with the audit record in the same document. */
export async function writeTenant(
  services: Parts,
  tenant: TenantId,
  { policy, approvals, entry }: Extract<Decision, { kind: 'changeTenant' }>,
  now: Date,
): Promise<boolean> {
  const { tenants } = services.collections;
  const before = await tenants.get(tenant, 'tenant');
  const { approvals: old, ...kept } = before ?? { tenant, id: 'tenant', version: 0, policy: {}, outbox: [] };
  const chosen = approvals === undefined ? old : (approvals ?? undefined);
  const next: TenantDoc = {
    ...kept,
    version: kept.version + 1,
    policy: { ...kept.policy, ...policy },
    ...(chosen ? { approvals: chosen } : {}),
    outbox: [...kept.outbox, entry],
    outboxSince: kept.outboxSince ?? now,
  };
  const written = before ? await tenants.replace(next, before.version) : await tenants.insert(next);
  services.policies.forget(tenant);
  if (written) services.later('relay outbox', () => relayTenant(services, tenant));
  return written;
}

/** A refusal changes nothing, so its record is the one write. The same delivery writes it once. */
export async function writeRefusal(
  services: Needs<'collections'>,
  actor: Actor,
  operation: Operation,
  refusal: Refusal,
  profile: Profile | undefined,
  moment: Moment,
): Promise<void> {
  await services.collections.audit.insert({
    tenant: actor.tenant,
    id: moment.id,
    version: 1,
    at: moment.now,
    actor: { id: actor.id, name: actor.name },
    operation: operation.kind,
    outcome: 'refused',
    what: refusal.code,
    profileId: profile?.id ?? '',
    ...(profile ? { profile: { id: profile.id, type: profile.type, handle: profile.handle } } : {}),
  });
}
