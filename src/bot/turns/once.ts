import type { Needs } from '../../operations/core/parts.js';
import type { Doing } from '../../operations/outbox/once.js';
import { dueSoon } from '../../operations/outbox/replies.js';
import { createCache } from '../../platform/cache.js';
import { sizeOf } from '../../platform/sizeOf.js';
import { dayMs } from '../../platform/spans.js';
import { changes, type OperationKind } from '../../rules/operation.js';

/**
 * Runs what an activity asks for once: a second delivery, to whatever process, gets the first one's answer (`T`, plain JSON)
 * for 24 hours. What only shows something may be shown again. An answer to words (`isReply`) is written down with when it is
 * due, should this process end before.
 */
export function createTurnOnce<T>({ once, clock }: Needs<'once' | 'clock'>, isReply: (answer: T) => boolean) {
  const shown = createCache<T>({ entries: 2000, bytes: 8 * 1024 * 1024, forMs: dayMs, clock, sizeOf });
  const also = (answer: T) => (isReply(answer) ? dueSoon(clock) : {});
  return (tenant: string, id: string, kind: OperationKind, run: (doing: Doing) => Promise<T>): Promise<T> =>
    changes(kind) ? once(tenant, id, run, { also }) : shown.of(`${tenant}|${id}`, () => run({ again: false }));
}
