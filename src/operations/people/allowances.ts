import type { Allowance } from '../../platform/limiter.js';
import { dayMs } from '../../platform/spans.js';
import type { TenantId } from '../../rules/types.js';
import type { AllowanceDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

type Kept = Needs<'collections' | 'clock'>;

/**
 * Spends one of what `key` may have, by a write that has to win: for what guards a secret, or is written down anyway,
 * where every process has to count the same. Undefined: go on; else the time from which there is more.
 */
export async function spend(
  { collections: { allowances }, clock }: Kept,
  tenant: TenantId,
  key: string,
  allowance: Allowance,
): Promise<Date | undefined> {
  const { kind, doc } = await update(allowances, tenant, key, (before) => {
    const open = openWindow(before, clock(), allowance);
    return open.spent < allowance.most ? { ...open, spent: open.spent + 1 } : undefined;
  });
  return kind === 'written' ? undefined : doc?.until;
}

/** Counts one more, past what is allowed too, and says how many there are now. */
export async function count(
  { collections: { allowances }, clock }: Kept,
  tenant: TenantId,
  key: string,
  allowance: Allowance,
  name: string,
): Promise<number> {
  const { doc } = await update(allowances, tenant, key, (before) => {
    const open = openWindow(before, clock(), allowance);
    return { ...open, spent: open.spent + 1, name };
  });
  return doc?.spent ?? 0;
}

function openWindow(before: AllowanceDoc | undefined, now: Date, { forMs }: Allowance) {
  if (before && before.until > now) return before;
  const until = new Date(now.getTime() + forMs);
  // The store's own cleaning comes much later than ours, which looks at what was counted.
  return { spent: 0, until, expires: new Date(until.getTime() + dayMs) };
}

/** What was spent turned out to be no misuse. */
export async function giveBack({ collections: { allowances } }: Kept, tenant: TenantId, key: string): Promise<void> {
  await update(allowances, tenant, key, (before) =>
    before && before.spent > 0 ? { ...before, spent: before.spent - 1 } : undefined,
  );
}
