import type { NetworkTrouble } from '../../networks/network.js';
import type { GrantReason, SealedGrant } from '../../rules/types.js';

const minuteMs = 60_000;
const longestPauseMs = 12 * 60 * minuteMs;

/** What one failed call says about a sign-in: it is dead, or it is not proven until a later try. */
export type Verdict = { state: 'dead'; reason: GrantReason } | { state: 'unknown'; reason: GrantReason; retryAt: Date };

/** Only the network's own "revoked or expired" makes a sign-in dead. Everything else is tried again, ever later. */
export function verdictOf(
  trouble: Pick<NetworkTrouble, 'kind' | 'retryAt'>,
  { tries = 0, refreshing }: Pick<SealedGrant, 'tries' | 'refreshing'>,
  now: Date,
  random: () => number = Math.random,
): Verdict {
  if (trouble.kind === 'dead') return { state: 'dead', reason: refreshing ? 'interrupted' : 'revoked' };
  const pauseMs = Math.min(longestPauseMs, 5 * minuteMs * 2 ** tries) * (0.75 + random() / 2);
  const later = new Date(now.getTime() + pauseMs);
  const retryAt = trouble.retryAt && trouble.retryAt > now ? trouble.retryAt : later;
  return { state: 'unknown', reason: reasons[trouble.kind] ?? 'odd', retryAt };
}

const reasons: Partial<Record<NetworkTrouble['kind'], GrantReason>> = {
  wait: 'wait',
  early: 'wait',
  passing: 'outage',
  notAllowed: 'notAllowed',
  notSetUp: 'notAllowed',
};

/** The grant after a call that worked. */
export function provenGood(grant: SealedGrant, now: Date, checkAt: Date): SealedGrant {
  const { retryAt: _, reason: __, tries: ___, ...rest } = grant;
  return { ...rest, state: 'good', lastGoodAt: now, checkAt };
}

/** The grant after a call that failed. */
export function judged(grant: SealedGrant, verdict: Verdict): SealedGrant {
  const { retryAt: _, reason: __, checkAt: ___, tries = 0, ...rest } = grant;
  if (verdict.state === 'dead') return { ...rest, ...verdict };
  return { ...rest, ...verdict, tries: tries + 1, checkAt: verdict.retryAt };
}
