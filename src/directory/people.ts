import { z } from 'zod';
import type { PersonId, TenantId } from '../rules/types.js';
import type { Call } from './client.js';
import type { DirectoryPerson } from './directory.js';
import { directoryIds, inChunks, isDirectoryId } from './ids.js';
import { accepted, acceptedIfFound, pages, rows } from './pages.js';
import { isHopeless, looksLikeMail, quoted, search, typedWords, withQuery } from './query.js';
import { byCloseness } from './sorting.js';

export const personFields =
  'id,displayName,userPrincipalName,mail,mailNickname,userType,accountEnabled,jobTitle,department';

const text = z.string().nullish();
const user = z.object({
  id: z.string(),
  displayName: text,
  userPrincipalName: text,
  mail: text,
  mailNickname: text,
  userType: text,
  accountEnabled: z.boolean().nullish(),
  jobTitle: text,
  department: text,
});
type User = z.infer<typeof user>;
const list = z.object({ value: z.array(z.unknown()) });

/** With fewer than 20 rows asked for, a search costs one resource unit. */
const found = 19;

/**
 * People whose name, mail or sign-in name has the words, in any order and unfinished; the closest first, disabled ones last.
 * The search index can lag behind the directory, so an exact name or address is asked for besides, where it is live.
 */
export async function findPeople(call: Call, tenant: TenantId, typed: string): Promise<DirectoryPerson[]> {
  const words = typedWords(typed);
  if (isHopeless(words)) return [];
  const [exact, near] = await Promise.all([
    readUsers(call, tenant, { filter: exactly(words) }, false),
    searchUsers(call, tenant, words),
  ]);
  const byId = new Map([...near, ...exact].map((one) => [one.id, one]));
  const close = byCloseness<User>(words, (one) => [one.displayName, one.mail, one.userPrincipalName, one.mailNickname]);
  return [...byId.values()].sort(close).sort(disabledLast).map(asPerson);
}

async function searchUsers(call: Call, tenant: TenantId, words: string): Promise<User[]> {
  const isWord = !words.includes(' ');
  const asked = search(words, isWord ? ['displayName', 'mail', 'userPrincipalName'] : ['displayName']);
  return asked === undefined ? [] : readUsers(call, tenant, { search: asked }, true);
}

function exactly(words: string): string {
  const value = quoted(words);
  if (looksLikeMail(words)) return `mail eq ${value} or userPrincipalName eq ${value}`;
  return `displayName eq ${value} or mailNickname eq ${value}`;
}

async function readUsers(call: Call, tenant: TenantId, options: Record<string, string>, advanced: boolean) {
  const path = withQuery('/users', { ...options, select: personFields, top: found });
  return rows(accepted(await call(tenant, path, { advanced }), list).value, user);
}

export async function person(call: Call, tenant: TenantId, id: PersonId): Promise<DirectoryPerson | undefined> {
  if (!isDirectoryId(id)) return undefined;
  const read = acceptedIfFound(await call(tenant, withQuery(`/users/${id}`, { select: personFields })), user);
  return read && asPerson(read);
}

/** Graph takes at most 15 values in one filter. Unknown and deleted people are left out. */
export async function people(call: Call, tenant: TenantId, ids: readonly PersonId[]): Promise<DirectoryPerson[]> {
  const chunks = inChunks(directoryIds(ids), 15);
  const read = chunks.map((chunk) =>
    readUsers(call, tenant, { filter: `id in (${chunk.map(quoted).join(',')})` }, false),
  );
  return (await Promise.all(read)).flat().map(asPerson);
}

export async function isEnabled(call: Call, tenant: TenantId, id: PersonId): Promise<boolean> {
  if (!isDirectoryId(id)) return false;
  const read = acceptedIfFound(await call(tenant, withQuery(`/users/${id}`, { select: 'id,accountEnabled' })), user);
  return read?.accountEnabled === true;
}

/** The first `limit` people of a list of users, each once. */
export async function readPeople(call: Call, tenant: TenantId, path: string, limit: number) {
  const byId = new Map<PersonId, DirectoryPerson>();
  if (limit < 1) return [];
  for await (const { value } of pages(call, tenant, path, { advanced: true })) {
    for (const one of rows(value, user)) if (byId.size < limit) byId.set(one.id, asPerson(one));
    if (byId.size >= limit) break;
  }
  return [...byId.values()];
}

function asPerson(read: User): DirectoryPerson {
  const signInName = read.userPrincipalName ?? '';
  return {
    id: read.id,
    name: read.displayName || signInName || read.id,
    ...(read.mail ? { mail: read.mail } : {}),
    signInName,
    ...(read.department ? { department: read.department } : {}),
    ...(read.jobTitle ? { jobTitle: read.jobTitle } : {}),
    guest: read.userType === 'Guest',
    enabled: read.accountEnabled === true,
  };
}

function disabledLast(one: User, other: User): number {
  return Number(one.accountEnabled !== true) - Number(other.accountEnabled !== true);
}
