import { z } from 'zod';
import type { GroupId, PersonId, TenantId } from '../rules/types.js';
import type { Call } from './client.js';
import { DirectoryDown, type DirectoryGroup, type DirectoryPerson, type MemberCount, type Reach } from './directory.js';
import { isDirectoryId } from './ids.js';
import { accepted, acceptedIfFound, pages, rows } from './pages.js';
import { personFields, readPeople } from './people.js';
import { isHopeless, looksLikeMail, quoted, search, typedWords, withQuery } from './query.js';
import { byCloseness } from './sorting.js';

const groupFields =
  'id,displayName,mailNickname,mail,groupTypes,securityEnabled,mailEnabled,resourceProvisioningOptions';

const text = z.string().nullish();
const group = z.object({
  id: z.string(),
  displayName: text,
  mailNickname: text,
  mail: text,
  groupTypes: z.array(z.string()).nullish(),
  securityEnabled: z.boolean().nullish(),
  mailEnabled: z.boolean().nullish(),
  resourceProvisioningOptions: z.array(z.string()).nullish(),
});
type Group = z.infer<typeof group>;
const list = z.object({ value: z.array(z.unknown()) });
const member = z.object({ id: z.string(), userType: text });

/** Distribution lists are found too and left out here, so more rows are asked for than are shown. */
const found = 50;

/** Microsoft 365 and security groups whose name, alias or address has the words; the closest first. */
export async function findGroups(call: Call, tenant: TenantId, typed: string): Promise<DirectoryGroup[]> {
  const words = typedWords(typed);
  if (isHopeless(words)) return [];
  const [exact, near] = await Promise.all([
    readGroups(call, tenant, { filter: exactly(words) }, false),
    searchGroups(call, tenant, words),
  ]);
  const byId = new Map([...near, ...exact].filter(canBeShared).map((one) => [one.id, one]));
  const close = byCloseness<Group>(words, (one) => [one.displayName, one.mailNickname, one.mail]);
  return [...byId.values()].sort(close).map(asGroup);
}

async function searchGroups(call: Call, tenant: TenantId, words: string): Promise<Group[]> {
  const isWord = !words.includes(' ');
  const asked = search(words, isWord ? ['displayName', 'mailNickname', 'mail'] : ['displayName']);
  return asked === undefined ? [] : readGroups(call, tenant, { search: asked }, true);
}

function exactly(words: string): string {
  const value = quoted(words);
  if (looksLikeMail(words)) return `mail eq ${value}`;
  return `displayName eq ${value} or mailNickname eq ${value}`;
}

async function readGroups(call: Call, tenant: TenantId, options: Record<string, string>, advanced: boolean) {
  const path = withQuery('/groups', { ...options, select: groupFields, top: found });
  return rows(accepted(await call(tenant, path, { advanced }), list).value, group);
}

/** Undefined for a distribution list as well: nothing is shared with one. */
export async function readGroup(call: Call, tenant: TenantId, id: GroupId): Promise<DirectoryGroup | undefined> {
  if (!isDirectoryId(id)) return undefined;
  const read = acceptedIfFound(await call(tenant, withQuery(`/groups/${id}`, { select: groupFields })), group);
  return read && canBeShared(read) ? asGroup(read) : undefined;
}

/** Devices, contacts and groups in a group are not people: the cast leaves them out, on Graph's side. */
function usersOf(id: GroupId, select: string, top: number): string {
  return withQuery(`/groups/${id}/transitiveMembers/microsoft.graph.user`, { select, top, count: 'true' });
}

/** Bigger groups are not read, only counted: somebody is waiting for the answer. */
const mostRead = 2_000;

/**
 * Whom a group reaches: everyone in it by three calls at most, or of a big one how many they are by two. A group whose
 * members are hidden shows nobody, or says no, as if it were empty: then one more call tells which it is.
 */
