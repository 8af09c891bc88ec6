import type { Needs } from '../operations/core/parts.js';

/** Delivers answers that did not arrive in their turn: the channel asked to wait, or a process ended before. */
export async function sweepReplies(services: Needs<'replies'>, tenant: string): Promise<void> {
  await services.replies.sendDue(tenant);
}
