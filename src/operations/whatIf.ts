import type { Operation } from '../profiles/operation.js';
import type { Actor } from '../profiles/types.js';
import { withoutOwner } from '../profiles/whatIf.js';
import type { Outcome } from './outcome.js';
import { factsOf, grantsOf } from './profileFacts.js';
import type { Services } from './services.js';

/** Which profiles would go dark without a person, and who could keep each alive. Nothing is changed. */
export async function whatIfOutcome(
  services: Services,
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
