import { activeOwners, presentOwners } from './access.js';
import type { GrantFacts, PersonId, Profile } from './types.js';

export type Health = {
  state: 'valid' | 'yours-not-valid' | 'not-valid' | 'no-owner';
  /** How many valid sign-ins keep it alive: green two or more, yellow one, red none. */
  acquisition: 'green' | 'yellow' | 'red';
  valid: number;
  /** The earliest end among valid grants that do not renew themselves. */
  endsAt?: Date;
  lastGoodAt?: Date;
};

/** A grant keeps a profile alive while the network has not called it dead and its end has not come. */
export function isValid(grant: GrantFacts, now: Date): boolean {
  return grant.state !== 'dead' && (!grant.expiresAt || grant.expiresAt > now);
}

/** Health of a profile as one person sees it. Only grants of present owners count. */
export function healthOf(profile: Profile, grants: readonly GrantFacts[], viewer: PersonId, now: Date): Health {
  const owners = activeOwners(profile, now).map((owner) => owner.id);
  const present = new Set(presentOwners(profile).map((owner) => owner.id));
  const counted = grants.filter((grant) => present.has(grant.person));
  const valid = counted.filter((grant) => isValid(grant, now));
  const ends = valid.flatMap((grant) => grant.expiresAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  const good = counted.flatMap((grant) => grant.lastGoodAt ?? []).sort((a, b) => b.getTime() - a.getTime());
  return {
    state: stateOf(owners, valid, viewer),
    acquisition: valid.length >= 2 ? 'green' : valid.length === 1 ? 'yellow' : 'red',
    valid: valid.length,
    ...(ends[0] ? { endsAt: ends[0] } : {}),
    ...(good[0] ? { lastGoodAt: good[0] } : {}),
  };
}

function stateOf(owners: readonly PersonId[], valid: readonly GrantFacts[], viewer: PersonId): Health['state'] {
  if (owners.length === 0) return 'no-owner';
  if (valid.length === 0) return 'not-valid';
  const viewerOwns = owners.includes(viewer);
  return viewerOwns && !valid.some((grant) => grant.person === viewer) ? 'yours-not-valid' : 'valid';
}
