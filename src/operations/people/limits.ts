import type { Clock } from '../../platform/clock.js';
import { type Allowance, createLimiter } from '../../platform/limiter.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { PersonId, TenantId } from '../../rules/types.js';

const minuteMs = 60_000;

/** What one person may have. The table in docs/security.md has the same rows. */
export const allowances = {
  /** Messages, clicks and requests of the tab, together. */
  ask: { most: 60, forMs: minuteMs },
  /** What the tab shows as one scrolls, types and looks on: it changes nothing. */
  look: { most: 240, forMs: minuteMs },
  /** Letters typed into a search box. */
  search: { most: 120, forMs: minuteMs },
  /** Questions to the directory, put down to who asked for what needs them. */
  directory: { most: 300, forMs: minuteMs },
  /** Cards that say "slow down": after these there is silence until then. */
  slowDown: { most: 3, forMs: minuteMs },
  /** "Check now": each asks a network about every sign-in of a profile. */
  check: { most: 10, forMs: minuteMs },
  /** Sign-in links. Counted in the store. */
  link: { most: 20, forMs: 10 * minuteMs },
  /** Wrong codes, whatever links they are for; each link has five of its own. Counted in the store. */
  code: { most: 10, forMs: 10 * minuteMs },
  /** Refusals with a record of their own; those past it are one record together. Counted in the store. */
  record: { most: 20, forMs: 10 * minuteMs },
} as const satisfies Record<string, Allowance>;

export type Limited = keyof typeof allowances;
type Who = { tenant: TenantId; id: PersonId };

export type Limits = {
  of: (what: Limited) => Allowance;
  /** Spends one, in this process. Undefined: go on; else from when there is more. */
  spend: (what: Limited, who: Who) => Date | undefined;
};

/** The one place that counts what people do. `instead`: other numbers, for tests that do in a second what takes a day. */
export function createLimits(clock: Clock, instead: Partial<Record<Limited, Allowance>> = {}): Limits {
  const limiter = createLimiter(clock);
  const of = (what: Limited): Allowance => instead[what] ?? allowances[what];
  return { of, spend: (what, { tenant, id }) => limiter.spend(`${what}|${tenant}|${id}`, of(what)) };
}

/** The sentence that says when to go on. */
export function slowDown(until: Date, now: Date): Refusal {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  const minutes = Math.ceil(seconds / 60);
  const when = seconds < 90 ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `${minutes} minutes`;
  return refuse('slowDown', when);
}
