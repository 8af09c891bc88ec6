import { daysUntil } from '../days.js';
import type { Health } from './health.js';

/** What one profile needs from one person, most urgent first. */
export const needs = [
  'not-valid',
  'no-owner',
  'ends-soon',
  'yours-not-valid',
  'ends',
  'acquisition-expired',
  'not-proven',
  'alone',
] as const;
export type Need = (typeof needs)[number];

/** Within how many days an end needs care, and within how many it is urgent. */
const careDays = 14;
const soonDays = 3;

/**
 * What this person should know of, or undefined: all is well, or it is for its owners to see to. `daysLeft` counts
 * begun days until the end.
 */
export function needOf(
  health: Health,
  standing: 'owner' | 'shared' | 'ownerless' | 'admin',
  now: Date,
): { need: Need; daysLeft?: number } | undefined {
  if (health.state === 'no-owner') return { need: 'no-owner' };
  if (health.state === 'not-valid') return { need: 'not-valid' };
  if (standing === 'shared') return undefined;
  const daysLeft = health.endsAt ? daysUntil(health.endsAt, now) : undefined;
  const left = daysLeft === undefined ? {} : { daysLeft };
  if (daysLeft !== undefined && daysLeft <= soonDays) return { need: 'ends-soon', ...left };
  if (health.state === 'yours-not-valid') return { need: 'yours-not-valid', ...left };
  if (daysLeft !== undefined && daysLeft <= careDays) return { need: 'ends', ...left };
  if (Object.values(health.acquisition).includes('expired')) return { need: 'acquisition-expired', ...left };
  if (health.state === 'not-proven' || health.unproven > 0) return { need: 'not-proven', ...left };
  return health.valid === 1 ? { need: 'alone', ...left } : undefined;
}

/** Which button mends it, by what the person may do. `invite`: share it with somebody who can sign in to it too. */
export type Mend = 'renew' | 'claim' | 'invite' | 'check' | 'show';

export function mendOf(need: Need, may: readonly string[]): Mend {
  if (need === 'not-proven') return may.includes('check') ? 'check' : 'show';
  if (need === 'alone') return may.includes('invite') ? 'invite' : 'show';
  if (may.includes('renew')) return 'renew';
  return may.includes('claim') ? 'claim' : 'show';
}
