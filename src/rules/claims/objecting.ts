import { nameOf, presentOwners } from '../access.js';
import { change, nameFor, showButton } from '../change.js';
import type { Deciding, Decision } from '../decision.js';
import type { Operation } from '../operation.js';
import { coolOffEnd } from '../ownership/owning.js';
import { refuse } from '../refusals.js';
import type { Claim, Notice, Owner, Profile } from '../types.js';
import { isCooling } from './claims.js';
import { closeClaims, newClaim } from './waiting.js';

type Contest = Extract<Operation, { kind: 'object' | 'vouch' }>;

/** Of those who came by signing in and may be contested: the one meant, else the latest. */
function contested(operation: Contest, profile: Profile, { actor, state, moment }: Deciding): Owner | undefined {
  return profile.owners
    .filter((owner) => owner.id !== actor.id && isCooling(owner, moment.now))
    .filter((owner) => (coolOffEnd(owner, state.policy) ?? moment.now) > moment.now)
    .filter((owner) => !operation.owner || owner.id === operation.owner)
    .sort((a, b) => b.since.getTime() - a.since.getTime())[0];
}

/**
 * An owner objects: the new one is no owner until Managers decided. Their sign-in is kept, unused. Who may be contested
 * themselves cannot contest others.
 */
export function object(operation: Contest, profile: Profile, deciding: Deciding): Decision {
  const { actor, moment } = deciding;
  const owner = contested(operation, profile, deciding);
  if (!owner) return { kind: 'refuse', refusal: refuse('nothingToContest', nameOf(profile)) };
  if (!deciding.state.confirmed) return { kind: 'ask', question: 'object' };
  const claim: Claim = { ...newClaim({ moment }, owner), proven: true, objectedBy: nameFor(actor) };
  const decided = { as: 'objected' as const, by: nameFor(actor), at: moment.now };
  return change(profile, deciding, {
    operation: 'object',
    set: {
      owners: profile.owners.filter((one) => one !== owner),
      claims: [...closeClaims(profile.claims, ({ by }) => by.id === owner.id, decided), claim],
    },
    what: `objected to ${owner.name}, whose claim Managers decide now`,
    done: `${owner.name} no longer owns ${nameOf(profile)}. A Manager or an admin decides now.`,
    notices: objectedNotices(owner, profile, deciding),
  });
}

function objectedNotices(owner: Owner, profile: Profile, { actor }: Deciding): Notice[] {
  const name = nameOf(profile);
  const others = presentOwners(profile).filter(({ id }) => id !== owner.id);
  return [
    {
      to: { person: owner.id },
      from: actor.id,
      title: `${actor.name} objected to your owning ${name}`,
      text: 'You no longer own it; a Manager or an admin decides now. Until then your sign-in is kept, but not used.',
      buttons: [{ title: 'Withdraw my claim', operation: { kind: 'withdraw', profile: { id: profile.id } } }],
    },
    ...others.map((other) => ({
      to: { person: other.id },
      from: actor.id,
      title: `${actor.name} objected to ${owner.name} owning ${name}`,
      text: `A Manager or an admin decides now. Until then ${owner.name} does not own it.`,
      buttons: [showButton(profile)],
    })),
  ];
}

/** Another owner's yes ends the wait of somebody who came by signing in. */
export function vouch(operation: Contest, profile: Profile, deciding: Deciding): Decision {
  const { actor } = deciding;
  const owner = contested(operation, profile, deciding);
  if (!owner) return { kind: 'refuse', refusal: refuse('nothingToContest', nameOf(profile)) };
  const { coolOffUntil: _, ...settled } = owner;
  return change(profile, deciding, {
    operation: 'vouch',
    set: { owners: profile.owners.map((one) => (one === owner ? settled : one)) },
    what: `said yes to ${owner.name} as an owner`,
    done: `${owner.name} can do everything with ${nameOf(profile)} now.`,
    notices: [
      {
        to: { person: owner.id },
        from: actor.id,
        title: `${actor.name} is fine with your owning ${nameOf(profile)}`,
        text: 'You can do everything with it now.',
        buttons: [showButton(profile)],
      },
    ],
  });
}
