import { dayMs } from './spans.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** "4 December 2026" as the calendar stands in `timeZone` (an IANA name), for sentences that are written once and kept. */
export function dayOf(at: Date, timeZone = 'UTC'): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone });
    formats.set(timeZone, format);
  }
  return format.format(at);
}

/** "4 December 2026" for the end of that day, else "4 December 2026, 17:00 (Europe/Berlin)": no time without its zone. */
export function endOf(at: Date, timeZone = 'UTC'): string {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const time = clock.format(at);
  return time === '23:59' ? dayOf(at, timeZone) : `${dayOf(at, timeZone)}, ${time} (${timeZone})`;
}

/** Days from now until then, a begun one counted whole. */
export const daysUntil = (end: Date, now: Date): number => Math.ceil((end.getTime() - now.getTime()) / dayMs);
