/** What is wrong with words that people read; empty when nothing is. One place, so that every test asks the same. */
export function faultsOf(text: string): string[] {
  const plain = text.replaceAll(/[\u2060\u2068\u2069]/g, '');
  return faults.flatMap(([what, isFault]) => (isFault(plain) ? [`${what}: ${plain}`] : []));
}

/** Names a profile of the tests and leaves open on which network; what somebody is told to say is no name. */
export const isUnnamed = (text: string): boolean =>
  /(?<!\w)@contoso\b(?! \()/.test(text.replaceAll(/[\u2060\u2068\u2069]/g, '').replaceAll(/"[^"]*"|Say it: .*/g, ''));

const mostWords = 25;

const faults: readonly (readonly [what: string, isFault: (text: string) => boolean])[] = [
  ['more than 25 words in a sentence', (text) => sentencesOf(text).some((one) => wordsOf(one).length > mostWords)],
  ['a sentence twice', (text) => hasTwice(sentencesOf(text).filter((one) => wordsOf(one).length > 2))],
  ['a for an, or an for a', (text) => hasWrongArticle(text)],
  [
    'one of many',
    (text) =>
      /(?<![\d.,:–-])\b1 (?!of\b)[a-z]+(?<!s)s\b(?! )/.test(text) ||
      /\b1 (?:people|profiles|claims|days|others|sign-ins)\b/.test(text),
  ],
  ['a list with nothing in it', (text) => /\s[,.;:](?=\s|$)|\(\s*\)/.test(text)],
  [
    'a time without a zone',
    (text) => /(?<![\d+-])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?! ?\()(?! UTC)/.test(withoutOwnZone(text)),
  ],
  ['a date as machines write it', (text) => /(?<!\d)\d{4}-\d{2}-\d{2}(?![\dT])/.test(withoutOwnZone(text))],
  [
    'a word we do not say',
    (text) =>
      /(?<!there )\b(?:is|are) no owner\b|\basked to unshare\b|\b(?:the|a) tenant\b|\bundefined\b|\bNaN\b|\[object/.test(
        text,
      ),
  ],
];

/** Moments that the reader's client writes itself, and what is only an example of what to say. */
const withoutOwnZone = (text: string) => text.replaceAll(/\{\{(?:DATE|TIME)\([^)]*\)\}\}|"[^"]*"/g, '');

/** Quotes are somebody else's words, and count as one. */
function sentencesOf(text: string): string[] {
  return text
    .replaceAll(/"[^"]*"/g, 'quote')
    .replaceAll(/\([^)]*\)/g, '')
    .split(/(?<=[.!?:;])\s+/)
    .map((one) => one.trim())
    .filter(Boolean);
}

const wordsOf = (sentence: string) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

const hasTwice = (all: readonly string[]) => new Set(all.map((one) => one.toLowerCase())).size < all.length;

/** By how the next word begins when it is said: "an hour", "an X profile", "a user". */
function hasWrongArticle(text: string): boolean {
  return [...text.matchAll(/(?<![\w-])(an?) (\w[\w-]*)/gi)].some(([, article = '', next = '']) => {
    const isVowel = /^(?:[aeio]|hour|x\b|u(?!ser|ni|se|k\b|tc|rl))/i.test(next) && !/^(?:one|once|eu)/i.test(next);
    return isVowel !== (article.toLowerCase() === 'an');
  });
}
