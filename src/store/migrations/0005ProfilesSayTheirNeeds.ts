import type { Clock } from '../../platform/clock.js';
import { withAccess } from '../../rules/derived.js';
import { withCaring } from '../../rules/signins/caring.js';
import type { MayAcquire } from '../../rules/signins/health.js';
import type { Collections } from '../collections.js';
import type { Store } from '../store.js';
import { eachProfile } from './eachProfile.js';

/** Schema 5: profiles hold what follows from their sign-ins, so that `health` and `what if` are read from an index. */
export function profilesSayTheirNeeds(
  store: Store,
  collections: Collections,
  clock: Clock,
  mayAcquire: MayAcquire,
): Promise<void> {
  return eachProfile(store, collections, async (profile) => {
    if (!profile || profile.deleted || profile.care) return undefined;
    const fresh = withAccess(profile);
    const grants = await collections.grants.find(profile.tenant, { profile: profile.id });
    return withCaring(fresh, grants, clock(), mayAcquire) ?? fresh;
  });
}
