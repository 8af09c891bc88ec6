/** Hours of working days, Monday to Friday: from the first hour to before the last. */
const form = /^(\d{1,2})-(\d{1,2})$/;

/** "8-18" when it names hours of a day; undefined when it does not. */
export function readHours(value: string): string | undefined {
  const [, from = '', to = ''] = form.exec(value.replaceAll(' ', '')) ?? [];
  return from !== '' && Number(from) < Number(to) && Number(to) <= 24 ? `${Number(from)}-${Number(to)}` : undefined;
}

/** Whether a moment is outside these hours in a zone (IANA name). `always`: there are no hours to be outside of. */
export function isOutsideHours(hours: string, at: Date, timeZone: string): boolean {
  const [, from, to] = form.exec(hours) ?? [];
  if (from === undefined || to === undefined) return false;
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
  const read = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const isWeekend = read.weekday === 'Sat' || read.weekday === 'Sun';
  const hour = Number(read.hour);
  return isWeekend || hour < Number(from) || hour >= Number(to);
}
