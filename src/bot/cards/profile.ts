import { typeWords } from '../../operations/answers/typeWords.js';
import type { Counts, Outcome, ProfileFacts } from '../../operations/core/outcome.js';
import type { AsOf } from '../../operations/people/memberships.js';

import { countWords } from '../../operations/people/reach.js';
import { activeShares, otherNameOf, principalName, principalTitle, shortNameOf } from '../../rules/access.js';
import { isCooling, openClaimOf, waitingClaims } from '../../rules/claims/claims.js';
import type { ProfileOperation } from '../../rules/may.js';
import type { Asked } from '../../rules/operation.js';
import type { Owner, Principal, Profile } from '../../rules/types.js';
import { type Button, button, openInTab } from '../input/button.js';
import { asOfWords, clientTime, dateWords, dayWords } from '../input/times.js';
import { type Colour, cardKind, type Reader } from './card.js';
import { healthSentence, healthWord, leftWords } from './healthWords.js';
import { iconFor } from './icons.js';
import { standing } from './profileRow.js';
import { type ReadingRow, readingRows } from './reading.js';
import { plain } from './text.js';
import { typeNotes } from './typeNotes.js';

export type ProfileView = {
  /** What just happened, when the card answers a change. */
  done?: string;
  handle: string;
  name: string;
  typeName: string;
  icon: string;
  iconAlt: string;
  url?: string;
  /** The light, in a word; how many days are left, where that is known; and who keeps it alive. */
  health: { word: string; colour: Colour; sentence: string };
  /** "You are an owner", "Shared with you by Ann until 4 December". */
  standing: string;
  access: { name: string; detail: string; remove?: Button }[];
  /** What may be read with it, each with its switch for those who may turn it. */
  reading: ReadingRow[];
  /** What a profile of its type may do on its network today, and why not the rest. */
  abilities: string[];
  /** Things to know: ends, cool-offs. */
  notes: string[];
  buttons: Button[];
};

export const profileCard = cardKind<ProfileView>(
  'profile',
  ({ done, handle, typeName, health, standing }) => done ?? `${handle} (${typeName}): ${health.word}. ${standing}`,
);

