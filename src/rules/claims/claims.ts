import { activeOwners, isManagerOrAdmin, presentOwners } from '../access.js';
import { dayMs } from '../spans.js';
import type { Actor, Claim, Invite, Owner, PersonId, Profile } from '../types.js';

/** A claim waits this long; after `remindMs` those who decide are reminded; a decided one is remembered for `keptMs`. */
export const claimLivesMs = 7 * dayMs;
const remindMs = 2 * dayMs;
const keptMs = 30 * dayMs;

export const isWaiting = (claim: Claim): boolean => !claim.decided;
export const waitingClaims = (profile: Profile): Claim[] => profile.claims.filter(isWaiting);

/** The one claim of this person that still waits. */
export function openClaimOf(profile: Profile, person: PersonId): Claim | undefined {
  return waitingClaims(profile).find(({ by }) => by.id === person);
}

/** Whether a person's ownership, had by sign-in alone, may still be contested. */
export const isCooling = ({ coolOffUntil }: Owner, now: Date): boolean =>
  coolOffUntil !== undefined && coolOffUntil > now;

/**
 * Owners whose yes or no counts: their account works, and nobody can contest them. Somebody who only just came by
 * signing in must not bring an accomplice who has no wait.
 */
export function settledOwners(profile: Profile, now: Date): Owner[] {
  return presentOwners(profile).filter((owner) => !isCooling(owner, now));
}

/** The invitation that makes this person an owner by signing in: not over, and by somebody whose yes counts still. */
export function standingInvite(profile: Profile, person: PersonId, now: Date): Invite | undefined {
  const settled = settledOwners(profile, now);
  return profile.invites?.find(
    (one) => one.person.id === person && one.ends > now && settled.some(({ id }) => id === one.by.id),
  );
}

export type Deciders = { kind: 'owners'; owners: Owner[] } | { kind: 'managers' };

/** Who decides a claim now: the owners; Managers and admins where there is none, or where an owner objected. */
export function whoDecides(profile: Profile, claim: Claim, now: Date): Deciders {
  const owners = settledOwners(profile, now).filter(({ id }) => id !== claim.by.id);
  return owners.length > 0 && !claim.objectedBy ? { kind: 'owners', owners } : { kind: 'managers' };
}

/** Never the claimant, and never a Manager who is a party to it. */
export function mayDecide(profile: Profile, claim: Claim, actor: Actor, now: Date): boolean {
  if (profile.deleted || claim.decided || actor.id === claim.by.id) return false;
  const deciders = whoDecides(profile, claim, now);
  if (deciders.kind === 'owners') return actor.role !== 'reader' && deciders.owners.some(({ id }) => id === actor.id);
  const isParty = claim.objectedBy?.id === actor.id || activeOwners(profile, now).some(({ id }) => id === actor.id);
  return isManagerOrAdmin(actor) && !isParty;
}

/** When a claim needs the clock next: to be reminded of, to end, or to be forgotten. */
export function dueAt(claim: Claim): Date {
  if (claim.decided) return new Date(claim.decided.at.getTime() + keptMs);
  const remind = new Date(claim.at.getTime() + remindMs);
  return claim.remindedAt || remind > claim.ends ? claim.ends : remind;
}

export function nextClaim(profile: Profile): Date | undefined {
  if (profile.deleted) return undefined;
  return profile.claims.map(dueAt).sort((a, b) => a.getTime() - b.getTime())[0];
}
