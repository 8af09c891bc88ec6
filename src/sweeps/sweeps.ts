import { randomUUID } from 'node:crypto';
import type { Parts } from '../operations/core/parts.js';
import { underLease } from '../store/lease.js';
import { sweepCare } from './care.js';
import { sweepClaims } from './claims.js';
import { sweepDigest } from './digest.js';
import { sweepGrants } from './grants.js';
import { sweepKeys } from './keys.js';
import { sweepLeavers } from './leavers.js';
import { sweepLinkouts } from './linkouts.js';
import { sweepOutboxes } from './outboxes.js';
import { sweepPictures } from './pictures.js';
import { sweepPosts } from './posts.js';
import { sweepReplies } from './replies.js';
import { sweepShares } from './shares.js';

/** One kind of scheduled work, for one tenant. */
export type Sweep = { name: string; run: (services: Parts, tenant: string) => Promise<void> };

const sweeps: readonly Sweep[] = [
  { name: 'replies', run: sweepReplies },
  { name: 'outboxes', run: sweepOutboxes },
  { name: 'linkouts', run: sweepLinkouts },
  { name: 'shares', run: sweepShares },
  { name: 'claims', run: sweepClaims },
  { name: 'leavers', run: sweepLeavers },
  { name: 'grants', run: sweepGrants },
  { name: 'care', run: sweepCare },
  { name: 'posts', run: sweepPosts },
  { name: 'pictures', run: sweepPictures },
  { name: 'digest', run: sweepDigest },
  { name: 'keys', run: sweepKeys },
  { name: 'upgrade', run: ({ catchUp }) => catchUp() },
];

/** Runs every sweep now, for every tenant, each under its lease. A failure is logged and the others go on. */
export async function sweepOnce(services: Parts, holder: string, among: readonly Sweep[] = sweeps): Promise<void> {
  for (const tenant of services.tenants) {
    for (const sweep of among) {
      try {
        const lease = { tenant, id: `sweep:${sweep.name}`, holder };
        await underLease(services, lease, () => sweep.run(services, tenant));
      } catch (error) {
        services.log.error({ err: error, sweep: sweep.name }, 'a sweep failed');
      }
    }
  }
}

/** Sweeps every `seconds`, one round at a time. `stop` waits for the round under way. */
export function startSweeps(services: Parts, seconds: number): { stop: () => Promise<void> } {
  const holder = randomUUID();
  let round: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    round = sweepOnce(services, holder).finally(() => {
      busy = false;
    });
  }, seconds * 1000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}
