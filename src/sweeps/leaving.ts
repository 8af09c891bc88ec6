import type { Change } from '../directory/directory.js';
import { inChunks } from '../directory/ids.js';
import type { Needs, Parts } from '../operations/core/parts.js';
import { changeProfile } from '../operations/core/write.js';
import { followGroups, needsRoots } from '../operations/people/followGroups.js';
import { heirsOf } from '../operations/people/heirs.js';
import { hearNews } from '../operations/people/standing.js';
import { foreseeAnew } from '../operations/publishing/foreseeAnew.js';
import { dayMs } from '../platform/spans.js';
import type { Moment } from '../rules/operation.js';
import { endLeavers, groupGone, isLastOwner, noHeirs, personBack, personLeft } from '../rules/ownership/leaving.js';
import type { Left } from '../rules/ownership/leavingNotices.js';
import type { GroupId, PersonId, Profile, TenantId } from '../rules/types.js';
import { each } from '../store/each.js';
import { update } from '../store/update.js';

const carriedTogether = 100;
const idOf = ({ id }: Change) => id;

/**
 * Follows who left and who came back since the last round. The link for the next round is kept only after everything
 * is carried out, so a round that failed half-way runs again; carrying a change out twice does no harm.
 */
export async function followLeavers(services: Parts, tenant: TenantId): Promise<void> {
  const { jobState } = services.collections;
  const kept = await jobState.get(tenant, 'users');
  const from = services.clock();
  const { changes, link, resync } = await services.directory.changes(tenant, kept?.link);
  const all = kept && !resync ? changes : [...changes, ...(await missing(services, tenant, resync ? changes : []))];
  for (const some of inChunks(all, carriedTogether)) await carryOut(services, tenant, some);
  // Everyone is named after a gap: then what is known of anybody counts from now on.
  const since = kept?.since && !resync ? kept.since : from;
  if (since !== from) await hearNews(services, tenant, changes.map(idOf));
  await update(jobState, tenant, 'users', () => ({ link, at: from, since }));
}

/**
 * The first round names nobody and a full one only those who are there: people of our own profiles whom it does not
 * name are looked up, so that nobody's leaving is missed. A directory that knows none of them may be another
 * organisation's, set by mistake: then nobody is called deleted, and the window leaves time to notice.
 */
async function missing(
  services: Needs<'collections' | 'directory'>,
  tenant: TenantId,
  named: readonly Change[],
): Promise<Change[]> {
  const there = new Set(named.map(({ id }) => id));
  const ours = new Set<PersonId>();
  for await (const profile of each(services.collections.profiles, tenant)) {
    for (const { id } of profile.owners) ours.add(id);
    for (const { principal } of profile.shares) if (principal.kind === 'person') ours.add(principal.id);
  }
  const asked = [...ours].filter((id) => !there.has(id));
  const found = new Map((await services.directory.people(tenant, asked)).map((person) => [person.id, person]));
  const knowsSome = found.size > 0 || asked.length < ours.size;
  return asked.map((id) => {
    const person = found.get(id);
    if (person?.enabled) return { id, state: 'enabled' };
    return { id, state: person || !knowsSome ? 'disabled' : 'deleted' };
  });
}

async function carryOut(services: Parts, tenant: TenantId, changes: readonly Change[]): Promise<void> {
  const { profiles } = services.collections;
  const keysOf = ({ id }: Change) => [`owner:${id}`, `person:${id}`];
  // Most news are of people who have nothing to do with any profile, and most who are there never left.
  const touched = new Set<PersonId>();
  for await (const { access, owners } of each(profiles, tenant, { access: { in: changes.flatMap(keysOf) } })) {
    for (const change of changes) {
      const isLeaving = owners.some(({ id, leavingAt }) => id === change.id && leavingAt);
      if (change.state === 'enabled' ? isLeaving : keysOf(change).some((key) => access.includes(key)))
        touched.add(change.id);
    }
  }
  for (const change of changes) {
    const theirs = { access: { in: keysOf(change) } };
    if (touched.has(change.id)) await carryOutOne(services, tenant, change, each(profiles, tenant, theirs));
  }
  // Whoever publishes by a group or as one of everyone stands in no profile.
  await foreseeAnew(services, tenant, { authors: changes.map(idOf) });
}

