import { z } from 'zod';
import type { GroupId, TenantId } from '../rules/types.js';
import type { Call } from './client.js';
import { LinkTooOld, readDelta } from './delta.js';
import type { GroupChange, GroupChanges } from './directory.js';
import { directoryIds } from './ids.js';
import { pages, rows } from './pages.js';
import { quoted, withQuery } from './query.js';
import { retryPolicies } from './retryPolicy.js';

/** Graph filters a delta by no more ids: https://learn.microsoft.com/graph/api/group-delta */
export const groupsPerLink = 50;

const member = z.object({ id: z.string(), '@odata.type': z.string(), '@removed': z.unknown().optional() });
const entry = z.object({
  id: z.string(),
  visibility: z.string().nullish(),
  '@removed': z.unknown().optional(),
  'members@delta': z.array(z.unknown()).optional(),
});

type Move = 'in' | 'out';
type Moves = Map<string, Set<Move>>;
type Seen = { gone: boolean; hidden: boolean; people: Moves; groups: Moves };

/**
 * Who joined and left these groups directly since `link`; without a link, and when it is too old, everyone in them
 * (`whole`). Of groups in groups only the direct ones are named: whoever follows nested ones names them too.
 * https://learn.microsoft.com/graph/delta-query-groups
 */
export async function groupChanges(
  call: Call,
  tenant: TenantId,
  groups: readonly GroupId[],
  link: string | undefined,
): Promise<GroupChanges> {
  const since = link === undefined ? undefined : await sinceLink(call, tenant, link);
  const { seen, link: next } = since ?? (await readRound(call, tenant, firstPath(groups)));
  const changes = [...seen].map(([id, one]) => settle(call, tenant, id, one));
  return { changes: await Promise.all(changes), link: next, whole: since === undefined };
}

function firstPath(groups: readonly GroupId[]): string {
  const filter = directoryIds(groups)
    .slice(0, groupsPerLink)
    .map((id) => `id eq ${quoted(id)}`);
  return withQuery('/groups/delta', { select: 'visibility,members', filter: filter.join(' or ') });
}

function sinceLink(call: Call, tenant: TenantId, link: string) {
  return readRound(call, tenant, link).catch((error: unknown) => {
    if (error instanceof LinkTooOld) return undefined;
    throw error;
  });
}

/** A big group comes in several rows, in no order, and may repeat itself. */
async function readRound(call: Call, tenant: TenantId, path: string) {
  const seen = new Map<GroupId, Seen>();
  const link = await readDelta(call, tenant, path, (value) => {
    for (const row of rows(value, entry)) note(seen, row);
  });
  return { seen, link };
}

function note(seen: Map<GroupId, Seen>, row: z.infer<typeof entry>): void {
  const one = seen.get(row.id) ?? { gone: false, hidden: false, people: new Map(), groups: new Map() };
  seen.set(row.id, one);
  if (row['@removed'] !== undefined) one.gone = true;
  if (row.visibility === 'HiddenMembership') one.hidden = true;
  for (const { id, '@odata.type': type, '@removed': removed } of rows(row['members@delta'] ?? [], member)) {
    const moves = type.endsWith('.user') ? one.people : type.endsWith('.group') ? one.groups : undefined;
    moves?.set(id, (moves.get(id) ?? new Set()).add(removed === undefined ? 'in' : 'out'));
  }
}

/** Graph gives no order: a group in which somebody both joined and left is read as it is now. */
async function settle(
  call: Call,
  tenant: TenantId,
  id: GroupId,
  { gone, hidden, ...moves }: Seen,
): Promise<GroupChange> {
  if (gone || hidden) return { id, state: gone ? 'gone' : 'hidden' };
  const isClear = [...moves.people.values(), ...moves.groups.values()].every(({ size }) => size === 1);
  if (!isClear) return { id, state: 'read', ...(await directMembers(call, tenant, id)) };
  return {
    ...{ id, state: 'moved' },
    people: { in: those(moves.people, 'in'), out: those(moves.people, 'out') },
    groups: { in: those(moves.groups, 'in'), out: those(moves.groups, 'out') },
  };
}

const those = (moves: Moves, move: Move): string[] => [...moves].flatMap(([id, seen]) => (seen.has(move) ? [id] : []));

async function directMembers(call: Call, tenant: TenantId, id: GroupId) {
  const found: { people: string[]; groups: string[] } = { people: [], groups: [] };
  const path = withQuery(`/groups/${id}/members`, { select: 'id', top: 999 });
  for await (const { value } of pages(call, tenant, path, { retryPolicy: retryPolicies.sweep })) {
    for (const { id: one, '@odata.type': type } of rows(value, member)) {
      if (type.endsWith('.user')) found.people.push(one);
      if (type.endsWith('.group')) found.groups.push(one);
    }
  }
  return found;
}
