import { readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating';
import { quicken } from './quickPaths.js';
import { unescaped } from './text.js';
import type { CardName, Views } from './views.js';

export type CardJson = Record<string, unknown>;

const folder = new URL('../../../../cards/', import.meta.url);
/** One `Template` for each card: making one anew costs ten times its expansion. */
const kept = new Map<CardName, Template>();

function templateOf(name: CardName): Template {
  let template = kept.get(name);
  if (!template) {
    template = quicken(new Template(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))));
    kept.set(name, template);
  }
  return template;
}

/** The card as JSON, version 1.5. Texts in the view are put in as they are: nothing in them is evaluated. */
export function renderCard<N extends CardName>(name: N, view: Views[N]): CardJson {
  const card = templateOf(name).expand({ $root: view }) as CardJson;
  // What a template leaves out with `$when` stays as null where it is no part of a list.
  if (card.refresh === null) delete card.refresh;
  // Read out, or shown by clients that cannot draw the card: neither knows markdown.
  card.fallbackText = unescaped(String(card.fallbackText));
  card.speak = card.fallbackText;
  return card;
}

/** One plain sentence for the feed, the toast and the screen reader. */
export function summaryOf<N extends CardName>(name: N, view: Views[N]): string {
  const text = summaries[name](view);
  return unescaped(text).slice(0, 200);
}

const summaries: { [N in CardName]: (view: Views[N]) => string } = {
  list: ({ title, sections }) => `${title}: ${countWords(sections.reduce((sum, { rows }) => sum + rows.length, 0))}`,
  health: ({ title, sentence }) => `${title}: ${sentence}`,
  profile: ({ done, handle, health, standing }) => done ?? `${handle}: ${health.word}. ${standing}`,
  chooser: ({ question }) => question,
  'share-picker': ({ handle }) => `Share ${handle}`,
  confirm: ({ title }) => title,
  refusal: ({ sentence }) => sentence,
  help: ({ title }) => title,
  linkout: ({ title }) => title,
  history: ({ title }) => title,
  said: ({ title }) => title,
  roles: ({ title }) => title,
  claim: ({ done, title, state }) => done ?? `${title}: ${state.word}`,
  notice: ({ title, text }) => `${title} ${text}`,
};

const countWords = (count: number) => (count === 0 ? 'none' : count === 1 ? '1 profile' : `${count} profiles`);
