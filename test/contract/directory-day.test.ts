import assert from 'node:assert/strict';
import { liveADay } from '../bench/directoryDay.js';

describe('a day of list commands', () => {
  it('costs the directory one question for each person, and the rounds that follow people and groups', async () => {
    const people = 20;
    const minutes = 100;
    const cost = await liveADay({ people, commands: 400, minutes });
    // Two lists of changes a minute; a group that was put together anew is read once more.
    assert(cost.followed <= 2 * minutes + 10, `${cost.followed} to follow`);
    assert(cost.graph - cost.followed <= people, `${cost.graph - cost.followed} for ${people} people`);
    assert(cost.graph < cost.needed, `${cost.graph} of ${cost.needed}`);
    // The lists are full all the same, and as they should be two minutes later.
    assert.equal(cost.shown, 400);
    assert(cost.staleSeconds <= 120, `${cost.staleSeconds} s`);
    assert(cost.tokens <= 3, String(cost.tokens));
  }).timeout(30_000);
});
