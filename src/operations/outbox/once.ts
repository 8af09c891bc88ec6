import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createCache } from '../../platform/cache.js';
import { type Clock, clockSkewMs } from '../../platform/clock.js';
import { sizeOf } from '../../platform/sizeOf.js';
import { dayMs } from '../../platform/spans.js';
import type { Collections, MarkDoc } from '../../store/collections.js';
import { put, update } from '../../store/update.js';

/** Shorter than Teams waits before it delivers again; renewed while the work goes on. */
export const leaseMs = 12_000;
/** Work that takes longer than this is not renewed any more: it may hang, and somebody else may try. */
const longestWorkMs = 120_000;
const [firstPollMs, longestPollMs] = [50, 500];
/** Answers kept in memory, for repeats that come to the same process. */
const keptEntries = 5000;
const keptBytes = 16 * 1024 * 1024;

/** How the work is done: `again` when somebody began it before and did not get to the end. */
export type Doing = { again: boolean };
export type Options<T> = {
  /** How long it is known that this was done; a day, when nothing is said. */
  keptMs?: number;
  /** False: what came of it is no end, and the next who asks does it again. */
  isDone?: (result: T) => boolean;
  /** Written together with the result. */
  also?: (result: T) => Partial<MarkDoc>;
};

/**
 * Does something once per key and tenant, in whatever process: whoever asks again waits for the first and gets what came of
 * it (`T`, plain JSON). Who dies in the middle, or throws, is followed by the next who asks, who is told by `again`.
 * @throws StillUnderWay when the first takes too long to be waited for
 */
export type Once = <T>(
  tenant: string,
  key: string,
  work: (doing: Doing) => Promise<T>,
  options?: Options<T>,
) => Promise<T>;

/** Somebody else does it, and has for a long time. */
export class StillUnderWay extends Error {}

type Claimed = { answer: string } | { mark: MarkDoc; again: boolean };
type Needs = { collections: Pick<Collections, 'marks'>; clock: Clock; log: Logger };

export function createOnce({ collections: { marks }, clock, log }: Needs): Once {
  const leaseEnd = () => new Date(clock().getTime() + leaseMs);
  const limits = { entries: keptEntries, bytes: keptBytes, forMs: dayMs, clock };
  const kept = createCache<{ result: unknown; isDone: boolean }>({ ...limits, sizeOf: ({ result }) => sizeOf(result) });

  return async <T>(tenant: string, key: string, work: (doing: Doing) => Promise<T>, options: Options<T> = {}) => {
    const name = `${tenant}|${key}`;
    const { result, isDone } = await kept.of(name, () => inStore(tenant, key, work, options));
    if (!isDone || options.keptMs !== undefined) kept.forget(name);
    return result as T;
  };

  async function inStore<T>(tenant: string, id: string, work: (doing: Doing) => Promise<T>, options: Options<T>) {
    const { keptMs = dayMs, isDone = () => true } = options;
    const claimed = await claim(tenant, id, keptMs);
    if ('answer' in claimed) return { result: JSON.parse(claimed.answer) as T, isDone: true };
    const renewing = keepRenewing(claimed.mark);
    try {
      const result = await work({ again: claimed.again });
      if (!isDone(result)) await release(claimed.mark);
      else await keep(claimed.mark, { ...options.also?.(result), answer: JSON.stringify(result ?? null) });
      return { result, isDone: isDone(result) };
    } catch (error) {
      await leave(claimed.mark);
      throw error;
    } finally {
      clearInterval(renewing);
    }
  }

  async function claim(tenant: string, id: string, keptMs: number): Promise<Claimed> {
    const owner = randomUUID();
    const expires = new Date(clock().getTime() + keptMs);
    const mine = { tenant, id, version: 1, at: clock(), expires, owner, until: leaseEnd() };
    if (await marks.insert(mine)) return { mark: mine, again: false };
    const isLeft = watchMark();
    for (
      let waited = 0, poll = firstPollMs;
      waited < longestWorkMs;
      waited += poll, poll = Math.min(longestPollMs, poll * 2)
    ) {
      const before = await marks.get(tenant, id);
      const isOver = before && before.expires <= clock();
      if (before?.answer !== undefined && !isOver) return { answer: before.answer };
      if (!before || isOver || isLeft(before)) {
        const mark = await put(marks, { ...mine, at: before?.at ?? mine.at, until: leaseEnd() }, before);
        if (mark) return { mark, again: before !== undefined && !isOver };
      }
      await pause(poll);
    }
    throw new StillUnderWay(`Another process has been at ${id} for long.`);
  }

  /**
   * Whether whoever holds a mark is gone: its lease is over by any clock, or it was not renewed for as long while we
   * looked, whatever the clocks say.
   */
  function watchMark(): (mark: MarkDoc) => boolean {
    let [seen, since] = [Number.NaN, 0];
    return ({ until }) => {
      const ends = until?.getTime() ?? 0;
      if (ends !== seen) [seen, since] = [ends, performance.now()];
      return ends + clockSkewMs <= clock().getTime() || performance.now() - since > leaseMs;
    };
  }

  function keepRenewing({ tenant, id, owner }: MarkDoc): NodeJS.Timeout {
    const from = performance.now();
    const renewing = setInterval(() => {
      if (performance.now() - from > longestWorkMs) return clearInterval(renewing);
      const renewed = update(marks, tenant, id, (now) =>
        isOpen(now, owner) ? { ...now, until: leaseEnd() } : undefined,
      );
      renewed.catch((error: unknown) => log.warn({ err: error, mark: id }, 'a mark could not be renewed'));
    }, leaseMs / 4);
    return renewing.unref();
  }

  /** It is done, whether this can be written down or not: then only this process knows, and the log. */
  async function keep({ tenant, id, owner }: MarkDoc, result: Partial<MarkDoc>): Promise<void> {
    try {
      await update(marks, tenant, id, (now) => {
        if (!isOpen(now, owner)) return undefined;
        const { owner: _, until: __, ...rest } = now;
        return { ...rest, ...result };
      });
    } catch (error) {
      log.error({ err: error, mark: id }, 'what was done could not be marked as done');
    }
  }

  /** It failed, perhaps after a part of it: the next who asks tries again, and knows of this try. */
  async function leave({ tenant, id, owner }: MarkDoc): Promise<void> {
    const left = update(marks, tenant, id, (now) => (isOpen(now, owner) ? { ...now, until: new Date(0) } : undefined));
    await left.catch((error: unknown) => log.warn({ err: error, mark: id }, 'a mark could not be left'));
  }

  /** Left as it is where the store does not answer: then it ends by itself. */
  async function release({ tenant, id, owner }: MarkDoc): Promise<void> {
    await marks.take(tenant, id, { owner: owner ?? '' }).catch((error: unknown) => {
      log.warn({ err: error, mark: id }, 'a mark could not be taken off');
    });
  }
}

const isOpen = (mark: MarkDoc | undefined, owner: string | undefined): mark is MarkDoc =>
  mark !== undefined && mark.owner === owner && mark.answer === undefined;
