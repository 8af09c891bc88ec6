import { randomUUID } from 'node:crypto';
import type { GroupChange, Moved } from '../../directory/directory.js';
import { groupsPerLink } from '../../directory/groupChanges.js';
import { inChunks } from '../../directory/ids.js';
import { dayMs } from '../../platform/spans.js';
import type { GroupId, Profile, TenantId } from '../../rules/types.js';
import type { FollowedLink, FollowingDoc, GroupDoc } from '../../store/following.js';
import { underLease, waitForLease } from '../../store/lease.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { reachable } from './followed.js';

type FollowNeeds = Needs<'collections' | 'directory' | 'clock' | 'followed'>;

/** Groups in groups in groups: what is deeper is not followed, and the directory is asked for each person. */
const deepest = 10;
/** A group with more direct members is not kept: one document holds them all. */
const mostPeople = 20_000;
/** More groups are not followed: these take ten requests a minute. */
const mostGroups = 500;
const leasePatienceMs = 5_000;

/** All groups that shares name, as they were gathered from `from` on. */
export type Roots = { groups: ReadonlySet<GroupId>; from: Date };

const leaseOf = (tenant: TenantId) => ({ tenant, id: 'follow:groups', holder: randomUUID() });

/**
 * Reads who joined and left the groups that shares name, and keeps it: then a list costs the directory nothing, however
 * many people ask. One process at a time. @throws DirectoryDown, and how far they are followed stays as it was
 */
export async function followGroups(services: FollowNeeds, tenant: TenantId, roots?: Roots): Promise<void> {
  await underLease(services, leaseOf(tenant), () => followOnce(services, tenant, roots));
}

/**
 * True until the groups that shares name were gathered for the first time. From here on `expectGroups` notes what is
 * shared, so that nothing is missed while they are.
 */
export async function needsRoots(
  { collections: { following } }: Needs<'collections'>,
  tenant: TenantId,
): Promise<boolean> {
  const { doc } = await update(following, tenant, 'groups', (now) =>
    now ? undefined : { revision: 0, links: [], expected: [] },
  );
  return doc?.at === undefined;
}

/**
 * Before a profile is shared with more groups: until those are read, no list of any process goes by what is followed.
 * They are read at once, and by the next round at the latest.
 */
export async function expectGroups(
  services: FollowNeeds & Needs<'later'>,
  { tenant, shares }: Profile,
  before: Profile | undefined,
): Promise<void> {
  const had = groupsIn(before?.shares ?? []);
  const added = [...groupsIn(shares)].filter((id) => !had.has(id));
  if (added.length === 0) return;
  const { following } = services.collections;
  const { kind } = await update(following, tenant, 'groups', (now) =>
    now ? { ...now, expected: [...new Set([...now.expected, ...added])] } : undefined,
  );
  if (kind !== 'written') return;
  services.followed.forget(tenant);
  services.later('follow groups', () => followSoon(services, tenant));
}

function groupsIn(shares: Profile['shares']): Set<GroupId> {
  return new Set(shares.flatMap(({ principal }) => (principal.kind === 'group' ? [principal.id] : [])));
}

async function followSoon(services: FollowNeeds, tenant: TenantId): Promise<void> {
  const lease = await waitForLease(services, leaseOf(tenant), leasePatienceMs);
  if (!lease) return;
  await followOnce(services, tenant).finally(() => lease.give());
}

type Draft = Map<GroupId, GroupDoc>;

async function followOnce(services: FollowNeeds, tenant: TenantId, roots?: Roots): Promise<void> {
  const at = services.clock();
  const { state, docs } = await services.followed.load(tenant);
  if (!state || !(state.at || roots)) return;
  const draft: Draft = new Map(docs);
  for (const id of state.expected) setRoot(draft, tenant, id, at);
  if (roots) takeRoots(draft, tenant, roots, at);
  const links = await readChanges(services, tenant, draft, state.links, at);
  emptyOthers(draft);
  await keep(services, tenant, { before: docs, draft, links, state, at });
  services.followed.forget(tenant);
}

function setRoot(draft: Draft, tenant: TenantId, id: GroupId, shared: Date): void {
  draft.set(id, { ...(draft.get(id) ?? emptyGroup(tenant, id)), shared });
}

/** A group that was shared with since they were gathered stays one. */
function takeRoots(draft: Draft, tenant: TenantId, { groups, from }: Roots, at: Date): void {
  for (const [id, { shared, ...doc }] of draft) if (shared && shared < from && !groups.has(id)) draft.set(id, doc);
  for (const id of groups) if (!draft.get(id)?.shared) setRoot(draft, tenant, id, at);
}

/** Nobody needs to know who is in a group that no share names any more. */
function emptyOthers(draft: Draft): void {
  const needed = reachable(draft);
  for (const [id, doc] of draft) if (!needed.has(id)) draft.set(id, without(doc, 'new'));
}

const emptyGroup = (tenant: TenantId, id: GroupId): GroupDoc => ({
  ...{ tenant, id, version: 0, revision: 0 },
  ...{ people: [], groups: [], state: 'new' },
});

