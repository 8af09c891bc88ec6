import type { Sample } from '../../scripts/samples.js';
import type { Card } from '../../src/bot/cards/card.js';
import { cards } from '../../src/bot/cards/table.js';
import { renderCard } from '../../src/bot/cards/template.js';

/** One object of a card's JSON, with the way to it. */
export type Part = { at: string; part: Record<string, unknown> };

/** Every object of a card, but not what its buttons carry. */
export function partsOf(node: unknown, at = ''): Part[] {
  if (Array.isArray(node)) return node.flatMap((one, index) => partsOf(one, `${at}[${index}]`));
  if (typeof node !== 'object' || node === null) return [];
  const part = node as Record<string, unknown>;
  const inside = Object.entries(part).filter(([key]) => key !== 'data');
  return [{ at, part }, ...inside.flatMap(([key, value]) => partsOf(value, `${at}.${key}`))];
}

/** Every string in any plain value. */
export function stringsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(stringsOf) : [];
}

/** The card that a sample makes. */
export const cardOf = ({ card, view }: Sample): Card => (cards[card] as (view: object) => Card)(view);

/** What people read on a card: texts, labels and what its buttons are called. */
export const wordsOn = (card: Card): string[] => wordsIn(partsOf(renderCard(card)));

export const wordsIn = (parts: readonly Part[]): string[] =>
  parts.flatMap(({ at, part }) =>
    ['text', 'label', 'placeholder', 'tooltip', 'title', ...(isFact(at) ? ['value'] : [])].flatMap((key) =>
      typeof part[key] === 'string' ? [part[key]] : [],
    ),
  );

const isFact = (at: string) => /\.facts\[\d+\]$/.test(at);

/** Texts and tooltips, without the bold name of a row, which has its network beside it. */
export const sentencesIn = (parts: readonly Part[]): string[] =>
  parts.flatMap(({ part }) => [
    ...(part.type === 'TextBlock' && (part.weight !== 'Bolder' || part.style === 'heading') ? [String(part.text)] : []),
    ...(typeof part.tooltip === 'string' ? [part.tooltip] : []),
  ]);
