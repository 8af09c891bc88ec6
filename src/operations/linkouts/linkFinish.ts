import type { RefusalCode } from '../../rules/refusals.js';
import type { LinkoutDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

/**
 * Does what waited for a sign-in, once in whatever process, and ends the link after it, never before: when the directory
 * does not answer, or the process dies, the sign-in is still there. Undefined: somebody else has done it, or does.
 */
export async function finishOnce(
  services: Needs<'once' | 'collections'>,
  doc: LinkoutDoc,
  work: () => Promise<Outcome>,
): Promise<Outcome | undefined> {
  let mine: Outcome | undefined;
  await services.once(
    doc.tenant,
    `link:${doc.id}`,
    async () => {
      mine = await work();
      return isOver(mine);
    },
    { isDone: (over) => over },
  );
  if (mine && isOver(mine)) await end(services, doc, mine);
  return mine;
}

/** Whether there is nothing to try again: it was done, or refused for good. */
export function isOver(outcome: Outcome): boolean {
  return !all(outcome).some((one) => one.kind === 'refused' && passing.includes(one.refusal.code));
}
const passing: readonly RefusalCode[] = ['changedMeanwhile', 'directoryDown'];
const all = (outcome: Outcome) => (outcome.kind === 'signedIn' ? outcome.outcomes : [outcome]);

/** What was secret goes; what came of it stays until the link ends, for a page that is loaded again. */
async function end(
  { collections: { linkouts } }: Needs<'collections'>,
  { tenant, id }: LinkoutDoc,
  outcome: Outcome,
): Promise<void> {
  await update(linkouts, tenant, id, (now) => {
    if (!now) return undefined;
    const { sealedTokens: _, sealedCode: __, accounts: ___, triesLeft: ____, ...rest } = now;
    return { ...rest, phase: 'done' as const, lines: linesOf(outcome) };
  });
}

function linesOf(outcome: Outcome): string[] {
  return all(outcome).map((one) => {
    if (one.kind === 'refused') return `${one.refusal.sentence} ${one.refusal.fix}`;
    return (one.kind === 'profile' ? one.done : undefined) ?? 'Done.';
  });
}
