import { dayMs } from './spans.js';

/** Whether this machine's calendar knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return name !== '';
  } catch {
    return false;
  }
}

const steps: readonly [limitMs: number, unitMs: number, word: string][] = [
  [3_600_000, 60_000, 'minute'],
  [dayMs, 3_600_000, 'hour'],
  [Number.POSITIVE_INFINITY, dayMs, 'day'],
];

/** "4 minutes ago", "just now". */
export function agoWords(at: Date, now: Date): string {
  const past = now.getTime() - at.getTime();
  if (past < 60_000) return 'just now';
  const [, unitMs, word] = steps.find(([limitMs]) => past < limitMs) as (typeof steps)[number];
  const count = Math.floor(past / unitMs);
  return `${count} ${word}${count === 1 ? '' : 's'} ago`;
}

/** "in 14 minutes", "in a minute": how long is left, the same for whoever reads it. */
export function inWords(at: Date, now: Date): string {
  const left = at.getTime() - now.getTime();
  if (left < 90_000) return 'in a minute';
  const [, unitMs, word] = steps.find(([limitMs]) => left < limitMs) as (typeof steps)[number];
  const count = Math.round(left / unitMs);
  return `in ${count} ${word}${count === 1 ? '' : 's'}`;
}
