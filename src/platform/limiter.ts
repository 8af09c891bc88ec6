import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.js';

/** So much of something in such a time. */
export type Allowance = { most: number; forMs: number };

/** Counts in the memory of this process, for what is too frequent to be written down each time. */
export type Limiter = {
  /** Spends one of what `key` may have. Undefined: go on; else the time from which there is more. */
  spend: (key: string, allowance: Allowance) => Date | undefined;
};

/** How many are counted at the same time; the one unused for longest is forgotten first. */
const mostKeys = 20_000;

/** The time starts with the first that is spent, and with its end everything is there again. */
export function createLimiter(clock: Clock, keys = mostKeys): Limiter {
  const open = new LRUCache<string, { spent: number; until: Date }>({ max: keys });
  return {
    spend(key, { most, forMs }) {
      const now = clock();
      const before = open.get(key);
      const window = before && before.until > now ? before : { spent: 0, until: new Date(now.getTime() + forMs) };
      if (window.spent >= most) return window.until;
      open.set(key, { spent: window.spent + 1, until: window.until });
      return undefined;
    },
  };
}
