import type { Clock } from '../../platform/clock.js';
import { withAccess } from '../../rules/derived.js';
import { withCaring } from '../../rules/signins/caring.js';
import type { Collections } from '../collections.js';
import type { Store } from '../store.js';
import { update } from '../update.js';

/** Schema 5: profiles hold what follows from their sign-ins, so that `health` and `what if` are read from an index. */
export async function profilesSayTheirNeeds(
  store: Store,
  { profiles, grants }: Collections,
  clock: Clock,
): Promise<void> {
  for await (const { tenant, id } of store.all('profiles')) {
    await update(profiles, tenant, id, async (profile) => {
      if (!profile || profile.deleted || profile.care) return undefined;
      const fresh = withAccess(profile);
      return withCaring(fresh, await grants.find(tenant, { profile: id }), clock()) ?? fresh;
    });
  }
}
