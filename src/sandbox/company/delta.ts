import { badRequest, GraphNo, type Reply } from './answer.js';
import { linkTo, token, tokenContent } from './paging.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';
import type { Row } from './rows.js';

/**
 * What a link remembers: the options, the place in the log (`since`, absent for a full read), the page, and its age.
 */
export type Link = {
  select: string | undefined;
  filter: string | undefined;
  since: number | undefined;
  upTo: number;
  from: number;
  at: number;
};

/** What can be followed: how long its log is now, all there is, and what changed between two places of the log. */
export type Followed = {
  name: string;
  end: number;
  all(link: Link): Row[];
  changed(link: Link, since: number, upTo: number): Row[];
};

const week = 7 * 24 * 3_600_000;
const refused = ['$top', '$orderby', '$search', '$expand'];

/**
 * `GET /<what>/delta`. A link lives seven days, then it is refused with 410 and where to begin again.
 * https://learn.microsoft.com/graph/delta-query-overview
 */
export function delta(parts: Parts, request: GraphRequest, { name, end, all, changed }: Followed): Reply {
  const { options } = request;
  for (const option of refused) if (options.has(option)) throw badRequest(`${option} is not supported for delta.`);
  const now = parts.clock().getTime();
  const given = options.get('$deltatoken') ?? options.get('$skiptoken');
  const asked = { select: options.get('$select'), filter: options.get('$filter') };
  const fresh: Link = { ...asked, since: undefined, upTo: end, from: 0, at: now };
  if (given === 'latest') return answer(request, name, [], { deltaLink: { ...fresh, since: end } });
  const link = given === undefined ? fresh : readLink(parts, request, given);
  const upTo = options.has('$deltatoken') ? end : link.upTo;
  const rows = link.since === undefined ? all(link) : changed(link, link.since, upTo);
  const next = { ...link, upTo, from: link.from + parts.limits.deltaPage };
  const page = rows.slice(link.from, next.from);
  if (next.from < rows.length) return answer(request, name, page, { nextLink: next });
  return answer(request, name, page, { deltaLink: { ...link, since: upTo, from: 0, at: now } });
}

function answer(request: GraphRequest, name: string, value: Row[], link: { nextLink?: Link; deltaLink?: Link }): Reply {
  const next = link.nextLink && { '@odata.nextLink': linkTo(request, { $skiptoken: token(link.nextLink) }, false) };
  const last = link.deltaLink && {
    '@odata.deltaLink': linkTo(request, { $deltatoken: token(link.deltaLink) }, false),
  };
  return { status: 200, body: { '@odata.context': `${request.root}/v1.0/$metadata#${name}`, ...next, ...last, value } };
}

function readLink({ clock, faults }: Parts, request: GraphRequest, text: string): Link {
  const { select, filter, since, upTo, from, at } = tokenContent(text);
  if (typeof upTo !== 'number' || typeof from !== 'number' || typeof at !== 'number')
    throw badRequest('Invalid token.');
  const isOld = clock().getTime() - at > week;
  if (isOld || (faults.staleDelta && request.options.has('$deltatoken'))) throw lost(request, faults.staleDelta ?? 410);
  return {
    select: typeof select === 'string' ? select : undefined,
    filter: typeof filter === 'string' ? filter : undefined,
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
