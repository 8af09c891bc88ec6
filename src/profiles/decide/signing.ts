import { activeOwners, nameOf } from '../access.js';
import type { Deciding, Decision, SignedIn } from '../decision.js';
import { refuse } from '../refusals.js';
import type { Notice, Owner, Profile, ProfileType } from '../types.js';
import { change, nameFor, showButton } from './change.js';

const dayMs = 86_400_000;

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
    addedBy: nameFor(actor),
    addedAt: moment.now,
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
    done: `${nameOf(fresh)} is added, and you own it.`,
    also: [keepGrant(signedIn, deciding)],
  });
}

/** Becoming an owner of a profile that is there, by signing in to that very account. */
export function claim(profile: Profile, deciding: Deciding): Decision {
  const { signedIn } = deciding.state;
  if (!signedIn) return { kind: 'linkOut', why: 'claim', type: profile.type };
  return provenFor(profile, signedIn, deciding, 'claim');
}

export function renew(profile: Profile, deciding: Deciding): Decision {
  const { signedIn } = deciding.state;
  if (!signedIn) return { kind: 'linkOut', why: 'renew', type: profile.type };
  return provenFor(profile, signedIn, deciding, 'renew');
}

function provenFor(profile: Profile, signedIn: SignedIn, deciding: Deciding, operation: string): Decision {
  const { actor, state, moment } = deciding;
  if (signedIn.account.externalId !== profile.externalId) {
    return { kind: 'refuse', refusal: refuse('differentAccount', nameOf(profile), nameOf(signedIn.account)) };
  }
  const owners = activeOwners(profile, moment.now);
  const named = { handle: signedIn.account.handle, name: signedIn.account.name };
  if (owners.some((owner) => owner.id === actor.id)) {
    return change(profile, deciding, {
      operation: 'renew',
      set: named,
      what: 'renewed their sign-in',
      done:
        operation === 'add'
          ? `You own ${nameOf(profile)} already. Your sign-in is renewed.`
          : 'Your sign-in is renewed.',
      also: [keepGrant(signedIn, deciding)],
    });
  }
  if (operation === 'renew') {
    return {
      kind: 'refuse',
      refusal: refuse(
        'notOwner',
        nameOf(profile),
        owners.map((owner) => owner.name),
      ),
    };
  }
  if (state.policy.claims === 'approval') {
    return {
      kind: 'refuse',
      refusal: refuse(
        'claimWaits',
        nameOf(profile),
        owners.map((owner) => owner.name),
      ),
    };
  }
  const wait = owners.length > 0 && state.policy.coolOffDays > 0;
  const coolOffUntil = new Date(moment.now.getTime() + state.policy.coolOffDays * dayMs);
  const owner: Owner = { ...nameFor(actor), since: moment.now, ...(wait ? { coolOffUntil } : {}) };
  return change(profile, deciding, {
    operation: 'claim',
    set: { ...named, owners: [...profile.owners.filter(({ id }) => id !== actor.id), owner] },
    what: 'became an owner by signing in',
    done: wait
      ? `You own ${nameOf(profile)} now. Deleting it and sharing it with everyone open on ${coolOffUntil.toISOString().slice(0, 10)}.`
      : `You own ${nameOf(profile)} now.`,
    also: [keepGrant(signedIn, deciding)],
    notices: owners.map((other) => claimedNotice(other, profile, deciding)),
  });
}

function claimedNotice(owner: Owner, profile: Profile, { actor }: Deciding): Notice {
  return {
    to: { person: owner.id },
    from: actor.id,
    title: `${actor.name} became an owner of ${nameOf(profile)}`,
    text: `They proved it by signing in to the account. You still own it too.`,
    buttons: [showButton(profile)],
  };
}

function keepGrant({ grant }: SignedIn, { moment }: Deciding) {
  return { id: `${moment.id}:grant`, kind: 'grant' as const, grant };
}
