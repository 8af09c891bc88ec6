import { mayAcquire } from '../../networks/types.js';
import { withCaring } from '../../rules/signins/caring.js';
import type { GrantFacts, Profile } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** The profile with what follows from its sign-ins as they are stored now; undefined when it has that already. */
export async function caredFor(
  services: Needs<'collections' | 'clock'>,
  profile: Profile,
  known?: readonly GrantFacts[],
): Promise<Profile | undefined> {
  const grants = known ?? (await services.collections.grants.find(profile.tenant, { profile: profile.id }));
  return withCaring(profile, grants, services.clock(), mayAcquire);
}
