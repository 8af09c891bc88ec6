import { accessKeys, activeOwners } from '../access.js';
import { withoutOwner } from '../ownership/whatIf.js';
import type { Caring, GrantFacts, Profile } from '../types.js';
import { healthOf, type MayAcquire } from './health.js';
import { type Need, needOf, needs } from './urgency.js';

const yours: Need = 'yours-not-valid';
/** Behind every need, where only somebody's own sign-in is missing. */
const noNeed = String(needs.length + 1);

/** One sign for each need, in their order. */
export const rankOf = (need: Need): string => String(needs.indexOf(need) + 1);
/** The place of what is `yours` in the order of the others. */
export const yoursRank = rankOf(yours);
export const yoursKey = (person: string): string => `yours:${person}`;
/** What would be lost without a person, by how. */
export const lostKey = (fate: 'ownerless' | 'dark', person: string): string => `${fate}:${person}`;

/** The profile with what follows from its sign-ins as they are now; undefined when that is there already. */
export function withCaring(
  profile: Profile,
  grants: readonly GrantFacts[],
  now: Date,
  mayAcquire?: MayAcquire,
): Profile | undefined {
  const { care, urgency, lightNow, ...rest } = profile;
  const next = profile.deleted ? {} : caringOf(profile, grants, now, mayAcquire);
  const isSame = next.urgency === urgency && next.lightNow === lightNow && `${next.care}` === `${care}`;
  return isSame ? undefined : { ...rest, ...next };
}

function caringOf(profile: Profile, grants: readonly GrantFacts[], now: Date, mayAcquire?: MayAcquire): Caring {
  const forAll = healthOf(profile, grants, '', now, mayAcquire);
  const need = needOf(forAll, 'admin', now)?.need;
  const owners = activeOwners(profile, now).map(({ id }) => id);
  const care = owners.flatMap((id) => {
    const own = needOf(healthOf(profile, grants, id, now, mayAcquire), 'owner', now)?.need;
    return own === yours ? yoursKey(id) : own ? `owner:${id}` : [];
  });
  if (need) care.push('all');
  if (need === 'no-owner') care.push('ownerless');
  if (need === 'not-valid') care.push(...accessKeys(profile).filter((key) => /^(person:|group:|everyone$)/.test(key)));
  for (const id of owners) {
    const fate = withoutOwner(profile, grants, id, now)?.fate;
    if (fate === 'ownerless' || fate === 'dark') care.push(lostKey(fate, id));
  }
  const rank = need ? rankOf(need) : noNeed;
  // Of equal needs the one that ends first; "~" comes behind every digit.
  const ends = forAll.endsAt?.toISOString() ?? '~';
  return { care, urgency: `${rank}${ends}\t${profile.sortName ?? ''}`, lightNow: forAll.light };
}
