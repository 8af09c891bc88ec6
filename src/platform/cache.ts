import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.js';

/** How much a cache may hold, and for how long an entry is good. */
export type CacheLimits<T> = {
  entries: number;
  forMs: number;
  clock: Clock;
  /** With both: how much all answers together may take. One that is larger than that is not kept. */
  bytes?: number;
  sizeOf?: (answer: T) => number;
};

/** What was asked not long ago, bounded: the least used entry goes first. A failure is never kept. */
export type Cache<T> = {
  /** The kept answer to `key`, or the one that `ask` gives now; those who ask meanwhile wait for the same one. */
  of: (key: string, ask: () => Promise<T>) => Promise<T>;
  forget: (key: string) => void;
};

/** A cache that belongs to the part that makes it. */
export function createCache<T>({ entries, forMs, clock, bytes, sizeOf }: CacheLimits<T>): Cache<T> {
  const kept = new LRUCache<string, Promise<T>>({
    max: entries,
    ttl: forMs,
    ...(bytes && sizeOf ? { maxSize: bytes } : {}),
    // The product's clock, asked each time: tests move it.
    ttlResolution: 0,
    perf: { now: () => clock().getTime() },
  });
  return {
    of: (key, ask) => {
      const known = kept.get(key);
      if (known) return known;
      const answer = ask();
      const isKept = () => kept.peek(key) === answer;
      kept.set(key, answer, sizeOf ? { size: 1 } : {});
      answer.then(
        (found) => {
          if (!sizeOf || !isKept()) return;
          // The size of a value that stays is not taken anew.
          kept.delete(key);
          kept.set(key, answer, { size: Math.max(1, sizeOf(found)) });
        },
        () => isKept() && kept.delete(key),
      );
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
