import type { Decision } from '../../rules/decision.js';
import { record, withEntries } from '../../rules/entries.js';
import type { Moment, OperationKind } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import { quietAfter } from '../../rules/tenant/notices.js';
import type { Actor, PersonName, Profile, ProfileId, TenantId } from '../../rules/types.js';
import type { PersonDoc, TenantDoc } from '../../store/collections.js';
import { put, update } from '../../store/update.js';
import { relayPerson, relayProfile, relayTenant } from '../outbox/relay.js';
import { updatePerson } from '../people/actor.js';
import { count } from '../people/allowances.js';
import { expectGroups } from '../people/followGroups.js';
import { refusalsOf } from '../people/refusalCounts.js';
import type { Needs, Parts } from './parts.js';

/** The one write of a change. False when someone else wrote first: decide again. */
export async function writeProfile(services: Parts, profile: Profile, before: Profile | undefined): Promise<boolean> {
  await expectGroups(services, profile, before);
  const written = await put(services.collections.profiles, profile, before);
  if (written) services.later('relay outbox', () => relayProfile(services, written));
  return written !== undefined;
}

/** A change by a rule that needs nobody's answer, decided anew when somebody else wrote first. False: nothing to change. */
export async function changeProfile(
  services: Parts,
  tenant: TenantId,
  id: ProfileId,
  rule: (profile: Profile) => Profile | undefined | Promise<Profile | undefined>,
): Promise<boolean> {
  const { kind, doc } = await update(services.collections.profiles, tenant, id, (now) => now && rule(now));
  if (kind === 'written') services.later('relay outbox', () => relayProfile(services, doc));
  return kind === 'written';
}

/** What is kept with one person, with the audit record in the same document. */
export function writePerson(
  services: Parts,
  { tenant }: Actor,
  { person, role, accessAskedAt, entry, also = [] }: Extract<Decision, { kind: 'changePerson' }>,
  now: Date,
): Promise<boolean> {
  return changePerson(services, tenant, person, ({ accessAskedAt: _, ...kept }) => {
    const next = { ...kept, ...(role ? { role } : {}), ...(accessAskedAt ? { accessAskedAt } : {}) };
    return withEntries(next, [entry, ...also], now);
  });
}

/** What one person wants to be told of, with the audit record in the same document. */
export function writeNotices(
  services: Parts,
  { tenant }: Actor,
  { person, topic, on, entry }: Extract<Decision, { kind: 'changeNotices' }>,
  now: Date,
): Promise<boolean> {
  return changePerson(services, tenant, person, (before) =>
    withEntries({ ...before, quiet: quietAfter(before.quiet ?? [], topic, on) }, [entry], now),
  );
}

async function changePerson(
  services: Parts,
  tenant: TenantId,
  { id, name }: PersonName,
  next: (before: PersonDoc) => PersonDoc,
): Promise<true> {
  await updatePerson(services, tenant, id, (before) => next({ ...before, name: before.name || name }));
  services.later('relay outbox', () => relayPerson(services, tenant, id));
  return true;
}

/** The tenant's own rules, with the audit record in the same document. False when it was not decided on what is there. */
export async function writeTenant(
  services: Parts,
  tenant: TenantId,
  { policy, approvals, admins, frozen, entry, also = [] }: Extract<Decision, { kind: 'changeTenant' }>,
  decidedOn: number,
  now: Date,
): Promise<boolean> {
  const { tenants } = services.collections;
  const before = await tenants.get(tenant, 'tenant');
  if ((before?.version ?? 0) !== decidedOn) return false;
  const {
    approvals: old,
    frozen: ice,
    ...kept
  } = before ?? { tenant, id: 'tenant', version: 0, policy: {}, outbox: [] };
  const chosen = approvals === undefined ? old : (approvals ?? undefined);
  const cold = frozen === undefined ? ice : (frozen ?? undefined);
  const next: TenantDoc = {
    ...kept,
    policy: { ...kept.policy, ...policy },
    ...(chosen ? { approvals: chosen } : {}),
    ...(cold ? { frozen: cold } : {}),
    ...(admins ? { admins: [...admins] } : {}),
  };
  if (!(await put(tenants, withEntries(next, [entry, ...also], now), before))) return false;
  services.policies.forget(tenant);
  services.admins.forget(tenant);
  services.later('relay outbox', () => relayTenant(services, tenant));
  return true;
}

/**
 * A refusal changes nothing, so its record is the one write. The same delivery writes it once. Past what one person may
 * fill the history with, it is only counted, and told together with the others (`keepCounted`).
 */
export async function writeRefusal(
  services: Needs<'collections' | 'clock' | 'limits' | 'records'>,
  actor: Actor,
  operation: OperationKind,
  refusal: Refusal,
  profile: Profile | undefined,
  moment: Moment,
): Promise<void> {
  const limit = services.limits.of('record');
  const key = `${refusalsOf}${actor.id}`;
  if ((await count(services, actor.tenant, key, limit, actor.name)) > limit.most) return;
  const made = { operation, what: refusal.code, outcome: 'refused' as const, about: profile };
  await services.records.keep(record({ actor, moment }, made));
}
