import { en } from 'chrono-node';
import { DateTime, type DurationLike } from 'luxon';

const units: Record<string, keyof Exclude<DurationLike, number>> = {
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
  year: 'years',
};

/** `2 weeks`, `a month`, `36 hours` from now; undefined when it is no span of time. Months count as the calendar does. */
export function afterSpan(words: string, now: Date, timeZone: string): Date | undefined {
  const match = /^(?:the )?(?:next )?(\d{1,4}|an?|one|two|three)?\s*(hour|day|week|month|year)s?$/i.exec(words.trim());
  const unit = match?.[2] && units[match[2].toLowerCase()];
  if (!match || !unit) return undefined;
  const small: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3 };
  const count = match[1] ? (small[match[1].toLowerCase()] ?? Number(match[1])) : 1;
  const at = DateTime.fromJSDate(now, { zone: zoneOr(timeZone) }).plus({ [unit]: count });
  return at.isValid ? at.toJSDate() : undefined;
}

/**
 * `Friday`, `24 December`, `tomorrow`, `2027-01-31`: the end of that day where the person is; with a time of day, that
 * time. Undefined when it is no date. Day before month unless `locale` is American.
 */
export function untilDay(words: string, now: Date, timeZone: string, locale: string): Date | undefined {
  const text = words.trim().slice(0, 60);
  const zone = zoneOr(timeZone);
  const here = DateTime.fromJSDate(now, { zone });
  const chrono = locale.toLowerCase() === 'en-us' ? en.casual : en.GB;
  const [found] = chrono.parse(text, { instant: now, timezone: here.offset }, { forwardDate: true });
  if (found?.index !== 0 || found.text.length !== text.length) return undefined;
  const day = DateTime.fromObject(
    { year: found.start.get('year') ?? 0, month: found.start.get('month') ?? 1, day: found.start.get('day') ?? 1 },
    { zone },
  );
  const timed = found.start.isCertain('hour');
  const at = timed
    ? day.set({ hour: found.start.get('hour') ?? 0, minute: found.start.get('minute') ?? 0 })
    : day.endOf('day');
  return at.isValid ? at.toJSDate() : undefined;
}

/** `2026-12-24` of a date box, as the end of that day where the person is. */
export function endOfDay(day: string, timeZone: string): Date | undefined {
  const at = DateTime.fromISO(day, { zone: zoneOr(timeZone) }).endOf('day');
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && at.isValid ? at.toJSDate() : undefined;
}

/** "Friday, 4 December 2026", with the time when it is not the end of the day. */
export function dayWords(at: Date, timeZone: string): string {
  const here = DateTime.fromJSDate(at, { zone: zoneOr(timeZone) }).setLocale('en-GB');
  const day = here.toFormat('cccc, d LLLL yyyy');
  return here.hour === 23 && here.minute === 59 ? day : `${day}, ${here.toFormat('HH:mm')}`;
}

/** "24 Nov, 14:20". */
export function momentWords(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: zoneOr(timeZone) })
    .setLocale('en-GB')
    .toFormat('d LLL yyyy, HH:mm');
}

/** The date box's form of an end. */
export function dayValue(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: zoneOr(timeZone) }).toISODate() ?? '';
}

function zoneOr(timeZone: string): string {
  return DateTime.local({ zone: timeZone }).isValid ? timeZone : 'UTC';
}

/** Why groups may be wrong, when the directory does not answer. */
export function asOfWords(asOf: Date | 'never', timeZone: string): string {
  return asOf === 'never'
    ? 'The directory does not answer, so what is shared with your groups is missing here.'
    : `The directory does not answer; groups are as of ${momentWords(asOf, timeZone)}.`;
}
