import { DirectoryDown } from '../../directory/directory.js';
import { inChunks } from '../../directory/ids.js';
import { dayMs, minuteMs } from '../../platform/spans.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import type { PersonDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { type Authenticated, authenticate, updatePerson, type Verified } from './actor.js';
import { troubleMs } from './groups.js';
import type { Standing } from './memberships.js';

type StandingNeeds = Needs<'collections' | 'directory' | 'clock' | 'memberships' | 'followed' | 'later'>;

/** How old the answer may be for what only shows something; what changes something asks anew. */
const freshMs = 5 * minuteMs;
/** While every change since then is known: nobody is believed for longer without being asked for. */
const followedMs = dayMs;
/** Clocks of two processes may differ by less. */
const skewMs = minuteMs;
/** Of those whom there is news of. */
const readTogether = 200;

/**
 * What the directory says of them, at most five minutes old, or up to a day where its list of changes is followed and
 * has not named them since: kept with the person in the store, so that all processes share it. While it does not answer, what it said last counts for reading; somebody it never spoke of stays outside.
 * `isNow`: it was asked for this very question. @throws DirectoryDown
 */
export async function standingOf(
  services: StandingNeeds,
  by: Authenticated,
): Promise<{ standing: Standing; isNow: boolean }> {
  const { person, actor } = by;
  const now = services.clock();
  const last = person?.standing;
  if (last && (await isFresh(services, by, now))) return { standing: last, isNow: false };
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

async function isFresh(services: StandingNeeds, { actor, person }: Authenticated, now: Date): Promise<boolean> {
  const at = person?.standingAt;
  if (!at) return false;
  const age = now.getTime() - at.getTime();
  if (age < freshMs) return true;
  const isIn = person.standing === 'works' || person.standing === 'guest';
  if (!isIn || age >= followedMs) return false;
  const since = await services.followed.peopleSince(actor.tenant);
  return since !== undefined && at.getTime() > since.getTime() + skewMs;
}

/**
 * The directory's list of changes names them: what was asked about them before counts no more, nor an answer that is on
 * its way. Most news are of people who never spoke to the bot, so those who did are looked for together.
 */
export async function hearNews(
  services: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  ids: readonly PersonId[],
): Promise<void> {
  const { people } = services.collections;
  const newsAt = services.clock();
  for (const some of inChunks(ids, readTogether)) {
    for (const person of await people.find(tenant, { id: { in: some } })) {
      await update(people, tenant, person.id, (doc) => doc && heardOf(doc, newsAt), person);
    }
  }
}

const heardOf = ({ standingAt: _, ...rest }: PersonDoc, newsAt: Date) => ({ ...rest, newsAt });

/** Asked of the directory now. Several questions about one person at the same time are one. @throws DirectoryDown */
export function standingNow(
  services: StandingNeeds,
  { actor: { tenant, id, name }, person }: Authenticated,
): Promise<Standing> {
  return services.memberships.standings(`${tenant}|${id}`, async () => {
    const standingAt = services.clock();
    const found = await services.directory.person(tenant, id);
    const standing = !found ? 'unknown' : !found.enabled ? 'disabled' : found.guest ? 'guest' : 'works';
    services.later('keep standing', () =>
      updatePerson(services, tenant, id, (doc) => {
        const isOvertaken = doc.newsAt?.getTime() !== person?.newsAt?.getTime();
        return { ...doc, name: doc.name || name, standing, ...(isOvertaken ? {} : { standingAt }) };
      }),
    );
    return standing;
  });
}

/** Nobody reads, searches or changes anything unless the directory knows them and their account works. */
export function closedTo(standing: Standing): Refusal | undefined {
  if (standing === 'unknown') return refuse('nobodyThere');
  return standing === 'disabled' ? refuse('disabled') : undefined;
}

/** Whether they are an admin whose account works, for what is told to admins without being an operation. */
export async function isWorkingAdmin(
  services: StandingNeeds & Parameters<typeof authenticate>[0],
  who: Verified,
): Promise<boolean> {
  const by = await authenticate(services, who);
  return by.actor.admin && closedTo((await standingOf(services, by)).standing) === undefined;
}
