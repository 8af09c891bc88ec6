import { readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating';
import { unescaped } from './text.js';
import type { CardName, Views } from './views.js';

export type CardJson = Record<string, unknown>;

const folder = new URL('../../../cards/', import.meta.url);
/** One `Template` for each card: making one anew costs ten times its expansion. */
const kept = new Map<CardName, Template>();

function templateOf(name: CardName): Template {
  let template = kept.get(name);
  if (!template) {
    template = new Template(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
    kept.set(name, template);
  }
  return template;
}

/** The card as JSON, version 1.5. Texts in the view are put in as they are: nothing in them is evaluated. */
export function renderCard<N extends CardName>(name: N, view: Views[N]): CardJson {
  const card = templateOf(name).expand({ $root: completed(view) as object }) as CardJson;
  // Read out, or shown by clients that cannot draw the card: neither knows markdown.
  card.fallbackText = unescaped(String(card.fallbackText));
  card.speak = card.fallbackText;
  return card;
}

/** One plain sentence for the feed, the toast and the screen reader. */
export function summaryOf<N extends CardName>(name: N, view: Views[N]): string {
  const { title, question, sentence, handle, done } = view as Record<string, unknown>;
  const text = name === 'refusal' ? sentence : (done ?? title ?? question ?? handle ?? sentence);
  return unescaped(String(text)).slice(0, 200);
}

/** Templates know no "if absent": every button gets its defaults here. */
function completed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(completed);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (value !== undefined) copy[key] = key === 'data' ? value : completed(value);
  }
  if (typeof copy.title === 'string' && (copy.verb !== undefined || copy.url !== undefined)) {
    copy.tooltip ??= copy.title;
    copy.style ??= 'default';
    copy.mode = copy.secondary === true ? 'secondary' : 'primary';
  }
  return copy;
}
