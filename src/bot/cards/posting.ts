import type { PostingFacts, PostPreview, PostRow } from '../../operations/core/outcome.js';
import { typeNames } from '../../rules/profileTypes.js';
import { foreseenWords } from '../../rules/publishing/foreseeing.js';
import { actWord, type Intent, type IntentState } from '../../rules/publishing/intent.js';
import type { Offer } from '../../rules/publishing/offers.js';
import { reasonOf } from '../../rules/publishing/reasons.js';
import { type Button, button } from '../input/button.js';
import { sendTimeWords } from '../input/postTimes.js';
import { approvalLines, waitingButtons } from './approvalLines.js';
import { type Colour, cardKind, type Reader } from './card.js';
import { iconFor } from './icons.js';
import { actionsOf, changeOf } from './postActions.js';
import { mediaButtons, type PostPictures, picturesIn } from './postPictures.js';
import { type PostVideo, videoIn } from './postVideo.js';
import { aboutWords, targetWords } from './reply.js';
import { plain, verbatim } from './text.js';
import { usdWords } from './usdWords.js';

export type PostingView = PostPictures &
  PostVideo & {
    title: string;
    /** What a screen reader and the feed say beside the title. */
    said: string;
    note?: string;
    /** What is reacted to. */
    about?: string;
    /** The text, line by line, as the networks show it. */
    text: { text: string; gap?: true }[];
    rows: {
      name: string;
      icon: string;
      iconAlt: string;
      state: { word: string; colour: Colour };
      lines?: { text: string; colour?: Colour }[];
      actions?: Button[];
    }[];
    buttons: Button[];
  };

export const postingCard = cardKind<PostingView>('posting', ({ title, said }) => `${title}. ${said}`);

type Seen = Pick<Reader, 'timeZone' | 'now'>;

/** A preview and what came of it, until its end: the real text, and for each profile how it stands and what can be done. */
export function postingView(facts: PostingFacts, reader: Seen): PostingView {
  const { rows, text } = facts;
  const shown = rows.map((row) => rowView(row, reader, rows.length === 1));
  const [first] = shown;
  return {
    title: titleOf(rows),
    said: first ? `${first.name}: ${first.state.word}` : '',
    ...aboutOf(rows),
    text: text === '' ? [] : verbatim(text),
    ...picturesIn(facts.pictures),
    ...videoIn(facts.video),
    rows: shown,
    buttons: buttonsOf(facts),
    ...noteOf(rows, reader),
  };
}

const all = (rows: readonly PostRow[], ...states: IntentState[]) =>
  rows.every(({ intent }) => states.includes(intent.state));
const some = (rows: readonly PostRow[], ...states: IntentState[]) =>
  rows.some(({ intent }) => states.includes(intent.state));

function aboutOf([row]: readonly PostRow[]): Pick<PostingView, 'about'> {
  const { kind, target } = row?.intent ?? {};
  return kind && target ? { about: plain(`${aboutWords[kind]} ${targetWords(target)}`) } : {};
}

function titleOf(rows: readonly PostRow[]): string {
  const word = actWord(rows[0]?.intent ?? {});
  if (some(rows, 'asked')) return some(rows, 'held') ? `Your ${word}` : `Preview of your ${word}`;
  if (some(rows, 'toApprove')) return `Your ${word} waits for a yes`;
  if (all(rows, 'declined')) return `Your ${word} was declined`;
  if (all(rows, 'sent')) return word === 'like' ? 'Your like is there' : `Your ${word} is out`;
  if (all(rows, 'stopped'))
    return rows.every(({ intent }) => intent.why?.code === 'replaced')
      ? 'This preview was changed'
      : 'Stopped: nothing went out';
  if (all(rows, 'takenBack')) return `Your ${word} was taken back`;
  if (some(rows, 'toSettle', 'notSent', 'refused')) return `Your ${word} needs a look`;
  const isPlanned = rows.every(({ intent }) => intent.state === 'held' && intent.scheduled);
  return isPlanned ? `Your ${word} is planned` : `Your ${word} is on its way`;
}

