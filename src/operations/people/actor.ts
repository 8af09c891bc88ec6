import { isDeepStrictEqual } from 'node:util';
import type { Reach } from '../../platform/activity.js';
import type { Actor, PersonId, TenantId } from '../../rules/types.js';
import type { PersonDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

/** Who an activity is from, after the front door believed it, or who the tab's token names. */
export type Verified = {
  tenant: TenantId;
  id: PersonId;
  /** Empty when nothing said it. */
  name: string;
  timeZone?: string;
  /** How they are reached, with their personal chat when the activity came from there; the tab's token does not say. */
  reach?: Reach;
};

export type Authenticated = { actor: Actor; person: PersonDoc | undefined };

/** The only maker of an `Actor`: role and admin flag come from the store and the settings, never from the activity. */
export async function authenticate(
  services: Needs<'collections' | 'policies' | 'admins' | 'later'>,
  who: Verified,
): Promise<Authenticated> {
  const person = await services.collections.people.get(who.tenant, who.id);
  const policy = await services.policies.of(who.tenant);
  const admin = await services.admins.has(who.tenant, who.id);
  const actor: Actor = {
    tenant: who.tenant,
    id: who.id,
    name: who.name || person?.name || 'Someone',
    role: person?.role ?? policy.defaultRole,
    admin,
    groups: [],
    timeZone: who.timeZone ?? person?.timeZone ?? policy.timeZone,
  };
  if (isNews(who, person)) services.later('remember person', () => remember(services, who));
  return { actor, person };
}

function isNews({ name, timeZone, reach = {} }: Verified, person: PersonDoc | undefined): boolean {
  if (!person) return true;
  return (
    (name !== '' && person.name !== name) ||
    (timeZone !== undefined && person.timeZone !== timeZone) ||
    (reach.chat !== undefined && person.unreachableSince !== undefined) ||
    !isDeepStrictEqual({ ...person, ...reach }, person)
  );
}

/** Keeps how to reach a person. */
export async function remember(services: Needs<'collections'>, who: Verified): Promise<void> {
  await updatePerson(services, who.tenant, who.id, (before) => ({
    ...before,
    name: who.name || before.name,
    ...(who.timeZone ? { timeZone: who.timeZone } : {}),
    ...who.reach,
    ...(who.reach?.chat ? { unreachableSince: undefined } : {}),
  }));
}

/** Changes one person's document, making it when there is none. @throws KeptChanging */
export async function updatePerson(
  services: Needs<'collections'>,
  tenant: TenantId,
  id: PersonId,
  next: (before: PersonDoc) => PersonDoc,
): Promise<void> {
  await update(services.collections.people, tenant, id, (before) =>
    next(before ?? { tenant, id, version: 0, name: '', outbox: [] }),
  );
}
