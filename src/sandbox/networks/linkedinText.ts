/**
 * What LinkedIn shows of a "little text". It ends, without a word, at the first reserved sign that is neither behind a
 * backslash nor part of a hashtag, a mention, a template or a link.
 */
export function shownText(little: string): string {
  let shown = '';
  let rest = little;
  while (rest) {
    const piece = pieces.map(({ form, show }) => ({ found: form.exec(rest), show })).find(({ found }) => found);
    if (!piece?.found) return shown;
    shown += piece.show(piece.found);
    rest = rest.slice(piece.found[0].length);
  }
  return shown;
}

const pieces: { form: RegExp; show: (found: RegExpExecArray) => string }[] = [
  { form: /^\\(.)/su, show: ([, sign = '']) => sign },
  { form: /^\{hashtag\|\\?#\|([\p{L}\p{N}]+)\}/u, show: ([, word]) => `#${word}` },
  { form: /^@\[([^\]\\]+)\]\(urn:li:(?:person|organization):[\w-]+\)/u, show: ([, name = '']) => name },
  { form: /^#[\p{L}\p{N}]+/u, show: ([word]) => word },
  { form: /^https?:\/\/(?:[^\s|{}@[\]()<>\\*~]|\\.)+/isu, show: ([link]) => link.replace(/\\(.)/gsu, '$1') },
  { form: /^[^|{}@[\]()<>#\\*_~]/u, show: ([sign]) => sign },
];
