import { nameOf, presentOwners } from '../access.js';
import { change, nameFor, showButton } from '../change.js';
import { adminNames, type Deciding, type Decision } from '../decision.js';
import { dropGrant } from '../entries.js';
import type { Moment, Operation } from '../operation.js';
import { type Refusal, refuse } from '../refusals.js';
import type { Claim, Notice, OutboxEntry, Profile } from '../types.js';
import { mayDecide, openClaimOf, whoDecides } from './claims.js';
import { closeClaims } from './waiting.js';

type Decide = Extract<Operation, { kind: 'approve' | 'decline' }>;

/** A yes or a no to a claim. The first one counts. */
export function decideClaim(operation: Decide, profile: Profile, deciding: Deciding): Decision {
  const claim = profile.claims.find((one) => one.id === operation.claim);
  if (!claim) return { kind: 'refuse', refusal: refuse('notFound') };
  const refusal = refusalToDecide(profile, claim, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  return operation.kind === 'approve'
    ? approve(profile, claim, operation.reason, deciding)
    : decline(profile, claim, operation.reason, deciding);
}

function refusalToDecide(profile: Profile, claim: Claim, { actor, state, moment }: Deciding): Refusal | undefined {
  const name = nameOf(profile);
  if (claim.decided) return refuse('claimDecided', claim.by.name, name, claim.decided.as, claim.decided.by.name);
  if (claim.ends <= moment.now) return refuse('claimDecided', claim.by.name, name, 'ended', '');
  if (actor.id === claim.by.id) return refuse('ownClaim', name);
  if (mayDecide(profile, claim, actor, moment.now)) return undefined;
  const deciders = whoDecides(profile, claim, moment.now);
  return deciders.kind === 'owners'
    ? refuse(
        'ownersDecide',
        name,
        deciders.owners.map((owner) => owner.name),
      )
    : refuse('managersDecide', name, claim.objectedBy?.name, adminNames(state.admins));
}

function approve(profile: Profile, claim: Claim, reason: string | undefined, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  const name = nameOf(profile);
  if (state.claimant !== 'works') {
    return { kind: 'refuse', refusal: refuse('claimantCannot', claim.by.name, name, state.claimant ?? 'gone') };
  }
  const owner = { id: claim.by.id, name: claim.by.name, since: moment.now };
  const others = presentOwners(profile).filter(({ id }) => id !== claim.by.id);
  return change(profile, deciding, {
    operation: 'approve',
    set: {
      owners: [...profile.owners.filter(({ id }) => id !== claim.by.id), owner],
      claims: closeClaims(profile.claims, (one) => one === claim, endOf('approved', reason, deciding)),
    },
    what: `approved the claim of ${claim.by.name}, who is an owner now${because(reason)}`,
    done: `${claim.by.name} is an owner of ${name} now.`,
    notices: [
      {
        to: { person: claim.by.id },
        from: actor.id,
        title: `You own ${name} now`,
        text: `${actor.name} approved your claim${because(reason) || '.'}${claim.proven ? '' : ' Sign in to it, so that it stays alive when the others are away.'}`,
        buttons: [...(claim.proven ? [] : [renewButton(profile)]), showButton(profile)],
      },
      ...others.map((other) => ({
        to: { person: other.id },
        from: actor.id,
        title: `${claim.by.name} is an owner of ${name} now`,
        text: `${actor.name} approved the claim. You still own it too.`,
        buttons: [showButton(profile)],
      })),
    ],
  });
}

function decline(profile: Profile, claim: Claim, reason: string | undefined, deciding: Deciding): Decision {
  const { actor } = deciding;
  const name = nameOf(profile);
  return change(profile, deciding, {
    operation: 'decline',
    set: { claims: closeClaims(profile.claims, (one) => one === claim, endOf('declined', reason, deciding)) },
    what: `declined the claim of ${claim.by.name}${because(reason)}`,
    done: `The claim of ${claim.by.name} is declined.`,
    also: dropUnusedGrant(profile, claim, deciding.moment),
    notices: [
      {
        to: { person: claim.by.id },
        from: actor.id,
        title: `Your claim of ${name} was declined`,
        text: `${actor.name} declined it${because(reason) || '.'}`,
      },
    ],
  });
}

/** The claimant takes it back; only they do. */
export function withdraw(profile: Profile, deciding: Deciding): Decision {
  const { actor, moment } = deciding;
  const claim = openClaimOf(profile, actor.id);
  if (!claim) return { kind: 'refuse', refusal: refuse('noClaim', nameOf(profile)) };
  return change(profile, deciding, {
    operation: 'withdraw',
    set: { claims: closeClaims(profile.claims, (one) => one === claim, endOf('withdrawn', undefined, deciding)) },
    what: 'withdrew their claim',
    done: `Your claim of ${nameOf(profile)} is withdrawn.`,
    also: dropUnusedGrant(profile, claim, moment),
  });
}

const endOf = (as: 'approved' | 'declined' | 'withdrawn', reason: string | undefined, { actor, moment }: Deciding) => ({
  as,
  by: nameFor(actor),
  at: moment.now,
  ...(reason ? { reason } : {}),
});

const because = (reason: string | undefined) => (reason ? `: "${reason}"` : '');

/** The sign-in of a claim that came to nothing is not kept. */
export function dropUnusedGrant(profile: Profile, claim: Claim, moment: Moment): OutboxEntry[] {
  return claim.proven ? [dropGrant(profile.id, claim.by.id, moment)] : [];
}

const renewButton = ({ id }: Profile): NonNullable<Notice['buttons']>[number] => ({
  title: 'Sign in to it',
  operation: { kind: 'renew', profile: { id } },
});
