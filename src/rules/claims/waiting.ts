import { nameOf } from '../access.js';
import { change, nameFor } from '../change.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision, SignedIn } from '../decision.js';
import { keepGrant } from '../entries.js';
import { refuse } from '../refusals.js';
import type { Claim, ClaimEnd, PersonName, Profile } from '../types.js';
import { claimLivesMs, openClaimOf } from './claims.js';

export type Waiting = { why?: string; signedIn?: SignedIn; objectedBy?: PersonName };

/** A claim that waits for a decision. There is one for each person; a sign-in makes the open one a proven one. */
export function wait(profile: Profile, deciding: Deciding, { why, signedIn, objectedBy }: Waiting): Decision {
  const { actor } = deciding;
  const open = openClaimOf(profile, actor.id);
  if (open && (open.proven || !signedIn)) {
    return { kind: 'refuse', refusal: refuse('claimOpen', nameOf(profile), dayOf(open.ends)) };
  }
  const made: Claim = open
    ? { ...open, proven: true, ...(why ? { why } : {}) }
    : {
        ...newClaim(deciding, actor),
        proven: signedIn !== undefined,
        ...(why ? { why } : {}),
        ...(objectedBy ? { objectedBy } : {}),
      };
  return change(profile, deciding, {
    operation: 'claim',
    set: { claims: [...profile.claims.filter((one) => one !== open), made] },
    what: signedIn ? 'signed in and asked to become an owner' : 'asked to become an owner',
    done: `Your claim of ${nameOf(profile)} waits for a decision until ${dayOf(made.ends)}. I'll tell you what comes of it.`,
    also: signedIn ? [keepGrant(signedIn.grant, deciding.moment)] : [],
  });
}

export function newClaim({ moment }: Pick<Deciding, 'moment'>, person: PersonName): Claim {
  const ends = new Date(moment.now.getTime() + claimLivesMs);
  return { id: moment.id, by: nameFor(person), at: moment.now, ends, proven: false };
}

/** The claims with those that `isOver` picks decided. */
export function closeClaims(
  claims: readonly Claim[],
  isOver: (claim: Claim) => boolean,
  decided: { as: ClaimEnd; by: PersonName; at: Date; reason?: string },
): Claim[] {
  return claims.map((claim) => (!claim.decided && isOver(claim) ? { ...claim, decided } : claim));
}