/** News can be old or out of order: what is done follows how the account is now. */
async function carryOutOne(
  services: Parts,
  tenant: TenantId,
  { id, state }: Change,
  profiles: AsyncIterable<Profile>,
): Promise<void> {
  const person = await services.directory.person(tenant, id);
  if (person?.enabled) {
    for await (const profile of profiles)
      await rewrite(services, profile, (now, moment) => personBack(now, id, moment));
    return;
  }
  if (state === 'enabled') return;
  // That nobody is found is not enough to call somebody deleted: it takes the directory's own news as well.
  const left: Left = person || state === 'disabled' ? 'disabled' : 'deleted';
  const policy = await services.policies.of(tenant);
  for await (const profile of profiles) {
    await rewrite(services, profile, async (now, moment) =>
      personLeft(now, id, left, policy, await heirsIfLast(services, now, [id]), moment),
    );
  }
}

const dueFirst = { sort: { nextEnd: 1 }, limit: 200 } as const;

/** Ends the ownership of leavers whose window is over. */
export async function endDueLeavers(services: Parts, tenant: TenantId): Promise<void> {
  const now = services.clock();
  const due = await services.collections.profiles.find(tenant, { nextEnd: { lte: now } }, dueFirst);
  for (const profile of due) {
    await rewrite(services, profile, async (fresh, moment) => {
      const gone = fresh.owners.filter(({ leavingAt }) => leavingAt && leavingAt <= moment.now).map(({ id }) => id);
      return endLeavers(fresh, await heirsIfLast(services, fresh, gone), moment);
    });
  }
}

async function heirsIfLast(
  services: Needs<'collections' | 'directory' | 'clock' | 'policies' | 'admins' | 'followed'>,
  profile: Profile,
  people: readonly PersonId[],
) {
  return isLastOwner(profile, people) ? heirsOf(services, profile) : noHeirs;
}

/**
 * Follows who is in the groups that shares name, so that no list has to ask. Which groups those are is gathered from all
 * profiles at the first time, and then once a day; in between shares name them when they are made. Once a day, too,
 * shares with groups that are deleted are tidied away.
 */
export async function followShared(services: Parts, tenant: TenantId): Promise<void> {
  const from = services.clock();
  const last = await services.collections.jobState.get(tenant, 'groups');
  const isDue = !last || from.getTime() - last.at.getTime() >= dayMs;
  if (!(await needsRoots(services, tenant)) && !isDue) return followGroups(services, tenant);
  const groups = await sharedGroups(services, tenant);
  await followGroups(services, tenant, { groups, from });
  if (isDue) await tidyGroups(services, tenant, groups, last?.link);
}

async function sharedGroups({ collections }: Needs<'collections'>, tenant: TenantId): Promise<Set<GroupId>> {
  const groups = new Set<GroupId>();
  for await (const { shares } of each(collections.profiles, tenant)) {
    for (const { principal } of shares) if (principal.kind === 'group') groups.add(principal.id);
  }
  return groups;
}

/** Graph's "not found" alone is not believed: a group has to be missing on two days. */
async function tidyGroups(
  services: Parts,
  tenant: TenantId,
  groups: ReadonlySet<GroupId>,
  missed: string | undefined,
): Promise<void> {
  const before = new Set(missed?.split(' ').filter(Boolean));
  const missingNow: GroupId[] = [];
  for (const group of groups) {
    if (await services.directory.group(tenant, group)) continue;
    missingNow.push(group);
    if (!before.has(group)) continue;
    for await (const profile of each(services.collections.profiles, tenant, { access: `group:${group}` })) {
      await rewrite(services, profile, (fresh, moment) => groupGone(fresh, group, moment));
    }
  }
  const at = services.clock();
  await update(services.collections.jobState, tenant, 'groups', () => ({ link: missingNow.join(' '), at }));
}

type Rule = (profile: Profile, moment: Moment) => Profile | undefined | Promise<Profile | undefined>;

/** One write by a rule, decided anew when somebody else wrote first. */
async function rewrite(services: Parts, { tenant, id }: Profile, rule: Rule): Promise<void> {
  await changeProfile(services, tenant, id, (fresh) => rule(fresh, { now: services.clock(), id: services.ids() }));
}
