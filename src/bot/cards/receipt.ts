import type { ReceiptFacts } from '../../operations/core/outcome.js';
import { underWords } from '../../rules/publishing/approving.js';
import { actWord } from '../../rules/publishing/intent.js';
import { type Button, button, opening } from '../input/button.js';
import { clientTime } from '../input/times.js';
import { type Colour, cardKind } from './card.js';
import { iconFor } from './icons.js';
import { plain, verbatim } from './text.js';

export type ReceiptView = {
  title: string;
  icon: string;
  iconAlt: string;
  state: { word: string; colour: Colour };
  text: { text: string; gap?: true }[];
  facts: { title: string; value: string }[];
  records: { text: string }[];
  buttons: Button[];
};

export const receiptCard = cardKind<ReceiptView>('receipt', ({ title, state }) => `${title}: ${state.word}`);

/** As much of a hash as tells one from another on a card. */
const short = (hash: string) => hash.slice(0, 16);

/** Who wrote a post, who approved what, what was sent, what the network showed, and the records that say so. */
export function receiptView(facts: ReceiptFacts): ReceiptView {
  const { intent, records } = facts;
  const time = clientTime;
  return {
    title: plain(`Receipt of a ${actWord(intent)} with ${intent.handle}`),
    ...iconFor(intent.type),
    state: stateOf(facts),
    text: verbatim(intent.wire),
    facts: factRows(facts, time),
    records: records.map(({ number, at, actor, what, hash, act }) => ({
      text: plain(
        `${number} · ${time(at)} · ${actor.name} ${what}${act?.hash ? ` · text ${short(act.hash)}` : ''} · record ${short(hash)}`,
      ),
    })),
    buttons: [
      ...opening('Open the post', intent.proof?.url),
      button('Look at it', { kind: 'posts', profiles: [], posting: intent.posting }),
    ],
  };
}

function stateOf({ changed, records, waiting, hash, intent }: ReceiptFacts): ReceiptView['state'] {
  if (changed.length > 0)
    return { word: `Changed after it was written: record ${changed.join(', ')}`, colour: 'attention' };
  const sent = intent.sending?.hash;
  if (sent !== undefined && sent !== hash)
    return { word: 'What is kept is not the text that was sent', colour: 'attention' };
  const more = waiting > 0 ? `; ${waiting} more on the way` : '';
  const count = records.length === 1 ? 'Its record is' : `All ${records.length} records are`;
  return records.length === 0
    ? { word: `No records yet${more}`, colour: 'warning' }
    : { word: `${count} as written${more}`, colour: 'good' };
}

function factRows({ intent, hash }: ReceiptFacts, time: (at: Date) => string): ReceiptView['facts'] {
  const { author, askedAt, under, approval, declined, sending, proof, seen = [] } = intent;
  const row = (title: string, value: string) => ({ title, value: plain(value) });
  return [
    row('Written by', `${author.name}, ${time(askedAt)}`),
    ...(under ? [row('Allowed as', underWords(under))] : []),
    ...(approval
      ? [row('Approved by', `${approval.by.name}, ${time(approval.at)}: text ${short(approval.hash)}`)]
      : []),
    ...(declined ? [row('Declined by', `${declined.by.name}, ${time(declined.at)}: "${declined.reason}"`)] : []),
    row('Hash of the text', short(hash)),
    ...(sending ? [row('Sent', `${time(sending.since)}${sending.hash ? `: text ${short(sending.hash)}` : ''}`)] : []),
    ...(proof
      ? [row('On the network', `${hows[proof.how]}, ${time(proof.at)}${proof.id ? `: ${proof.id}` : ''}`)]
      : []),
    ...seen.map(({ at, as }) => row('Looked at', `${time(at)}: ${shown[as]}`)),
  ];
}

const hows = { answer: 'it said so itself', found: 'found there', person: 'a person saw it' };
const shown = { same: 'as it was sent', changed: 'changed', gone: 'not there' };
