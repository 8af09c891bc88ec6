import { renderCard, summaryOf } from './template.js';
import type { CardName, Views } from './views.js';

export const cardType = 'application/vnd.microsoft.card.adaptive';

export type CardAttachment = { contentType: string; content: object };
export type CardMessage = { type: 'message'; summary: string; attachments: CardAttachment[] };

/** A message that is one card. `summary` is what the feed, the toast and a screen reader say first. */
export function cardMessage<N extends CardName>(name: N, view: Views[N]): CardMessage {
  return {
    type: 'message',
    summary: summaryOf(name, view),
    attachments: [{ contentType: cardType, content: renderCard(name, view) }],
  };
}
