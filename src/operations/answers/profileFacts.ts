import { mayAcquire } from '../../networks/types.js';
import { sharesReaching } from '../../rules/access.js';
import { isOwner, isOwnerless, isSharedWith, may, mayDraft, type ProfileOperation } from '../../rules/may.js';
import { healthOf, isValid } from '../../rules/signins/health.js';
import type { Actor, GrantFacts, Profile, Share } from '../../rules/types.js';
import type { ProfileFacts } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { SignIn } from '../core/shown.js';

/** What one actor may know of one profile now. */
export function factsOf(profile: Profile, grants: readonly GrantFacts[], actor: Actor, now: Date): ProfileFacts {
  const facts = { actor, profile, now };
  const standing = standingOf(profile, actor, now);
  const share = standing === 'shared' ? longest(sharesReaching(profile, actor, now)) : undefined;
  return {
    profile,
    health: healthOf(profile, grants, actor.id, now, mayAcquire),
    standing,
    ...(share
      ? { shared: { by: share.by, through: share.principal, ...(share.until ? { until: share.until } : {}) } }
      : {}),
    may: kinds.filter((kind) => may[kind](facts)),
    mayPublish: mayDraft(facts),
    hasOwnGrant: grants.some((grant) => grant.person === actor.id),
    ...(standing === 'owner' || actor.admin ? { signIns: grants.map((grant) => signInOf(grant, now)) } : {}),
  };
}

function signInOf(grant: GrantFacts, now: Date): SignIn {
  const { person, personName: name, state, expiresAt: endsAt, lastGoodAt } = grant;
  const isOver = state !== 'dead' && !isValid(grant, now);
  return {
    person,
    name,
    state: isOver ? 'ended' : state,
    ...(endsAt ? { endsAt } : {}),
    ...(lastGoodAt ? { lastGoodAt } : {}),
  };
}

const kinds = Object.keys(may) as ProfileOperation[];

/** What a profile is to somebody who may see it: decides which list it is on. */
export function standingOf(profile: Profile, actor: Actor, now: Date): ProfileFacts['standing'] {
  const facts = { actor, profile, now };
  if (isOwner(facts)) return 'owner';
  if (isOwnerless(facts)) return 'ownerless';
  return isSharedWith(facts) ? 'shared' : 'admin';
}

function longest(shares: readonly Share[]): Share | undefined {
  const end = (share: Share) => share.until?.getTime() ?? Number.POSITIVE_INFINITY;
  return [...shares].sort((a, b) => end(b) - end(a))[0];
}

/** Grants of many profiles, by profile id. One read. */
export async function grantsOf(services: Needs<'collections'>, tenant: string, profiles: readonly Profile[]) {
  const byProfile = new Map<string, GrantFacts[]>();
  if (profiles.length === 0) return byProfile;
  const grants = await services.collections.grants.find(tenant, { profile: { in: profiles.map(({ id }) => id) } });
  for (const grant of grants) byProfile.set(grant.profile, [...(byProfile.get(grant.profile) ?? []), grant]);
  return byProfile;
}
