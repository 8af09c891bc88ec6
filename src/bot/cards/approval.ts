import type { ApprovalFacts, PostPreview } from '../../operations/core/outcome.js';
import { typeNames } from '../../rules/profileTypes.js';
import { actWith } from '../../rules/publishing/actWith.js';
import { decisionWords } from '../../rules/publishing/approvalDecisions.js';
import { actWord, type Intent, isBeforeSending, type YesReason } from '../../rules/publishing/intent.js';
import { reasonOf } from '../../rules/publishing/reasons.js';
import { capital } from '../../rules/spoken.js';
import { type Button, button } from '../input/button.js';
import { clientTime } from '../input/times.js';
import { type Colour, cardKind } from './card.js';
import { iconFor } from './icons.js';
import { changeOf } from './postActions.js';
import { videoWords } from './postVideo.js';
import { targetWords } from './reply.js';
import { plain, verbatim } from './text.js';
import { usdWords } from './usdWords.js';

export type ApprovalView = {
  /** What the reader just did, when the card answers a click. */
  done?: string;
  title: string;
  icon: string;
  iconAlt: string;
  state: { word: string; colour: Colour };
  /** Exactly what would go out, line by line. */
  text: { text: string; gap?: true }[];
  /** What is different from what those who decide saw last. */
  changes?: { text: string }[];
  facts: { title: string; value: string }[];
  /** Set when the reader may decide: the label of the box for a reason. */
  note?: string;
  buttons: Button[];
  /** Runs by itself for the people with these Teams ids. */
  refresh?: { title: string; verb: string; data: Record<string, unknown>; userIds: readonly string[] };
};

export const approvalCard = cardKind<ApprovalView>(
  'approval',
  ({ done, title, state }) => done ?? `${title}: ${state.word}`,
);

/** A post that waits for a yes, or did: the very text, why a yes is needed, until when, and what the reader can do. */
export function approvalView(facts: ApprovalFacts, done?: string): ApprovalView {
  const { intent, changes } = facts;
  const waits = intent.state === 'toApprove';
  return {
    ...(done ? { done: plain(done) } : {}),
    title: plain(`${intent.author.name} ${waits ? 'wants' : 'wanted'} to ${actWith(intent)}`),
    ...iconFor(intent.type),
    state: stateOf(intent),
    text: verbatim(intent.text),
    ...(waits && changes.length > 0 ? { changes: changes.map(changeLine) } : {}),
    facts: factRows(facts),
    ...(mayDecide(facts) ? { note: 'Reason (needed for a no; the author and all here see it)' } : {}),
    buttons: buttonsOf(facts),
    ...refreshOf(facts),
  };
}

const mayDecide = ({ intent, standing, refreshFor }: ApprovalFacts) =>
  intent.state === 'toApprove' && (standing === 'decider' || (standing === 'other' && refreshFor === 'all'));

const changeLine = ({ kind, text }: ApprovalFacts['changes'][number]) => ({
  text: `${kind === 'in' ? 'New' : 'Gone'}: "${plain(text)}"`,
});

function stateOf({ state, why, declined, approval }: Intent): { word: string; colour: Colour } {
  if (state === 'toApprove')
    return why?.code === 'overdue'
      ? { word: 'Its time is over; it can still be decided', colour: 'attention' }
      : { word: 'Waits for a yes', colour: 'warning' };
  if (declined) return { word: 'Declined', colour: 'attention' };
  if (state === 'stopped') return { word: why?.code === 'undecided' ? 'Nobody decided' : 'Stopped', colour: 'default' };
  return approval ? { word: 'Approved', colour: 'good' } : { word: 'Needs no yes any more', colour: 'default' };
}

const namesShown = 5;

function factRows(facts: ApprovalFacts): ApprovalView['facts'] {
  const { intent, preview } = facts;
  const { under, asks = [], approval, declined, why } = intent;
  const row = (title: string, value: string) => ({ title, value });
  const right = under?.as === 'share' ? `${intent.author.name}, by the share with ${under.with}` : intent.author.name;
  const decided = approval ?? declined;
  return [
    row('Written by', plain(right)),
    ...aboutRows(intent),
    ...(asks.length > 0 ? [row('Needs a yes', plain(asks.map((one) => reasonWords(one, intent)).join('. ')))] : []),
    ...previewRows(preview),
    ...(isToCome(intent) ? [row('Goes out', whenWords(intent))] : []),
    ...(intent.state === 'toApprove' ? waitingRows(facts) : [row('Outcome', plain(capital(decisionWords(intent))))]),
    ...(decided ? [row('When', clientTime(decided.at))] : []),
    ...(declined ? [row('Reason', `"${plain(declined.reason)}"`)] : []),
    ...(why && intent.state === 'waiting' ? [row('Now', plain(whyWords(intent)))] : []),
  ];
}

