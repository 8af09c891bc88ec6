import { readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating';
import type { Card } from './card.js';
import { quicken } from './quickPaths.js';
import { unescaped } from './text.js';

export type CardJson = Record<string, unknown>;

const folder = new URL('../../../../cards/', import.meta.url);
/** One `Template` for each card: making one anew costs ten times its expansion. */
const kept = new Map<string, Template>();

function templateOf(name: string): Template {
  let template = kept.get(name);
  if (!template) {
    template = quicken(new Template(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))));
    kept.set(name, template);
  }
  return template;
}

/** The card as JSON, version 1.5. Texts in the view are put in as they are: nothing in them is evaluated. */
export function renderCard({ name, view }: Pick<Card, 'name' | 'view'>): CardJson {
  const card = templateOf(name).expand({ $root: view }) as CardJson;
  // What a template leaves out with `$when` stays as null where it is no part of a list.
  if (card.refresh === null) delete card.refresh;
  // Shown by clients that cannot draw the card, which make links of what looks like one; read out as it is seen.
  card.speak = unescaped(String(card.fallbackText));
  return card;
}
