import { DirectoryDown } from '../../directory/directory.js';
import { AskedTooMuch } from '../../directory/fair.js';
import type { GroupId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';
import { type Authenticated, updatePerson } from './actor.js';
import type { AsOf } from './memberships.js';

/** How long a person's groups may be old for lists, `show` and buttons. */
export const groupsFreshMs = 5 * 60_000;
/** After a directory that does not answer, the next in line are not kept waiting for it. */
export const troubleMs = 15_000;

export type Groups = {
  groups: GroupId[];
  /** Set when the directory does not answer and these are older than they should be. */
  asOf?: AsOf;
};

/**
 * A person's groups, for showing: those that are followed, at most two minutes old (`followed.ts`). Where groups are not
 * followed, asked for this person and at most five minutes old: kept with them in the store, so that all processes share
 * them. When the directory does not answer, the last known ones, with the time they are from.
 */
export async function groupsFor(
  services: Needs<'collections' | 'directory' | 'clock' | 'memberships' | 'followed' | 'later'>,
  by: Authenticated,
): Promise<Groups> {
  const { actor, person } = by;
  const followed = await services.followed.groups(actor.tenant);
  if (followed) return { groups: followed.groupsOf(actor.id) };
  const now = services.clock();
  const known = person?.groups && person.groupsAt ? { groups: person.groups, at: person.groupsAt } : undefined;
  if (known && now.getTime() - known.at.getTime() < groupsFreshMs) return { groups: known.groups };
  const stale: Groups = { groups: known?.groups ?? [], asOf: known?.at ?? 'never' };
  const { troubles } = services.memberships;
  if ((troubles.get(actor.tenant) ?? now) > now) return stale;
  try {
    return { groups: await askOnce(services, by, now) };
  } catch (error) {
    if (!(error instanceof DirectoryDown)) throw error;
    // That one person asked too much is no trouble of the directory's, and nobody else's.
    if (!(error instanceof AskedTooMuch)) troubles.set(actor.tenant, new Date(now.getTime() + troubleMs));
    return stale;
  }
}

/** Several questions of one person at the same time are one question to the directory. */
function askOnce(
  services: Needs<'collections' | 'directory' | 'memberships' | 'later'>,
  { actor }: Authenticated,
  now: Date,
): Promise<GroupId[]> {
  const { tenant, id } = actor;
  return services.memberships.asking(`${tenant}|${id}`, async () => {
    const found = await services.directory.groupsOf(tenant, id);
    services.later('keep groups', () =>
      updatePerson(services, tenant, id, (doc) => ({
        ...doc,
        name: doc.name || actor.name,
        groups: found,
        groupsAt: now,
      })),
    );
    return found;
  });
}
