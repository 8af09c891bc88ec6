/** Signs that look like what cards show in their place (bot/cards/text.ts), and the apostrophes that keyboards make. */
const alike: Readonly<Record<string, string>> = {
  '\u2217': '*',
  '\u02cb': '`',
  '\u223c': '~',
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u2010': '-',
  '\u2011': '-',
};
const lookAlikes = /[\u2217\u02cb\u223c\u2018\u2019\u02bc\u2010\u2011]/g;
/** All pairs of quotes that keyboards make: “ ” „ ‟ « » ″ ＂ 〝 〞 〟 ❝ ❞ 「 」 『 』 《 》 〈 〉 ｢ ｣ */
export const doubleQuotes =
  /["\u201c-\u201f\u00ab\u00bb\u2033\uff02\u301d-\u301f\u275d\u275e\u300a-\u300f\u3008\u3009\uff62\uff63]/g;
/** Control and format signs, and what only chooses how a sign is drawn; not the joiners, which tell names apart. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]|[\u{fe00}-\u{fe0f}]/gu;
/** Longer than any name: what is behind it tells none apart. */
const longest = 1_000;

/**
 * One form for all ways to write the same name, only to compare: composed or decomposed letters, wide or narrow ones,
 * capital or small ones, and what a card or a keyboard makes of a sign. `fold(fold(name))` is `fold(name)`.
 */
export function fold(name: string): string {
  const seen = name
    .slice(0, longest)
    .normalize('NFC')
    // A sign may come of another: quotes are looked for on both sides; an accent on its own would become a space and a mark.
    .replace(doubleQuotes, ' ')
    .replaceAll('\u00b4', "'")
    .normalize('NFKC')
    .replace(/\s/gu, ' ')
    .replace(unseen, '')
    // Around words they hold them together, so a name that has them is typed without.
    .replace(doubleQuotes, ' ')
    .replace(lookAlikes, (sign) => alike[sign] ?? sign);
  // Upper case first: it makes one of what has several small forms.
  return seen.toUpperCase().toLowerCase().normalize('NFKC').replace(/ +/g, ' ').trim();
}

/** Whether two names are the same, however they are written. */
export const sameName = (one: string, other: string): boolean => fold(one) === fold(other);
