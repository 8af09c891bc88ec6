import type { Reply } from './answer.js';
import { delta, type Link } from './delta.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';
import { type Row, selected, userRow } from './rows.js';
import type { LoggedChange } from './state.js';

/** `GET /users/delta`: https://learn.microsoft.com/graph/api/user-delta */
export function usersDelta(parts: Parts, request: GraphRequest): Reply {
  return delta(parts, request, {
    name: 'users',
    end: parts.data.log.length,
    all: ({ select }) => parts.directory.people().map((person) => selected(userRow(person), select)),
    changed: (link, since, upTo) => changed(parts, link, parts.data.log.slice(since, upTo)),
  });
}

function changed({ directory, faults }: Parts, { select }: Link, log: readonly LoggedChange[]): Row[] {
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
