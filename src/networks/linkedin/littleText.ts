/**
 * LinkedIn's "little text": https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
 * A reserved sign without a backslash ends the text there, with a good answer all the same. So every one of them gets a
 * backslash, and whatever a person types (`@[Name](urn:...)`, `{hashtag|...}`) stays text. Inside a link `_` and `#` are left: they are
 * taken there, and a backslash before them breaks the link (both seen in public code).
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
