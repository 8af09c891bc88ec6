import type { Clock } from '../platform/clock.js';
import { retryAfterMs } from '../platform/retryAfter.js';
import { DirectoryDown } from './directory.js';

/** How long a caller can be kept. */
export type RetryPolicy = {
  waits: number;
  /** All waits together, at most. */
  waitMs: number;
  /** One call with its waits, at most. */
  callMs: number;
};

/** Someone waits for a turn, nobody waits for a sweep. */
export const retryPolicies = {
  turn: { waits: 2, waitMs: 1_800, callMs: 5_000 },
  sweep: { waits: 5, waitMs: 60_000, callMs: 120_000 },
} as const satisfies Record<string, RetryPolicy>;

export type Waiting = { clock: Clock; pause: (milliseconds: number) => Promise<void>; random: () => number };

/** Sends a request, again as its policy says. */
export type Retrying = (policy: RetryPolicy, send: () => Promise<Response>) => Promise<Response>;

/** What the directory asks is believed up to this. */
const longestMs = 3_600_000;
const passing = new Set([429, 500, 502, 503, 504]);

/**
 * Waits as Graph asks: `Retry-After` at least, for every caller of the tenant, since coming back early counts against all.
 * Where the caller's policy does not reach, nothing is sent or slept.
 * @throws DirectoryDown `throttled`, with `retryAt`
 */
export function createRetrying({ clock, pause, random }: Waiting): Retrying {
  let closedUntil = 0;
  return async (policy, send) => {
    let left = policy.waitMs;
    const wait = async (leastMs: number) => {
      const milliseconds = leastMs * (1 + random() / 5);
      if (milliseconds > left) throw throttled(new Date(clock().getTime() + leastMs));
      left -= milliseconds;
      await pause(milliseconds);
    };
    const closedFor = closedUntil - clock().getTime();
    if (closedFor > 0) await wait(closedFor);
    for (let attempt = 0; ; attempt++) {
      const response = await (attempt === 0 ? againIfCut(send) : send());
      if (!passing.has(response.status)) return response;
      const asked = retryAfterMs(response.headers.get('retry-after'), clock(), longestMs);
      if (asked !== undefined) closedUntil = Math.max(closedUntil, clock().getTime() + asked);
      const least = asked ?? 200 * 2 ** attempt;
      if (attempt < policy.waits) {
        await response.body?.cancel();
        await wait(least);
      } else if (response.status === 429 || asked !== undefined) throw throttled(new Date(clock().getTime() + least));
      else return response;
    }
  };
}

/** A kept-alive connection that Graph closed meanwhile shows as a failed first try. */
async function againIfCut(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return send();
  }
}

function throttled(retryAt: Date): DirectoryDown {
  return new DirectoryDown('The directory is busy and asks us to wait.', 'throttled', retryAt);
}
