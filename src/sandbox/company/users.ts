import { initialsPicture } from '../initials.js';
import { badRequest, GraphNo, notFound, type Reply, unsupported } from './answer.js';
import { filterBy } from './filter.js';
import { paged } from './paging.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';
import { groupRow, type Row, selected, userDefaults, userRow } from './rows.js';
import { searchFor } from './search.js';

/** Narrows rows by `$filter` and `$search`. */
export function narrowed(request: GraphRequest, rows: Row[]): Row[] {
  const search = request.options.get('$search');
  const filter = request.options.get('$filter');
  if (search !== undefined && !request.eventual) {
    throw unsupported(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const found = search === undefined ? rows : rows.filter(searchFor(search));
  return filter === undefined ? found : found.filter(filterBy(filter));
}

export function listUsers({ directory, limits }: Parts, request: GraphRequest): Reply {
  const rows = narrowed(request, directory.people().map(userRow));
  const select = request.options.get('$select');
  return paged(
    request,
    rows.map((row) => selected(row, select, userDefaults)),
    limits.page,
    'users',
  );
}

export function oneUser({ directory }: Parts, request: GraphRequest, id: string): Reply {
  const person = directory.person(id) ?? missing(id);
  return { status: 200, body: selected(userRow(person), request.options.get('$select'), userDefaults) };
}

export function photo({ directory }: Parts, id: string): Reply {
  const person = directory.person(id) ?? missing(id);
  return { status: 200, type: 'image/svg+xml', body: initialsPicture(person.name, person.id) };
}

/** Like Graph: the whole list at once, or a "no" when it is too long. */
export function getMemberGroups({ directory, faults, limits }: Parts, request: GraphRequest, id: string): Reply {
  const person = directory.person(id) ?? missing(id);
  const { securityEnabledOnly } = fields(request.body);
  if (typeof securityEnabledOnly !== 'boolean') throw badRequest('securityEnabledOnly is missing.');
  const groups = directory
    .groupsOf(person.id)
    .filter((group) => (!securityEnabledOnly || group.kind === 'security') && !faults.hidden.has(group.id));
  if (groups.length > limits.memberGroups) {
    throw new GraphNo(400, 'Directory_ResultSizeLimitExceeded', 'The result size exceeds the maximum limit.');
  }
  return strings(
    request,
    groups.map((group) => group.id),
  );
}

export function checkMemberGroups({ directory, faults }: Parts, request: GraphRequest, id: string): Reply {
  const person = directory.person(id) ?? missing(id);
  const { groupIds } = fields(request.body);
  if (!Array.isArray(groupIds) || groupIds.length === 0) throw badRequest('groupIds is missing.');
  if (groupIds.length > 20) throw badRequest('Too many elements in groupIds: 20 at most.');
  const mine = new Set(directory.groupsOf(person.id).flatMap(({ id }) => (faults.hidden.has(id) ? [] : id)));
  return strings(
    request,
    groupIds.filter((group): group is string => typeof group === 'string' && mine.has(group)),
  );
}

export function transitiveMemberOf(parts: Parts, request: GraphRequest, id: string, cast: string | undefined): Reply {
  const { directory, limits, world } = parts;
  const person = directory.person(id) ?? missing(id);
  castNeedsHeader(request, cast, 'microsoft.graph.group');
  const rows = directory.groupsOf(person.id).map((group) => groupRow(group, world));
  const select = request.options.get('$select');
  return paged(
    request,
    rows.map((row) => selected(row, select)),
    limits.page,
    'groups',
  );
}

/** A cast is an advanced query: it wants the header and `$count=true`. https://learn.microsoft.com/graph/aad-advanced-queries */
export function castNeedsHeader(request: GraphRequest, cast: string | undefined, kind: string): void {
  if (cast === undefined) return;
  if (cast !== kind) throw badRequest(`The type cast '${cast}' is not offered here.`);
  if (request.eventual && request.options.get('$count') === 'true') return;
  throw unsupported('The specified cast needs the ConsistencyLevel header and $count=true.');
}

export function deletedUsers({ directory, limits }: Parts, request: GraphRequest): Reply {
  const select = request.options.get('$select');
  const rows = directory.deleted().map((person) => selected(userRow(person), select));
  return paged(request, rows, limits.page, 'directoryObjects');
}

export function deletedUser({ directory }: Parts, request: GraphRequest, id: string): Reply {
  const person = directory.deleted().find((one) => one.id === id) ?? missing(id);
  return { status: 200, body: selected(userRow(person), request.options.get('$select')) };
}

function strings(request: GraphRequest, value: string[]): Reply {
  return { status: 200, body: { '@odata.context': `${request.root}/v1.0/$metadata#Collection(Edm.String)`, value } };
}

function missing(id: string): never {
  throw notFound(id);
}

function fields(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) throw badRequest('A JSON body is missing.');
  return { ...body };
}
