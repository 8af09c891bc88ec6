import type { Operation } from '../../rules/operation.js';
import { withoutOwner } from '../../rules/ownership/whatIf.js';
import type { Actor } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { factsOf, grantsOf } from './profileFacts.js';

/** Which profiles would go dark without a person, and who could keep each alive. Nothing is changed. */
export async function whatIfOutcome(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  { who }: Extract<Operation, { kind: 'whatif' }>,
): Promise<Outcome> {
  const now = services.clock();
  const owned = await services.collections.profiles.find(actor.tenant, { access: `owner:${who.id}` });
  const grants = await grantsOf(services, actor.tenant, owned);
  const fates = owned.flatMap((profile) => {
    const mine = grants.get(profile.id) ?? [];
    const fate = withoutOwner(profile, mine, who.id, now);
    return fate ? [{ ...fate, facts: factsOf(profile, mine, actor, now) }] : [];
  });
  return { kind: 'whatif', person: who, fates };
}
