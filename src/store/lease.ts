import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, clockSkewMs } from '../platform/clock.js';
import type { Collections, LeaseDoc } from './collections.js';
import { put, update } from './update.js';

/**
 * How long a process that died keeps others from its work. Who lives renews it, however long the work takes, and early
 * enough that it does not look ended to a clock that is ahead.
 */
export const leaseMs = clockSkewMs + 15_000;
const renewEveryMs = 10_000;
const waitPollMs = 60;
/** A give-back that the store does not answer is tried again after these; then the lease ends by itself. */
const giveAgainMs = [200, 1000, 4000];

type Needs = { collections: Pick<Collections, 'leases'>; clock: Clock };
export type LeaseName = { tenant: string; id: string; holder: string };

/** A lease that is renewed until it is given back. */
export type Held = {
  /** Grows with each that takes it: what a later holder wrote is told from what an earlier one writes too late. */
  term: number;
  /** False once it ended all the same: the store was away, or this process stood still. */
  isHeld: () => boolean;
  give: () => Promise<void>;
};

/** Takes a lease that nobody holds now, and renews it; undefined when somebody does. */
export async function holdLease(needs: Needs, name: LeaseName): Promise<Held | undefined> {
  const { clock } = needs;
  const mine = await takeLease(needs, name);
  if (!mine) return undefined;
  let { until } = mine;
  const renewing = setInterval(() => {
    renew(needs, mine).then(
      (renewed) => {
        until = renewed ?? new Date(0);
      },
      () => undefined, // the next one may reach the store
    );
  }, renewEveryMs).unref();
  return {
    term: mine.term,
    isHeld: () => until > clock(),
    give: () => {
      clearInterval(renewing);
      return giveBack(needs, mine);
    },
  };
}

/** The same, after waiting for whoever holds it; undefined when that takes longer than `patienceMs`. */
export async function waitForLease(needs: Needs, name: LeaseName, patienceMs: number): Promise<Held | undefined> {
  const late = performance.now() + patienceMs;
  for (;;) {
    const held = await holdLease(needs, name);
    if (held || performance.now() > late) return held;
    await pause(waitPollMs * (0.5 + Math.random()));
  }
}

/** Runs `work` if no other process holds this lease now. False when one does. */
export async function underLease(
  needs: Needs,
  name: LeaseName,
  work: (lease: Held) => Promise<void>,
): Promise<boolean> {
  const lease = await holdLease(needs, name);
  if (!lease) return false;
  try {
    await work(lease);
  } finally {
    await lease.give();
  }
  return true;
}

type Mine = LeaseDoc & { term: number };

/** Takes a lease that nobody holds now, for work that surely ends in time: nobody renews it. */
export async function takeLease(
  { collections: { leases }, clock }: Needs,
  { tenant, id, holder }: LeaseName,
  forMs = leaseMs,
): Promise<Mine | undefined> {
  const now = clock();
  const before = await leases.get(tenant, id);
  if (before && before.until > now) return undefined;
  // Grows also where the lease was given back, and so is gone.
  const term = Math.max((before?.term ?? 0) + 1, now.getTime());
  const until = new Date(now.getTime() + forMs);
  return (await put(leases, { tenant, id, version: 0, holder, term, until }, before)) as Mine | undefined;
}

const isMine = (now: LeaseDoc | undefined, { holder, term }: Mine) => now?.holder === holder && now.term === term;

/** Until when it is held now; undefined when another has it. */
async function renew({ collections: { leases }, clock }: Needs, mine: Mine): Promise<Date | undefined> {
  const until = new Date(clock().getTime() + leaseMs);
  const { kind } = await update(leases, mine.tenant, mine.id, (now) =>
    now && isMine(now, mine) ? { ...now, until } : undefined,
  );
  return kind === 'written' ? until : undefined;
}

/** A first try is waited for; what the store does not answer is tried again beside whatever comes next. */
async function giveBack(needs: Needs, mine: Mine): Promise<void> {
  const give = () => needs.collections.leases.take(mine.tenant, mine.id, { holder: mine.holder, term: mine.term });
  await give().catch(() => void giveAgain(give));
}

async function giveAgain(give: () => Promise<unknown>): Promise<void> {
  for (const waitMs of giveAgainMs) {
    await pause(waitMs, undefined, { ref: false });
    const isGiven = await give().then(
      () => true,
      () => false,
    );
    if (isGiven) return;
  }
}
