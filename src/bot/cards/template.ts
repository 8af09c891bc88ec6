import { readFileSync } from 'node:fs';
import type { Card } from './card.js';
import { compileTemplate, type Filling } from './compile.js';
import { unescaped } from './text.js';

export type CardJson = Record<string, unknown>;

const folder = new URL('../../../../cards/', import.meta.url);
/** One for each card: made once, when it is first drawn. */
const kept = new Map<string, Filling>();

function fillingOf(name: string): Filling {
  let filling = kept.get(name);
  if (!filling) {
    filling = compileTemplate(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
    kept.set(name, filling);
  }
  return filling;
}

/** The card as JSON, version 1.5. Texts in the view are put in as they are: nothing in them is evaluated. */
export function renderCard({ name, view }: Pick<Card, 'name' | 'view'>): CardJson {
  const card = fillingOf(name)(view) as CardJson;
  // What a template leaves out with `$when` stays as null where it is no part of a list.
  if (card.refresh === null) delete card.refresh;
  // Shown by clients that cannot draw the card, which make links of what looks like one; read out as it is seen.
  card.speak = unescaped(String(card.fallbackText));
  return card;
}