/** The profile card: who owns it, who may post, how it is, and the buttons the rules allow this person. */
export function profileView(
  { facts, done, asOf, notes: more, counts }: Extract<Outcome, { kind: 'profile' }>,
  reader: Reader,
): ProfileView {
  const { profile } = facts;
  return {
    ...(done ? { done: plain(done) } : {}),
    handle: plain(shortNameOf(profile)),
    name: plain(otherNameOf(profile)),
    typeName: typeWords(profile.type).label,
    ...iconFor(profile.type),
    ...(profile.url && /^https:\/\//.test(profile.url) ? { url: profile.url } : {}),
    health: healthOf(facts, reader),
    standing: standing(facts, reader),
    access: accessRows(facts, reader, counts ?? {}),
    reading: readingRows(facts, isContestable(profile, reader)),
    abilities: typeNotes(profile.type, reader.opened?.(profile.type)),
    notes: [...(more ?? []).map((note) => plain(note)), ...notes(facts, reader, asOf)],
    buttons: buttons(facts, reader),
  };
}

function healthOf(facts: ProfileFacts, reader: Reader): ProfileView['health'] {
  const { word, colour } = healthWord(facts);
  const left = leftWords(facts.health, reader.now);
  return { word: `● ${word}${left ? ` · ${left}` : ''}`, colour, sentence: healthSentence(facts, reader) };
}

function accessRows({ profile, may }: ProfileFacts, reader: Reader, counts: Counts): ProfileView['access'] {
  const owners = profile.owners.map((owner) =>
    ownerRow(owner, profile, may.includes('removeOwner') && !isContestable(profile, reader), reader),
  );
  const shares = activeShares(profile, reader.now).map(({ principal, by, until, approval }) => {
    const end = until ? ` until ${dayWords(until, reader.timeZone)}` : '';
    const count = counts[principal.kind === 'everyone' ? 'everyone' : principal.id];
    const row = {
      name: plain(principalTitle(principal)),
      detail: `May publish and react${approval ? " with an owner's yes" : ''}${end}, shared by ${plain(by.name)}${count ? ` · ${countWords(count)}` : ''}`,
    };
    if (!may.includes('unshare') || (isContestable(profile, reader) && by.id !== reader.id)) return row;
    const asked: Asked = { kind: 'unshare', who: [refOf(principal)], profile: { id: profile.id } };
    return { ...row, remove: button('Remove', asked, { tooltip: `Stop sharing with ${principalName(principal)}` }) };
  });
  return [...owners, ...shares];
}

function ownerRow(owner: Owner, { id }: Profile, mayRemove: boolean, reader: Reader): ProfileView['access'][number] {
  const name = plain(owner.name);
  if (!owner.leavingAt) return { name, detail: 'Owner' };
  const detail = `Owner until ${dateWords(owner.leavingAt, reader.timeZone)}: their account is ${owner.leftAs ?? 'disabled'}`;
  if (!mayRemove) return { name, detail };
  const asked: Asked = { kind: 'removeOwner', owner: owner.id, profile: { id } };
  return { name, detail, remove: button('Remove', asked, { tooltip: `End the ownership of ${owner.name} now` }) };
}

/** The reader may still be contested: what others shared stays theirs, and deleting is not open yet. */
const isContestable = (profile: Profile, { id, now }: Reader) =>
  profile.owners.some((owner) => owner.id === id && isCooling(owner, now));

function refOf(principal: Principal) {
  if (principal.kind === 'everyone') return { everyone: true as const };
  return principal.kind === 'person' ? { person: principal.id } : { group: principal.id };
}

/** One's own claim; to owners also that others wait. */
function claimNotes(profile: Profile, isOwner: boolean, reader: Reader): string[] {
  const own = openClaimOf(profile, reader.id);
  const others = waitingClaims(profile).filter(({ by }) => by.id !== reader.id);
  return [
    ...(own ? [`Your claim waits for a decision until ${dateWords(own.ends, reader.timeZone)}.`] : []),
    ...(isOwner && others.length > 0
      ? [
          `${plain(others.map(({ by }) => by.name).join(', '))} would like to own it too: decide with "claims" in the chat, or under Waiting for me in the tab.`,
        ]
      : []),
  ];
}

/** Whoever looks at a frozen profile reads that, by whom, and how it ends. */
function frozenNotes({ frozen, handle }: Profile): string[] {
  if (!frozen) return [];
  const yes =
    frozen.yes.length > 0 ? ` ${plain(frozen.yes.map(({ name }) => name).join(', '))} said yes to a thaw.` : '';
  return [
    `Frozen by ${plain(frozen.by.name)} since ${clientTime(frozen.at)}: nothing goes out.${yes}`,
    plain(`Two Managers or admins end that, each with: thaw ${handle} "why"`),
  ];
}

function notes(facts: ProfileFacts, reader: Reader, asOf: AsOf | undefined): string[] {
  const { profile, standing } = facts;
  const cooling = profile.owners.filter((owner) => owner.coolOffUntil && owner.coolOffUntil > reader.now);
  const leaving = profile.owners.filter((owner) => owner.leavingAt);
  return [
    ...frozenNotes(profile),
    ...leaving.map(
      (owner) =>
        `The account of ${plain(owner.name)} is ${owner.leftAs ?? 'disabled'} in the directory. Their sign-in is not used any more; unless they come back before ${dateWords(owner.leavingAt as Date, reader.timeZone)}, they stop being an owner.`,
    ),
    ...cooling.map(
      (owner) =>
        `${plain(owner.name)} became an owner by signing in; until ${dateWords(owner.coolOffUntil as Date, reader.timeZone)} they can't delete it or share it with everyone, and other owners can object.`,
    ),
    ...claimNotes(profile, standing === 'owner', reader),
    ...(asOf ? [asOfWords(asOf, reader.now)] : []),
  ];
}

const titles: Partial<Record<ProfileOperation, string>> = {
  share: 'Share',
  invite: 'Invite an owner',
  vouch: 'Fine by me',
  object: 'Object',
  claim: 'Become an owner',
  withdraw: 'Withdraw my claim',
  renew: 'Renew my sign-in',
  check: 'Check now',
  history: 'History',
  freeze: 'Freeze',
  forget: 'Remove my sign-in',
  leave: 'Leave',
  delete: 'Delete',
};
const inFront: readonly ProfileOperation[] = [
  'share',
  'invite',
  'vouch',
  'object',
  'claim',
  'withdraw',
  'renew',
  'history',
];
/** Those that do something only now and then: beside the others then, and not there at all else. */
const isOpen: Partial<Record<ProfileOperation, (facts: ProfileFacts, reader: Reader) => boolean>> = {
  forget: ({ hasOwnGrant }) => hasOwnGrant,
  delete: ({ profile }, reader) => !isContestable(profile, reader),
  claim: ({ may }) => !may.includes('withdraw'),
  freeze: ({ mayPublish, profile }) => mayPublish && !profile.frozen,
  check: ({ health }) => health.valid + health.unproven > 0,
};

function buttons(facts: ProfileFacts, reader: Reader): Button[] {
  const { profile, may, hasOwnGrant, mayPublish, health } = facts;
  const allowed = (Object.keys(titles) as ProfileOperation[])
    .filter((kind) => may.includes(kind))
    .filter((kind) => isOpen[kind]?.(facts, reader) ?? true);
  const on = { profiles: [{ id: profile.id }] };
  const post = mayPublish && !profile.frozen ? [button('Post', { kind: 'post', ...on, form: true })] : [];
  const back = button('My profiles', { kind: 'profiles', list: 'mine' }, { secondary: true });
  // Beside one that works, or alone.
  const signIn = health.state === 'not-valid' ? 'Sign in' : 'Sign in too';
  const posts = mayPublish ? [button('Posts', { kind: 'posts', ...on }, { secondary: true })] : [];
  const others = allowed.map((kind) => {
    const asked = (
      kind === 'share' || kind === 'invite'
        ? { kind, who: [], profile: { id: profile.id } }
        : { kind, profile: { id: profile.id } }
    ) as Asked;
    const title = kind === 'renew' && !hasOwnGrant ? signIn : titles[kind];
    return button(title ?? kind, asked, {
      ...(kind === 'delete' ? { style: 'destructive' as const } : {}),
      ...(inFront.includes(kind) || (kind === 'check' && health.unproven > 0) ? {} : { secondary: true }),
    });
  });
  return sixInFront([...post, ...others, ...posts, back, ...openInTab(reader, profile.id)]);
}

/** Teams shows six; the rest, and what is seldom wanted, is behind the dots. */
function sixInFront(all: readonly Button[]): Button[] {
  const front = all.filter(({ secondary }) => !secondary).slice(0, 6);
  return all.map((one) => (front.includes(one) ? one : { ...one, secondary: true }));
}
