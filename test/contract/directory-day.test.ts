import assert from 'node:assert/strict';
import { liveADay } from '../bench/directoryDay.js';

describe('a day of list commands', () => {
  it('asks Graph once per person, question and five minutes, and no more than the cached design reckons', async () => {
    const cost = await liveADay({ people: 20, commands: 400, minutes: 100 });
    assert.equal(cost.graph, cost.needed);
    assert(cost.graph <= cost.reckoned, `${cost.graph} of ${cost.reckoned}`);
    // The cache is used, and the lists are full all the same.
    assert(cost.graph < 2 * 400 * 0.75, String(cost.graph));
    assert.equal(cost.shown, 400);
    assert(cost.tokens <= 3, String(cost.tokens));
  }).timeout(20_000);
});
