import { withoutQuoted, withoutTags } from './markup.js';
import { nameLimit, type Said } from './words.js';

/** More than any network takes, and about as much as Teams sends in one message. */
export const typedLimit = 64_000;

const named: Record<string, string> = { nbsp: '\u00a0', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * A message as it was typed, for what is published as it stands: without the bot's own mention, other mentions as their
 * names, everything else untouched. Longer than `typedLimit` means that it is too long, whatever follows.
 */
export function typedText({ text, entities, recipient }: Said): string {
  if (typeof text !== 'string') return '';
  let rest = withoutQuoted(text.slice(0, typedLimit + 1));
  for (const entity of Array.isArray(entities) ? entities.slice(0, 50) : []) {
    const { type, text: shown, mentioned } = (entity ?? {}) as { type?: unknown; text?: unknown; mentioned?: unknown };
    if (type !== 'mention' || typeof shown !== 'string' || shown === '') continue;
    const isBot = (mentioned as { id?: unknown } | undefined)?.id === recipient?.id;
    rest = rest.replace(shown, () => (isBot ? '' : withoutTags(shown.slice(0, nameLimit))));
  }
  return rest
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/&(nbsp|amp|lt|gt|quot|apos);/g, (_, name: string) => named[name] ?? ' ')
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)));
}

const opening = /["“”„«»]/;
const closing = ['"', '“', '”', '»', '«'];

/** What stands between the first and the last quote, byte for byte, and the words before and behind. */
export function quotedIn(typed: string): { before: string; text: string; after: string } | undefined {
  const start = typed.search(opening);
  const end = Math.max(...closing.map((sign) => typed.lastIndexOf(sign)));
  if (start < 0) return undefined;
  // A quote that was never closed goes on to the end.
  if (end <= start) return { before: typed.slice(0, start), text: typed.slice(start + 1), after: '' };
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

const leadingName = /^\s*["“”„«]([^"“”„«»\n]{1,80})["“”»]\s+(?=["“”„«])/;
