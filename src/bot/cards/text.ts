/**
 * Text of people and networks, made safe for TextBlocks and Facts, which read markdown. Not by backslashes: Teams on phones
 * shows them and still makes a link of `\[a\](b)`. Signs are kept apart by one of no width, or replaced by one that looks
 * alike.
 */

const lengthLimit = 500;
/** Signs looked at for each that is shown: some are not seen, some are made of several. */
const seenShare = 8;
/** Word joiner. Typed words lose it again when they are read, so a name copied from a card still works. */
const gap = '\u2060';
const isolate = '\u2068';
const endIsolate = '\u2069';

/** Control and format characters, tags, halves of surrogate pairs; not the joiners that emoji and Persian need. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const piledMarks = /(\p{M}{4})\p{M}+/gu;
/** Words written from right to left, with what stands between them. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+(?:[^\p{L}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+)*/gu;

type Replacement = readonly [RegExp, string];
const replaced = (text: string, by: readonly Replacement[]) =>
  by.reduce((before, [sign, instead]) => before.replace(sign, instead), text);

/** What would be read as markdown, a link or HTML, and what keeps it from that. Most frequent clients' rules together. */
const lookAlikes: readonly Replacement[] = [
  [/\*/g, '\u2217'],
  [/`/g, '\u02cb'],
  [/~/g, '\u223c'],
];
const breaks: readonly Replacement[] = [
  // Between letters an underscore is no emphasis, and a sign of no width counts as a letter.
  [/(?<![\p{L}\p{N}])_/gu, `${gap}_`],
  [/_(?![\p{L}\p{N}\u2060])/gu, `_${gap}`],
  [/\\/g, `\\${gap}`],
  [/\]/g, `]${gap}`],
  [/<(?=\S)/g, `<${gap}`],
  [/&(?=#?\w+;)/g, `&${gap}`],
  [/\/(?=\/)/g, `/${gap}`],
  [/(?<=\S)@(?=\S)/gu, `${gap}@`],
  [/\.(?=\p{L})/gu, `.${gap}`],
  // Headings, lists, quotes, rules and tables start a line.
  [/^(?=[#>+\-=|:]|\d{1,9}[.)])/, gap],
];

/**
 * The same visible text on one line, unable to become bold, a link, a list or HTML, or to turn the direction of its
 * surroundings; cut at `limit` characters with an ellipsis. `plain(plain(text))` is `plain(text)`.
 */
export function plain(text: string, limit = lengthLimit): string {
  if (text.length <= limit && harmless.test(text)) return text;
  // Cut before any pattern sees it; what is seen may still get shorter.
  const cut = shortened(tidy(text.slice(0, limit * seenShare)), limit);
  // First, since a sign that looks alike may be a letter, where the sign it stands for is none.
  const alike = replaced(cut, lookAlikes);
  // Only those words: what follows a name, such as its type, keeps its own direction and place.
  return replaced(alike.replace(rightToLeft, `${isolate}$&${endIsolate}`), breaks);
}

/** Words and plain handles, as most names are: nothing in them is changed, and trying each pattern takes 20 times as long. */
const harmless = /^@?[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/;

const linesLimit = 60;
const verbatimLimit = 4_000;

/** A text of several lines, each made safe, for a preview; a very long one says how much more there is. */
export function verbatim(text: string): { text: string; gap?: true }[] {
  const points = [...text];
  const shown = points.slice(0, verbatimLimit).join('');
  const all = shown.split(/\r\n|\r|\n/).map((line) => plain(line, verbatimLimit));
  const lines = all.flatMap((line, at) =>
    line === '' ? [] : { text: line, ...(all[at - 1] === '' ? { gap: true as const } : {}) },
  );
  const left = points.length - verbatimLimit;
  const more = left > 0 ? `… and ${left} more signs` : lines.length > linesLimit ? '… and more lines' : '';
  return [...lines.slice(0, linesLimit), ...(more ? [{ text: more }] : [])];
}

/** What a person sees of safe text: for summaries and screen readers, which make no links. */
export function unescaped(text: string): string {
  return text.replaceAll(/[\u2060\u2068\u2069]/g, '');
}

/** On one line, without what is not seen and without piles of accents. */
function tidy(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(unseen, '')
    .replace(piledMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Code points are counted, so that no emoji is cut in two. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit
    ? text
    : `${points
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

/** "an X profile", "a Facebook Page": by how the name begins when it is said. */
export const withArticle = (name: string): string => `${/^(?:[aeio]|x\b)/i.test(name) ? 'an' : 'a'} ${name}`;
