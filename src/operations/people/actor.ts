import { defaultPolicy, type Policy } from '../../rules/decision.js';
import type { Actor, PersonId, TenantId } from '../../rules/types.js';
import type { ConversationRef, PersonDoc } from '../../store/collections.js';
import type { Services } from '../core/services.js';

/** Who an activity is from, after the front door believed it, or who the tab's token names. */
export type Verified = {
  tenant: TenantId;
  id: PersonId;
  /** Empty when nothing said it. */
  name: string;
  timeZone?: string;
  /** How Teams names and reaches them; the tab's token does not say. */
  teamsId?: string;
  serviceUrl?: string;
  /** Set when the activity came from their personal chat. */
  chat?: ConversationRef;
};

export type Authenticated = { actor: Actor; person: PersonDoc | undefined };

/** The only maker of an `Actor`: role and admin flag come from the store and the settings, never from the activity. */
export async function authenticate(services: Services, who: Verified): Promise<Authenticated> {
  const person = await services.collections.people.get(who.tenant, who.id);
  const policy = await policyOf(services, who.tenant);
  const admin = person?.admin ?? (await isNamedAdmin(services, who.tenant, who.id));
  const actor: Actor = {
    tenant: who.tenant,
    id: who.id,
    name: who.name || person?.name || 'Someone',
    role: person?.role ?? policy.defaultRole,
    admin,
    groups: [],
    timeZone: who.timeZone ?? person?.timeZone ?? 'UTC',
  };
  if (isNews(who, person)) services.later('remember person', () => remember(services, who));
  return { actor, person };
}

/** The tenant's policy over the defaults. Read seldom changes: kept a few seconds per process. */
export async function policyOf(services: Services, tenant: TenantId): Promise<Policy> {
  const kept = policies.get(services)?.get(tenant);
  const now = Date.now();
  if (kept && kept.until > now) return kept.policy;
  const doc = await services.collections.tenants.get(tenant, 'tenant');
  const policy = { ...defaultPolicy, ...doc?.policy };
  const byTenant = policies.get(services) ?? new Map();
  policies.set(services, byTenant.set(tenant, { policy, until: now + 5000 }));
  return policy;
}
const policies = new WeakMap<Services, Map<TenantId, { policy: Policy; until: number }>>();

/** Forgets the kept policy, after it was changed here. */
export function forgetPolicy(services: Services): void {
  policies.delete(services);
}

const adminIds = new WeakMap<Services, Map<TenantId, Promise<Set<PersonId>>>>();
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function isNamedAdmin(services: Services, tenant: TenantId, id: PersonId): Promise<boolean> {
  if (services.namedAdmins.includes(id)) return true;
  return (await namedAdminIds(services, tenant)).has(id);
}

/** ADMINS as object ids: sign-in names are looked up once; a directory that is down is asked again next time. */
export async function namedAdminIds(services: Services, tenant: TenantId): Promise<Set<PersonId>> {
  const byTenant = adminIds.get(services) ?? new Map<TenantId, Promise<Set<PersonId>>>();
  adminIds.set(services, byTenant);
  let ids = byTenant.get(tenant);
  if (!ids) {
    ids = lookUpAdmins(services, tenant);
    byTenant.set(tenant, ids);
    ids.catch(() => byTenant.delete(tenant));
  }
  return ids.catch(() => new Set(services.namedAdmins.filter((name) => guid.test(name))));
}

async function lookUpAdmins(services: Services, tenant: TenantId): Promise<Set<PersonId>> {
  const ids = new Set<PersonId>();
  for (const name of services.namedAdmins) {
    if (guid.test(name)) ids.add(name);
    else {
      const found = await services.directory.findPeople(tenant, name);
      const same = found.find((person) => person.signInName.toLowerCase() === name.toLowerCase());
      if (same) ids.add(same.id);
      else services.log.warn('an ADMINS entry names nobody in the directory');
    }
  }
  return ids;
}

function isNews(who: Verified, person: PersonDoc | undefined): boolean {
  if (!person) return true;
  const { chat } = who;
  return (
    (who.name !== '' && person.name !== who.name) ||
    (who.teamsId !== undefined && person.teamsId !== who.teamsId) ||
    (who.serviceUrl !== undefined && person.serviceUrl !== who.serviceUrl) ||
    (who.timeZone !== undefined && person.timeZone !== who.timeZone) ||
    (chat !== undefined && (person.chat?.conversation !== chat.conversation || person.unreachableSince !== undefined))
  );
}

/** Keeps how to reach a person. A write that loses against another is tried once more, then left to the next activity. */
export async function remember(services: Services, who: Verified): Promise<void> {
  await updatePerson(services, who.tenant, who.id, (before) => ({
    ...before,
    name: who.name || before.name,
    ...(who.teamsId ? { teamsId: who.teamsId } : {}),
    ...(who.serviceUrl ? { serviceUrl: who.serviceUrl } : {}),
    ...(who.timeZone ? { timeZone: who.timeZone } : {}),
    ...(who.chat ? { chat: who.chat, unreachableSince: undefined } : {}),
  }));
}

/** Changes one person's document, making it when there is none. False when it kept changing under us. */
export async function updatePerson(
  services: Services,
  tenant: TenantId,
  id: PersonId,
  next: (before: PersonDoc) => PersonDoc,
): Promise<boolean> {
  const { people } = services.collections;
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = await people.get(tenant, id);
    const doc = next(before ?? { tenant, id, version: 0, name: '', outbox: [] });
    const written = before
      ? await people.replace({ ...doc, version: before.version + 1 }, before.version)
      : await people.insert({ ...doc, version: 1 });
    if (written) return true;
  }
  return false;
}
