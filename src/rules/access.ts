import { typeNames } from './profileTypes.js';
import type { Actor, Principal, Profile, Share } from './types.js';

type Named = Pick<Profile, 'type' | 'handle'> & { name?: string };

/** Its handle with @, or its name where handles are not what people know it by: for places that say beside it what it is. */
export function shortNameOf({ type, handle, name }: Named): string {
  if (typeNames[type].handleForm === 'plain') return name || handle;
  return /\s/.test(handle) ? handle : `@${handle}`;
}

/** The other of its two names: what the short one leaves out. */
export function otherNameOf({ type, handle, name }: Named): string {
  return typeNames[type].handleForm === 'plain' ? handle : (name ?? handle);
}

/** A profile named whole, as sentences do: "@contoso (YouTube channel)", "Contoso (LinkedIn Page)". */
export function nameOf(profile: Named): string {
  return `${shortNameOf(profile)} (${typeNames[profile.type].label})`;
}

/** Managers and admins: who decides where no owner can, and thaws. */
export const isManagerOrAdmin = ({ role, admin }: Pick<Actor, 'role' | 'admin'>): boolean =>
  role === 'manager' || admin;

/** Owners whose account the directory has not reported as leaving by now. */
export function activeOwners(profile: Profile, now: Date): Profile['owners'] {
  return profile.owners.filter((owner) => isActive(owner, now));
}

/** Whether their account is not known to be leaving by now. */
export const isActive = ({ leavingAt }: Profile['owners'][number], now: Date): boolean => !leavingAt || leavingAt > now;

/** Owners who are not leaving: only their sign-ins are used. */
export function presentOwners(profile: Profile): Profile['owners'] {
  return profile.owners.filter((owner) => !owner.leavingAt);
}

/** Shares that still give something: an ended one gives nothing from that second on. */
export function activeShares(profile: Profile, now: Date): Share[] {
  return profile.shares.filter((share) => hasNotEnded(share, now));
}

const hasNotEnded = ({ until }: Share, now: Date): boolean => !until || until > now;

export function samePrincipal(a: Principal, b: Principal): boolean {
  if (a.kind === 'everyone' || b.kind === 'everyone') return a.kind === b.kind;
  return a.kind === b.kind && a.id === b.id;
}

/** How a principal is called in sentences; guests of the organisation are marked. */
export function principalName(principal: Principal): string {
  if (principal.kind === 'everyone') return 'everyone';
  return principal.kind === 'person' && principal.guest ? `${principal.name} (guest)` : principal.name;
}

/** The same as a line begins. */
export const principalTitle = (principal: Principal): string =>
  principal.kind === 'everyone' ? 'Everyone' : principalName(principal);

/** The keys that answer "which profiles may this person see" with one index. */
export function accessKeys(profile: Profile): string[] {
  if (profile.deleted) return [];
  const keys = profile.owners.map((owner) => `owner:${owner.id}`);
  for (const { principal } of profile.shares) {
    keys.push(principal.kind === 'everyone' ? 'everyone' : `${principal.kind}:${principal.id}`);
  }
  if (profile.owners.length === 0) keys.push('ownerless');
  keys.push(...(profile.invites ?? []).map(({ person }) => `invite:${person.id}`));
  const waiting = profile.claims.filter((claim) => !claim.decided);
  if (waiting.length > 0) keys.push('claims', ...waiting.map((claim) => `claim:${claim.by.id}`));
  // Managers decide where there is no owner, or where the owners are party.
  if (waiting.some(({ objectedBy }) => objectedBy || profile.owners.length === 0)) keys.push('claims:managers');
  return [...new Set(keys)];
}

/** The keys an actor's lists look for. Found profiles are still judged by `mayOn`, which looks at ends. */
export function keysOf(actor: Actor): string[] {
  return [
    `owner:${actor.id}`,
    `person:${actor.id}`,
    ...actor.groups.map((id) => `group:${id}`),
    ...(actor.guest ? [] : ['everyone']),
    'ownerless',
  ];
}

/** The shares that reach this actor now, directly, by group or with everyone. */
export function sharesReaching(profile: Profile, actor: Actor, now: Date): Share[] {
  return profile.shares.filter((share) => reaches(share, actor, now));
}

/** Whether a share gives this actor something now. */
export function reaches(share: Share, actor: Actor, now: Date): boolean {
  const { principal } = share;
  if (!hasNotEnded(share, now)) return false;
  if (principal.kind === 'everyone') return !actor.guest;
  return principal.kind === 'person' ? principal.id === actor.id : actor.groups.includes(principal.id);
}
