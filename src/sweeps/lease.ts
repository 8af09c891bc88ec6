import type { Services } from '../operations/services.js';

/** Runs `work` if no other process holds this lease now; the lease ends by itself when a holder dies. */
export async function underLease(
  { collections: { leases }, clock }: Pick<Services, 'collections' | 'clock'>,
  tenant: string,
  id: string,
  holder: string,
  forMs: number,
  work: () => Promise<void>,
): Promise<boolean> {
  const now = clock();
  const until = new Date(now.getTime() + forMs);
  const before = await leases.get(tenant, id);
  if (before && before.until > now) return false;
  const mine = { tenant, id, version: (before?.version ?? 0) + 1, holder, until };
  const got = before ? await leases.replace(mine, before.version) : await leases.insert(mine);
  if (!got) return false;
  try {
    await work();
  } finally {
    await leases.replace({ ...mine, version: mine.version + 1, until: clock() }, mine.version).catch(() => false);
  }
  return true;
}
