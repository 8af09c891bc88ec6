import type { Card } from './card.js';
import { type CardJson, renderCard } from './template.js';

/** A card as dialogs take it: their buttons are Action.Submit, and nothing in them refreshes by itself. */
export function dialogCard(card: Card): CardJson {
  const { refresh: _, ...rest } = renderCard(card);
  return submitting(rest) as CardJson;
}

function submitting(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(submitting);
  if (typeof node !== 'object' || node === null) return node;
  const { type, verb: _, ...fields } = node as CardJson;
  if (type !== 'Action.Execute')
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key === 'data' ? value : submitting(value)]),
    );
  return { type: 'Action.Submit', ...fields };
}