/** What is decided and has no time of its own goes out now, or never. */
const isToCome = ({ state, scheduled, why }: Intent): boolean =>
  isBeforeSending(state) && (state === 'toApprove' || scheduled === true || why?.code === 'late');

/** A time that is over is nobody's plan any more. */
function whenWords({ state, scheduled, at, why }: Intent): string {
  const isOver = why?.code === 'overdue' || (state === 'waiting' && why?.code === 'late');
  if (isOver) return 'When somebody presses Send now after the yes';
  return scheduled && at ? clientTime(at) : 'After the yes';
}

function waitingRows({ intent, deciders }: ApprovalFacts): ApprovalView['facts'] {
  const who =
    deciders.kind === 'owners'
      ? `An owner: ${deciders.owners
          .slice(0, namesShown)
          .map(({ name }) => name)
          .join(', ')}${deciders.owners.length > namesShown ? ' and others' : ''}`
      : 'A Manager or an admin, since there is no other owner';
  return [
    { title: 'Decides', value: plain(who) },
    ...(intent.decideBy ? [{ title: 'Until', value: clientTime(intent.decideBy) }] : []),
  ];
}

/** What it is done to, and what its pictures or its video show. */
const aboutRows = ({ target, pictures = [], video }: Intent): ApprovalView['facts'] => [
  ...(target ? [{ title: 'About', value: plain(targetWords(target)) }] : []),
  ...(video ? [{ title: 'Video', value: videoWords(video) }] : []),
  ...pictures.map(({ alt, width, height }, at) => ({
    title: pictures.length > 1 ? `Picture ${at + 1}` : 'Picture',
    value: plain(alt === '' ? `${width} by ${height}, without words` : `${width} by ${height}: "${alt}"`),
  })),
];

const reasonRows: Record<YesReason, (intent: Intent) => string> = {
  share: ({ under }) => `The share${under?.as === 'share' ? ` with ${under.with}` : ''} is "with approval"`,
  newDomain: ({ domains = [] }) => `A link leads where no post led before: ${domains.slice(0, 3).join(', ')}`,
  everyone: () => 'The profile is shared with everyone',
  hours: () => 'It goes out outside working hours',
};
const reasonWords = (reason: YesReason, intent: Intent) => reasonRows[reason](intent);

/** What its network makes of it: how long it is there, its links, its price. */
function previewRows(preview: PostPreview | string): ApprovalView['facts'] {
  if (typeof preview === 'string') return [{ title: 'Note', value: plain(preview) }];
  const { count, limit, unit, links, price } = preview;
  return [
    { title: 'Length', value: plain(`${count.toLocaleString('en-GB')} of ${limit.toLocaleString('en-GB')} ${unit}`) },
    ...(links.length > 0 ? [{ title: 'Links', value: plain(links.slice(0, 5).join(', ')) }] : []),
    ...(price ? [{ title: 'Price', value: plain(`${usdWords(price.usd)}. ${price.why}`) }] : []),
  ];
}

function whyWords(intent: Intent): string {
  if (!intent.why) return '';
  const network = typeNames[intent.type].networkLabel;
  return reasonOf(intent, intent.why, { network, time: clientTime }).sentence;
}

function buttonsOf(facts: ApprovalFacts): Button[] {
  const { intent, hash, standing, mayChange } = facts;
  const { id } = intent;
  const whose = `the ${actWord(intent)} of ${intent.author.name}`;
  const asked = mayChange && changeOf(intent, [intent.profile]);
  const change = asked ? [button('Change', asked, { tooltip: `Change ${whose}` })] : [];
  const watch = intent.video
    ? [button('Watch the video', { kind: 'watchVideo', intent: id }, { tooltip: `Watch the video of ${whose}` })]
    : [];
  if (mayDecide(facts)) {
    return [
      button('Approve', { kind: 'approvePost', intent: id, hash }, { style: 'positive', tooltip: `Approve ${whose}` }),
      button('Decline', { kind: 'declinePost', intent: id }, { style: 'destructive', tooltip: `Decline ${whose}` }),
      ...watch,
      ...change,
    ];
  }
  if (standing === 'author' && intent.state === 'toApprove') return [...watch, ...change];
  if (standing === 'author' && intent.state === 'declined') return change;
  return standing === 'other' ? [] : lateButtons(intent);
}

/** A yes after its time asks: now, or not at all. */
function lateButtons({ id, state, why }: Intent): Button[] {
  if (state !== 'waiting' || why?.code !== 'late') return [];
  return [button('Send now', { kind: 'sendNow', intent: id }), button('Drop it', { kind: 'undo', intent: id })];
}

function refreshOf({ intent, refreshFor }: ApprovalFacts): Pick<ApprovalView, 'refresh'> {
  if (intent.state !== 'toApprove' || !refreshFor || refreshFor === 'all' || refreshFor.length === 0) return {};
  const { title, verb = '', data = {} } = button('Refresh', { kind: 'approvalcard', intent: intent.id });
  return { refresh: { title, verb, data, userIds: refreshFor } };
}
