import type { Outcome } from '../../operations/core/outcome.js';
import type { Needs, Parts } from '../../operations/core/parts.js';
import { rememberCard } from '../../operations/linkouts/linkouts.js';
import { leaveDecisionCard } from '../../operations/outbox/adoptCard.js';
import type { Authenticated } from '../../operations/people/actor.js';
import { forgetPostingCard, rememberPostingCard } from '../../operations/publishing/postingCards.js';
import { type Asked, changes, operations } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Card, Reader } from '../cards/card.js';
import { cardMessage, cardType } from '../cards/cardMessage.js';
import { present, presentToAll } from '../cards/present.js';
import { refusalCard, refusalView } from '../cards/refusal.js';
import { renderCard } from '../cards/template.js';
import { plain } from '../cards/text.js';
import type { Incoming } from '../input/incoming.js';
import type { Connector, Outgoing } from '../transport/connector.js';
import { type ChatReply, closeLinkCard } from './deliver.js';

/** Who says or clicks what where, with what it takes to answer. */
export type Turn = { services: Parts; connector: Connector; incoming: Incoming; by: Authenticated; now: Date };

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
type Seen = { by: Pick<Authenticated, 'actor'>; services: Needs<'clock' | 'tabLink' | 'networks'> };

export function readerOf({ by: { actor }, services }: Seen): Reader {
  return {
    id: actor.id,
    timeZone: actor.timeZone,
    now: services.clock(),
    admin: actor.admin,
    reader: actor.role === 'reader' && !actor.admin,
    tabLink: services.tabLink,
    opened: services.networks.opened,
  };
}

/** What is for one person only: a sign-in link, a question. */
const privateKinds: ReadonlySet<Outcome['kind']> = new Set([
  'linkOut',
  'ask',
  'askChannel',
  'askRole',
  'posting',
  'compose',
  'replyForm',
  'pickPost',
  'pictures',
  'posts',
  'chooseProfile',
]);
/** Also what depends on who asks: lists, a profile as they see it. A refusal of it is no secret. */
function isPrivate({ kind }: Outcome, asked: Asked): boolean {
  if (privateKinds.has(kind)) return true;
  return kind !== 'refused' && operations[asked.kind].answer === 'asker';
}

/** The answer to words: a card where they were said, or, when it is for one person only, in their chat and a line here. */
export function replyTo(turn: Turn, outcome: Outcome, asked: Asked): ChatReply {
  const isAmongOthers = turn.incoming.scope !== 'personal';
  const isPrivately = isAmongOthers && isPrivate(outcome, asked);
  const show = isAmongOthers && !isPrivately ? presentToAll : present;
  return {
    ...replyWith(turn.incoming, cardMessage(show(outcome, readerOf(turn)))),
    ...(isPrivately ? { to: 'person', line: privateLine(outcome) } : {}),
    ...(outcome.kind === 'linkOut' ? { offers: outcome.link } : {}),
    ...(outcome.kind === 'posting' ? { follows: outcome.posting.posting } : {}),
    ...(outcome.kind === 'signedIn' && outcome.card ? { closes: outcome.card } : {}),
  };
}

/** A message as the answer to an activity. */
function replyWith({ who, here, scope, said }: Incoming, message: Outgoing): ChatReply {
  const { tenant, id, name, reach } = who;
  return {
    here,
    thread: said,
    to: 'here',
    who: { tenant, id, name, ...reach },
    isPersonal: scope === 'personal',
    message,
  };
}

export const refusalReply = (incoming: Incoming, refusal: Refusal): ChatReply =>
  replyWith(incoming, cardMessage(refusalCard(refusalView(refusal))));

