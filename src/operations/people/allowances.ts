import type { TenantId } from '../../rules/types.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

/** So much of something in such a time. */
export type Allowance = { most: number; forMs: number };

type Kept = Needs<'collections' | 'clock'>;

/**
 * Spends one of what `key` may have, by a write that has to win: for what guards a secret, where every process has to
 * count the same. Undefined: go on; else the time from which there is more.
 */
export async function spend(
  { collections: { allowances }, clock }: Kept,
  tenant: TenantId,
  key: string,
  { most, forMs }: Allowance,
): Promise<Date | undefined> {
  const now = clock();
  const { kind, doc } = await update(allowances, tenant, key, (before) => {
    const open = before && before.expires > now ? before : { spent: 0, expires: new Date(now.getTime() + forMs) };
    return open.spent < most ? { ...open, spent: open.spent + 1 } : undefined;
  });
  return kind === 'written' ? undefined : doc?.expires;
}

/** What was spent turned out to be no misuse. */
export async function giveBack({ collections: { allowances } }: Kept, tenant: TenantId, key: string): Promise<void> {
  await update(allowances, tenant, key, (before) =>
    before && before.spent > 0 ? { ...before, spent: before.spent - 1 } : undefined,
  );
}
