import { activeShares, nameOf, presentOwners } from '../access.js';
import { type By, showButton } from '../change.js';
import { dayOf } from '../days.js';
import type { Heirs } from '../decision.js';
import { systemActors } from '../entries.js';
import { spoken } from '../spoken.js';
import type { Notice, Owner, PersonId, PersonName, Profile } from '../types.js';

/** What the directory says of somebody who is not there any more. */
export type Left = 'disabled' | 'deleted';

/** More people than this are not written to because of one profile. */
const offeredLimit = 100;

/** An owner is leaving: the others hear of it; without others, those who could become an owner in time. */
export function leavingNotices(
  profile: Profile,
  owner: Owner,
  left: Left,
  end: Date,
  heirs: Heirs,
  now: Date,
): Notice[] {
  const others = presentOwners(profile).filter(({ id }) => id !== owner.id);
  const name = nameOf(profile);
  const text = `The account of ${owner.name} is ${left} in the directory. Their sign-in is not used any more, and on ${dayOf(end)} they stop being an owner.`;
  if (others.length > 0) {
    const title = `${owner.name}, an owner of ${name}, is leaving`;
    return others.map(({ id }) => ({
      to: { person: id },
      from: systemActors.directory.id,
      title,
      text,
      buttons: [showButton(profile)],
    }));
  }
  // Only who sees it can become an owner already: those it is shared with. Admins know whom to ask.
  const people = reached(profile, heirs.members, [owner], now);
  const notice = (id: PersonId, then: string, buttons: Notice['buttons'] = []): Notice => ({
    to: { person: id },
    from: systemActors.directory.id,
    title: `${name} is about to lose its last owner`,
    text: `${text} ${then}`,
    buttons: [...buttons, showButton(profile)],
  });
  return [
    ...people.map((id) => notice(id, 'If you can sign in to it, become an owner now.', [claimButton(profile)])),
    ...heirs.admins
      .filter((id) => id !== owner.id && !people.includes(id))
      .map((id) => notice(id, 'Somebody who can sign in to it should become an owner before that.')),
  ];
}

export const namesOf = (people: readonly PersonName[]): string => spoken(people.map(({ name }) => name));

/** "account is disabled", "accounts of Ann and Ben are deleted". */
export function accountsAre(gone: readonly Owner[], of = ''): string {
  return gone.length > 1 ? `accounts${of} are ${leftWords(gone)}` : `account${of} is ${leftWords(gone)}`;
}

/** What the directory says of them; of several it is said as little as is true of all. */
const leftWords = (gone: readonly Owner[]): Left =>
  gone.every(({ leftAs }) => leftAs === 'deleted') ? 'deleted' : 'disabled';

/** An owner left, and others stay. */
export function leftNotices(profile: Profile, gone: readonly Owner[], by: By): Notice[] {
  const owns = gone.length > 1 ? 'own' : 'owns';
  const present = presentOwners(profile);
  const alone =
    present.length === 1 ? 'You are its only owner now. A second one keeps it alive when you are away.' : '';
  return present.map(({ id }) => ({
    to: { person: id },
    from: by.actor.id,
    title: `${namesOf(gone)} no longer ${owns} ${nameOf(profile)}`,
    text: `The ${accountsAre(gone)} in the directory. ${alone || 'You still own it.'}`,
    buttons: [showButton(profile)],
  }));
}

/** To those it is shared with, those who worked with it, then the Managers; each once. */
export function offers(profile: Profile, gone: readonly Owner[], heirs: Heirs, by: By): Notice[] {
  const people = reached(profile, [...heirs.members, ...heirs.used, ...heirs.managers], gone, by.moment.now);
  return people.map((id) => ({
    to: { person: id },
    from: by.actor.id,
    title: `${nameOf(profile)} has no owner now`,
    text: `The ${accountsAre(gone, ` of ${namesOf(gone)}`)}, so nobody can publish or react with it. If you can sign in to it, become its owner.`,
    buttons: [claimButton(profile), showButton(profile)],
  }));
}

function reached(profile: Profile, more: readonly PersonId[], not: readonly PersonName[], now: Date): PersonId[] {
  const direct = activeShares(profile, now).flatMap(({ principal }) =>
    principal.kind === 'person' ? principal.id : [],
  );
  const people = new Set([...direct, ...more].filter((id) => !not.some((gone) => gone.id === id)));
  return [...people].slice(0, offeredLimit);
}

const claimButton = ({ id }: Pick<Profile, 'id'>): NonNullable<Notice['buttons']>[number] => ({
  title: 'Become an owner',
  operation: { kind: 'claim', profile: { id } },
});
