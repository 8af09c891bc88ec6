import { nameOf } from '../access.js';
import { type By, change } from '../change.js';
import { dayOf } from '../days.js';
import { withAccess } from '../derived.js';
import { bySystem, systemActors } from '../entries.js';
import type { Moment } from '../operation.js';
import type { Claim, Notice, PersonId, Profile } from '../types.js';
import { dropUnusedGrant } from './claimDecisions.js';
import { dueAt, waitingClaims, whoDecides } from './claims.js';
import { closeClaims } from './waiting.js';

const { clock } = systemActors;

/**
 * What the clock does to claims: ends those nobody decided, reminds once of those that wait, forgets old decided ones.
 * `managers`: who is reminded where no owner decides. Undefined when nothing is due.
 */
export function tendClaims(profile: Profile, managers: readonly PersonId[], moment: Moment): Profile | undefined {
  const due = profile.deleted ? [] : profile.claims.filter((claim) => dueAt(claim) <= moment.now);
  if (due.length === 0) return undefined;
  const kept = profile.claims.filter((claim) => !(claim.decided && due.includes(claim)));
  const tidied = kept.length < profile.claims.length ? withAccess({ ...profile, claims: kept }) : profile;
  const over = due.filter((claim) => !claim.decided && claim.ends <= moment.now);
  const late = due.filter((claim) => !claim.decided && !over.includes(claim));
  const by = bySystem('clock', profile.tenant, moment);
  return remind(end(tidied, over, by), late, managers, by);
}

function end(profile: Profile, over: readonly Claim[], by: By): Profile {
  if (over.length === 0) return profile;
  const { moment } = by;
  const decided = { as: 'ended' as const, by: clock, at: moment.now };
  return change(profile, by, {
    operation: 'claim',
    set: { claims: closeClaims(profile.claims, (claim) => over.includes(claim), decided) },
    what: `ended the ${over.length > 1 ? 'claims' : 'claim'} of ${over.map(({ by }) => by.name).join(', ')}, which nobody decided`,
    done: '',
    also: over.flatMap((claim) => dropUnusedGrant(profile, claim, moment)),
    notices: over.map((claim) => ({
      to: { person: claim.by.id },
      from: clock.id,
      title: `Your claim of ${nameOf(profile)} ended`,
      text: 'Nobody decided it in time. You can claim it again, or ask those who decide.',
      buttons: [{ title: 'Claim it again', operation: { kind: 'claim', profile: { id: profile.id } } }],
    })),
  }).profile;
}

function remind(profile: Profile, late: readonly Claim[], managers: readonly PersonId[], by: By): Profile {
  if (late.length === 0) return profile;
  const moment = { ...by.moment, id: `${by.moment.id}:remind` };
  return change(
    profile,
    { ...by, moment },
    {
      operation: 'claim',
      set: {
        claims: profile.claims.map((claim) => (late.includes(claim) ? { ...claim, remindedAt: moment.now } : claim)),
      },
      what: `reminded of the ${late.length > 1 ? 'claims' : 'claim'} of ${late.map(({ by }) => by.name).join(', ')}`,
      done: '',
      notices: late.flatMap((claim) => reminders(profile, claim, managers, moment)),
    },
  ).profile;
}

function reminders(profile: Profile, claim: Claim, managers: readonly PersonId[], { now }: Moment): Notice[] {
  const deciders = whoDecides(profile, claim, now);
  const people = deciders.kind === 'owners' ? deciders.owners.map(({ id }) => id) : managers;
  return people
    .filter((id) => id !== claim.by.id && id !== claim.objectedBy?.id)
    .map((id) => ({
      to: { person: id },
      from: clock.id,
      title: `${claim.by.name} still waits to become an owner of ${nameOf(profile)}`,
      text: `The claim ends on ${dayOf(claim.ends)} when nobody decides.`,
      buttons: [
        { title: 'Look at it', operation: { kind: 'claimcard', profile: { id: profile.id }, claim: claim.id } },
      ],
    }));
}

/** The profile goes: its claims with it, and their claimants are told. */
export function endAllClaims(profile: Profile, by: By): { claims: Claim[]; notices: Notice[] } {
  const decided = { as: 'deleted' as const, by: { id: by.actor.id, name: by.actor.name }, at: by.moment.now };
  return {
    claims: closeClaims(profile.claims, () => true, decided),
    notices: waitingClaims(profile).map((claim) => ({
      to: { person: claim.by.id },
      from: by.actor.id,
      title: `Your claim of ${nameOf(profile)} is over`,
      text: `${by.actor.name} deleted the profile. It can be added again by anyone who can sign in to it.`,
    })),
  };
}
