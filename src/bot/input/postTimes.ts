import * as en from 'chrono-node/en';
import { DateTime } from 'luxon';
import { hourMs } from '../../platform/spans.js';
import { type Refusal, refuse } from '../../rules/refusals.js';

const zoneOr = (timeZone: string) => (DateTime.local({ zone: timeZone }).isValid ? timeZone : 'UTC');

/**
 * `friday 9:00`, `2026-12-24 18:00`, `tomorrow 8am` where the person is. A day alone is no time to publish at. The hour
 * that a clock change leaves out is asked about; of the one that comes twice it is the first.
 */
export function postTime(words: string, now: Date, timeZone: string, locale: string): Date | Refusal {
  const text = words.trim().slice(0, 60);
  const zone = zoneOr(timeZone);
  const here = DateTime.fromJSDate(now, { zone });
  const chrono = locale.toLowerCase() === 'en-us' ? en.casual : en.GB;
  const [found] = chrono.parse(text, { instant: now, timezone: here.offset }, { forwardDate: true });
  if (found?.index !== 0 || found.text.length !== text.length || !found.start.isCertain('hour')) {
    return refuse('timeNotUnderstood', words.trim().slice(0, 40));
  }
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute') => found.start.get(name) ?? 0;
  const wall = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
  const isToday = !found.start.isCertain('day') && !found.start.isCertain('weekday');
  const at = wallTime(wall, zone);
  // "at 9:00" after nine o'clock means tomorrow.
  return isToday && at instanceof Date && at <= now ? wallTime({ ...wall, day: wall.day + 1 }, zone) : at;
}

/** What the date and time boxes of a card say; undefined when both are empty. */
export function boxTime(date: string, time: string, now: Date, timeZone: string): Date | Refusal | undefined {
  if (date === '' && time === '') return undefined;
  const zone = zoneOr(timeZone);
  const day = date === '' ? DateTime.fromJSDate(now, { zone }).toISODate() : date;
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? [];
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  if (!year || !hour) return refuse('timeNotUnderstood', `${date} ${time}`.trim());
  const wall = { year: +year, month: Number(month), day: Number(dayOfMonth), hour: +hour, minute: Number(minute) };
  return wallTime(wall, zone);
}

type Wall = { year: number; month: number; day: number; hour: number; minute: number };

function wallTime({ year, month, day, hour, minute }: Wall, zone: string): Date | Refusal {
  const date = DateTime.fromObject({ year, month, day: 1 }, { zone }).plus({ days: day - 1 });
  const at = date.set({ hour, minute });
  if (!at.isValid) return refuse('timeNotUnderstood', `${hour}:${minute}`);
  // Luxon moves a time that does not exist on; what was said is then not what stands there.
  if (at.hour !== hour || at.minute !== minute)
    return refuse('timeMissing', `${pad(hour)}:${pad(minute)} on ${date.setLocale('en-GB').toFormat('d LLLL')}`);
  return earlier(at).toJSDate();
}

const pad = (number: number) => String(number).padStart(2, '0');

/** Of a time that comes twice, the first. */
function earlier(at: DateTime): DateTime {
  const before = clockChangeMinutes.map((minutes) => at.minus({ minutes }));
  return before.find((one) => one.hour === at.hour && one.minute === at.minute) ?? at;
}
/** By how much clocks are set back somewhere in the world. */
const clockChangeMinutes = [120, 60, 30];

/** "14:03:20", seconds within an hour, with the day when it is not today; the zone is named, and how far it is from UTC. */
export function sendTimeWords(at: Date, timeZone: string, now: Date): string {
  const zone = zoneOr(timeZone);
  const [there, today] = [at, now].map((date) => DateTime.fromJSDate(date, { zone }).setLocale('en-GB')) as [
    DateTime,
    DateTime,
  ];
  const isNear = Math.abs(at.getTime() - now.getTime()) < hourMs;
  const time = there.toFormat(isNear && there.second !== 0 ? 'HH:mm:ss' : 'HH:mm');
  const day = there.hasSame(today, 'day') ? '' : `${there.toFormat('cccc, d LLLL yyyy')}, `;
  return `${day}${time} (${zone === 'UTC' ? 'UTC' : `${zone}, UTC${there.toFormat('ZZ')}`})`;
}

/** The boxes' forms of a time. */
export function boxesOf(at: Date, timeZone: string): { date: string; time: string } {
  const there = DateTime.fromJSDate(at, { zone: zoneOr(timeZone) });
  return { date: there.toISODate() ?? '', time: there.toFormat('HH:mm') };
}
