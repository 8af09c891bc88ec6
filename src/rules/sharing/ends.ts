import { endOf } from '../days.js';
import type { Operation } from '../operation.js';
import { type Refusal, refuse } from '../refusals.js';
import type { Share } from '../types.js';

const hourMs = 3_600_000;
const mostYears = 5;

/** Why a share cannot end then; undefined when it can. A yes may come a while after the question, so only asking is timed. */
export function refusedEnd(until: Date | undefined, now: Date, isConfirmed: boolean): Refusal | undefined {
  if (!until) return undefined;
  const left = until.getTime() - now.getTime();
  if (left <= 0) return refuse('endPast');
  if (left < hourMs && !isConfirmed) return refuse('endTooSoon');
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + mostYears);
  // To the end of the day wherever the sharer is: "for 5 years" and "until" that day are both fine.
  return until.getTime() > latest.getTime() + 48 * hourMs ? refuse('endTooFar', mostYears) : undefined;
}

/** When a share ends that is made, or made again: nothing said keeps the end that is there. */
export function endAfter(
  { until, endless }: Pick<Extract<Operation, { kind: 'share' }>, 'until' | 'endless'>,
  before: Share | undefined,
): Date | undefined {
  return endless ? undefined : (until ?? before?.until);
}

/** "until 4 December 2026", "without an end". */
export const endWords = (until: Date | undefined, timeZone: string): string =>
  until ? `until ${endOf(until, timeZone)}` : 'without an end';
