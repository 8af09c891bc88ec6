import type { LeaseDoc } from '../../store/collections.js';
import { put } from '../../store/update.js';
import type { Needs } from './parts.js';

type Kept = Needs<'collections' | 'clock'>;

/** Takes a lease that nobody holds now; undefined when somebody does. It ends by itself when its holder dies. */
export async function takeLease(
  { collections: { leases }, clock }: Kept,
  tenant: string,
  id: string,
  holder: string,
  forMs: number,
): Promise<LeaseDoc | undefined> {
  const now = clock();
  const before = await leases.get(tenant, id);
  if (before && before.until > now) return undefined;
  const until = new Date(now.getTime() + forMs);
  return put(leases, { tenant, id, version: 0, holder, until }, before);
}

/** Gives a lease back before its end, unless another has it by now. */
export async function giveLease({ collections: { leases } }: Kept, mine: LeaseDoc): Promise<void> {
  const { tenant, id, holder, version } = mine;
  await leases.take(tenant, id, { holder, version }).catch(() => undefined);
}

/** Runs `work` if no other process holds this lease now. False when one does. */
export async function underLease(
  services: Kept,
  tenant: string,
  id: string,
  holder: string,
  forMs: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const mine = await takeLease(services, tenant, id, holder, forMs);
  if (!mine) return false;
  try {
    await work();
  } finally {
    await giveLease(services, mine);
  }
  return true;
}
