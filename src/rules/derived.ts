import { accessKeys } from './access.js';
import { nextClaim } from './claims/claims.js';
import type { Profile } from './types.js';

/** Fields that follow from the others, made anew with every change: whom it shows itself to, and the next end. */
export function withAccess(profile: Profile): Profile {
  const { nextEnd: _, nextClaim: __, ...rest } = profile;
  const ends = [
    ...profile.shares.flatMap(({ until }) => until ?? []),
    ...profile.owners.flatMap(({ leavingAt }) => leavingAt ?? []),
  ].sort((a, b) => a.getTime() - b.getTime());
  const claims = nextClaim(profile);
  return {
    ...rest,
    access: accessKeys(profile),
    ...(ends[0] ? { nextEnd: ends[0] } : {}),
    ...(claims ? { nextClaim: claims } : {}),
  };
}
