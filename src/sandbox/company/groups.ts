import { GraphNo, notFound, type Reply } from './answer.js';
import { paged } from './paging.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';
import { groupRow, type Row, selected, userDefaults, userRow } from './rows.js';
import type { CompanyGroup } from './state.js';
import { castNeedsHeader, narrowed } from './users.js';

export function listGroups(parts: Parts, request: GraphRequest): Reply {
  const { directory, limits } = parts;
  const rows = narrowed(
    request,
    directory.groups().map((group) => shownGroup(parts, group)),
  );
  const select = request.options.get('$select');
  return paged(
    request,
    rows.map((row) => selected(row, select)),
    limits.page,
    'groups',
  );
}

export function oneGroup(parts: Parts, request: GraphRequest, id: string): Reply {
  const group = parts.directory.group(id) ?? missing(id);
  return { status: 200, body: selected(shownGroup(parts, group), request.options.get('$select')) };
}

/** Without a cast the list also holds groups, as Graph's does. */
export function groupMembers(
  { directory, faults, limits, world }: Parts,
  request: GraphRequest,
  id: string,
  { nested, cast }: { nested: boolean; cast: string | undefined },
): Reply {
  const group = directory.group(id) ?? missing(id);
  castNeedsHeader(request, cast, 'microsoft.graph.user');
  const select = request.options.get('$select');
  const hidden = faults.hidden.get(id);
  if (hidden === 'denied') throw new GraphNo(403, 'Authorization_RequestDenied', 'Insufficient privileges.');
  if (hidden) return paged(request, [], limits.page, 'directoryObjects');
  const people: Row[] = directory.membersOf(group, nested).map((person) => ({
    '@odata.type': '#microsoft.graph.user',
    ...selected(userRow(person), select, userDefaults),
  }));
  const inside = cast === undefined ? group.groups.flatMap((child) => directory.group(child) ?? []) : [];
  const groups: Row[] = inside.map((child: CompanyGroup) => ({
    '@odata.type': '#microsoft.graph.group',
    ...known(groupRow(child, world), select),
  }));
  return paged(request, narrowed(request, [...people, ...groups]), limits.page, 'directoryObjects');
}

/** In a mixed list a field that the kind does not have is left out rather than refused. */
function known(row: Row, select: string | undefined): Row {
  const names = select?.split(',').filter((name) => Object.hasOwn(row, name));
  return selected(row, names?.join(','));
}

/** A group's fields, as Graph has them. */
export function shownGroup({ world, faults }: Parts, group: CompanyGroup): Row {
  const row = groupRow(group, world);
  return faults.hidden.has(group.id) ? { ...row, visibility: 'HiddenMembership' } : row;
}

function missing(id: string): never {
  throw notFound(id);
}
