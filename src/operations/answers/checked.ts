import { NetworkTrouble } from '../../networks/network.js';
import { typeFacts } from '../../networks/types.js';
import { inWords } from '../../platform/timeWords.js';
import { presentOwners } from '../../rules/access.js';
import type { Actor, Profile } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Parts } from '../core/parts.js';
import { slowDown } from '../people/limits.js';
import { checkGrant } from '../signins/grants.js';
import { limitedUntil } from '../signins/rateLimits.js';
import { factsOf } from './profileFacts.js';

/** Looked at by one click; a profile with more owners waits for the sweep with the rest. */
const mostGrants = 6;

/** Asks the network now whether each sign-in of the profile works, and shows what it said. */
export async function checkedOutcome(services: Parts, actor: Actor, profile: Profile): Promise<Outcome> {
  const until = services.limits.spend('check', actor);
  if (until) return { kind: 'refused', refusal: slowDown(until, services.clock()) };
  const { collections } = services;
  const closed = await limitedUntil(services, actor.tenant, profile.type);
  if (!closed) await checkAll(services, profile);
  const grants = await collections.grants.find(actor.tenant, { profile: profile.id });
  const now = (await collections.profiles.get(actor.tenant, profile.id)) ?? profile;
  const { networkLabel } = typeFacts[profile.type];
  const done = closed
    ? `${networkLabel} asks us to wait, so nothing was checked. Try again ${inWords(closed, services.clock())}.`
    : 'Checked just now.';
  return { kind: 'profile', facts: factsOf(now, grants, actor, services.clock()), done };
}

/** What a network says of a sign-in is in its verdict, which is written; anything else is a surprise. */
async function checkAll(services: Parts, profile: Profile): Promise<void> {
  const owners = new Set(presentOwners(profile).map(({ id }) => id));
  const grants = await services.collections.grants.find(profile.tenant, { profile: profile.id });
  const counted = grants.filter(({ person, state }) => owners.has(person) && state !== 'dead').slice(0, mostGrants);
  await Promise.all(
    counted.map((grant) =>
      checkGrant(services, grant).catch((error: unknown) => {
        if (!(error instanceof NetworkTrouble)) throw error;
      }),
    ),
  );
}