function noteOf(rows: readonly PostRow[], reader: Seen): Pick<PostingView, 'note'> {
  const intent = rows[0]?.intent;
  if (!intent || !some(rows, 'asked')) return {};
  const when = intent.at ? `It goes out ${atWords(intent.at, reader)}.` : 'Nothing goes out before you press Send.';
  return { note: when };
}

const atWords = (at: Date, { timeZone, now }: Seen) => `at ${sendTimeWords(at, timeZone, now)}`;

function rowView(
  { intent, preview, offers, same, replied, frozen, deciders, page }: PostRow,
  reader: Seen,
  alone: boolean,
): PostingView['rows'][number] {
  const twin = same ? [{ text: twinWords(intent, same, reader), colour: 'warning' as const }] : [];
  const answered = replied ? [{ text: repliedWords(replied, reader), colour: 'warning' as const }] : [];
  const cold = frozen ? [{ text: frozenWords, colour: 'warning' as const }] : [];
  const lines = [
    ...approvalLines(intent, deciders, reader),
    ...stateLines(intent, reader),
    ...foreseenLines(intent),
    ...cold,
    ...twin,
    ...answered,
    ...(intent.state === 'asked' ? previewLines(preview) : []),
  ];
  const actions = actionsOf(intent, offers, alone, page);
  return {
    name: plain(intent.handle),
    ...iconFor(intent.type),
    state:
      frozen && stopsOf(preview).length === 0
        ? { word: 'Frozen', colour: 'warning' }
        : stateOf(intent, preview, reader),
    ...(lines.length > 0 ? { lines } : {}),
    ...(actions.length > 0 ? { actions } : {}),
  };
}

const frozenWords = 'Nothing goes out with it now. It can be sent once two Managers or admins have thawed it.';

/** Before somebody says twice what was said today. */
const twinWords = (intent: Intent, { author, at, askedAt }: NonNullable<PostRow['same']>, { timeZone, now }: Seen) =>
  plain(`${author.name} ${twinDid[actWord(intent)]} with it: ${sendTimeWords(at ?? askedAt, timeZone, now)}.`);
const twinDid = {
  post: 'has posted this very text',
  reply: 'has replied with this very text',
  like: 'has liked this post',
  repost: 'has reposted this post',
};

/** Before a second colleague answers the same person. */
const repliedWords = ({ author, handle, at, askedAt }: NonNullable<PostRow['replied']>, { timeZone, now }: Seen) =>
  plain(`${author.name} has replied to it as ${handle}: ${sendTimeWords(at ?? askedAt, timeZone, now)}.`);

function stateOf(intent: Intent, preview: PostPreview | string, reader: Seen): { word: string; colour: Colour } {
  switch (intent.state) {
    case 'asked':
      return stopsOf(preview).length > 0
        ? { word: 'Cannot go out like this', colour: 'attention' }
        : { word: 'Ready', colour: 'good' };
    case 'toApprove':
      return { word: 'Waits for a yes', colour: 'warning' };
    case 'declined':
      return { word: 'Declined', colour: 'attention' };
    case 'held':
      return { word: `Goes out ${intent.at ? atWords(intent.at, reader) : 'now'}`, colour: 'default' };
    case 'waiting':
      return { word: 'Waits', colour: 'warning' };
    case 'sending':
      return { word: 'Going out now', colour: 'default' };
    case 'unknown':
      return { word: 'Looking for it', colour: 'warning' };
    case 'toSettle':
      return { word: 'Please have a look', colour: 'warning' };
    case 'sent':
      return sentWord(intent);
    case 'notSent':
      return { word: 'Not there', colour: 'attention' };
    case 'refused':
      return { word: 'Did not go out', colour: 'attention' };
    case 'stopped':
      return { word: 'Stopped', colour: 'default' };
    case 'takenBack':
      return { word: 'Taken back', colour: 'default' };
  }
}

