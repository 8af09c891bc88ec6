import type { LinkoutDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Outcome } from '../core/outcome.js';
import { everyOutcome, isOver, outcomeOnce } from '../core/outcomeOnce.js';
import type { Needs } from '../core/parts.js';

/** Does what waited for a sign-in, once, and ends the link after it. Undefined: somebody else has done it. */
export async function finishOnce(
  services: Needs<'once' | 'collections'>,
  doc: LinkoutDoc,
  work: () => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const mine = await outcomeOnce(services, doc.tenant, `link:${doc.id}`, work);
  if (mine && isOver(mine)) await end(services, doc, mine);
  return mine;
}

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
  return everyOutcome(outcome).map((one) => {
    if (one.kind === 'refused') return `${one.refusal.sentence} ${one.refusal.fix}`;
    return (one.kind === 'profile' ? one.done : undefined) ?? 'Done.';
  });
}
