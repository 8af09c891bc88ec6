import type { Outcome, WhoOption } from '../../operations/core/outcome.js';
import { gainWords } from '../../operations/people/reach.js';
import { nameOf, shortNameOf } from '../../rules/access.js';
import type { Asked, Picking, WhoRef } from '../../rules/operation.js';
import { type Button, button } from '../input/button.js';
import { dayValue, dayWords } from '../input/times.js';
import { cardKind, type Reader } from './card.js';
import { iconFor } from './icons.js';
import { plain } from './text.js';

export type SharePickerView = {
  title: string;
  /** What whoever is picked may do then. */
  sentence: string;
  icon: string;
  iconAlt: string;
  /** Review was pressed with nobody picked. */
  note?: string;
  /** Principals picked so far, with what the directory says of them. */
  picked: { name: string; detail: string; remove: Button }[];
  /** The first step: the box to pick from, by the list it asks for, and the end, `until` as YYYY-MM-DD. */
  boxes?: { label: string; dataset: string; words: string; until?: string };
  /** The second step: "12 people gain access, 2 of them guests.", and what goes with it. */
  review: string[];
  save: Button;
  change?: Button;
  cancel: Button;
};

export const sharePickerCard = cardKind<SharePickerView>('share-picker', ({ title }) => title);

type Open = Extract<Outcome, { kind: 'pick' }>;

/** The open picker: first whom, then what that means, with the button that does it. */
export function pickerView(outcome: Open, reader: Reader): SharePickerView {
  const { profile } = outcome.facts;
  const invites = outcome.to === 'invite';
  const isReview = outcome.review === true && outcome.picked.length > 0;
  const who = outcome.picked.map(({ ref }) => ref);
  const whom = plain(whomWords(outcome.picked));
  const short = plain(whomWords(outcome.picked, mostOnButton));
  return {
    title: titleOf(outcome, isReview ? whom : undefined),
    sentence: invites
      ? 'Whoever you pick can sign in to it within 7 days and own it at once.'
      : 'Whoever you pick may publish and react with it, not manage it.',
    ...iconFor(profile.type),
    ...(outcome.review && !isReview ? { note: 'Nobody is picked yet. Type a name and choose from the list.' } : {}),
    picked: outcome.picked.map((option) => pickedRow(outcome, option)),
    ...(isReview ? {} : { boxes: boxesOf(outcome, reader) }),
    review: isReview ? reviewLines(outcome, reader) : [],
    save: isReview
      ? button(invites ? `Invite ${short}` : `Share with ${short}`, askedWith(outcome, who), { style: 'positive' })
      : button('Review', askedWith(outcome, who, { review: true }), { style: 'positive' }),
    ...(isReview ? { change: button('Change', askedWith(outcome, who, {})) } : {}),
    cancel: button('Cancel', { kind: 'show', profile: { id: profile.id } }),
  };
}

function titleOf({ facts: { profile }, to }: Open, whom: string | undefined): string {
  const name = plain(nameOf(profile));
  if (to === 'invite') return whom ? `Invite ${whom} to own ${name}?` : `Invite an owner of ${name}`;
  return whom ? `Share ${name} with ${whom}?` : `Share ${name}`;
}

/** What the picker goes on with: boxes and buttons carry all that was said so far. */
function askedWith({ facts, to, approval, span, until }: Open, who: WhoRef[], picking?: Picking): Asked {
  return {
    kind: to,
    who,
    profile: { id: facts.profile.id },
    ...(approval ? { approval } : {}),
    ...(until ? { until, ...(span ? { span } : {}) } : {}),
    ...(picking ? { picking } : {}),
  };
}

function pickedRow(outcome: Open, option: WhoOption): SharePickerView['picked'][number] {
  const left = outcome.picked.filter((one) => one !== option).map(({ ref }) => ref);
  const picking = outcome.review && left.length > 0 ? { review: true as const } : {};
  const verb = outcome.to === 'invite' ? 'invite' : 'share with';
  return {
    name: plain(option.name),
    detail: plain(option.detail),
    remove: button('Remove', askedWith(outcome, left, picking), { tooltip: `Do not ${verb} ${option.name}` }),
  };
}

function boxesOf({ to, until, facts }: Open, { timeZone }: Reader): NonNullable<SharePickerView['boxes']> {
  const name = shortNameOf(facts.profile);
  const words = plain(`Not offered while you type? Say it: ${to} "name or e-mail address" ${name}`);
  if (to === 'invite') return { label: 'People', dataset: 'people', words };
  return { label: 'People and groups', dataset: 'principals', words, until: until ? dayValue(until, timeZone) : '' };
}

function reviewLines({ effect, until, approval }: Open, { timeZone }: Reader): string[] {
  return [
    ...(effect ? [`${gainWords(effect)}.`] : []),
    ...(until ? [`It ends on ${dayWords(until, timeZone)}.`] : []),
    ...(approval ? ["What they publish needs an owner's yes."] : []),
  ];
}

/** A longer one is cut on phones. */
const mostOnButton = 24;

/** "Ann Miller", "2 people", "Marketing and Sales", "4 people and groups". Names longer than `most` are counted instead. */
function whomWords(picked: readonly WhoOption[], most = Number.POSITIVE_INFINITY): string {
  const [first, second] = picked;
  if (!first) return 'nobody';
  if ('everyone' in first.ref || picked.some(({ ref }) => 'everyone' in ref)) return 'everyone';
  if (!second) return first.name.length > most ? `${first.name.slice(0, most - 1).trimEnd()}…` : first.name;
  if (picked.every(({ ref }) => 'person' in ref)) return `${picked.length} people`;
  const both = `${first.name} and ${second.name}`;
  return picked.length === 2 && both.length <= most ? both : `${picked.length} people and groups`;
}

/** A choice of the type-ahead list or the box: shows what tells namesakes apart. */
export const choiceTitle = ({ name, detail }: WhoOption): string =>
  (detail ? `${name} (${detail})` : name).slice(0, 120);

export function boxValue(ref: WhoRef): string {
  if ('person' in ref) return `person:${ref.person}`;
  return 'group' in ref ? `group:${ref.group}` : 'everyone';
}
