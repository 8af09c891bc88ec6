import { nameOf, presentOwners, principalName, samePrincipal } from '../access.js';
import { type By, change, showButton } from '../change.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision, Heirs, Policy } from '../decision.js';
import { bySystem, dropGrant, systemActors } from '../entries.js';
import type { Moment, Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { dayMs } from '../spans.js';
import type { GroupId, Owner, PersonId, Principal, Profile } from '../types.js';
import { accountsAre, type Left, leavingNotices, leftNotices, namesOf, offers } from './leavingNotices.js';
import { coolingOff } from './owning.js';

const byDirectory = (profile: Profile, moment: Moment) => bySystem('directory', profile.tenant, moment);

/**
 * Someone's account was disabled or deleted: as an owner they are leaving, until the policy's window is over; a share
 * with somebody deleted goes at once. Undefined when that changes nothing, so the same news twice does no harm.
 */
export function personLeft(
  profile: Profile,
  person: PersonId,
  left: Left,
  policy: Policy,
  heirs: Heirs,
  moment: Moment,
): Profile | undefined {
  if (profile.deleted) return undefined;
  const tidied = left === 'deleted' ? withoutPerson(profile, person, moment) : undefined;
  const now = tidied ?? profile;
  const owner = now.owners.find(({ id }) => id === person);
  if (!owner) return tidied;
  const days = left === 'deleted' ? policy.deletedOwnerDays : policy.disabledOwnerDays;
  const end = new Date(moment.now.getTime() + days * dayMs);
  if (owner.leavingAt && owner.leavingAt <= end) return tidied;
  const noted: Moment = { ...moment, id: `${moment.id}:owner` };
  if (end <= moment.now) return endOwnership(now, [{ ...owner, leftAs: left }], byDirectory(profile, noted), heirs);
  return change(now, byDirectory(profile, noted), {
    operation: 'leaving',
    set: { owners: now.owners.map((one) => (one.id === person ? { ...one, leavingAt: end, leftAs: left } : one)) },
    what: `said that the account of ${owner.name} is ${left}; they stop being an owner on ${dayOf(end)}`,
    done: '',
    notices: leavingNotices(now, owner, left, end, heirs, moment.now),
  }).profile;
}

/** The account is enabled again within the window: they stay an owner. Undefined when they were not leaving. */
export function personBack(profile: Profile, person: PersonId, moment: Moment): Profile | undefined {
  const owner = profile.owners.find(({ id }) => id === person);
  if (profile.deleted || !owner?.leavingAt || owner.leavingAt <= moment.now) return undefined;
  const { leavingAt: _, leftAs: __, ...stays } = owner;
  return change(profile, byDirectory(profile, moment), {
    operation: 'back',
    set: { owners: profile.owners.map((one) => (one === owner ? stays : one)) },
    what: `said that the account of ${owner.name} is enabled again; they stay an owner`,
    done: '',
    notices: [...profile.owners].map((one) => ({
      to: { person: one.id },
      from: systemActors.directory.id,
      title: one === owner ? `You still own ${nameOf(profile)}` : `${owner.name} still owns ${nameOf(profile)}`,
      text: `${one === owner ? 'Your' : 'Their'} account is enabled again.`,
      buttons: [showButton(profile)],
    })),
  }).profile;
}

/** Owners whose window is over are owners no more. Undefined when there is none. */
export function endLeavers(profile: Profile, heirs: Heirs, moment: Moment): Profile | undefined {
  const gone = profile.owners.filter(({ leavingAt }) => leavingAt && leavingAt <= moment.now);
  if (profile.deleted || gone.length === 0) return undefined;
  return endOwnership(profile, gone, byDirectory(profile, moment), heirs);
}

/** A group that is not there any more gives nobody anything; its share is tidied away. */
export function groupGone(profile: Profile, group: GroupId, moment: Moment): Profile | undefined {
  return withoutPrincipal(profile, { kind: 'group', id: group, name: '' }, 'the group is deleted', moment);
}

/** An admin does not wait for the end of the window; somebody whose account works is not removed. */
export function removeOwner(
  operation: Extract<Operation, { kind: 'removeOwner' }>,
  profile: Profile,
  deciding: Deciding,
): Decision {
  const { actor, state, moment } = deciding;
  const refusal = coolingOff(profile, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  const owner = profile.owners.find(({ id }) => id === operation.owner);
  if (!owner?.leavingAt) return { kind: 'refuse', refusal: refuse('notLeaving', nameOf(profile), owner?.name) };
  if (state.leaver !== 'gone') return { kind: 'refuse', refusal: refuse('isBack', owner.name) };
  return {
    kind: 'change',
    profile: endOwnership(profile, [owner], { actor, moment }, state.heirs ?? noHeirs),
    done: `${owner.name} is no longer an owner.`,
  };
}

export const noHeirs: Heirs = { members: [], used: [], managers: [], admins: [] };

/** Whether nobody present would own it without these people: then it is worth knowing whom to offer it to. */
export function isLastOwner(profile: Profile, people: readonly PersonId[]): boolean {
  return presentOwners(profile).every(({ id }) => people.includes(id));
}

function endOwnership(profile: Profile, gone: Owner[], by: By, heirs: Heirs): Profile {
  const owners = profile.owners.filter((owner) => !gone.some(({ id }) => id === owner.id));
  const next = { ...profile, owners };
  return change(profile, by, {
    operation: 'removeOwner',
    set: { owners },
    what: `ended the ownership of ${namesOf(gone)}, whose ${accountsAre(gone)}${owners.length === 0 ? '; it has no owner now' : ''}`,
    done: '',
    also: gone.map(({ id }) => dropGrant(profile.id, id, by.moment)),
    notices: owners.length === 0 ? offers(next, gone, heirs, by) : leftNotices(next, gone, by),
  }).profile;
}

function withoutPerson(profile: Profile, person: PersonId, moment: Moment): Profile | undefined {
  return withoutPrincipal(profile, { kind: 'person', id: person, name: '' }, 'the account is deleted', moment);
}

function withoutPrincipal(profile: Profile, gone: Principal, why: string, moment: Moment): Profile | undefined {
  const share = profile.shares.find(({ principal }) => samePrincipal(principal, gone));
  if (profile.deleted || !share) return undefined;
  return change(profile, byDirectory(profile, moment), {
    operation: 'unshare',
    set: { shares: profile.shares.filter((one) => one !== share) },
    what: `ended the share with ${principalName(share.principal)}: ${why}`,
    done: '',
  }).profile;
}
