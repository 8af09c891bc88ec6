import type { Services } from '../operations/services.js';
import { cardMessage } from './cardMessage.js';
import type { Connector } from './connector.js';
import { present } from './present/present.js';

/** Changes a card that is in a chat already: the link card becomes what the sign-in led to. */
export function createShowInChat(connector: Connector, services: () => Services): Services['showInChat'] {
  return async (actor, outcome, card) => {
    const reader = {
      id: actor.id,
      timeZone: actor.timeZone,
      now: services().clock(),
      admin: actor.admin,
      reader: actor.role === 'reader' && !actor.admin,
    };
    const { name, view } = present(outcome, reader);
    await connector.update(card, card.activity, cardMessage(name, view as never));
  };
}
