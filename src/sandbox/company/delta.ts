import { badRequest, GraphNo, type Reply } from './answer.js';
import { linkTo, token, tokenContent } from './paging.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';
import { type Row, selected, userRow } from './rows.js';
import type { LoggedChange } from './state.js';

/** What a link remembers: the options, the place in the log (`since`, absent for a full read), the page, and its age. */
type Link = { select: string | undefined; since: number | undefined; upTo: number; from: number; at: number };

const week = 7 * 24 * 3_600_000;

/**
 * `GET /users/delta`. A link lives seven days, then it is refused with 410 and where to begin again.
 * https://learn.microsoft.com/graph/delta-query-overview
 */
export function usersDelta(parts: Parts, request: GraphRequest): Reply {
  const { options } = request;
  for (const name of ['$top', '$orderby', '$search', '$expand']) {
    if (options.has(name)) throw badRequest(`${name} is not supported for delta.`);
  }
  const now = parts.clock().getTime();
  const end = parts.data.log.length;
  const given = options.get('$deltatoken') ?? options.get('$skiptoken');
  const fresh: Link = { select: options.get('$select'), since: undefined, upTo: end, from: 0, at: now };
  if (given === 'latest') return answer(request, [], { deltaLink: { ...fresh, since: end } });
  const link = given === undefined ? fresh : readLink(parts, request, given);
  const upTo = options.has('$deltatoken') ? end : link.upTo;
  const rows = link.since === undefined ? everyone(parts, link) : changed(parts, link, upTo);
  const next = { ...link, upTo, from: link.from + parts.limits.deltaPage };
  const page = rows.slice(link.from, next.from);
  if (next.from < rows.length) return answer(request, page, { nextLink: next });
  return answer(request, page, { deltaLink: { ...link, since: upTo, from: 0, at: now } });
}

function answer(request: GraphRequest, value: Row[], link: { nextLink?: Link; deltaLink?: Link }): Reply {
  const next = link.nextLink && { '@odata.nextLink': linkTo(request, { $skiptoken: token(link.nextLink) }, false) };
  const delta = link.deltaLink && {
    '@odata.deltaLink': linkTo(request, { $deltatoken: token(link.deltaLink) }, false),
  };
  return { status: 200, body: { '@odata.context': `${request.root}/v1.0/$metadata#users`, ...next, ...delta, value } };
}

function readLink({ clock, faults }: Parts, request: GraphRequest, text: string): Link {
  const { select, since, upTo, from, at } = tokenContent(text);
  if (typeof upTo !== 'number' || typeof from !== 'number' || typeof at !== 'number')
    throw badRequest('Invalid token.');
  const isOld = clock().getTime() - at > week;
  if (isOld || (faults.staleDelta && request.options.has('$deltatoken'))) throw lost(request, faults.staleDelta ?? 410);
  return {
    select: typeof select === 'string' ? select : undefined,
    since: typeof since === 'number' ? since : undefined,
    upTo,
    from,
    at,
  };
}

function lost(request: GraphRequest, status: 400 | 410): GraphNo {
  const headers: Record<string, string> = { location: `${request.root}/v1.0${request.rawPath}?$deltatoken=` };
  return new GraphNo(
    status,
    'syncStateNotFound',
    'The sync state generation is not found.',
    status === 410 ? headers : {},
  );
}

function everyone({ directory }: Parts, { select }: Link): Row[] {
  return directory.people().map((person) => selected(userRow(person), select));
}

function changed({ data, directory, faults }: Parts, { select, since }: Link, upTo: number): Row[] {
  const log = data.log.slice(since, upTo);
  if (faults.repeatsDelta) return [...log, ...log.toReversed()].map(logged);
  const ids = [...new Set(log.map((change) => change.id))];
  return ids.map((id) => {
    const person = directory.person(id);
    return person ? selected(userRow(person), select) : logged(lastOf(log, id));
  });
}

function lastOf(log: readonly LoggedChange[], id: string): LoggedChange {
  return log.findLast((change) => change.id === id) ?? { id, accountEnabled: false, removed: 'deleted' };
}

function logged({ id, accountEnabled, removed }: LoggedChange): Row {
  return removed ? { id, '@removed': { reason: removed } } : { id, accountEnabled };
}
