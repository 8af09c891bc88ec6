import { inChunks } from '../../directory/ids.js';
import { badRequest, type Reply } from './answer.js';
import { delta, type Link } from './delta.js';
import { shownGroup } from './groups.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';
import { type Row, selected } from './rows.js';
import type { LoggedGroupChange } from './state.js';

/** Graph takes no more ids in the filter of a delta. */
const mostIds = 50;
type Member = NonNullable<LoggedGroupChange['member']>;

/**
 * `GET /groups/delta`, with `members` selected: direct members only, `members@delta`, and a big group in several rows.
 * https://learn.microsoft.com/graph/api/group-delta
 */
export function groupsDelta(parts: Parts, request: GraphRequest): Reply {
  const { data, directory } = parts;
  return delta(parts, request, {
    name: 'groups',
    end: data.groupLog.length,
    all: (link) => {
      const asked = idsIn(link.filter);
      return directory
        .groups()
        .filter(({ id }) => asked?.has(id) ?? true)
        .flatMap(({ id, people, groups }) => {
          const members = [
            ...people.filter((one) => directory.person(one)).map((one) => ({ kind: 'user' as const, id: one })),
            ...groups.map((one) => ({ kind: 'group' as const, id: one })),
          ];
          return rowsOf(parts, link, id, members);
        });
    },
    changed: (link, since, upTo) => {
      const asked = idsIn(link.filter);
      const log = data.groupLog.slice(since, upTo).filter(({ group }) => asked?.has(group) ?? true);
      return [...new Set(log.map(({ group }) => group))].flatMap((id) =>
        rowsOf(parts, link, id, membersIn(parts, log, id)),
      );
    },
  });
}

/** `id eq 'a' or id eq 'b'`; nothing else is taken. */
function idsIn(filter: string | undefined): Set<string> | undefined {
  if (filter === undefined) return undefined;
  const ids = filter.split(' or ').map((part) => /^id eq '([^']+)'$/.exec(part)?.[1]);
  if (ids.length > mostIds) throw badRequest(`At most ${mostIds} ids can be filtered.`);
  return new Set(ids.map((id) => id ?? refuse()));
}

function refuse(): never {
  throw badRequest('Only a filter on ids is supported for delta.');
}

function membersIn({ faults }: Parts, log: readonly LoggedGroupChange[], group: string): Member[] {
  const members = log.flatMap((change) => (change.group === group && change.member ? [change.member] : []));
  if (faults.repeatsDelta) return [...members, ...members.toReversed()];
  return members.filter(({ id }, index) => members.findLastIndex((other) => other.id === id) === index);
}

function rowsOf(parts: Parts, { select }: Link, id: string, members: readonly Member[]): Row[] {
  const group = parts.directory.group(id);
  if (!group) return [{ id, '@removed': { reason: 'changed' } }];
  const fields = select?.split(',').filter((name) => name !== 'members');
  const row = selected(shownGroup(parts, group), fields?.join(','));
  const isShown = (select?.split(',').includes('members') ?? true) && !parts.faults.hidden.has(id);
  if (!isShown || members.length === 0) return [row];
  return inChunks(members, parts.limits.deltaPage).map((some) => ({ ...row, 'members@delta': some.map(memberRow) }));
}

/** Gone from the group and deleted read the same. */
function memberRow({ kind, id, removed }: Member): Row {
  const row = { '@odata.type': `#microsoft.graph.${kind}`, id };
  return removed ? { ...row, '@removed': { reason: 'deleted' } } : row;
}
