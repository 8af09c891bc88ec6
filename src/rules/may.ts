import { isActive, isManagerOrAdmin, reaches } from './access.js';
import { isCooling, openClaimOf, settledOwners, standingInvite } from './claims/claims.js';
import type { KindsWith } from './operation.js';
import type { Actor, Profile } from './types.js';

/** What a rule looks at: one actor, one profile, one moment. */
export type Facts = { actor: Actor; profile: Profile; now: Date };
export type Rule = (facts: Facts) => boolean;

const allOf =
  (...rules: Rule[]): Rule =>
  (facts) =>
    rules.every((rule) => rule(facts));
const anyOf =
  (...rules: Rule[]): Rule =>
  (facts) =>
    rules.some((rule) => rule(facts));
const not =
  (rule: Rule): Rule =>
  (facts) =>
    !rule(facts);

export const isOwner: Rule = ({ actor, profile, now }) =>
  profile.owners.some((owner) => owner.id === actor.id && isActive(owner, now));
export const isOwnerless: Rule = ({ profile, now }) => !profile.owners.some((owner) => isActive(owner, now));
export const isSharedWith: Rule = ({ actor, profile, now }) =>
  profile.shares.some((share) => reaches(share, actor, now));
const isAdmin: Rule = ({ actor }) => actor.admin;
const isThere: Rule = ({ profile }) => !profile.deleted;
/** A Reader sees nothing of profiles; being admin alone lets one see, never act. */
const works: Rule = ({ actor }) => actor.role !== 'reader';

export const maySee: Rule = allOf(isThere, anyOf(allOf(works, anyOf(isOwner, isSharedWith, isOwnerless)), isAdmin));
const hasLeavingOwner: Rule = ({ profile }) => profile.owners.some((owner) => owner.leavingAt);
const owns: Rule = allOf(isThere, works, isOwner);
const isSettled: Rule = ({ actor, profile, now }) => settledOwners(profile, now).some(({ id }) => id === actor.id);
const someoneMayBeContested: Rule = ({ actor, profile, now }) =>
  profile.owners.some((owner) => owner.id !== actor.id && isCooling(owner, now));
/** They see nothing of it, but may sign in to it. */
const isInvited: Rule = ({ actor, profile, now }) => standingInvite(profile, actor.id, now) !== undefined;
const hasClaim: Rule = ({ actor, profile }) => openClaimOf(profile, actor.id) !== undefined;

const mayThaw: Rule = ({ actor }) => isManagerOrAdmin(actor);

/** By a share that asks for no owner's yes. */
const isSharedFreely: Rule = ({ actor, profile, now }) =>
  profile.shares.some((share) => !share.approval && reaches(share, actor, now));
/** Owners, and those it is shared with; nobody while it is ownerless, and no admin for being one. */
export const mayPublish: Rule = allOf(isThere, works, not(isOwnerless), anyOf(isOwner, isSharedFreely));
/** The same, and those whose share asks for an owner's yes to each post. */
export const mayDraft: Rule = allOf(isThere, works, not(isOwnerless), anyOf(isOwner, isSharedWith));

/** Operations whose row says `may`, each with the sentence that is its rule. Cards ask it too, for their buttons. */
export const may = {
  show: maySee,
  share: owns,
  unshare: owns,
  invite: allOf(owns, isSettled),
  leave: owns,
  delete: owns,
  renew: owns,
  check: owns,
  forget: owns,
  removeOwner: allOf(isThere, isAdmin, hasLeavingOwner),
  allow: owns,
  deny: owns,
  history: allOf(isThere, anyOf(owns, isAdmin)),
  object: allOf(owns, isSettled, someoneMayBeContested),
  vouch: allOf(owns, isSettled, someoneMayBeContested),
  withdraw: allOf(isThere, works, hasClaim),
  claim: allOf(isThere, works, anyOf(isSharedWith, isOwnerless, isAdmin, isInvited), not(isOwner)),
  freeze: allOf(works, maySee),
  thaw: allOf(maySee, mayThaw),
} satisfies Record<ProfileOperation, Rule>;
export type ProfileOperation = KindsWith<'who', 'may'>;
