import { doubleQuotes } from '../../rules/fold.js';
import type { WhoRef } from '../../rules/operation.js';
import { withoutEntities } from './entities.js';
import { ownWords, withoutTags } from './markup.js';

export type Mention = { id: string; name: string };
/** One word, quoted phrase or mention. `refs` is set once a mention is known to the directory. */
export type Token = { text: string; quoted?: true; mention?: Mention; refs?: WhoRef[] };

type Entity = { type?: unknown; text?: unknown; mentioned?: unknown };
export type Said = { text?: unknown; entities?: unknown; recipient?: { id?: string } };

/** More than anybody types; cut before any pattern sees it. */
const textLimit = 20_000;
export const nameLimit = 200;
const mentionsLimit = 50;
/** Stand for mentions while the text is read; nobody can type them. */
const open = '\uE000';
const close = '\uE001';
const marks = /[\uE000\uE001]/g;

/**
 * A message as tokens: the bot's own mention is removed wherever it stands, other mentions become tokens, what clients
 * put around the person's words goes. Any input gives tokens; nothing is thrown.
 */
export function tokensOf({ text, entities, recipient }: Said): Token[] {
  if (typeof text !== 'string') return [];
  const mentions: Mention[] = [];
  let rest = text.slice(0, textLimit).replaceAll(marks, '');
  for (const { text: shown, mentioned } of mentionsIn(entities)) {
    if (mentioned.id === recipient?.id) rest = rest.replace(shown, () => ' ');
    else if (rest.includes(shown)) rest = rest.replace(shown, () => ` ${open}${mentions.push(mentioned) - 1}${close} `);
  }
  return joined(split(typed(ownWords(rest))).map((token) => withMentions(token, mentions)));
}

function mentionsIn(entities: unknown): { text: string; mentioned: Mention }[] {
  if (!Array.isArray(entities)) return [];
  return entities.slice(0, mentionsLimit).flatMap((entity: Entity | null) => {
    const mentioned = entity?.mentioned as { id?: unknown; name?: unknown } | undefined;
    if (entity?.type !== 'mention' || typeof entity.text !== 'string' || entity.text === '') return [];
    if (typeof mentioned?.id !== 'string' || entity.text.length > textLimit) return [];
    const said = typeof mentioned.name === 'string' ? mentioned.name : entity.text;
    const name = withoutTags(said.slice(0, nameLimit)).replaceAll(marks, '').trim();
    return [{ text: entity.text, mentioned: { id: mentioned.id.slice(0, nameLimit), name } }];
  });
}

/** Signs without a width, but for the joiners, which names and emoji need. */
const unseen = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What was typed: entities as what they mean, letters composed, one kind of quotes, single spaces. */
function typed(text: string): string {
  return withoutEntities(text)
    .normalize('NFC')
    .replaceAll(doubleQuotes, '"')
    .replaceAll(unseen, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** `"…"`, unclosed to the end; `'…'` and its like around whole words only, since names have apostrophes; bare words. */
const pieces =
  /@?"([^"]*)"?|@?[\u2018\u201a\u2039']([^\u2018-\u201b\u2039\u203a'"]{1,200})[\u2018\u2019\u203a'](?=$|[\s,])|@?\u00b4([^\u00b4"]{1,200})\u00b4(?=$|[\s,])|([^\s"]+)/g;

/** Words, `"quoted phrases"` and `@"quoted names"`; a comma behind a word stands alone, since it parts names. */
function split(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [whole, double, single, accents, word] of text.matchAll(pieces)) {
    if (word !== undefined) {
      const bare = withoutCommas(word);
      if (bare) tokens.push({ text: bare });
      if (bare !== word) tokens.push({ text: ',' });
      continue;
    }
    const phrase = (double ?? single ?? accents ?? '').trim();
    if (phrase) tokens.push({ text: whole.startsWith('@') ? `@${phrase}` : phrase, quoted: true });
  }
  return tokens;
}

function withoutCommas(word: string): string {
  let end = word.length;
  while (word[end - 1] === ',') end -= 1;
  return word.slice(0, end);
}

const placeholder = /\uE000(\d{1,3})\uE001/g;

/** A mention of its own is a token that says who; within a phrase it is the name, as everybody reads it. */
function withMentions(token: Token, mentions: readonly Mention[]): Token {
  const [only] = token.text.matchAll(placeholder);
  if (!only) return token;
  const mention = mentions[Number(only[1])];
  if (mention && only[0] === token.text) return { text: mention.name, mention };
  const text = token.text.replaceAll(placeholder, (_, at: string) => mentions[Number(at)]?.name ?? '');
  return { ...token, text: text.replaceAll(/ +/g, ' ').trim() };
}

/** Teams may write a mention as one for each word of the name: the same id twice in a row is one person. */
function joined(tokens: readonly Token[]): Token[] {
  const whole: Token[] = [];
  for (const token of tokens) {
    const last = whole.at(-1);
    if (last?.mention && last.mention.id === token.mention?.id) {
      const name = last.text === token.text ? last.text : `${last.text} ${token.text}`.slice(0, nameLimit);
      whole[whole.length - 1] = { text: name, mention: { id: last.mention.id, name } };
    } else whole.push(token);
  }
  return whole;
}
