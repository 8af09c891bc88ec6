import type { Needs } from '../../operations/core/parts.js';
import { slowDown } from '../../operations/people/limits.js';
import type { Refusal } from '../../rules/refusals.js';

type Who = { tenant: string; id: string };
export type Pace = { kind: 'goOn' } | { kind: 'slowDown'; refusal: Refusal; isTold: boolean };

/**
 * Counts what a person asks before anything is done for it. Past the limit they are told when to go on; whoever goes on
 * all the same is told a few times more (`isTold` is false then), since each answer costs what it is to save.
 */
export function paceOf({ limits, clock }: Needs<'limits' | 'clock'>, what: 'ask' | 'look' | 'search', who: Who): Pace {
  const until = limits.spend(what, who);
  if (!until) return { kind: 'goOn' };
  const isTold = limits.spend('slowDown', who) === undefined;
  return { kind: 'slowDown', refusal: slowDown(until, clock()), isTold };
}
