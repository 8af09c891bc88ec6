import { activeOwners, nameOf } from '../access.js';
import { change, nameFor, showButton } from '../change.js';
import { isCooling, standingInvite } from '../claims/claims.js';
import { closeClaims, wait } from '../claims/waiting.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision, SignedIn } from '../decision.js';
import { keepGrant } from '../entries.js';
import { refuse } from '../refusals.js';
import { dayMs } from '../spans.js';
import type { Invite, Notice, Owner, PersonName, Profile, ProfileType } from '../types.js';
import { newNames } from './renaming.js';

/** Without a sign-in: the way to one. With one: a new profile, or a proven claim of the one the tenant has. */
export function add(type: ProfileType | undefined, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  const { signedIn, profile } = state;
  if (!signedIn) return { kind: 'linkOut', why: 'add', ...(type ? { type } : {}) };
  if (profile && !profile.deleted) return provenFor(profile, signedIn, deciding, 'add');
  const { account, grant } = signedIn;
  const fresh: Profile = {
    tenant: actor.tenant,
    id: grant.profile,
    version: 0,
    revision: 0,
    type: signedIn.type,
    ...account,
    owners: [{ ...nameFor(actor), since: moment.now }],
    shares: [],
    claims: [],
    allowed: {},
    access: [],
    outbox: [],
  };
  return change(fresh, deciding, {
    operation: 'add',
    set: {},
    what: 'added it',
    done: said(`${nameOf(fresh)} is added, and you own it.`, signedIn),
    also: [keepGrant(signedIn.grant, deciding.moment)],
  });
}

export function renew(profile: Profile, deciding: Deciding): Decision {
  const { signedIn } = deciding.state;
  if (!signedIn) return { kind: 'linkOut', why: 'renew', type: profile.type };
  return provenFor(profile, signedIn, deciding, 'renew');
}

/** A sign-in to the very account: renews an owner's, makes anybody else an owner, or a claimant where claims wait. */
export function provenFor(
  profile: Profile,
  signedIn: SignedIn,
  deciding: Deciding,
  operation: 'add' | 'claim' | 'renew',
  why?: string,
): Decision {
  const { actor, state, moment } = deciding;
  if (signedIn.account.externalId !== profile.externalId) {
    return {
      kind: 'refuse',
      refusal: refuse('differentAccount', nameOf(profile), nameOf({ ...signedIn.account, type: profile.type })),
    };
  }
  const owners = activeOwners(profile, moment.now);
  if (owners.some((owner) => owner.id === actor.id)) return renewed(profile, signedIn, deciding, operation);
  if (operation === 'renew') {
    const names = owners.map((owner) => owner.name);
    return { kind: 'refuse', refusal: refuse('notOwner', nameOf(profile), names) };
  }
  const invited = standingInvite(profile, actor.id, moment.now);
  if (invited) return granted(profile, signedIn, deciding, invited);
  const objection = standingObjection(profile, actor.id);
  if (objection || state.policy.claims === 'approval') {
    return wait(profile, deciding, {
      signedIn,
      ...(why ? { why } : {}),
      ...(objection ? { objectedBy: objection } : {}),
    });
  }
  return granted(profile, signedIn, deciding);
}

/** Who was contested once, and not approved since, does not become an owner again just by signing in again. */
function standingObjection(profile: Profile, person: string): PersonName | undefined {
  const [last] = profile.claims
    .filter((claim) => claim.by.id === person && claim.objectedBy)
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  return last && last.decided?.as !== 'approved' ? last.objectedBy : undefined;
}

const said = (sentence: string, { warning }: SignedIn) => (warning ? `${sentence} ${warning}` : sentence);

function renewed(profile: Profile, signedIn: SignedIn, deciding: Deciding, operation: string): Decision {
  const before = operation === 'add' ? `You own ${nameOf(profile)} already. ` : '';
  const names = newNames(profile, signedIn.account, deciding.moment.now);
  return change(profile, deciding, {
    operation: 'renew',
    set: names?.set ?? {},
    what: `renewed their sign-in${names ? `; it was renamed ${names.words}` : ''}`,
    done: said(`${before}Your sign-in is renewed.`, signedIn),
    also: [keepGrant(signedIn.grant, deciding.moment)],
  });
}

function granted(profile: Profile, signedIn: SignedIn, deciding: Deciding, invited?: Invite): Decision {
  const { actor, state, moment } = deciding;
  const owners = activeOwners(profile, moment.now);
  const waits = !invited && owners.length > 0 && state.policy.coolOffDays > 0;
  const coolOffUntil = new Date(moment.now.getTime() + state.policy.coolOffDays * dayMs);
  const owner: Owner = { ...nameFor(actor), since: moment.now, ...(waits ? { coolOffUntil } : {}) };
  const names = newNames(profile, signedIn.account, moment.now);
  const decided = { as: 'granted' as const, by: nameFor(actor), at: moment.now };
  return change(profile, deciding, {
    operation: 'claim',
    set: {
      ...names?.set,
      owners: [...profile.owners.filter(({ id }) => id !== actor.id), owner],
      claims: closeClaims(profile.claims, ({ by }) => by.id === actor.id, decided),
      ...(profile.invites ? { invites: profile.invites.filter(({ person }) => person.id !== actor.id) } : {}),
    },
    what: `became an owner by signing in${invited ? `, invited by ${invited.by.name}` : ''}${names ? `; it was renamed ${names.words}` : ''}`,
    done: said(
      waits
        ? `You own ${nameOf(profile)} now. Deleting it, taking away what others shared and sharing it with everyone open on ${dayOf(coolOffUntil)}.`
        : `You own ${nameOf(profile)} now.`,
      signedIn,
    ),
    also: [keepGrant(signedIn.grant, deciding.moment)],
    notices: owners.map((other) => ({
      ...claimedNotice(other, profile, deciding, waits ? coolOffUntil : undefined),
      ...(owners.length === 1 ? { orManagers: true as const } : {}),
    })),
  });
}

function claimedNotice(other: Owner, profile: Profile, { actor, moment }: Deciding, until: Date | undefined): Notice {
  const mayContest = until && !isCooling(other, moment.now);
  return {
    to: { person: other.id },
    from: actor.id,
    title: `${actor.name} became an owner of ${nameOf(profile)}`,
    text: `They proved it by signing in to the account. You still own it too.${mayContest ? ` Until ${dayOf(until)} you can object there; then Managers decide.` : ''}`,
    // The profile's card has "Fine by me" and "Object" as long as they do something; a notice stands there for good.
    buttons: [showButton(profile)],
  };
}
