import { accessKeys } from './access.js';
import { nextClaim } from './claims/claims.js';
import { listingOf } from './listing.js';
import type { Profile } from './types.js';

/** Fields that follow from the others, made anew with every change: whom it shows itself to, where lists have it, the next end. */
export function withAccess(profile: Profile): Profile {
  const { nextEnd: _, nextClaim: __, sortName: ___, names: ____, network: _____, ...rest } = profile;
  const ends = [
    ...profile.shares.flatMap(({ until }) => until ?? []),
    ...profile.owners.flatMap(({ leavingAt }) => leavingAt ?? []),
  ].sort((a, b) => a.getTime() - b.getTime());
  const claims = nextClaim(profile);
  return {
    ...rest,
    ...listingOf(profile),
    access: accessKeys(profile),
    ...(ends[0] ? { nextEnd: ends[0] } : {}),
    ...(claims ? { nextClaim: claims } : {}),
  };
}
