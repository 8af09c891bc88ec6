/**
 * LinkedIn's "little text" (learn.microsoft.com, "Little Text Format"): a reserved sign without a backslash ends the text
 * there, with a good answer all the same. Inside a link `_` and `#` are left: a backslash before them breaks it (both seen in
 * public code).
 */
export function littleText(text: string): string {
  return text
    .split(link)
    .map((part, index) => part.replace(index % 2 === 1 ? reservedInLink : reserved, '\\$&'))
    .join('');
}

/** What a reader sees of a little text: the backslashes are gone. */
export function plainText(little: string): string {
  return little.replace(/\\(.)/gsu, '$1');
}

const link = /(https?:\/\/\S+)/i;
const reserved = /[|{}@[\]()<>#\\*_~]/g;
const reservedInLink = /[|{}@[\]()<>\\*~]/g;
