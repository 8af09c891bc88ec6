import type { Needs } from '../../operations/core/parts.js';
import { rememberCard } from '../../operations/linkouts/linkouts.js';
import type { Deliver, Reply, Tried } from '../../operations/outbox/replies.js';
import { type Person, personOf } from '../../operations/people/chats.js';
import { rememberPostingCard } from '../../operations/publishing/postingCards.js';
import type { ConversationRef } from '../../platform/activity.js';
import { refuse } from '../../rules/refusals.js';
import { cardMessage } from '../cards/cardMessage.js';
import { refusalCard, refusalView } from '../cards/refusal.js';
import { saidCard } from '../cards/said.js';
import { type Connector, ConnectorRefused, type Outgoing } from '../transport/connector.js';
import { personalChat } from './tell.js';

/** An answer to words on its way. */
export type ChatReply = Reply & {
  /** Where it was asked, and the message it answers. */
  here: ConversationRef;
  thread?: string;
  /** `person`: only the one who asked may see it. */
  to: 'here' | 'person';
  who: Pick<Person, 'tenant' | 'id' | 'name'> & Partial<Person>;
  isPersonal: boolean;
  message: Outgoing;
  /** Said where it was asked, once the person has it in their own chat. */
  line?: string;
  /** The link-out that the card offers, or whose card is to say that it is used. */
  offers?: string;
  /** The preview whose posts the card shows, until their end. */
  follows?: string;
  closes?: ConversationRef & { activity: string };
};

type Parts = Needs<'collections' | 'clock' | 'log' | 'later' | 'networks' | 'vault' | 'postingCards'>;

const doubt =
  'What you asked for is dealt with, but my answer may not have reached you. Say "profiles" to see how things are now.';

/** Sends an answer where it belongs: one try, and what is known of it. */
export function createDeliver(connector: Connector, parts: Parts): Deliver {
  return async (tenant, reply, form) => {
    const answer = reply as ChatReply;
    try {
      if (form === 'line') return await sendHere(answer, { type: 'message', text: doubt });
      return await (answer.to === 'here' ? toPlace(tenant, answer) : toPerson(tenant, answer));
    } catch (error) {
      if (!(error instanceof ConnectorRefused)) parts.log.error({ err: error }, 'an answer could not be delivered yet');
      return triedFrom(error);
    }
  };

  async function sendHere({ here, thread }: ChatReply, message: Outgoing): Promise<Tried & { id?: string }> {
    const { id } = await connector.send(here, message, { isAnswer: true, ...(thread ? { thread } : {}) });
    return { kind: 'arrived', id };
  }

  /** Where the bot may read but not write, as in private channels, the answer goes to the person's chat. */
  async function toPlace(tenant: string, answer: ChatReply): Promise<Tried> {
    try {
      const { id = '' } = await sendHere(answer, answer.message);
      afterSending(tenant, answer, { ...answer.here, activity: id });
      return { kind: 'arrived' };
    } catch (error) {
      if (answer.isPersonal || !(error instanceof ConnectorRefused) || error.status !== 403) throw error;
      return toPerson(tenant, { ...answer, to: 'person', message: { ...answer.message, text: closedWords } });
    }
  }

  async function toPerson(tenant: string, answer: ChatReply): Promise<Tried> {
    let sent: (ConversationRef & { activity: string }) | undefined;
    try {
      const person = (await personOf(parts, tenant, answer.who.id)) ?? { version: 0, outbox: [], ...answer.who };
      const chat = await personalChat(connector, parts, person, answer.here.bot);
      if (!chat) return await unreachable(answer);
      const { id } = await connector.send(chat, answer.message, { isAnswer: true });
      sent = { ...chat, activity: id };
      afterSending(tenant, answer, sent);
    } catch (error) {
      if (triedFrom(error).kind !== 'refused') throw error;
      return unreachable(answer);
    }
    if (answer.line === undefined) return { kind: 'arrived' };
    const rest = await theRest(answer, { type: 'message', text: answer.line });
    // The channel stays silent: what the person has in their own chat says why. A card that goes on changing is left alone.
    if (rest.kind === 'refused' && sent && !answer.follows) {
      const [place, message] = [sent, { ...answer.message, text: closedWords }];
      parts.later('say why a channel stays silent', () => connector.update(place, place.activity, message));
    }
    return rest;
  }

  function unreachable(answer: ChatReply): Promise<Tried> | Tried {
    if (answer.line === undefined) return { kind: 'refused' };
    return theRest(answer, cardMessage(refusalCard(refusalView(refuse('cannotReach')))));
  }

  /** The person's own part is over: what is left to be said is said where they asked, if the bot may write there. */
  async function theRest(
    { line: _, offers: __, closes: ___, follows: ____, ...answer }: ChatReply,
    message: Outgoing,
  ): Promise<Tried> {
    const rest: ChatReply = { ...answer, to: 'here', message };
    try {
      return await sendHere(rest, message);
    } catch (error) {
      return { ...triedFrom(error), rest };
    }
  }

  /** Cards that change later are remembered; the link card that led to a sign-in says that it is done. */
  function afterSending(tenant: string, answer: ChatReply, card: ConversationRef & { activity: string }): void {
    const { offers, closes, follows } = answer;
    if (follows && card.activity) {
      parts.later('remember post card', () => rememberPostingCard(parts, tenant, follows, card));
    }
    if (offers && card.activity) parts.later('remember link card', () => rememberCard(parts, tenant, offers, card));
    if (closes) parts.later('close link card', () => closeLinkCard(connector, closes));
  }
}

/** The card that offered the link. */
export function closeLinkCard(connector: Connector, card: ConversationRef & { activity: string }): Promise<void> {
  const done = saidCard({ title: 'You signed in. This link is used.', colour: 'good', buttons: [] });
  return connector.update(card, card.activity, cardMessage(done));
}

/** Over an answer that was asked for where the bot cannot write. */
const closedWords = 'Bots cannot post in that channel, as in all private ones, so I answer you here.';

function triedFrom(error: unknown): Tried {
  if (!(error instanceof ConnectorRefused)) return { kind: 'later' };
  const { status, isUnknown, retryAfterMs } = error;
  const wait = retryAfterMs === undefined ? {} : { waitMs: retryAfterMs };
  if (isUnknown) return { kind: 'unknown', ...wait };
  if (status === 403 || status === 404) return { kind: 'refused' };
  return { kind: status === 400 || status === 413 ? 'misfit' : 'later', ...wait };
}
