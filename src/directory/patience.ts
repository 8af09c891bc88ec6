import type { MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../platform/clock.js';
import { retryAfterMs } from '../platform/retryAfter.js';
import { DirectoryDown } from './directory.js';
import type { Step } from './steps.js';

/** How long a caller can be kept: someone waits for a turn, nobody waits for a sweep. */
export class Patience implements MiddlewareOptions {
  static readonly turn = new Patience(2, 1_800, 5_000);
  static readonly sweep = new Patience(5, 60_000, 120_000);
  private constructor(
    readonly waits: number,
    /** All waits together, at most. */
    readonly waitMs: number,
    /** One call with its waits, at most. */
    readonly callMs: number,
  ) {}
}

export type Waiting = { clock: Clock; pause: (milliseconds: number) => Promise<void>; random: () => number };

/** What the directory asks is believed up to this. */
const longestMs = 3_600_000;
const passing = new Set([429, 500, 502, 503, 504]);

/**
 * Waits as Graph asks. `Retry-After` is the least, with 0 to 20 % more so that callers do not return all at once, and
 * holds for every caller of the tenant: coming back early counts against all. Where the caller's patience does not reach,
 * nothing is sent or slept.
 * @throws DirectoryDown `throttled`, with `retryAt`
 */
export function patiently({ clock, pause, random }: Waiting): Step {
  let closedUntil = 0;
  return async (context, next) => {
    const patience = patienceOf(context.middlewareControl?.getMiddlewareOptions(Patience));
    let left = patience.waitMs;
    const wait = async (leastMs: number) => {
      const milliseconds = leastMs * (1 + random() / 5);
      if (milliseconds > left) throw throttled(new Date(clock().getTime() + leastMs));
      left -= milliseconds;
      await pause(milliseconds);
    };
    const closedFor = closedUntil - clock().getTime();
    if (closedFor > 0) await wait(closedFor);
    for (let attempt = 0; ; attempt++) {
      await once(next, attempt);
      const response = context.response;
      if (!response || !passing.has(response.status)) return;
      const asked = retryAfterMs(response.headers.get('retry-after'), clock(), longestMs);
      if (asked !== undefined) closedUntil = Math.max(closedUntil, clock().getTime() + asked);
      const least = asked ?? 200 * 2 ** attempt;
      if (attempt < patience.waits) await wait(least);
      else if (response.status === 429 || asked !== undefined) throw throttled(new Date(clock().getTime() + least));
      else return;
    }
  };

  /** A kept-alive connection that Graph closed meanwhile shows as a failed first try. */
  async function once(next: () => Promise<void>, attempt: number): Promise<void> {
    try {
      await next();
    } catch (error) {
      if (attempt > 0 || !(error instanceof TypeError)) throw error;
      await next();
    }
  }
}

function patienceOf(options: MiddlewareOptions | undefined): Patience {
  return options instanceof Patience ? options : Patience.turn;
}

function throttled(retryAt: Date): DirectoryDown {
  return new DirectoryDown('The directory is busy and asks us to wait.', 'throttled', retryAt);
}
