import { networkOf } from '../networks/types.js';
import type { Needs } from '../operations/core/parts.js';
import { wakeWaiting } from '../operations/publishing/freezes.js';
import type { WhyCode } from '../rules/publishing/intent.js';
import type { NetworkId, TenantId } from '../rules/types.js';
import { update } from '../store/update.js';

export type LiftNeeds = Needs<'collections' | 'clock' | 'ids' | 'follow'>;

/** What a network brings about, and what is over when it works. */
const ofNetwork: readonly (WhyCode | undefined)[] = ['networkWaits', 'noCredit', 'noSignIn'];

/**
 * A pretend network works again, and that is meant: the wait that it asked for is over, each sign-in that it put off is
 * tried with the next call, and posts that waited are looked at now.
 */
export async function liftWaits(services: LiftNeeds, tenant: TenantId, network: NetworkId): Promise<void> {
  const { rateLimits, grants } = services.collections;
  await rateLimits.delete(tenant, network);
  const now = services.clock();
  for (const { id, type } of await grants.find(tenant, { state: 'unknown' })) {
    if (networkOf(type) !== network) continue;
    await update(grants, tenant, id, (grant) =>
      grant?.retryAt && grant.retryAt > now ? { ...grant, retryAt: now, checkAt: now } : undefined,
    );
  }
  await wakeWaiting(services, tenant, ({ type, why }) => networkOf(type) === network && ofNetwork.includes(why?.code));
}
