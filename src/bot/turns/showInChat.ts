import type { Needs, Parts } from '../../operations/core/parts.js';
import { cardMessage } from '../cards/cardMessage.js';
import { present } from '../cards/present.js';
import type { Connector } from '../transport/connector.js';
import { readerOf } from './answers.js';

/** Changes a card that is in a chat already: the link card becomes what the sign-in led to. */
export function createShowInChat(
  connector: Connector,
  services: Needs<'clock' | 'tabLink' | 'networks'>,
): Parts['showInChat'] {
  return async (actor, outcome, card) => {
    await connector.update(card, card.activity, cardMessage(present(outcome, readerOf({ services, by: { actor } }))));
  };
}