export async function reach(call: Call, tenant: TenantId, id: GroupId): Promise<Reach> {
  if (!isDirectoryId(id)) return nobody;
  const found = await readReach(call, tenant, id).catch((error: unknown) => {
    if (error instanceof DirectoryDown && error.reason === 'not-allowed') return error;
    throw error;
  });
  if (!(found instanceof DirectoryDown) && found.count.people > 0) return found;
  if (await hidesMembers(call, tenant, id)) return { count: { people: 0, guests: 0, hidden: true } };
  if (found instanceof DirectoryDown) throw found;
  return found;
}

const nobody: Reach = { count: { people: 0, guests: 0 }, members: [] };

async function readReach(call: Call, tenant: TenantId, id: GroupId): Promise<Reach> {
  const guestById = new Map<PersonId, boolean>();
  for await (const { value, count } of pages(call, tenant, usersOf(id, 'id,userType', 999), { advanced: true })) {
    if (count !== undefined && count > mostRead) {
      return { count: { people: count, guests: await countGuests(call, tenant, id), about: true } };
    }
    for (const one of rows(value, member)) guestById.set(one.id, one.userType === 'Guest');
  }
  const members = [...guestById].map(([person, guest]) => ({ id: person, guest }));
  return { count: { people: members.length, guests: members.filter(({ guest }) => guest).length }, members };
}

const seen = z.object({ visibility: text });

/** https://learn.microsoft.com/graph/api/resources/group: `Member.Read.Hidden` shows them all the same. */
async function hidesMembers(call: Call, tenant: TenantId, id: GroupId): Promise<boolean> {
  const read = acceptedIfFound(await call(tenant, withQuery(`/groups/${id}`, { select: 'visibility' })), seen);
  return read?.visibility === 'HiddenMembership';
}

const counted = z.object({ '@odata.count': z.number().int().nonnegative() });

/** A directory that does not filter members counts no guests apart: better than no count at all. */
async function countGuests(call: Call, tenant: TenantId, id: GroupId): Promise<number> {
  const path = withQuery(`/groups/${id}/transitiveMembers/microsoft.graph.user`, {
    filter: "userType eq 'Guest'",
    select: 'id,userType',
    top: 1,
    count: 'true',
  });
  const answer = await call(tenant, path, { advanced: true });
  return answer.status === 400 ? 0 : accepted(answer, counted)['@odata.count'];
}

export async function members(call: Call, tenant: TenantId, id: GroupId, limit: number): Promise<DirectoryPerson[]> {
  if (!isDirectoryId(id)) return [];
  return readPeople(call, tenant, usersOf(id, personFields, Math.max(1, Math.min(limit, 999))), limit);
}

/** Enabled people of the tenant; the count is the index's and can lag. */
export async function countEveryone(call: Call, tenant: TenantId): Promise<MemberCount> {
  const count = async (filter: string) => {
    const path = withQuery('/users', { filter, select: 'id', top: 1, count: 'true' });
    return accepted(await call(tenant, path, { advanced: true }), counted)['@odata.count'];
  };
  const enabled = 'accountEnabled eq true';
  const [people, guests] = await Promise.all([count(enabled), count(`${enabled} and userType eq 'Guest'`)]);
  return { people, guests };
}

function isMicrosoft365(read: Group): boolean {
  return read.groupTypes?.includes('Unified') === true;
}

function canBeShared(read: Group): boolean {
  return isMicrosoft365(read) || read.securityEnabled === true;
}

function asGroup(read: Group): DirectoryGroup {
  return {
    id: read.id,
    name: read.displayName || read.mailNickname || read.id,
    ...(read.mailNickname ? { alias: read.mailNickname } : {}),
    ...(read.mail ? { mail: read.mail } : {}),
    kind: isMicrosoft365(read) ? 'microsoft365' : 'security',
    isTeam: read.resourceProvisioningOptions?.includes('Team') === true,
  };
}
