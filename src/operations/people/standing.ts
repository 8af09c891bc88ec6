import { DirectoryDown } from '../../directory/directory.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Needs } from '../core/parts.js';
import { type Authenticated, updatePerson } from './actor.js';
import { troubleMs } from './groups.js';
import type { Standing } from './memberships.js';

type StandingNeeds = Needs<'collections' | 'directory' | 'clock' | 'memberships' | 'later'>;

/** How old the answer may be for what only shows something; what changes something asks anew. */
const freshMs = 5 * 60_000;

/**
 * What the directory says of them, at most five minutes old: kept with the person in the store, so that all processes
 * share it. While it does not answer, what it said last counts for reading; somebody it never spoke of stays outside.
 * `isNow`: it was asked for this very question. @throws DirectoryDown
 */
export async function standingOf(
  services: StandingNeeds,
  by: Authenticated,
): Promise<{ standing: Standing; isNow: boolean }> {
  const { person, actor } = by;
  const now = services.clock();
  const last = person?.standing;
  if (last && person.standingAt && now.getTime() - person.standingAt.getTime() < freshMs) {
    return { standing: last, isNow: false };
  }
  const { troubles } = services.memberships;
  if (last && (troubles.get(actor.tenant) ?? now) > now) return { standing: last, isNow: false };
  try {
    return { standing: await standingNow(services, by), isNow: true };
  } catch (error) {
    if (!(error instanceof DirectoryDown) || !last) throw error;
    troubles.set(actor.tenant, new Date(now.getTime() + troubleMs));
    return { standing: last, isNow: false };
  }
}

/** Asked of the directory now. Several questions about one person at the same time are one. @throws DirectoryDown */
export function standingNow(
  services: StandingNeeds,
  { actor: { tenant, id, name } }: Authenticated,
): Promise<Standing> {
  return services.memberships.standings(`${tenant}|${id}`, async () => {
    const found = await services.directory.person(tenant, id);
    const standing = !found ? 'unknown' : !found.enabled ? 'disabled' : found.guest ? 'guest' : 'works';
    const standingAt = services.clock();
    services.later('keep standing', () =>
      updatePerson(services, tenant, id, (doc) => ({ ...doc, name: doc.name || name, standing, standingAt })),
    );
    return standing;
  });
}

/** Nobody reads, searches or changes anything unless the directory knows them and their account works. */
export function closedTo(standing: Standing): Refusal | undefined {
  if (standing === 'unknown') return refuse('nobodyThere');
  return standing === 'disabled' ? refuse('disabled') : undefined;
}
