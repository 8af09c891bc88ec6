import { doubleQuotes } from '../../rules/fold.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { withoutEntities } from './entities.js';
import { ownWords, withoutQuoted, withoutTags } from './markup.js';
import { nameLimit, type Said } from './words.js';

/** More than any network takes, and about as much as Teams sends in one message. */
const typedLimit = 64_000;

/** Why a text that was typed is not taken, whoever it is for. */
export const tooLong = (text: string): Refusal | undefined =>
  text.length > typedLimit ? refuse('textTooLong', typedLimit.toLocaleString('en-GB')) : undefined;

const lineEnds = /<br\s{0,9}\/?>|<\/(?:p|div|li)>/gi;

/**
 * A message as it was typed, for what is published as it stands: without the bot's own mention, other mentions as their
 * names, what clients put around it gone, everything else untouched. What is too long is cut where
 * `tooLong` still sees it.
 */
export function typedText({ text, entities, recipient }: Said): string {
  if (typeof text !== 'string') return '';
  let rest = withoutQuoted(text.slice(0, typedLimit + 1));
  for (const entity of Array.isArray(entities) ? entities.slice(0, 50) : []) {
    const { type, text: shown, mentioned } = (entity ?? {}) as { type?: unknown; text?: unknown; mentioned?: unknown };
    if (type !== 'mention' || typeof shown !== 'string' || shown === '' || shown.length > 1000) continue;
    const isBot = (mentioned as { id?: unknown } | undefined)?.id === recipient?.id;
    rest = rest.replace(shown, () => (isBot ? '' : withoutTags(shown.slice(0, nameLimit))));
  }
  return withoutEntities(ownWords(rest.replaceAll(lineEnds, '\n')));
}

/** What stands between the first and the last quote, byte for byte, and the words before and behind. */
export function quotedIn(typed: string): { before: string; text: string; after: string } | undefined {
  const quotes = [...typed.matchAll(doubleQuotes)].map(({ index }) => index);
  const [start] = quotes;
  const end = quotes.at(-1) ?? 0;
  if (start === undefined) return undefined;
  // A quote that was never closed goes on to the end.
  if (end === start) return { before: typed.slice(0, start), text: typed.slice(start + 1), after: '' };
  return { before: typed.slice(0, start), text: typed.slice(start + 1, end), after: typed.slice(end + 1) };
}

/** `"Contoso Support" "text"`: profiles whose names have spaces come before the text, in quotes of their own. */
export function withoutLeadingNames(typed: string): { names: string[]; rest: string } {
  const names: string[] = [];
  let rest = typed;
  for (let found = leadingName.exec(rest); found; found = leadingName.exec(rest)) {
    names.push(found[1] ?? '');
    rest = rest.slice(found[0].length);
  }
  return { names, rest };
}

const quote = doubleQuotes.source;
const leadingName = new RegExp(`^\\s{0,20}${quote}([^\\n"]{1,80}?)${quote}\\s{1,20}(?=${quote})`);
