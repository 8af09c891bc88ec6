import type { RefusalCode } from '../../rules/refusals.js';
import type { TenantId } from '../../rules/types.js';
import type { Outcome } from './outcome.js';
import type { Needs } from './parts.js';

/**
 * Does what a thing that works once stands for (a question's yes, a sign-in), once in whatever process. The thing is
 * spent after it, never before: when the directory does not answer, or the process dies, it is still there. Undefined:
 * somebody else has done it.
 */
export async function outcomeOnce(
  services: Needs<'once'>,
  tenant: TenantId,
  key: string,
  work: () => Promise<Outcome>,
): Promise<Outcome | undefined> {
  let mine: Outcome | undefined;
  const own = async () => {
    mine = await work();
    return isOver(mine);
  };
  await services.once(tenant, key, own, { isDone: (over) => over });
  return mine;
}

/** Whether there is nothing to try again: it was done, or refused for good. */
export function isOver(outcome: Outcome): boolean {
  return !everyOutcome(outcome).some((one) => one.kind === 'refused' && passing.includes(one.refusal.code));
}
const passing: readonly RefusalCode[] = ['changedMeanwhile', 'directoryDown', 'slowDown'];

/** Several, where several profiles came of one sign-in. */
export const everyOutcome = (outcome: Outcome): readonly Outcome[] =>
  outcome.kind === 'signedIn' ? outcome.outcomes : [outcome];
