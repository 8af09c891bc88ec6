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
