import type { Activity, TurnContext } from 'botbuilder';
import type { Outcome } from '../../operations/core/outcome.js';
import type { Parts } from '../../operations/core/parts.js';
import { rememberCard } from '../../operations/linkouts/linkouts.js';
import type { Authenticated } from '../../operations/people/actor.js';
import type { ConversationRef } from '../../platform/activity.js';
import { type Asked, changes } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Card, Reader } from '../cards/card.js';
import { cardMessage, cardType } from '../cards/cardMessage.js';
import { present } from '../cards/present.js';
import { refusalCard, refusalView } from '../cards/refusal.js';
import { saidCard } from '../cards/said.js';
import { renderCard } from '../cards/template.js';
import { plain } from '../cards/text.js';
import type { Incoming } from '../input/incoming.js';
import { type Connector, ConnectorRefused } from '../transport/connector.js';
import { personalChat } from './tell.js';

/** Who says or clicks what where, with what it takes to answer. */
export type Turn = { services: Parts; connector: Connector; incoming: Incoming; by: Authenticated };

/** The body of an invoke's answer (Universal Actions): a card for the one who clicked, or a line under the card. */
export type ClickAnswer = { statusCode: number; type: string; value: unknown };

const line = (text: string): ClickAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
});
const cardAnswer = (card: Card): ClickAnswer => ({
  statusCode: 200,
  type: cardType,
  value: renderCard(card),
});

/** A refused click is told to the one who clicked; the card stays as it was. */
export const refusedClick = ({ sentence, fix }: Refusal): ClickAnswer => line(plain(`${sentence} ${fix}`));

/** For whom an answer is drawn. */
type Seen = Pick<Turn, 'by' | 'services'>;

export function readerOf({ by, services }: Seen): Reader {
  const { actor } = by;
  return {
    id: actor.id,
    timeZone: actor.timeZone,
    now: services.clock(),
    admin: actor.admin,
    reader: actor.role === 'reader' && !actor.admin,
  };
}

/** What is for one person only: a sign-in link, a question. */
const isPrivate = ({ kind }: Outcome) => kind === 'linkOut' || kind === 'ask' || kind === 'askChannel';

/** Answers words: with a card here, or, when it is for one person only, in their chat and a line here. */
export async function answerMessage(context: TurnContext, turn: Turn, outcome: Outcome): Promise<void> {
  const card = present(outcome, readerOf(turn));
  if (turn.incoming.scope !== 'personal' && isPrivate(outcome)) {
    const refusal = await sendPrivately(turn, outcome, card);
    const answer: Partial<Activity> = refusal
      ? (cardMessage(refusalCard(refusalView(refusal))) as Partial<Activity>)
      : { type: 'message', text: privateLine(outcome) };
    await sendHere(context, turn, answer);
    return;
  }
  const sent = await sendHere(context, turn, cardMessage(card) as Partial<Activity>);
  if (sent) afterSending(turn, outcome, turn.incoming.here, sent.id);
  else await sendPrivately(turn, outcome, card);
}

/** Undefined where the bot may read but not write, as in private channels: then the answer goes to the person's chat. */
async function sendHere(context: TurnContext, { incoming }: Turn, answer: Partial<Activity>) {
  try {
    return (await context.sendActivity(answer)) ?? { id: '' };
  } catch (error) {
    if (incoming.scope !== 'personal' && error instanceof ConnectorRefused && error.status === 403) return undefined;
    throw error;
  }
}

const privateLine = (outcome: Outcome) =>
  outcome.kind === 'linkOut'
    ? 'I sent you the sign-in link in our personal chat.'
    : 'I asked you to confirm in our personal chat.';

/** A refusal when the person cannot be written to. */
async function sendPrivately(turn: Turn, outcome: Outcome, card: Card): Promise<Refusal | undefined> {
  const { services, connector, incoming, by } = turn;
  const person = by.person ?? {
    ...{ tenant: incoming.who.tenant, id: incoming.who.id, version: 0, name: incoming.who.name, outbox: [] },
    ...incoming.who.reach,
  };
  try {
    const chat = await personalChat(connector, services, person, incoming.here.bot);
    if (!chat) return refuse('cannotReach');
    const { id } = await connector.send(chat, cardMessage(card));
    afterSending(turn, outcome, chat, id);
    return undefined;
  } catch (error) {
    if (error instanceof ConnectorRefused && error.status >= 400 && error.status < 500) return refuse('cannotReach');
    throw error;
  }
}

/** Cards that change later are remembered; the link card that led to a sign-in says that it is done. */
function afterSending(
  { services, connector, by }: Turn,
  outcome: Outcome,
  where: ConversationRef,
  id: string | undefined,
): void {
  if (outcome.kind === 'linkOut' && id) {
    services.later('remember link card', () =>
      rememberCard(services, by.actor.tenant, outcome.link, { ...where, activity: id }),
    );
  }
  if (outcome.kind === 'signedIn' && outcome.card) {
    const { card } = outcome;
    const done = cardMessage(saidCard({ title: 'You signed in. This link is used.', colour: 'good', buttons: [] }));
    services.later('close link card', () => connector.update(card, card.activity, done));
  }
}

/** Answers a click in place; after a change everyone else's card becomes the new one too. */
export async function answerClick(turn: Turn, outcome: Outcome, asked: Asked): Promise<ClickAnswer> {
  if (outcome.kind === 'refused') return answerInPlace(turn, outcome);
  const card = present(outcome, readerOf(turn));
  if (turn.incoming.scope !== 'personal' && isPrivate(outcome)) {
    const refusal = await sendPrivately(turn, outcome, card);
    return refusal ? refusedClick(refusal) : line(privateLine(outcome));
  }
  const { services, connector, incoming } = turn;
  if (incoming.card) {
    const { here, card: id } = incoming;
    afterSending(turn, outcome, here, id);
    if (changes(asked.kind) && (outcome.kind === 'profile' || outcome.kind === 'gone')) {
      services.later('update card for all', () => connector.update(here, id, cardMessage(card)));
    }
  }
  return cardAnswer(card);
}

/**
 * What only the one who asked sees. Refused, but there is something fresh to see: the card shows it, with the reason on
 * top.
 */
export function answerInPlace(seen: Seen, outcome: Outcome): ClickAnswer {
  if (outcome.kind !== 'refused') return cardAnswer(present(outcome, readerOf(seen)));
  const { refusal, profile, claim } = outcome;
  if (claim) return cardAnswer(present({ kind: 'claim', claim, done: refusal.sentence }, readerOf(seen)));
  if (!profile) return refusedClick(refusal);
  return cardAnswer(
    present({ kind: 'profile', facts: profile, done: `${refusal.sentence} ${refusal.fix}` }, readerOf(seen)),
  );
}
