import { LRUCache } from 'lru-cache';
import { createCache } from '../../platform/cache.js';
import type { Clock } from '../../platform/clock.js';
import { minuteMs } from '../../platform/spans.js';
import type { GroupId, PersonId, TenantId } from '../../rules/types.js';
import type { Collections } from '../../store/collections.js';
import type { FollowingDoc, GroupDoc } from '../../store/following.js';

/** What was followed to a moment longer ago than this says nothing: then the directory is asked for each person. */
export const followedFreshMs = 2 * minuteMs;
/** How long this process goes by what it read of how far others followed. */
const keptMs = 5_000;
const keptTenants = 200;

/** Who is in the groups that are followed, nested ones too: the groups of a person, and the people of a group. */
export type FollowedGroups = {
  groupsOf: (person: PersonId) => GroupId[];
  peopleIn: (group: GroupId) => PersonId[];
};
export type Known = ReadonlyMap<GroupId, GroupDoc>;

/** What is known of a tenant's groups and people from the directory's lists of changes, without asking for anybody. */
export type Followed = {
  /** Undefined where they are not followed closely enough, or a group that a share names cannot be. */
  groups: (tenant: TenantId) => Promise<FollowedGroups | undefined>;
  /** Since when every change of a person's account is known; undefined where that is not up to date. */
  peopleSince: (tenant: TenantId) => Promise<Date | undefined>;
  /** The groups as they are kept now, for whoever follows them. */
  load: (tenant: TenantId) => Promise<{ state: FollowingDoc | undefined; docs: Known }>;
  /** After something was followed here. */
  forget: (tenant: TenantId) => void;
};

type Loaded = { revision: number; docs: Map<GroupId, GroupDoc>; index: FollowedGroups | undefined };
type State = {
  groups: FollowingDoc | undefined;
  loaded: Loaded | undefined;
  people: { at: Date; since: Date } | undefined;
};

export function createFollowed(parts: {
  collections: Pick<Collections, 'groups' | 'following' | 'jobState'>;
  clock: Clock;
}): Followed {
  const { collections, clock } = parts;
  const states = createCache<State>({ entries: keptTenants, forMs: keptMs, clock });
  const loaded = new LRUCache<TenantId, Loaded>({ max: keptTenants });

  /** Only what others wrote since the last time is read. */
  const loadTo = async (tenant: TenantId, revision: number): Promise<Loaded> => {
    const before = loaded.get(tenant) ?? { revision: -1, docs: new Map(), index: undefined };
    if (before.revision === revision) return before;
    const news = await collections.groups.find(tenant, { revision: { gt: before.revision } });
    const docs = new Map([...before.docs, ...news.map((doc) => [doc.id, doc] as const)]);
    const now = { revision, docs, index: indexOf(docs) };
    loaded.set(tenant, now);
    return now;
  };

  const read = async (tenant: TenantId): Promise<State> => {
    const [groups, users] = await Promise.all([
      collections.following.get(tenant, 'groups'),
      collections.jobState.get(tenant, 'users'),
    ]);
    return {
      groups,
      loaded: groups && (await loadTo(tenant, groups.revision)),
      people: users?.since && { at: users.at, since: users.since },
    };
  };
  const stateOf = (tenant: TenantId) => states.of(tenant, () => read(tenant));
  const isFresh = (at: Date | undefined) => at !== undefined && clock().getTime() - at.getTime() < followedFreshMs;

  return {
    groups: async (tenant) => {
      const { groups, loaded: now } = await stateOf(tenant);
      return isFresh(groups?.at) && groups?.expected.length === 0 ? now?.index : undefined;
    },
    peopleSince: async (tenant) => {
      const { people } = await stateOf(tenant);
      return isFresh(people?.at) ? people?.since : undefined;
    },
    load: async (tenant) => {
      const { groups, loaded: now } = await read(tenant);
      return { state: groups, docs: now?.docs ?? new Map() };
    },
    forget: (tenant) => states.forget(tenant),
  };
}

/** Groups that shares name, and those inside them. */
export function reachable(docs: Known): Set<GroupId> {
  return withInner(
    docs,
    [...docs.values()].filter(({ shared }) => shared !== undefined).map(({ id }) => id),
  );
}

/** These groups and all that are inside them. */
const withInner = (docs: Known, groups: readonly GroupId[]): Set<GroupId> =>
  reachedFrom(groups, (id) => docs.get(id)?.groups ?? []);

/** Where one comes from `start` by going on with `next`, each once. */
function reachedFrom(start: readonly GroupId[], next: (id: GroupId) => readonly GroupId[]): Set<GroupId> {
  const found = new Set<GroupId>();
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...next(id));
  }
  return found;
}

function indexOf(docs: Known): FollowedGroups | undefined {
  const ids = reachable(docs);
  const direct = new Map<string, GroupId[]>();
  const put = (member: string, group: GroupId) => {
    const known = direct.get(member);
    if (known) known.push(group);
    else direct.set(member, [group]);
  };
  for (const id of ids) {
    const doc = docs.get(id);
    if (doc?.state !== 'followed' && doc?.state !== 'gone') return undefined;
    for (const member of [...doc.people, ...doc.groups]) put(member, id);
  }
  const around = (member: string) => direct.get(member) ?? [];
  return {
    groupsOf: (person) => [...reachedFrom(around(person), around)],
    peopleIn: (group) => [...new Set([...withInner(docs, [group])].flatMap((id) => docs.get(id)?.people ?? []))],
  };
}
