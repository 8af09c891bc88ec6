/** Text that people typed or networks returned, made safe for TextBlocks and Facts, which read markdown. */

const lengthLimit = 400;
/** Signs that mean something in the markdown Teams reads (Adaptive Cards' subset, and HTML's `<`). */
const signs = /[\\`*_{}[\]()#+\-!<>|~]/g;
/** Control characters, and those that turn the writing direction of what stands around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * The same visible text, unable to become bold, a link or a list, or to turn the direction of its surroundings; cut at
 * 400 characters.
 */
export function plain(text: string): string {
  const seen = text.replaceAll(unseen, ' ').replaceAll(/\s+/g, ' ').trim();
  const cut = seen.length > lengthLimit ? `${[...seen].slice(0, lengthLimit - 1).join('')}…` : seen;
  const safe = cut
    .replaceAll(signs, '\\$&')
    .replaceAll(/(^\d+)([.)])/g, '$1\\$2')
    // A word joiner keeps clients from making a link of an address.
    .replaceAll('://', ':\u2060//')
    .replaceAll(/\bwww\./gi, '$&\u2060');
  return rightToLeft.test(safe) ? `\u2068${safe}\u2069` : safe;
}

/** What a person sees of escaped text: for summaries, button titles and screen readers, which read no markdown. */
export function unescaped(text: string): string {
  return text
    .replaceAll(/\\([\\`*_{}[\]()#+\-!<>|~.])/g, '$1')
    .replaceAll(/[*\u2060\u2068\u2069]/g, '')
    .replaceAll('](', '] (');
}
