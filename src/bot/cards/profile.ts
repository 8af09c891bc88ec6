import { typeFacts } from '../../networks/types.js';
import type { Counts, Outcome, ProfileFacts } from '../../operations/core/outcome.js';
import type { AsOf } from '../../operations/people/memberships.js';

import { countWords } from '../../operations/people/reach.js';
import { activeShares, nameOf, principalName } from '../../rules/access.js';
import { openClaimOf, waitingClaims } from '../../rules/claims/claims.js';
import type { ProfileOperation } from '../../rules/may.js';
import type { Asked } from '../../rules/operation.js';
import type { Owner, Principal, Profile } from '../../rules/types.js';
import { button } from '../input/clicks.js';
import { asOfWords, dayWords } from '../input/times.js';
import { healthSentence, healthWord } from './health.js';
import { iconOf } from './icons.js';
import type { Reader } from './present.js';
import { readingRows } from './reading.js';
import { plain } from './text.js';
import { typeNotes } from './typeNotes.js';
import type { Button, ProfileRow, ProfileView } from './views.js';

/** The profile card: who owns it, who may post, how it is, and the buttons the rules allow this person. */
export function profileView(
  { facts, done, asOf, notes: more, counts }: Extract<Outcome, { kind: 'profile' }>,
  reader: Reader,
): ProfileView {
  const { profile } = facts;
  return {
    ...(done ? { done: plain(done) } : {}),
    handle: plain(nameOf(profile)),
    name: plain(profile.name),
    typeName: typeFacts[profile.type].label,
    icon: iconOf(typeFacts[profile.type].network),
    iconAlt: typeFacts[profile.type].networkLabel,
    ...(profile.url && /^https:\/\//.test(profile.url) ? { url: profile.url } : {}),
    health: { ...healthWord(facts), sentence: healthSentence(facts, reader) },
    standing: standing(facts, reader),
    access: accessRows(facts, reader, counts ?? {}),
    reading: readingRows(facts),
    abilities: typeNotes(profile.type),
    notes: [...(more ?? []).map((note) => plain(note)), ...notes(facts, reader, asOf)],
    buttons: buttons(facts),
  };
}

/** One line of a list. */
export function profileRow(facts: ProfileFacts, reader: Reader): ProfileRow {
  const { profile } = facts;
  return {
    handle: plain(nameOf(profile)),
    network: typeFacts[profile.type].networkLabel,
    typeName: typeFacts[profile.type].label,
    icon: iconOf(typeFacts[profile.type].network),
    iconAlt: typeFacts[profile.type].networkLabel,
    health: healthWord(facts),
    detail: standing(facts, reader),
    show: button('Show', { kind: 'show', profile: { id: profile.id } }, { tooltip: `Show ${nameOf(profile)}` }),
  };
}

function standing({ standing: mine, shared, profile }: ProfileFacts, reader: Reader): string {
  switch (mine) {
    case 'owner': {
      const others = profile.owners.length - 1;
      return others === 0 ? 'You own it' : `You and ${others} other${others === 1 ? '' : 's'} own it`;
    }
    case 'shared': {
      const through = shared && shared.through.kind !== 'person' ? ` through ${throughWords(shared.through)}` : '';
      const end = shared?.until ? ` until ${dayWords(shared.until, reader.timeZone)}` : '';
      return `Shared with you${through} by ${plain(shared?.by.name ?? '')}${end}`;
    }
    case 'ownerless':
      return 'Nobody owns it';
    case 'admin':
      return 'You see it as an admin';
  }
}

const throughWords = (principal: Principal) => (principal.kind === 'everyone' ? 'everyone' : plain(principal.name));

function accessRows({ profile, may }: ProfileFacts, reader: Reader, counts: Counts): ProfileView['access'] {
  const owners = profile.owners.map((owner) => ownerRow(owner, profile, may.includes('removeOwner'), reader));
  const shares = activeShares(profile, reader.now).map(({ principal, by, until }) => {
    const end = until ? ` until ${dayWords(until, reader.timeZone)}` : '';
    const count = counts[principal.kind === 'everyone' ? 'everyone' : principal.id];
    const row = {
      name: plain(capital(principalName(principal))),
      detail: `May publish and react${end}, shared by ${plain(by.name)}${count ? ` · ${countWords(count)}` : ''}`,
    };
    if (!may.includes('unshare')) return row;
    const asked: Asked = { kind: 'unshare', who: [refOf(principal)], profile: { id: profile.id } };
    return { ...row, remove: button('Remove', asked, { tooltip: `Stop sharing with ${principalName(principal)}` }) };
  });
  return [...owners, ...shares];
}

function ownerRow(owner: Owner, { id }: Profile, mayRemove: boolean, reader: Reader): ProfileView['access'][number] {
  const name = plain(owner.name);
  if (!owner.leavingAt) return { name, detail: 'Owner' };
  const detail = `Owner until ${dayWords(owner.leavingAt, reader.timeZone)}: the directory says they left`;
  if (!mayRemove) return { name, detail };
  const asked: Asked = { kind: 'removeOwner', owner: owner.id, profile: { id } };
  return { name, detail, remove: button('Remove', asked, { tooltip: `End the ownership of ${owner.name} now` }) };
}

const capital = (word: string) => (word === 'everyone' ? 'Everyone' : word);

function refOf(principal: Principal) {
  if (principal.kind === 'everyone') return { everyone: true as const };
  return principal.kind === 'person' ? { person: principal.id } : { group: principal.id };
}

/** One's own claim; to owners also that others wait. */
function claimNotes(profile: Profile, isOwner: boolean, reader: Reader): string[] {
  const own = openClaimOf(profile, reader.id);
  const others = waitingClaims(profile).filter(({ id }) => id !== reader.id);
  return [
    ...(own ? [`Your claim waits for a decision until ${dayWords(own.ends, reader.timeZone)}.`] : []),
    ...(isOwner && others.length > 0
      ? [`${plain(others.map(({ name }) => name).join(', '))} would like to own it too. Say "claims" to decide.`]
      : []),
  ];
}

function notes(facts: ProfileFacts, reader: Reader, asOf: AsOf | undefined): string[] {
  const { profile, standing } = facts;
  const cooling = profile.owners.filter((owner) => owner.coolOffUntil && owner.coolOffUntil > reader.now);
  const leaving = profile.owners.filter((owner) => owner.leavingAt);
  return [
    ...leaving.map(
      (owner) =>
        `${plain(owner.name)} left, says the directory. Their sign-in is not used any more; unless they come back before ${dayWords(owner.leavingAt as Date, reader.timeZone)}, they stop being an owner.`,
    ),
    ...cooling.map(
      (owner) =>
        `${plain(owner.name)} became an owner by signing in; until ${dayWords(owner.coolOffUntil as Date, reader.timeZone)} they can't delete it or share it with everyone, and other owners can object.`,
    ),
    ...claimNotes(profile, standing === 'owner', reader),
    ...(asOf ? [asOfWords(asOf, reader.timeZone)] : []),
  ];
}

const titles: Partial<Record<ProfileOperation, string>> = {
  share: 'Share',
  vouch: 'Fine by me',
  object: 'Object',
  claim: 'Become an owner',
  withdraw: 'Withdraw my claim',
  renew: 'Renew my sign-in',
  history: 'History',
  forget: 'Remove my sign-in',
  leave: 'Leave',
  delete: 'Delete',
};
const inFront: readonly ProfileOperation[] = ['share', 'vouch', 'object', 'claim', 'withdraw', 'renew', 'history'];

function buttons({ profile, may, hasOwnGrant }: ProfileFacts): Button[] {
  const allowed = (Object.keys(titles) as ProfileOperation[])
    .filter((kind) => may.includes(kind))
    .filter((kind) => kind !== 'forget' || hasOwnGrant)
    .filter((kind) => kind !== 'claim' || !may.includes('withdraw'));
  return allowed.map((kind) => {
    const asked = (
      kind === 'share' ? { kind, who: [], profile: { id: profile.id } } : { kind, profile: { id: profile.id } }
    ) as Asked;
    return button(titles[kind] ?? kind, asked, {
      ...(kind === 'delete' ? { style: 'destructive' as const } : {}),
      ...(inFront.includes(kind) ? {} : { secondary: true }),
    });
  });
}
