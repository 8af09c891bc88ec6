import { DirectoryDown, type DirectoryPerson } from '../../directory/directory.js';
import { inChunks } from '../../directory/ids.js';
import { activeShares } from '../../rules/access.js';
import type { Heirs } from '../../rules/decision.js';
import { isSystemActor } from '../../rules/entries.js';
import type { GroupId, PersonId, Profile, TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** How many members of one group, and how many old records of one profile, are looked at. */
const membersLimit = 50;
const recordsLimit = 300;
const readTogether = 500;

/** Whom a profile that lost its last owner is offered to: people the bot can write to, from groups, history and roles. */
export async function heirsOf(
  services: Needs<'collections' | 'directory' | 'clock' | 'policies' | 'admins' | 'followed'>,
  profile: Profile,
): Promise<Heirs> {
  const groups = activeShares(profile, services.clock()).flatMap(({ principal }) =>
    principal.kind === 'group' ? principal.id : [],
  );
  const [members, used, managers] = await Promise.all([
    Promise.all(groups.map((group) => knownMembers(services, profile.tenant, group))),
    whoWorkedWith(services, profile),
    managersOf(services, profile.tenant),
  ]);
  const readers = await readersAmong(services, profile.tenant, [...members.flat(), ...used]);
  const mayClaim = (id: PersonId) => !readers.has(id);
  const admins = (await services.admins.of(profile.tenant)).map(({ id }) => id);
  return { members: members.flat().filter(mayClaim), used: used.filter(mayClaim), managers, admins };
}

/** Readers may not work with profiles, so nothing is offered to them. */
async function readersAmong(
  services: Needs<'collections' | 'policies'>,
  tenant: TenantId,
  ids: readonly PersonId[],
): Promise<Set<PersonId>> {
  const { defaultRole } = await services.policies.of(tenant);
  const known = await services.collections.people.find(tenant, { id: { in: [...new Set(ids)] } });
  return new Set(known.filter(({ role }) => (role ?? defaultRole) === 'reader').map(({ id }) => id));
}

/**
 * Members who ever spoke with the bot: of a group that is followed, those who are kept; of another by the groups kept with
 * people, and by the directory, where it answers. Whoever is offered something and has left the group meanwhile is
 * refused when they act.
 */
async function knownMembers(
  services: Needs<'collections' | 'directory' | 'followed'>,
  tenant: TenantId,
  group: GroupId,
): Promise<PersonId[]> {
  const followed = await services.followed.groups(tenant);
  if (followed) return reachableOf(services, tenant, followed.peopleIn(group));
  const { people } = services.collections;
  const listed = await services.directory.members(tenant, group, membersLimit).catch(nobodyWhenDown);
  const kept = await people.find(tenant, { groups: group }, { limit: membersLimit });
  const ids = [...kept, ...listed].map(({ id }) => id);
  return reachableOf(services, tenant, [...new Set(ids)]);
}

/** Looked up some at a time, until there are enough. */
async function reachableOf(
  { collections }: Needs<'collections'>,
  tenant: TenantId,
  ids: readonly PersonId[],
): Promise<PersonId[]> {
  const found: PersonId[] = [];
  for (const some of inChunks(ids, readTogether)) {
    const people = await collections.people.find(tenant, { id: { in: some } });
    for (const { id, teamsId } of people) if (teamsId) found.push(id);
    if (found.length >= membersLimit) break;
  }
  return found.slice(0, membersLimit);
}

function nobodyWhenDown(error: unknown): DirectoryPerson[] {
  if (error instanceof DirectoryDown) return [];
  throw error;
}

/** People in its history, the latest first: what is still in the outbox counts as happened. */
async function whoWorkedWith(services: Needs<'collections'>, profile: Profile): Promise<PersonId[]> {
  const records = await services.collections.audit.find(
    profile.tenant,
    { profileId: profile.id },
    { sort: { at: -1 }, limit: recordsLimit },
  );
  const people = records.filter(({ outcome }) => outcome === 'done').map(({ actor }) => actor.id);
  return [...new Set(people)].filter((id) => !isSystemActor(id));
}

/** Managers; where nobody is one, the admins. */
async function managersOf(services: Needs<'collections' | 'admins'>, tenant: TenantId): Promise<PersonId[]> {
  const managers = await services.collections.people.find(tenant, { role: 'manager' }, { limit: 50 });
  if (managers.length > 0) return managers.map(({ id }) => id);
  return (await services.admins.of(tenant)).map(({ id }) => id);
}
