import { activeShares, nameOf, presentOwners } from '../access.js';
import { change, showButton } from '../change.js';
import { endAllClaims } from '../claims/claimTimes.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision, Policy } from '../decision.js';
import { dropGrant } from '../entries.js';
import { type Refusal, refuse } from '../refusals.js';
import { isValid } from '../signins/health.js';
import { dayMs } from '../spans.js';
import type { Notice, Owner, Profile } from '../types.js';

/** After a claim granted by sign-in alone, delete, removing others and sharing with everyone stay shut for a while. */
export function coolingOff(profile: Profile, { actor, state, moment }: Deciding): Refusal | undefined {
  const owner = profile.owners.find(({ id }) => id === actor.id);
  const until = owner && coolOffEnd(owner, state.policy);
  if (!until || until <= moment.now) return undefined;
  return refuse('coolOff', nameOf(profile), dayOf(until));
}

/** A tenant that shortens the wait, or ends it, shortens the waits under way too. */
export function coolOffEnd({ coolOffUntil, since }: Owner, { coolOffDays }: Policy): Date | undefined {
  if (!coolOffUntil) return undefined;
  return new Date(Math.min(coolOffUntil.getTime(), since.getTime() + coolOffDays * dayMs));
}

export function leave(profile: Profile, deciding: Deciding): Decision {
  const { actor, state } = deciding;
  const others = presentOwners(profile).filter((owner) => owner.id !== actor.id);
  if (!state.confirmed) return { kind: 'ask', question: others.length === 0 ? 'leave-last' : 'leave' };
  return change(profile, deciding, {
    operation: 'leave',
    set: { owners: profile.owners.filter((owner) => owner.id !== actor.id) },
    what: 'gave up ownership',
    done:
      others.length > 0
        ? `You no longer own ${nameOf(profile)}.`
        : 'You left. It has no owner now; anyone who can sign in to it may claim it.',
    also: [dropGrant(profile.id, actor.id, deciding.moment)],
    notices: others.map((owner) => ({
      to: { person: owner.id },
      from: actor.id,
      title: `${actor.name} is no longer an owner of ${nameOf(profile)}`,
      text:
        others.length === 1
          ? 'You are its only owner now. A second one keeps it alive when you are away.'
          : 'You still own it.',
      buttons: [showButton(profile)],
    })),
  });
}

export function remove(profile: Profile, deciding: Deciding): Decision {
  const refusal = coolingOff(profile, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  if (!deciding.state.confirmed) return { kind: 'ask', question: 'delete' };
  const ended = endAllClaims(profile, deciding);
  return change(profile, deciding, {
    operation: 'delete',
    set: {
      deleted: true,
      externalId: `deleted:${profile.id}`,
      owners: [],
      shares: [],
      claims: ended.claims,
      ...(profile.invites ? { invites: [] } : {}),
    },
    what: 'deleted it',
    done: `${nameOf(profile)} is deleted.`,
    also: [
      dropGrant(profile.id, 'all', deciding.moment),
      { id: `${deciding.moment.id}:posts`, kind: 'stopIntents', profile: profile.id },
    ],
    notices: [...deletedNotices(profile, deciding), ...ended.notices],
  });
}

function deletedNotices(profile: Profile, { actor, moment }: Deciding): Notice[] {
  const title = `${actor.name} deleted ${nameOf(profile)}`;
  const owners = profile.owners.map(
    (owner): Notice => ({
      to: { person: owner.id },
      from: actor.id,
      title,
      text: 'You were one of its owners. It can be added again by anyone who can sign in to it.',
    }),
  );
  const shared = activeShares(profile, moment.now).flatMap(({ principal }): Notice[] => {
    if (principal.kind === 'everyone') return [];
    const to = principal.kind === 'person' ? { person: principal.id } : { group: principal.id };
    return [{ to, from: actor.id, title, text: 'It was shared with you; you can no longer publish or react with it.' }];
  });
  return [...owners, ...shared];
}

export function forget(profile: Profile, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  const own = state.grants.find((grant) => grant.person === actor.id);
  if (!own) return { kind: 'refuse', refusal: refuse('noSignIn', nameOf(profile)) };
  const others = state.grants.filter((grant) => grant.person !== actor.id && isValid(grant, moment.now));
  if (others.length === 0 && isValid(own, moment.now) && !state.confirmed)
    return { kind: 'ask', question: 'forget-last' };
  return change(profile, deciding, {
    operation: 'forget',
    set: {},
    what: 'removed their own sign-in',
    done: 'Your sign-in is removed. The profile stays.',
    also: [dropGrant(profile.id, actor.id, deciding.moment)],
  });
}
