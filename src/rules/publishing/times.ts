import { dayMs, hourMs, minuteMs, secondMs } from '../spans.js';
import type { Intent } from './intent.js';

export { dayMs, hourMs, minuteMs, secondMs };

/** After this much delay a post is no longer what its author meant: they are asked. */
export const lateMs = 15 * minuteMs;
/** A preview that nobody sent is forgotten. */
export const previewMs = dayMs;
/** The latest time a post can be planned for. */
export const planMs = 366 * dayMs;
/** How long one attempt may take before its holder counts as dead. Longer than any call to a network. */
export const attemptMs = 150 * secondMs;

/** How long after the lost answer each look comes. */
export const lookAfterMs = [5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs] as const;
/** How long after sending what is there is compared with what was sent. */
export const watchAfterMs = [minuteMs, dayMs] as const;
/** How long before its time a planned post that would not go out says so. */
const warnBeforeMs = [dayMs, hourMs] as const;

/** Networks keep what was carried over for a day; it is done anew well before that. */
export const carriedMs = 20 * hourMs;

export const after = (from: Date, ms: number): Date => new Date(from.getTime() + ms);

/** When the worker looks at a held intent next: before its time to warn, else at its time. */
export function nextDue({ at, scheduled }: Pick<Intent, 'at' | 'scheduled'>, now: Date): Date {
  const time = at ?? now;
  const warnings = scheduled ? warnBeforeMs.map((ms) => after(time, -ms)) : [];
  return warnings.find((warning) => warning > now) ?? time;
}
