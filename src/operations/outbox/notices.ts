import type { Notice, OutboxEntry, PersonId, PersonName, Profile, TenantId } from '../../rules/types.js';
import type { PersonDoc } from '../../store/collections.js';
import { decidersOfTenant } from '../answers/claims.js';
import type { Needs, Told } from '../core/parts.js';
import { arrivesMs, invite } from './invite.js';
import { keepTold } from './told.js';

type NoticeEntry = Extract<OutboxEntry, { kind: 'notice' }>;

/** How many members of a group are told one by one; a bigger group hears of it where it talks. */
const groupTellLimit = 50;
/** After this many tries a notice is given up: it counts as not reached. */
const triesLimit = 8;
/** The wait doubles with each try, up to an hour, and is never shorter than the channel asked for. */
const firstWaitMs = 30_000;
const longestWaitMs = 3_600_000;

/**
 * Tells whom a notice is for, each once, and writes into the history who was told. Gives the entry back, with when to
 * try again, while somebody could not be told yet.
 */
export async function tellNotice(
  services: Needs<'collections' | 'directory' | 'clock' | 'log' | 'admins' | 'records' | 'once' | 'tell' | 'install'>,
  tenant: TenantId,
  entry: NoticeEntry,
  profile: Profile | undefined,
): Promise<NoticeEntry | undefined> {
  const [told, missed] = [new Set(entry.told), new Set(entry.missed)];
  let again: Date | undefined;
  const tell = async (people: readonly PersonName[]) => {
    for (const { id, name } of people) {
      const result = await tellOnce(services, tenant, id, entry);
      if (result.kind === 'later') again = result.at;
      else (result.kind === 'told' ? told : missed).add(name);
    }
  };
  await tell(await peopleToTell(services, tenant, entry.notice));
  if (entry.notice.orManagers && missed.size > 0) await tell(await managersToTell(services, tenant, entry.notice));
  const tries = (entry.tries ?? 0) + 1;
  if (again && tries < triesLimit) {
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1));
    const after = new Date(Math.max(again.getTime(), services.clock().getTime() + wait));
    return { ...entry, tries, after, told: [...told], missed: [...missed] };
  }
  if (again) services.log.warn({ entry: entry.id }, 'a notice was given up after many tries');
  if (profile) await keepTold(services, profile, entry.id, { told: [...told], missed: [...missed] });
  return undefined;
}

/** One person, one notice, once. Told twice only when the process stops between the message and the mark of it. */
function tellOnce(
  services: Needs<'collections' | 'clock' | 'once' | 'tell' | 'install'>,
  tenant: TenantId,
  person: PersonId,
  entry: NoticeEntry,
): Promise<Told> {
  const key = `notice:${entry.id}:${person}`;
  const work = () => tellOrInvite(services, tenant, person, entry.notice, key);
  return services.once(tenant, key, work, { isDone: ({ kind }) => kind !== 'later' });
}

async function tellOrInvite(
  services: Needs<'collections' | 'clock' | 'once' | 'tell' | 'install'>,
  tenant: TenantId,
  person: PersonId,
  notice: Notice,
  id: string,
) {
  const told = await services.tell(tenant, person, notice, id);
  if (told.kind !== 'unreachable' || !(await invite(services, tenant, person))) return told;
  return { kind: 'later' as const, at: new Date(services.clock().getTime() + arrivesMs) };
}

async function peopleToTell(services: Needs<'collections' | 'directory'>, tenant: TenantId, notice: Notice) {
  const { to, from, topic } = notice;
  const { people } = services.collections;
  const wants = ({ quiet = [] }: Partial<PersonDoc>) => !topic || !quiet.includes(topic);
  if ('person' in to) {
    if (to.person === from) return [];
    const person = await people.get(tenant, to.person);
    if (person && !wants(person)) return [];
    return [{ id: to.person, name: person?.name || 'someone who never spoke with me' }];
  }
  const members = await services.directory.members(tenant, to.group, groupTellLimit + 1);
  if (members.length > groupTellLimit) return [];
  const known = await people.find(tenant, { id: { in: members.map(({ id }) => id) } });
  return known.filter((person) => person.id !== from && person.teamsId && wants(person));
}

async function managersToTell(
  services: Needs<'collections' | 'admins'>,
  tenant: TenantId,
  { from }: Notice,
): Promise<PersonName[]> {
  const [managers, admins] = await decidersOfTenant(services, tenant);
  const ids = (managers.length > 0 ? managers : admins).filter((id) => id !== from);
  return services.collections.people.find(tenant, { id: { in: ids } }, { limit: groupTellLimit });
}
