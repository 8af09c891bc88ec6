import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.js';

/** How much a cache may hold, and for how long an entry is good. */
export type CacheLimits = { entries: number; forMs: number; clock: Clock };

/** What was asked not long ago, bounded: the least used entry goes first. A failure is never kept. */
export type Cache<T> = {
  /** The kept answer to `key`, or the one that `ask` gives now; those who ask meanwhile wait for the same one. */
  of: (key: string, ask: () => Promise<T>) => Promise<T>;
  forget: (key: string) => void;
};

/** A cache that belongs to the part that makes it. */
export function createCache<T>({ entries, forMs, clock }: CacheLimits): Cache<T> {
  const kept = new LRUCache<string, Promise<T>>({
    max: entries,
    ttl: forMs,
    // The product's clock, asked each time: tests move it.
    ttlResolution: 0,
    perf: { now: () => clock().getTime() },
  });
  return {
    of: (key, ask) => {
      const known = kept.get(key);
      if (known) return known;
      const answer = ask();
      kept.set(key, answer);
      answer.catch(() => kept.peek(key) === answer && kept.delete(key));
      return answer;
    },
    forget: (key) => {
      kept.delete(key);
    },
  };
}

/** Those who ask the same thing at the same moment share one answer; nothing is kept after it. */
export function createShared<T>(): (key: string, ask: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, ask) => {
    const known = running.get(key);
    if (known) return known;
    const answer = ask().finally(() => running.delete(key));
    running.set(key, answer);
    return answer;
  };
}
