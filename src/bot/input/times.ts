import type { ParsedComponents } from 'chrono-node';
// Only English is spoken; the others take a while to load.
import * as en from 'chrono-node/en';
import { DateTime, type DurationLike } from 'luxon';
import { agoWords } from '../../platform/timeWords.js';

const units: Record<string, keyof Exclude<DurationLike, number>> = {
  minute: 'minutes',
  min: 'minutes',
  hour: 'hours',
  hr: 'hours',
  h: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
  year: 'years',
};
const small = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const spanForm =
  /^(?:the )?(?:next )?(\d{1,4}(?:[.,]\d)?|an?|[a-z]{3,6})?\s*(minute|min|hour|hr|h|day|week|month|year)s?$/;
const timeLimit = 60;
/** "November 27" is a day, not a month of 2027. */
const monthAndDay = /^[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?$/i;

/** `2 weeks`, `a month`, `90 minutes` from now; undefined when it is no span of time. Months count as the calendar does. */
export function afterSpan(words: string, now: Date, timeZone: string): Date | undefined {
  const [, counted, word = ''] = spanForm.exec(words.trim().slice(0, timeLimit).toLowerCase()) ?? [];
  const unit = units[word];
  const count = countOf(counted);
  if (!unit || !count) return undefined;
  const at = DateTime.fromJSDate(now, { zone: zoneOr(timeZone) }).plus({ [unit]: count });
  return at.isValid ? at.toJSDate() : undefined;
}

function countOf(word: string | undefined): number {
  if (word === undefined || word === 'a' || word === 'an') return 1;
  return small.includes(word) ? small.indexOf(word) + 1 : Number(word.replace(',', '.')) || 0;
}

/**
 * `Friday`, `24 December`, `tomorrow`, `2027-01-31`: the end of that day where the person is, the same at every hour of
 * the day it is said on; with a time of day, that time. Undefined when it is no date. Day before month unless `locale`
 * is American.
 */
export function untilDay(words: string, now: Date, timeZone: string, locale: string): Date | undefined {
  const text = words.trim().slice(0, timeLimit);
  const here = DateTime.fromJSDate(now, { zone: zoneOr(timeZone) });
  const isMonthFirst = locale.toLowerCase() === 'en-us' || monthAndDay.test(text);
  const read = (as: DateTime): ParsedComponents | undefined => {
    // The clock on the person's wall, as if it hung on this machine's: the library compares what that one shows.
    const wall = as.setZone('system', { keepLocalTime: true }).toJSDate();
    const [found] = (isMonthFirst ? en.casual : en.GB).parse(text, wall, { forwardDate: true });
    return found?.index === 0 && found.text.length === text.length ? found.start : undefined;
  };
  // A day is looked for from this morning on, so that it is the same one all day; a time of day from now on.
  const time = read(here);
  const found = time?.isCertain('hour') ? time : read(here.startOf('day'));
  if (!found) return undefined;
  const day = DateTime.fromObject(
    { year: found.get('year') ?? 0, month: found.get('month') ?? 1, day: found.get('day') ?? 1 },
    { zone: here.zoneName ?? 'UTC' },
  );
  const at = found.isCertain('hour')
    ? day.set({ hour: found.get('hour') ?? 0, minute: found.get('minute') ?? 0 })
    : day.endOf('day');
  return at.isValid ? at.toJSDate() : undefined;
}

/** `2026-12-24` of a date box, as the end of that day where the person is. */
export function endOfDay(day: string, timeZone: string): Date | undefined {
  const at = DateTime.fromISO(day, { zone: zoneOr(timeZone) }).endOf('day');
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && at.isValid ? at.toJSDate() : undefined;
}

/** "Friday, 4 December 2026", with the time and its zone when it is not the end of the day. */
export function dayWords(at: Date, timeZone: string): string {
  const here = DateTime.fromJSDate(at, { zone: zoneOr(timeZone) }).setLocale('en-GB');
  const day = here.toFormat(dayForm);
  return here.hour === 23 && here.minute === 59 ? day : `${day}, ${here.toFormat('HH:mm')} (${here.zoneName})`;
}

/** "Friday, 4 December 2026", whatever the time: for what is about days. */
export function dateWords(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: zoneOr(timeZone) })
    .setLocale('en-GB')
    .toFormat(dayForm);
}

const dayForm = 'cccc, d LLLL yyyy';

/** A moment that the reader's client writes in its own zone and form; only within cards. */
export function clientTime(at: Date): string {
  const iso = `${at.toISOString().slice(0, 19)}Z`;
  return `{{DATE(${iso}, SHORT)}}, {{TIME(${iso})}}`;
}

/** The date box's form of an end. */
export function dayValue(at: Date, timeZone: string): string {
  return DateTime.fromJSDate(at, { zone: zoneOr(timeZone) }).toISODate() ?? '';
}

function zoneOr(timeZone: string): string {
  return DateTime.local({ zone: timeZone }).isValid ? timeZone : 'UTC';
}

/** Why groups may be wrong, when the directory does not answer. */
export function asOfWords(asOf: Date | 'never', now: Date): string {
  return asOf === 'never'
    ? 'The directory does not answer, so what is shared with your groups is missing here.'
    : `The directory does not answer. Groups are shown as they were ${agoWords(asOf, now)}.`;
}
