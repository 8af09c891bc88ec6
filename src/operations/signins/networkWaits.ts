import { networkOf } from '../../networks/types.js';
import type { NetworkId, ProfileType, TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

type Kept = Needs<'collections' | 'clock'>;
const idOf = (network: NetworkId) => `wait:${network}`;

/** Until when this network asked this tenant to wait; undefined when it does not. All instances see the same. */
export async function closedUntil(
  { collections: { leases }, clock }: Kept,
  tenant: TenantId,
  type: ProfileType,
): Promise<Date | undefined> {
  const doc = await leases.get(tenant, idOf(networkOf(type)));
  return doc && doc.until > clock() ? doc.until : undefined;
}

/** One answer "too fast" closes the network for the tenant until the time it named. */
export async function noteWait(services: Kept, tenant: TenantId, type: ProfileType, until: Date): Promise<void> {
  const { leases } = services.collections;
  const id = idOf(networkOf(type));
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = await leases.get(tenant, id);
    if (before && before.until >= until) return;
    const doc = { tenant, id, version: (before?.version ?? 0) + 1, holder: 'network', until };
    if (before ? await leases.replace(doc, before.version) : await leases.insert(doc)) return;
  }
}
