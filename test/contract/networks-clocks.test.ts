import assert from 'node:assert/strict';
import { byOurs, byTheirs, noteDate } from '../../src/networks/clocks.js';

const now = new Date('2026-11-27T12:00:00.000Z');
const minute = 60_000;

/** By how much X is ahead, after answers with these headers. */
const aheadAfter = (...answers: Record<string, string>[]) => {
  const clocks = { ahead: new Map<string, number>(), clock: () => now };
  for (const headers of answers) noteDate(clocks, 'X', new Headers(headers));
  assert.equal(byOurs(clocks, 'X', byTheirs(clocks, 'X', now)).getTime(), now.getTime());
  return byTheirs(clocks, 'X', now).getTime() - now.getTime();
};
const dated = (milliseconds: number) => ({ date: new Date(now.getTime() + milliseconds).toUTCString() });

describe("a network's clock", () => {
  it('is as far ahead or behind as its answers are dated, in the middle of their second', () => {
    assert.equal(aheadAfter(dated(10 * minute)), 10 * minute + 500);
    assert.equal(aheadAfter(dated(-10 * minute)), -10 * minute + 500);
  });

  it('that is off by seconds is not off', () => {
    for (const seconds of [-5, -1, 0, 1, 4]) assert.equal(aheadAfter(dated(seconds * 1000)), 0, `${seconds}`);
  });

  it('is known by the last answer', () => {
    assert.equal(aheadAfter(dated(10 * minute), dated(0)), 0);
  });

  it('is not told by an answer without a date, with a broken one, from a cache, or weeks off', () => {
    const silent = [{}, { date: 'yesterday' }, { ...dated(0), age: '120' }, dated(8 * 24 * 60 * minute)];
    for (const headers of silent) {
      assert.equal(aheadAfter(dated(10 * minute), headers as Record<string, string>), 10 * minute + 500);
    }
  });

  it('of another network is another', () => {
    const clocks = { ahead: new Map([['X', minute]]), clock: () => now };
    assert.equal(byTheirs(clocks, 'Facebook', now).getTime(), now.getTime());
  });
});
