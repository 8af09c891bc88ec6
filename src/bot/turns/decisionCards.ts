import type { DecisionCard } from '../../operations/core/outcome.js';
import type { DecisionCards, Needs, Posted, Updated } from '../../operations/core/parts.js';
import { noteUnreachable, type Person } from '../../operations/people/chats.js';
import type { ChannelPlace } from '../../rules/decision.js';
import type { Reader } from '../cards/card.js';
import { cardMessage } from '../cards/cardMessage.js';
import { present } from '../cards/present.js';
import { type Connector, ConnectorRefused } from '../transport/connector.js';
import { teamsChannel } from '../transport/places.js';
import { personalChat } from './tell.js';

const waitMs = 30_000;

/** Posts and changes cards of claims and of posts that wait for a yes. What the channel refuses for good is told apart from what can be tried again. */
export function createDecisionCards(
  connector: Connector,
  services: Needs<'collections' | 'clock' | 'later'>,
  bot: { id: string },
): DecisionCards {
  const later = (error: ConnectorRefused) =>
    new Date(services.clock().getTime() + Math.max(waitMs, error.retryAfterMs ?? 0));
  // Seen by several people: nothing in it is for one of them alone.
  const readerOf = (): Reader => ({ id: '', timeZone: 'UTC', now: services.clock(), admin: false, reader: false });
  const messageFor = (shown: DecisionCard) => cardMessage(present(shown, readerOf()));

  return {
    async tryChannel(channel, by) {
      const text = `Claims of profiles, and posts that need a yes, are posted and decided here from now on, as ${by.name} asked.`;
      try {
        await toChannel(connector, by.tenant, channel, { type: 'message', text });
        return true;
      } catch (error) {
        if (error instanceof ConnectorRefused && error.isUnknown) return true;
        if (isForGood(error)) return false;
        throw error;
      }
    },

    async post(where, shown, tenant): Promise<Posted> {
      try {
        if ('channel' in where) {
          const { conversation, id } = await toChannel(connector, tenant, where, messageFor(shown));
          const { serviceUrl, bot } = teamsChannel(where);
          return { kind: 'posted', card: { serviceUrl, bot, conversation, activity: id } };
        }
        const chat = await personalChat(connector, services, where, bot.id);
        if (!chat) return { kind: 'unreachable' };
        const { id } = await connector.send(chat, messageFor(shown));
        return { kind: 'posted', card: { ...chat, activity: id } };
      } catch (error) {
        if (isForGood(error)) return unreachable(services, where);
        if (!(error instanceof ConnectorRefused)) throw error;
        return { kind: 'later', at: later(error), ...(error.isUnknown && error.status === 0 ? { unknown: true } : {}) };
      }
    },

    async update(card, shown): Promise<Updated> {
      try {
        await connector.update(card, card.activity, messageFor(shown));
        return { kind: 'updated' };
      } catch (error) {
        if (!(error instanceof ConnectorRefused)) throw error;
        if (error.status === 404) return { kind: 'gone' };
        return error.status === 403 ? { kind: 'unreachable' } : { kind: 'later', at: later(error) };
      }
    },
  };
}

const isForGood = (error: unknown): error is ConnectorRefused =>
  error instanceof ConnectorRefused && (error.status === 403 || error.status === 404);

function toChannel(
  connector: Connector,
  tenant: string,
  place: ChannelPlace,
  message: Parameters<Connector['createChannelPost']>[1],
) {
  const { serviceUrl, channel, bot } = teamsChannel(place);
  return connector.createChannelPost({ serviceUrl, tenant, channel, bot }, message);
}

async function unreachable(services: Needs<'collections' | 'clock'>, where: ChannelPlace | Person): Promise<Posted> {
  if (!('channel' in where)) await noteUnreachable(services, where);
  return { kind: 'unreachable' };
}
