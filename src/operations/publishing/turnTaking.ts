import { attemptMs, secondMs } from '../../rules/publishing/times.js';
import type { ProfileId, TenantId } from '../../rules/types.js';
import type { LeaseDoc } from '../../store/collections.js';
import { takeLease } from '../../store/lease.js';
import { put } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

/** Two posts of one profile leave this far apart, whichever process sends them. */
const gapMs = secondMs;

/**
 * The one turn that a profile has: over all processes, one post at a time leaves with it. `undefined`: it is taken, by a
 * post under way or one that left just now.
 */
export function takeTurn(
  services: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  profile: ProfileId,
  holder: string,
): Promise<LeaseDoc | undefined> {
  return takeLease(services, { tenant, id: `publish:${profile}`, holder }, attemptMs);
}

/** The next turn comes after the gap. A turn that was lost meanwhile is another's by now. */
export async function endTurn({ collections, clock }: Needs<'collections' | 'clock'>, turn: LeaseDoc): Promise<void> {
  const until = new Date(clock().getTime() + gapMs);
  await put(collections.leases, { ...turn, until }, turn);
}
