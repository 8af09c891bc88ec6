import type { ConversationRef } from '../../platform/activity.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import type { PersonDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { updatePerson } from './actor.js';

/** A person as this bot knows them: role, and how they are reached. */
export type Person = PersonDoc;

/** Undefined for somebody the bot has never met. */
export function personOf(services: Needs<'collections'>, tenant: TenantId, id: PersonId): Promise<Person | undefined> {
  return services.collections.people.get(tenant, id);
}

/** Keeps where to write to somebody alone. */
export function keepChat(services: Needs<'collections'>, person: Person, chat: ConversationRef): Promise<void> {
  return updatePerson(services, person.tenant, person.id, (before) => ({ ...before, chat }));
}

/** A message to them was refused for good: notes it, so that they are not tried forever. */
export function noteUnreachable(
  services: Needs<'collections' | 'clock'>,
  { tenant, id }: { tenant: TenantId; id: PersonId },
): Promise<void> {
  const now = services.clock();
  return updatePerson(services, tenant, id, (before) => ({ ...before, unreachableSince: now }));
}

/** Notes that somebody is welcomed, and says whether it is the first time: events of an install come twice and in any order. */
export async function noteWelcome(
  services: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  id: PersonId,
): Promise<boolean> {
  const noted = await update(services.collections.people, tenant, id, (before) =>
    before?.welcomedAt ? undefined : { name: '', outbox: [], ...before, welcomedAt: services.clock() },
  );
  return noted.kind === 'written';
}

/** The welcome did not arrive: the next event of the install tries again. */
export function forgetWelcome(services: Needs<'collections'>, tenant: TenantId, id: PersonId): Promise<void> {
  return updatePerson(services, tenant, id, ({ welcomedAt: _, ...before }) => before);
}

/** They took the bot out of their chats: who adds it again is welcomed again. */
export function forgetChat(services: Needs<'collections' | 'clock'>, tenant: TenantId, id: PersonId): Promise<void> {
  const now = services.clock();
  return updatePerson(services, tenant, id, ({ chat: _, welcomedAt: __, ...before }) => ({
    ...before,
    unreachableSince: now,
  }));
}
