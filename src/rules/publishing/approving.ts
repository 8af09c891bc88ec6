import { activeOwners, isManagerOrAdmin, presentOwners, principalName, sharesReaching } from '../access.js';
import { nameFor } from '../change.js';
import { type Deciders, settledOwners } from '../claims/claims.js';
import { dayOf } from '../days.js';
import type { Deciding, Policy } from '../decision.js';
import { isOwner, mayPublish } from '../may.js';
import { isOutsideHours } from '../tenant/hours.js';
import type { Actor, ActRecord, PersonId, Profile } from '../types.js';
import type { Draft, Intent, Under, YesReason } from './intent.js';
import { publishingOf } from './loaded.js';

/** What lets somebody publish with a profile: owning it, else the share that asks least. */
export function rightOf(profile: Profile, actor: Actor, now: Date): Under | undefined {
  if (isOwner({ actor, profile, now })) return { as: 'owner' };
  const shares = sharesReaching(profile, actor, now);
  const share = shares.find(({ approval }) => !approval) ?? shares[0];
  if (!share) return undefined;
  const { principal, by, at, approval } = share;
  return { as: 'share', with: principalName(principal), by: nameFor(by), at, ...(approval ? { approval } : {}) };
}

/** What Send writes into the receipt: exactly what was written, and what let its author publish it. */
export function actOf({ id }: Intent, under: Under | undefined, deciding: Deciding): Omit<ActRecord, 'intent'> {
  const hash = publishingOf(deciding).hashes?.get(id);
  return { ...(hash ? { hash } : {}), ...(under ? { under: underWords(under) } : {}) };
}

/** "owner", or the share and who gave it. */
export function underWords(under: Under): string {
  if (under.as === 'owner') return 'owner';
  const { by, at, approval } = under;
  return `share with ${under.with} by ${by.name} of ${dayOf(at)}${approval ? ', with approval' : ''}`;
}

type Asking = { profile: Profile; actor: Actor; policy: Policy; at: Date; now: Date; draft?: Draft | undefined };

/** Why this needs somebody else's yes before it goes out; nothing where it needs none. `at`: when it would go out. */
export function reasonsForYes({ profile, actor, policy, at, now, draft }: Asking): YesReason[] {
  const isForEveryone = profile.shares.some(({ principal }) => principal.kind === 'everyone');
  const reasons: [YesReason, boolean][] = [
    ['share', !mayPublish({ actor, profile, now })],
    ['newDomain', policy.newLinks === 'approval' && (draft?.newDomains ?? []).length > 0],
    ['everyone', policy.everyonePosts === 'approval' && isForEveryone],
    ['hours', isOutsideHours(policy.hours, at, policy.timeZone)],
  ];
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/**
 * Who says yes or no: owners who are not the author, those whose ownership nobody can contest before the others. Where the
 * author is the only one, Managers and admins.
 */
export function decidersOfPost(profile: Profile, author: PersonId, now: Date): Deciders {
  for (const some of [settledOwners(profile, now), presentOwners(profile)]) {
    const owners = some.filter(({ id }) => id !== author);
    if (owners.length > 0) return { kind: 'owners', owners };
  }
  return { kind: 'managers' };
}

export const mayDecidePost = (intent: Intent, profile: Profile | undefined, actor: Actor, now: Date): boolean =>
  intent.state === 'toApprove' && decides(intent, profile, actor, now);

/** Who looks at a video before it goes out: its author, and whoever may say yes or no to it now. */
export const mayWatch = (intent: Intent, profile: Profile | undefined, actor: Actor, now: Date): boolean =>
  intent.video !== undefined &&
  intent.state === 'toApprove' &&
  (actor.id === intent.author.id || mayDecidePost(intent, profile, actor, now));

/** Whose yes it is. Never the author's, whatever else they are by now. */
export function decides({ author }: Intent, profile: Profile | undefined, actor: Actor, now: Date): boolean {
  if (!profile || profile.deleted || actor.id === author.id) return false;
  if (activeOwners(profile, now).length === 0) return false;
  const deciders = decidersOfPost(profile, author.id, now);
  if (deciders.kind === 'managers') return isManagerOrAdmin(actor);
  return actor.role !== 'reader' && deciders.owners.some(({ id }) => id === actor.id);
}

/** Whether what is stored now may leave: nobody's yes is needed, or there is one for exactly this. */
export function isApproved(intent: Intent, profile: Profile, author: Actor, hash: string, now: Date): boolean {
  const isAsked = (intent.asks ?? []).some((reason) => reason !== 'share');
  if (!isAsked && mayPublish({ actor: author, profile, now })) return true;
  const { approval } = intent;
  if (!approval || approval.hash !== hash || approval.by.id === intent.author.id) return false;
  return approval.as === 'manager' || activeOwners(profile, now).some(({ id }) => id === approval.by.id);
}

/** Its author, those who decide or have decided, those who may publish with it without asking, and admins. */
export function maySeeApproval(
  intent: Intent,
  profile: Profile | undefined,
  { actor, moment: { now } }: Deciding,
): boolean {
  if (intent.decideBy === undefined) return false;
  if (actor.admin || actor.id === intent.author.id || mayDecidePost(intent, profile, actor, now)) return true;
  if (intent.approval?.by.id === actor.id || intent.declined?.by.id === actor.id) return true;
  return profile !== undefined && mayPublish({ actor, profile, now });
}