/** Groups found inside others are followed too, from the next level on. The links for the next round. */
async function readChanges(
  { directory }: FollowNeeds,
  tenant: TenantId,
  draft: Draft,
  before: readonly FollowedLink[],
  at: Date,
): Promise<FollowedLink[]> {
  const kept = before.map((one) => (at.getTime() - one.wholeAt.getTime() < dayMs ? one : whole(one.groups, at)));
  const done: FollowedLink[] = [];
  let open = withGroups(kept, [...reachable(draft)], at);
  for (let level = 0; open.length > 0 && level < deepest; level += 1) {
    for (const one of open) done.push(await readOne(directory, tenant, draft, one, at));
    open = freshLinks(done, draft, at);
  }
  return done;
}

const whole = (groups: GroupId[], wholeAt: Date): FollowedLink => ({ groups, wholeAt });

/** Every wanted group in one link: the last one that has room is read anew with those that are new. */
function withGroups(links: readonly FollowedLink[], wanted: readonly GroupId[], at: Date): FollowedLink[] {
  const isWanted = new Set(wanted);
  const used = links.filter(({ groups }) => groups.some((id) => isWanted.has(id)));
  const known = new Set(used.flatMap(({ groups }) => groups));
  const added = wanted.filter((id) => !known.has(id)).slice(0, Math.max(0, mostGroups - known.size));
  if (added.length === 0) return used;
  const roomy = used.find(({ groups }) => groups.length < groupsPerLink);
  const rest = used.filter((one) => one !== roomy);
  const together = [...(roomy?.groups.filter((id) => isWanted.has(id)) ?? []), ...added];
  return [...rest, ...inChunks(together, groupsPerLink).map((groups) => whole(groups, at))];
}

/** Only those that the groups just read lead to. */
function freshLinks(done: FollowedLink[], draft: Draft, at: Date): FollowedLink[] {
  const known = new Set(done.flatMap(({ groups }) => groups));
  const added = [...reachable(draft)].filter((id) => !known.has(id)).slice(0, Math.max(0, mostGroups - known.size));
  return inChunks(added, groupsPerLink).map((groups) => whole(groups, at));
}

async function readOne(
  directory: FollowNeeds['directory'],
  tenant: TenantId,
  draft: Draft,
  { groups, link, wholeAt }: FollowedLink,
  at: Date,
): Promise<FollowedLink> {
  const read = await directory.groupChanges(tenant, groups, link);
  const named = new Map(read.changes.map((change) => [change.id, change]));
  for (const id of groups) {
    const before = draft.get(id) ?? emptyGroup(tenant, id);
    const change = named.get(id) ?? (read.whole ? ({ id, state: 'gone' } as const) : undefined);
    if (change) draft.set(id, next(read.whole ? { ...before, people: [], groups: [], state: 'new' } : before, change));
  }
  const isKnown = groups.every((id) => draft.get(id)?.state !== 'new');
  return { groups, ...(isKnown ? { link: read.link } : {}), wholeAt: read.whole ? at : wholeAt };
}

/** What a group is after a change. One that was gone or hidden and comes back is new: it has to be read as a whole. */
function next(before: GroupDoc, change: GroupChange): GroupDoc {
  if (change.state === 'gone' || change.state === 'hidden') return without(before, change.state);
  if (change.state === 'read') return withMembers(before, change.people, change.groups);
  if (before.state === 'big') return before;
  if (before.state === 'hidden' || before.state === 'gone') return without(before, 'new');
  return withMembers(before, moved(before.people, change.people), moved(before.groups, change.groups));
}

function withMembers(before: GroupDoc, people: string[], groups: string[]): GroupDoc {
  if (people.length + groups.length > mostPeople) return without(before, 'big');
  return { ...before, people, groups, state: 'followed' };
}

const without = (before: GroupDoc, state: GroupDoc['state']): GroupDoc => ({
  ...before,
  people: [],
  groups: [],
  state,
});

function moved(before: readonly string[], { in: joined, out }: Moved): string[] {
  if (joined.length === 0 && out.length === 0) return [...before];
  const left = new Set(out);
  return [...new Set([...before, ...joined])].filter((id) => !left.has(id));
}

type Round = {
  before: ReadonlyMap<GroupId, GroupDoc>;
  draft: Draft;
  links: FollowedLink[];
  state: FollowingDoc;
  at: Date;
};

/** Groups first, then the links and how far: a round that is cut short is read again, which does no harm. */
async function keep({ collections }: FollowNeeds, tenant: TenantId, round: Round): Promise<void> {
  const { before, draft, links, state, at } = round;
  const changed = [...draft.values()].filter((doc) => !isSame(before.get(doc.id), doc));
  // A round that was cut short has left groups ahead of what is written of how far they are: others read them by this number.
  const newest = Math.max(state.revision, ...Array.from(before.values(), (doc) => doc.revision));
  const revision = newest + (changed.length > 0 ? 1 : 0);
  for (const { version: _, ...doc } of changed) {
    await update(collections.groups, tenant, doc.id, () => ({ ...doc, revision }));
  }
  const read = new Set(state.expected);
  await update(collections.following, tenant, 'groups', (now) => ({
    ...{ at, revision, links },
    expected: (now?.expected ?? []).filter((id) => !read.has(id)),
  }));
}

function isSame(before: GroupDoc | undefined, doc: GroupDoc): boolean {
  if (before === doc) return true;
  if (before?.state !== doc.state || before.shared?.getTime() !== doc.shared?.getTime()) return false;
  return sameMembers(before.people, doc.people) && sameMembers(before.groups, doc.groups);
}

function sameMembers(before: readonly string[], now: readonly string[]): boolean {
  if (before.length !== now.length) return false;
  const had = new Set(before);
  return now.every((id) => had.has(id));
}
