import assert from 'node:assert/strict';
import { runPosts } from '../bench/publishRun.js';

describe('posts in several processes, under the full dial, with kills', () => {
  it('are there once, or not at all with a reason that somebody was told', async () => {
    const count = await runPosts({ posts: 80, tenants: 5, processes: 3, seed: 7 });
    const { twice, untrue, undoneButThere, frozenButSent } = count;
    assert.deepEqual([twice, untrue, undoneButThere, frozenButSent], [0, 0, 0, 0], JSON.stringify(count));
    assert.equal(
      Object.values(count.ends).reduce((sum, number) => sum + number, 0),
      80,
    );
    assert(count.kills > 5 && count.faults > 3 && count.undone > 2, JSON.stringify(count));
    assert((count.ends.sent ?? 0) > 40, JSON.stringify(count));
  }).timeout(120_000);
});
