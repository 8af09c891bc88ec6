import type { Parts } from '../operations/core/parts.js';
import { clockSkewMs } from '../platform/clock.js';
import type { Intent } from '../rules/publishing/intent.js';

/** How many due posts one round wakes; the oldest first, the rest in the next round. */
const batch = 2000;

/** What is due before the next round, however late that comes, gets its timer in this one. */
const soonMs = 5 * 60_000;

/**
 * Wakes the worker for everything that is due: what a dead process left behind, and what was far away until now. What is
 * held to be undone its own process sends; a clock that is ahead would cut that time short.
 */
export async function sweepPosts({ collections, clock, wake }: Parts, tenant: string): Promise<void> {
  const now = clock().getTime();
  const due = { due: { lte: new Date(now + soonMs) } };
  for (const intent of await collections.intents.find(tenant, due, { sort: { due: 1 }, limit: batch })) {
    if (!isToUndo(intent) || Number(intent.due) + clockSkewMs <= now) wake(intent, intent.due ?? clock());
  }
}

const isToUndo = ({ state, scheduled }: Intent) => state === 'held' && !scheduled;
