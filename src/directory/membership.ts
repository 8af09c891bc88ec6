import { z } from 'zod';
import type { GroupId, PersonId, TenantId } from '../rules/types.js';
import type { Call } from './client.js';
import { directoryIds, inChunks, isDirectoryId } from './ids.js';
import { acceptedIfFound, pages, rows } from './pages.js';
import { withQuery } from './query.js';

const ids = z.object({ value: z.array(z.unknown()) });
const text = z.string();
const row = z.object({ id: z.string() });

/**
 * Every group of a person, nested ones too, in one call; someone in more than 11,000 is read page by page.
 * https://learn.microsoft.com/graph/api/directoryobject-getmembergroups
 */
export async function groupsOf(call: Call, tenant: TenantId, person: PersonId): Promise<GroupId[]> {
  if (!isDirectoryId(person)) return [];
  const body = { securityEnabledOnly: false };
  const answer = await call(tenant, `/users/${person}/getMemberGroups`, { body });
  if (answer.code === 'Directory_ResultSizeLimitExceeded') return manyGroupsOf(call, tenant, person);
  return rows(acceptedIfFound(answer, ids)?.value ?? [], text);
}

async function manyGroupsOf(call: Call, tenant: TenantId, person: PersonId): Promise<GroupId[]> {
  const options = { select: 'id', top: 999, count: 'true' };
  const path = withQuery(`/users/${person}/transitiveMemberOf/microsoft.graph.group`, options);
  const found = new Set<GroupId>();
  for await (const { value } of pages(call, tenant, path, { advanced: true })) {
    for (const { id } of rows(value, row)) found.add(id);
  }
  return [...found];
}

/** Which of `groups` the person is in, nested too. Graph takes 20 a time; ids of groups that are gone are not returned. */
export async function memberOf(
  call: Call,
  tenant: TenantId,
  person: PersonId,
  groups: readonly GroupId[],
): Promise<GroupId[]> {
  if (!isDirectoryId(person)) return [];
  const asked = directoryIds(groups);
  const answers = inChunks(asked, 20).map(async (groupIds) => {
    const answer = await call(tenant, `/users/${person}/checkMemberGroups`, { body: { groupIds } });
    return rows(acceptedIfFound(answer, ids)?.value ?? [], text);
  });
  const confirmed = new Set((await Promise.all(answers)).flat().map((id) => id.toLowerCase()));
  return asked.filter((id) => confirmed.has(id.toLowerCase()));
}
