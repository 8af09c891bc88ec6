import { DirectoryDown, type MemberCount } from '../../directory/directory.js';
import type { Principal, TenantId } from '../../rules/types.js';
import type { Counts, Effect } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

/**
 * How many people these principals reach together, each once. With a group that is too big to be read, the numbers are
 * added up and not exact. Undefined for nobody. @throws DirectoryDown
 */
export async function effectOf(
  services: Needs<'reaches'>,
  tenant: TenantId,
  who: readonly Principal[],
): Promise<Effect | undefined> {
  if (who.length === 0) return undefined;
  if (who.some(({ kind }) => kind === 'everyone'))
    return ownPeople((await services.reaches.of(tenant, 'everyone')).count);
  const guestById = new Map<string, boolean>();
  const big: MemberCount[] = [];
  const hidden: string[] = [];
  const groups = who.flatMap((one) => (one.kind === 'group' ? one : []));
  const reached = await Promise.all(
    groups.map(async ({ id, name }) => ({ name, ...(await services.reaches.of(tenant, id)) })),
  );
  for (const { name, count, members } of reached) {
    if (count.hidden) hidden.push(name);
    else if (members) for (const { id, guest } of members) guestById.set(id, guest);
    else big.push(count);
  }
  for (const one of who) {
    if (one.kind === 'person' && !guestById.has(one.id)) guestById.set(one.id, one.guest === true);
  }
  const guests = [...guestById.values()].filter(Boolean).length;
  return {
    people: big.reduce((sum, count) => sum + count.people, guestById.size),
    guests: big.reduce((sum, count) => sum + count.guests, guests),
    exact: big.length === 0,
    ...(hidden.length > 0 ? { hidden } : {}),
  };
}

/** `everyone` does not mean guests. */
const ownPeople = ({ people, guests, about }: MemberCount): Effect => ({
  people: people - guests,
  guests: 0,
  exact: !about,
});

/** "12 people, 2 of them guests"; "about 3,000 people"; "an unknown number of people (hidden members)". */
export function countWords(effect: Effect): string {
  if (isUnknown(effect)) return unknownWords;
  return `${peopleWords(effect)}${guestWords(effect)}${hiddenWords(effect)}`;
}

/** "12 people gain access, 2 of them guests" */
export const gainWords = (effect: Effect): string => accessWords(effect, 'gain');

/** "12 people lose access, 2 of them guests" */
export const loseWords = (effect: Effect): string => accessWords(effect, 'lose');

function accessWords(effect: Effect, verb: 'gain' | 'lose'): string {
  if (isUnknown(effect)) return `A${unknownWords.slice(1)} ${verb}s access`;
  const does = effect.people === 1 ? `${verb}s` : verb;
  return `${peopleWords(effect)} ${does} access${guestWords(effect)}${hiddenWords(effect)}`;
}

/** What somebody who shares with a group should know where its members are hidden from this bot. */
export const hiddenNotes = ({ hidden = [] }: Effect): string[] =>
  hidden.map(
    (name) =>
      `Who is in ${name} is hidden from this bot, so its members may not see this profile. An administrator can grant it Member.Read.Hidden.`,
  );

const unknownWords = 'an unknown number of people (hidden members)';
const isUnknown = ({ people, hidden }: Effect) => people === 0 && hidden !== undefined;
const hiddenWords = ({ hidden }: Effect) => (hidden ? ', and an unknown number (hidden members)' : '');
const number = (count: number) => count.toLocaleString('en-GB');
const peopleWords = ({ people, exact }: Effect) =>
  `${exact ? '' : 'about '}${number(people)} ${people === 1 ? 'person' : 'people'}`;

function guestWords({ people, guests }: Effect): string {
  if (guests === 0) return '';
  if (people === 1) return ', a guest';
  return `, ${number(guests)} of them ${guests === 1 ? 'a guest' : 'guests'}`;
}

/** How long a card waits for counts that are only good to know. */
const patienceMs = 1_500;
const countedGroups = 6;

/** Counts of groups for a card that is shown anyway: what the directory does not say in time is left out. */
export async function countsOf(
  services: Needs<'reaches'>,
  tenant: TenantId,
  who: readonly Principal[],
): Promise<Counts> {
  const wanted = who.filter(({ kind }) => kind !== 'person').slice(0, countedGroups);
  const counted = wanted.map(async (one) => {
    const found = await inTime(effectOf(services, tenant, [one]));
    return found ? [[one.kind === 'group' ? one.id : 'everyone', found] as const] : [];
  });
  return Object.fromEntries((await Promise.all(counted)).flat());
}

/** What a share reaches, where it names more than people; undefined as well when the directory does not say it in time. */
export async function sharedEffect(services: Needs<'reaches'>, tenant: TenantId, who: readonly Principal[]) {
  return who.some(({ kind }) => kind !== 'person') ? inTime(effectOf(services, tenant, who)) : undefined;
}

async function inTime<T>(asked: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  const answer = asked.catch((error: unknown) => {
    if (error instanceof DirectoryDown) return undefined;
    throw error;
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
