import assert from 'node:assert/strict';
import { afterTry, createReplies, type Tried } from '../../src/operations/outbox/replies.js';
import { createLog } from '../../src/platform/log.js';
import { openCollections } from '../../src/store/collections.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded.js';

describe('after one try to deliver an answer', () => {
  const now = new Date('2026-11-27T09:00:00Z');
  const least = () => 0;
  const follows = (way: { tries?: number; posts?: number }, tried: Tried) => {
    const next = afterTry(way, tried, now, least);
    return next && { tries: next.tries, posts: next.posts, inMs: next.due.getTime() - now.getTime() };
  };

  it('nothing follows once it arrived, or will never', () => {
    assert.equal(follows({ tries: 3, posts: 1 }, { kind: 'arrived' }), undefined);
    assert.equal(follows({}, { kind: 'refused' }), undefined);
  });

  it('the next comes ever later, and not before the channel said', () => {
    assert.deepEqual(follows({}, { kind: 'later' }), { tries: 1, posts: 0, inMs: 250 });
    assert.deepEqual(follows({ tries: 4 }, { kind: 'later' }), { tries: 5, posts: 0, inMs: 4000 });
    assert.deepEqual(follows({ tries: 15 }, { kind: 'later' }), { tries: 16, posts: 0, inMs: 60_000 });
    assert.deepEqual(follows({ tries: 1 }, { kind: 'later', waitMs: 90_000 }), { tries: 2, posts: 0, inMs: 90_000 });
  });

  it('what may be there is counted: two cards, then two lines, then no more', () => {
    let way: { tries: number; posts: number } | undefined = { tries: 0, posts: 0 };
    const posts: number[] = [];
    while (way) {
      way = follows(way, { kind: 'unknown' });
      if (way) posts.push(way.posts);
    }
    assert.deepEqual(posts, [1, 2, 3]);
  });

  it('what does not fit is a line from then on', () => {
    assert.deepEqual(follows({}, { kind: 'misfit' }), { tries: 1, posts: 2, inMs: 250 });
  });

  it('it is given up after twenty tries', () => {
    assert.equal(follows({ tries: 18 }, { kind: 'later' })?.tries, 19);
    assert.equal(follows({ tries: 19 }, { kind: 'later' }), undefined);
  });
});

describe('an answer that did not arrive', () => {
  it('is written down before the channel hears that its activity was taken: a process may end right then', async () => {
    const store = await openEmbeddedStore(':memory:');
    const collections = await openCollections(store);
    const later: (() => Promise<unknown>)[] = [];
    const clock = () => new Date('2026-11-27T09:00:00Z');
    const parts = {
      collections,
      clock,
      log: createLog('silent'),
      later: (_: string, work: () => Promise<unknown>) => void later.push(work),
    };
    const replies = createReplies(parts, async () => ({ kind: 'later' }));
    await replies.send('contoso', 'a1', { text: 'Your profiles' });
    const kept = await collections.marks.get('contoso', 'a1');
    assert.deepEqual([kept?.answer, kept?.tries], ['{"text":"Your profiles"}', 1]);
    assert(kept?.due && kept.due > clock());
    assert.equal(later.length, 1);
    await store.close();
  });
});