function sentWord({ takeBack, differs }: Intent): { word: string; colour: Colour } {
  if (takeBack) return { word: 'Being taken back', colour: 'warning' };
  if (differs === 'gone') return { word: 'Not there any more', colour: 'attention' };
  return differs
    ? { word: 'Shown in another way than it was sent', colour: 'warning' }
    : { word: 'Sent', colour: 'good' };
}

/** Why it is where it is, and what to do now. */
function stateLines(intent: Intent, reader: Seen): { text: string; colour?: Colour }[] {
  if (!intent.why) return [];
  const time = (at: Date) => sendTimeWords(at, reader.timeZone, reader.now);
  const { sentence, fix } = reasonOf(intent, intent.why, { network: typeNames[intent.type].networkLabel, time });
  return [{ text: plain(sentence) }, { text: plain(fix) }];
}

/** Of a planned one: what would keep it as things stand. */
function foreseenLines(intent: Intent): { text: string; colour?: Colour }[] {
  if (intent.state !== 'held' || !intent.foreseen) return [];
  const text = `As things stand it would not go out. ${foreseenWords(intent, intent.foreseen)}`;
  return [{ text: plain(text), colour: 'warning' }];
}

const stopsOf = (preview: PostPreview | string) =>
  typeof preview === 'string' ? [preview] : preview.problems.filter(({ stops }) => stops);

/** What the network makes of the text: how long it is there, its links, its price, what is wrong. */
function previewLines(preview: PostPreview | string): { text: string; colour?: Colour }[] {
  if (typeof preview === 'string') return [{ text: plain(preview), colour: 'attention' }];
  const { count, limit, unit, links, price, problems } = preview;
  const number = (value: number) => value.toLocaleString('en-GB');
  return [
    ...problems.map(({ sentence, fix, stops }) => ({
      text: plain(fix ? `${sentence} ${fix}` : sentence),
      colour: stops ? ('attention' as const) : ('warning' as const),
    })),
    ...(limit > 0 ? [{ text: plain(`${number(count)} of ${number(limit)} ${unit}`) }] : []),
    ...(links.length > 0 ? [{ text: plain(`Links: ${links.slice(0, 5).join(', ')}`) }] : []),
    ...(price ? [{ text: plain(`Costs ${usdWords(price.usd)}. ${price.why}`) }] : []),
  ];
}

function buttonsOf(facts: PostingFacts): Button[] {
  const { posting, rows } = facts;
  const [first, open] = [rows[0]?.intent, rows.find(({ intent }) => intent.state !== 'declined')?.intent];
  if (!first) return [];
  const isOpen = some(rows, 'toApprove') || all(rows, 'declined');
  if (some(rows, 'asked') || isOpen) {
    const change = changeOf(
      open ?? first,
      rows.map(({ intent }) => intent.profile),
    );
    if (isOpen && !some(rows, 'asked')) return waitingButtons(posting, some(rows, 'toApprove'), change);
    const ready = rows.every(({ preview }) => stopsOf(preview).length === 0);
    // A Send that would be refused is not drawn.
    const frozen = rows.some((row) => row.frozen);
    return [
      ...(frozen ? [button('Check again', { kind: 'posts', profiles: [], posting })] : []),
      ...(ready && !frozen
        ? [button(first.scheduled ? 'Send at that time' : 'Send', { kind: 'send', posting }, { style: 'positive' })]
        : []),
      ...(change ? [button('Change', change)] : []),
      ...(first.kind ? [] : mediaButtons(posting, rows)),
      button('Cancel', { kind: 'undo', posting }),
    ];
  }
  const offers = rows.filter(({ intent }) => intent.state !== 'notSent').flatMap((row) => row.offers);
  // Of several, one that alone can be undone has the button beside it.
  const forAll = (offer: Offer) => offers.filter((one) => one === offer).length > (rows.length > 1 ? 1 : 0);
  return [
    ...(forAll('undo') ? [button('Undo', { kind: 'undo', posting })] : []),
    ...(forAll('sendNow') ? [button('Send now', { kind: 'sendNow', posting })] : []),
  ];
}
