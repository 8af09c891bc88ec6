import { nameOf } from '../access.js';
import { change, nameFor } from '../change.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision, SignedIn } from '../decision.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { keepGrant, provenFor } from '../signins/signing.js';
import type { Claim, ClaimEnd, PersonName, Profile } from '../types.js';
import { claimLivesMs, openClaimOf } from './claims.js';

/** Becoming an owner: by signing in to that very account, or by asking those who decide. */
export function claim(
  operation: Extract<Operation, { kind: 'claim' }>,
  profile: Profile,
  deciding: Deciding,
): Decision {
  const { signedIn } = deciding.state;
  if (signedIn) return provenFor(profile, signedIn, deciding, 'claim', operation.why);
  if (operation.ask) return wait(profile, deciding, { ...(operation.why ? { why: operation.why } : {}) });
  const open = openClaimOf(profile, deciding.actor.id);
  if (open?.proven) return { kind: 'refuse', refusal: refuse('claimOpen', nameOf(profile), dayOf(open.ends)) };
  return { kind: 'linkOut', why: 'claim', type: profile.type };
}

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
    also: signedIn ? [keepGrant(signedIn, deciding)] : [],
  });
}

export function newClaim({ moment }: Pick<Deciding, 'moment'>, person: PersonName): Claim {
  const ends = new Date(moment.now.getTime() + claimLivesMs);
  return { ...nameFor(person), claim: moment.id, at: moment.now, ends, proven: false };
}

/** The claims with those that `isOver` picks decided. */
export function closeClaims(
  claims: readonly Claim[],
  isOver: (claim: Claim) => boolean,
  decided: { as: ClaimEnd; by: PersonName; at: Date; reason?: string },
): Claim[] {
  return claims.map((claim) => (!claim.decided && isOver(claim) ? { ...claim, decided } : claim));
}
