import { drawCard } from '../card/card.js';
import type { CardTheme } from '../card/hostConfig.js';
import { search, type Wish } from './api.js';

export type CardDoes = {
  theme: () => CardTheme;
  send: (data: Wish) => Promise<void>;
  open: (url: string) => void;
};

/** A card as the chat shows it, whose buttons do what they say from here. */
export function tabCard(card: Record<string, unknown>, { theme, send, open }: CardDoes): HTMLElement {
  return drawCard(card, {
    theme: theme(),
    headingLevel: 2,
    name: cardName(card),
    execute: ({ data }) => send(data),
    submit: (data) => send(data as Wish),
    find: search,
    open,
  });
}

/** What it is called for who does not see it. */
export const cardName = ({ speak }: Record<string, unknown>): string => String(speak ?? 'Question');
