import { DirectoryDown } from '../../directory/directory.js';
import type { Asked } from '../../rules/operation.js';
import type { GroupId, TenantId } from '../../rules/types.js';
import type { Services } from '../core/services.js';
import { type Authenticated, updatePerson } from './actor.js';

/** How long a person's groups may be old for lists, `show` and buttons. */
export const groupsFreshMs = 5 * 60_000;
/** After a directory that does not answer, the next in line are not kept waiting for it. */
const troubleMs = 15_000;

/** When groups are from that could not be read anew; `never`: they were never read. */
export type AsOf = Date | 'never';
export type Groups = {
  groups: GroupId[];
  /** Set when the directory does not answer and these are older than they should be. */
  asOf?: AsOf;
};

const withoutGroups: ReadonlySet<Asked['kind']> = new Set([
  'help',
  'add',
  'whatif',
  'role',
  'roles',
  'policy',
  'approvals',
  'code',
  'yes',
  'no',
]);

/** Whether the answer can depend on the groups somebody is in: else the directory is left alone. */
export function needsGroups(asked: Asked): boolean {
  if (asked.kind === 'profiles') return asked.list !== 'owned' && asked.list !== 'ownerless';
  return !withoutGroups.has(asked.kind);
}

/**
 * A person's groups, at most five minutes old, for showing: kept with the person in the store, so that all processes
 * share them. When the directory does not answer, the last known ones, with the time they are from.
 */
export async function groupsFor(services: Services, by: Authenticated): Promise<Groups> {
  const { actor, person } = by;
  const now = services.clock();
  const known = person?.groups && person.groupsAt ? { groups: person.groups, at: person.groupsAt } : undefined;
  if (known && now.getTime() - known.at.getTime() < groupsFreshMs) return { groups: known.groups };
  const stale: Groups = { groups: known?.groups ?? [], asOf: known?.at ?? 'never' };
  const { troubles } = stateOf(services);
  if ((troubles.get(actor.tenant) ?? now) > now) return stale;
  try {
    return { groups: await askOnce(services, by, now) };
  } catch (error) {
    if (!(error instanceof DirectoryDown)) throw error;
    troubles.set(actor.tenant, new Date(now.getTime() + troubleMs));
    return stale;
  }
}

/** Several questions of one person at the same time are one question to the directory. */
function askOnce(services: Services, { actor }: Authenticated, now: Date): Promise<GroupId[]> {
  const { asking } = stateOf(services);
  const key = `${actor.tenant}|${actor.id}`;
  const before = asking.get(key);
  if (before) return before;
  const groups = services.directory.groupsOf(actor.tenant, actor.id);
  asking.set(key, groups);
  const done = () => asking.delete(key);
  groups.then((found) => {
    // Until they are kept, whoever asks gets the same answer.
    services.later('keep groups', () =>
      updatePerson(services, actor.tenant, actor.id, (doc) => ({
        ...doc,
        name: doc.name || actor.name,
        groups: found,
        groupsAt: now,
      })).finally(done),
    );
  }, done);
  return groups;
}

type State = { asking: Map<string, Promise<GroupId[]>>; troubles: Map<TenantId, Date> };
const states = new WeakMap<Services, State>();

function stateOf(services: Services): State {
  const state = states.get(services) ?? { asking: new Map(), troubles: new Map() };
  states.set(services, state);
  return state;
}
