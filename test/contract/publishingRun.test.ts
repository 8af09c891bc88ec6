import assert from 'node:assert/strict';
import { everyNth } from './publishingKit.js';
import { runPosts } from './publishingRunKit.js';

describe('posts in several processes, under the full dial, with kills', () => {
  it('are there once, or not at all with a reason that somebody was told', async () => {
    const posts = 80 / everyNth;
    const count = await runPosts({ posts, tenants: 5, processes: 3, seed: 7 });
    const { twice, untrue, undoneButThere, frozenButSent } = count;
    assert.deepEqual([twice, untrue, undoneButThere, frozenButSent], [0, 0, 0, 0], JSON.stringify(count));
    assert.equal(
      Object.values(count.ends).reduce((sum, number) => sum + number, 0),
      posts,
    );
    assert(count.kills > 3, JSON.stringify(count));
    assert((count.ends.sent ?? 0) > posts / 2, JSON.stringify(count));
  }).timeout(240_000);
});
