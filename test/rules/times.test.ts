import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterSpan, endOfDay, untilDay } from '../../src/bot/input/times.js';

const zones = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Tokyo'],
  ...[
    'Australia/Lord_Howe',
    'Pacific/Auckland',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Africa/Cairo',
    'Asia/Beirut',
  ],
];
/** Month ends, leap days, days on which clocks change, and any other. */
const special = [
  '2026-11-27',
  '2026-11-30',
  '2026-12-31',
  '2027-02-28',
  '2028-02-29',
  '2027-03-28',
  '2027-10-31',
  '2027-03-14',
  '2027-04-30',
];
const day = fc.oneof(
  fc.constantFrom(...special),
  fc
    .date({ min: new Date('2026-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
);
const zone = fc.constantFrom(...zones);
const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
/** That minute of the day, counted from its first: a clock that changes leaves none out. */
const moment = (date: string, zone: string, minute: number) =>
  DateTime.fromISO(date, { zone })
    .startOf('day')
    .plus({ minutes: Math.min(minute, 22 * 60) });
const until = (words: string, at: DateTime, zone: string, locale = 'en-GB') =>
  untilDay(words, at.toJSDate(), zone, locale)?.toISOString();
const end = (at: DateTime) => at.endOf('day').toUTC().toISO() ?? '';
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

describe('until a day', () => {
  it('named by its weekday: the next of them, today included, at every hour and in every zone', () => {
    fc.assert(
      fc.property(day, zone, minute, fc.nat(6), (date, zone, minute, index) => {
        const at = moment(date, zone, minute);
        const ahead = (index + 1 - at.weekday + 7) % 7;
        assert.equal(until(weekdays[index] ?? '', at, zone), end(at.plus({ days: ahead })));
      }),
      { numRuns: 600 },
    );
  });

  it('named by its date: this year or the next, today included, at every hour and in every zone', () => {
    fc.assert(
      fc.property(day, zone, minute, fc.nat(364), (date, zone, minute, ahead) => {
        const at = moment(date, zone, minute);
        const wanted = at.plus({ days: ahead });
        // A date that comes round only in leap years is no plain wish.
        fc.pre(!(wanted.month === 2 && wanted.day === 29));
        for (const form of ['d LLLL', 'd LLL', 'LLLL d']) {
          assert.equal(until(wanted.setLocale('en').toFormat(form), at, zone), end(wanted), form);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('with its year, or as today or tomorrow, is that day at every hour', () => {
    fc.assert(
      fc.property(day, zone, minute, fc.nat(1800), (date, zone, minute, ahead) => {
        const at = moment(date, zone, minute);
        const wanted = at.plus({ days: ahead });
        assert.equal(until(wanted.toFormat('yyyy-LL-dd'), at, zone), end(wanted));
        assert.equal(until(wanted.setLocale('en').toFormat('d LLLL yyyy'), at, zone), end(wanted));
        assert.equal(until('today', at, zone), end(at));
        assert.equal(until('tomorrow', at, zone), end(at.plus({ days: 1 })));
        assert.equal(endOfDay(wanted.toFormat('yyyy-LL-dd'), zone)?.toISOString(), end(wanted));
      }),
      { numRuns: 400 },
    );
  });

  it('with a time of day is that moment', () => {
    const at = DateTime.fromISO('2026-11-27T15:30', { zone: 'Europe/Berlin' });
    assert.equal(until('17:00', at, 'Europe/Berlin'), '2026-11-27T16:00:00.000Z');
    assert.equal(until('tomorrow 9am', at, 'Europe/Berlin'), '2026-11-28T08:00:00.000Z');
    assert.equal(until('Monday 12:00', at, 'Europe/Berlin'), '2026-11-30T11:00:00.000Z');
  });

  it('in numbers puts the day first, but for Americans', () => {
    const at = DateTime.fromISO('2026-11-27T15:30', { zone: 'UTC' });
    assert.equal(until('4/12/2026', at, 'UTC'), '2026-12-04T23:59:59.999Z');
    assert.equal(until('12/4/2026', at, 'UTC', 'en-US'), '2026-12-04T23:59:59.999Z');
  });

  it('that is none is not guessed', () => {
    const at = DateTime.fromISO('2026-11-27T15:30', { zone: 'UTC' });
    for (const words of ['', 'whenever', 'Friday or so', '31 February 2027', 'x'.repeat(5_000)])
      assert.equal(until(words, at, 'UTC'), undefined, words);
  });
});

describe('for a time', () => {
  const now = new Date('2026-11-27T15:30:00Z');
  const spanOf = (words: string, zone = 'UTC') => afterSpan(words, now, zone)?.toISOString();
  const spans: [words: string, until: string][] = [
    ['60 minutes', '2026-11-27T16:30:00.000Z'],
    ['90 minutes', '2026-11-27T17:00:00.000Z'],
    ['90 min', '2026-11-27T17:00:00.000Z'],
    ['1 hour', '2026-11-27T16:30:00.000Z'],
    ['an hour', '2026-11-27T16:30:00.000Z'],
    ['1.5 hours', '2026-11-27T17:00:00.000Z'],
    ['36h', '2026-11-29T03:30:00.000Z'],
    ['two weeks', '2026-12-11T15:30:00.000Z'],
    ['the next 10 days', '2026-12-07T15:30:00.000Z'],
    ['a month', '2026-12-27T15:30:00.000Z'],
    ['5 Years', '2031-11-27T15:30:00.000Z'],
  ];
  for (const [words, wanted] of spans) it(`"${words}" counts from now`, () => assert.equal(spanOf(words), wanted));

  it('that is none is not guessed', () => {
    for (const words of ['', 'ever', '0 days', '-1 week', 'some time', '12', 'hours and hours']) {
      assert.equal(spanOf(words), undefined, words);
    }
  });

  it('counts days as the calendar does where clocks change', () => {
    const before = new Date('2027-03-27T20:00:00Z');
    assert.equal(afterSpan('1 day', before, 'Europe/Berlin')?.toISOString(), '2027-03-28T19:00:00.000Z');
    assert.equal(afterSpan('24 hours', before, 'Europe/Berlin')?.toISOString(), '2027-03-28T20:00:00.000Z');
  });
});
