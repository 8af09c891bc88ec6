import type { Parts } from '../operations/core/parts.js';

/** How many due posts one round wakes; the oldest first, the rest in the next round. */
const batch = 2000;

/** What is due before the next round, however late that comes, gets its timer in this one. */
const soonMs = 5 * 60_000;

/** Wakes the worker for everything that is due: what a dead process left behind, and what was far away until now. */
export async function sweepPosts({ collections, clock, wake }: Parts, tenant: string): Promise<void> {
  const due = { due: { lte: new Date(clock().getTime() + soonMs) } };
  for (const intent of await collections.intents.find(tenant, due, { sort: { due: 1 }, limit: batch })) {
    wake(intent, intent.due ?? clock());
  }
}
