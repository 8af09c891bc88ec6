import type { Card } from './card.js';
import { renderCard } from './template.js';
import { unescaped } from './text.js';

export const cardType = 'application/vnd.microsoft.card.adaptive';

export type CardAttachment = { contentType: string; content: object };
export type CardMessage = { type: 'message'; summary: string; attachments: CardAttachment[] };

const summaryLimit = 200;

/** One plain sentence for the feed, the toast and the screen reader. */
export const summaryOf = ({ summary }: Card): string => unescaped(summary).slice(0, summaryLimit);

/** A message that is one card. */
export function cardMessage(card: Card): CardMessage {
  return {
    type: 'message',
    summary: summaryOf(card),
    attachments: [{ contentType: cardType, content: renderCard(card) }],
  };
}
