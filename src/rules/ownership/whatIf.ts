import { activeOwners, activeShares, presentOwners, principalName } from '../access.js';
import { isValid } from '../signins/health.js';
import type { GrantFacts, PersonId, Profile } from '../types.js';

/**
 * What would become of a profile: `ownerless`, nobody could act with it; `dark`, it has owners but no sign-in that
 * works; `alive`. `keepers` are the names of who could keep it alive: its other owners, else those it is shared with.
 */
export type Fate = { fate: 'ownerless' | 'dark' | 'alive'; signIns: number; keepers: string[] };

/** How a profile would be without this person. Undefined when they are no owner of it. Nothing is changed. */
export function withoutOwner(
  profile: Profile,
  grants: readonly GrantFacts[],
  person: PersonId,
  now: Date,
): Fate | undefined {
  if (!activeOwners(profile, now).some(({ id }) => id === person)) return undefined;
  const others = presentOwners(profile).filter(({ id }) => id !== person);
  const stays = new Set(others.map(({ id }) => id));
  const signIns = grants.filter((grant) => stays.has(grant.person) && isValid(grant, now)).length;
  const shared = activeShares(profile, now)
    .filter(({ principal }) => principal.kind !== 'person' || principal.id !== person)
    .map(({ principal }) => principalName(principal));
  return {
    fate: others.length === 0 ? 'ownerless' : signIns === 0 ? 'dark' : 'alive',
    signIns,
    keepers: others.length > 0 ? others.map(({ name }) => name) : shared,
  };
}
