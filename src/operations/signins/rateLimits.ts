import { networkOf } from '../../networks/types.js';
import type { ProfileType, TenantId } from '../../rules/types.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

type Kept = Needs<'collections' | 'clock'>;

/** Until when this network asked this tenant to wait; undefined when it does not. All instances see the same. */
export async function limitedUntil(
  { collections: { rateLimits }, clock }: Kept,
  tenant: TenantId,
  type: ProfileType,
): Promise<Date | undefined> {
  const doc = await rateLimits.get(tenant, networkOf(type));
  return doc && doc.until > clock() ? doc.until : undefined;
}

/** One answer "too fast" closes the network for the tenant until the time it named. */
export async function noteLimit(services: Kept, tenant: TenantId, type: ProfileType, until: Date): Promise<void> {
  await update(services.collections.rateLimits, tenant, networkOf(type), (before) =>
    before && before.until >= until ? undefined : { until },
  );
}
