import { z } from 'zod';
import type { GroupId, PersonId, TenantId } from '../rules/types.js';
import type { Call } from './client.js';
import type { Tag } from './directory.js';
import { isDirectoryId } from './ids.js';
import { pages, rows } from './pages.js';

const tag = z.object({ id: z.string(), displayName: z.string().nullish() });
const tagMember = z.object({ userId: z.string(), tenantId: z.string().nullish() });

/** A team's id is its group's. Empty when the group has no team. */
export async function readTags(call: Call, tenant: TenantId, team: GroupId): Promise<Tag[]> {
  if (!isDirectoryId(team)) return [];
  const found: Tag[] = [];
  for await (const { value } of pages(call, tenant, `/teams/${team}/tags`, {})) {
    for (const { id, displayName } of rows(value, tag)) found.push({ id, name: displayName || id, team });
  }
  return found;
}

/** People of other organisations, who can be in a shared channel's tag, are left out. */
export async function readTagMembers(call: Call, tenant: TenantId, { id, team }: Tag): Promise<PersonId[]> {
  if (!isDirectoryId(team) || !/^[\w+/=#-]{1,512}$/.test(id)) return [];
  const found = new Set<PersonId>();
  for await (const { value } of pages(call, tenant, `/teams/${team}/tags/${encodeURIComponent(id)}/members`, {})) {
    for (const one of rows(value, tagMember)) if (!one.tenantId || one.tenantId === tenant) found.add(one.userId);
  }
  return [...found];
}