const privateLines: Partial<Record<Outcome['kind'], string>> = {
  linkOut: 'I sent you the sign-in link in our personal chat.',
  ask: 'I asked you to confirm in our personal chat.',
  askChannel: 'I asked you to confirm in our personal chat.',
  askRole: 'I asked you to confirm in our personal chat.',
  chooseProfile: 'I asked you which one you mean in our personal chat.',
  posting: 'I showed it to you in our personal chat. Nothing goes out before you press Send there.',
  compose: 'I sent you the form in our personal chat.',
  replyForm: 'I sent you the form in our personal chat.',
  pickPost: 'I asked you which post you mean in our personal chat.',
  posts: 'I sent you the list in our personal chat.',
};
const privateLine = ({ kind }: Outcome) => privateLines[kind] ?? 'I answered you in our personal chat.';
/** The answer to a click is seen by nobody else; only what lives on in a chat of one's own goes there. */
const isPrivateClick = ({ kind }: Outcome) => privateKinds.has(kind) && kind !== 'chooseProfile';

/** The card is the one that was clicked, and shows the outcome from now on. */
async function afterClick(
  { services, connector, incoming: { here, card }, by }: Turn,
  outcome: Outcome,
  asked: Asked,
): Promise<void> {
  if (outcome.kind === 'linkOut' && card) {
    services.later('remember link card', () =>
      rememberCard(services, by.actor.tenant, outcome.link, { ...here, activity: card }),
    );
  }
  if (outcome.kind === 'posting' && card) {
    const { tenant } = by.actor;
    const place = { ...here, activity: card };
    // Before what follows the change: the preview, or the question for a yes, that was here must not be shown over the one that takes its place.
    if ('instead' in asked && asked.instead) {
      await forgetPostingCard(services, tenant, asked.instead, place);
      await leaveDecisionCard(services, tenant, asked.instead, card);
    }
    await rememberPostingCard(services, tenant, outcome.posting.posting, place);
  }
  // The list has taken the place of the post, which must not be shown over it.
  if (asked.kind === 'posts' && asked.left && card)
    await forgetPostingCard(services, by.actor.tenant, asked.left, { ...here, activity: card });
  if (outcome.kind === 'signedIn' && outcome.card) {
    const { card: link } = outcome;
    // Finished on the very card that offered the link: it shows what came of it, also after a reload.
    services.later('close link card', () =>
      link.activity === card
        ? connector.update(link, link.activity, cardMessage(present(outcome, readerOf({ services, by }))))
        : closeLinkCard(connector, link),
    );
  }
}

/** Answers a click in place; after a change everyone else's card becomes the new one too. */
export async function answerClick(turn: Turn, outcome: Outcome, asked: Asked): Promise<ClickAnswer> {
  if (outcome.kind === 'refused') return answerInPlace(turn, outcome);
  const card = present(outcome, readerOf(turn));
  if (turn.incoming.scope !== 'personal' && isPrivateClick(outcome)) {
    const { line: said, ...privately } = replyTo(turn, outcome, asked);
    const sent = await turn.services.replies.send(turn.by.actor.tenant, `${turn.incoming.id}:private`, privately);
    return sent === 'refused' ? refusedClick(refuse('cannotReach')) : line(said ?? '');
  }
  const { services, connector, incoming } = turn;
  if (incoming.card) {
    const { here, card: id } = incoming;
    await afterClick(turn, outcome, asked);
    if (changes(asked.kind) && (outcome.kind === 'profile' || outcome.kind === 'gone')) {
      const forAll = incoming.scope === 'personal' ? card : presentToAll(outcome, readerOf(turn));
      services.later('update card for all', () => connector.update(here, id, cardMessage(forAll)));
    }
  }
  return cardAnswer(card);
}

/**
 * What only the one who asked sees. Refused, but there is something fresh to see: the card shows it, with the reason on
 * top.
 */
function answerInPlace(seen: Seen, outcome: Outcome): ClickAnswer {
  if (outcome.kind !== 'refused') return cardAnswer(present(outcome, readerOf(seen)));
  const { refusal, profile, claim, approval } = outcome;
  if (claim || approval) return cardAnswer(present(outcome, readerOf(seen)));
  if (!profile) return refusedClick(refusal);
  const done = `${refusal.sentence} ${refusal.fix}`;
  return cardAnswer(present({ kind: 'profile', facts: profile, done }, readerOf(seen)));
}
