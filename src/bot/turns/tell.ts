import type { Needs, Tell } from '../../operations/core/parts.js';
import { keepChat, noteUnreachable, type Person, personOf } from '../../operations/people/chats.js';
import { cardMessage } from '../cards/cardMessage.js';
import { noticeCard, noticeView } from '../cards/notice.js';
import { type Connector, ConnectorRefused } from '../transport/connector.js';

/** Tells people things in their personal chat with the bot. Who cannot be reached is noted, not tried forever. */
export function createTell(
  connector: Connector,
  services: Needs<'collections' | 'clock' | 'later'>,
  bot: { id: string },
): Tell {
  return async (tenant, id, notice) => {
    const person = await personOf(services, tenant, id);
    if (!person) return { kind: 'unreachable' };
    const message = cardMessage(noticeCard(noticeView(notice)));
    try {
      const chat = await personalChat(connector, services, person, bot.id);
      if (!chat) return { kind: 'unreachable' };
      await sent(connector.send(chat, message));
      return { kind: 'told' };
    } catch (error) {
      if (!(error instanceof ConnectorRefused)) throw error;
      if (error.status === 403 || error.status === 404) {
        await noteUnreachable(services, person);
        return { kind: 'unreachable' };
      }
      return { kind: 'later', at: new Date(services.clock().getTime() + (error.retryAfterMs ?? 30_000)) };
    }
  };
}

/** No answer at all: it mostly is there, and nobody wants to read it twice. An answer that says "failed" is believed. */
async function sent(sending: Promise<unknown>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    if (!(error instanceof ConnectorRefused && error.isUnknown && error.status === 0)) throw error;
  }
}

/** The person's own chat with the bot, made when there is none yet and Teams has told us their id. */
export async function personalChat(
  connector: Connector,
  services: Needs<'collections' | 'later'>,
  person: Person,
  bot: string,
) {
  if (person.chat) return person.chat;
  if (!person.teamsId || !person.serviceUrl) return undefined;
  const { serviceUrl, teamsId, tenant } = person;
  const conversation = await connector.createPersonal({ serviceUrl, tenant, teamsId, bot });
  const chat = { serviceUrl, conversation, bot };
  services.later('remember chat', () => keepChat(services, person, chat));
  return chat;
}
