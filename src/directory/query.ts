/**
 * Text that someone typed, made safe for Microsoft Graph's query options. What is typed is only ever a value: it goes
 * into quotes, with what could end them escaped, and then percent-encoded as a whole.
 */

/** No name, alias or address in the directory is longer. */
const longest = 256;
/** A search for more would make an address that is too long, and nobody types it. */
const longestSearch = 120;

/** What was typed, without the leading @ of a handle, quotes around it, control characters and broken halves of emoji. */
export function typedWords(text: string): string {
  const clean = text
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const bare = clean.replace(/^@\s*/u, '');
  return bare.replace(/^["“”„](.*)["“”„]$/u, '$1').trim();
}

/** Too short or too long for anything in the directory to match. */
export function isHopeless(words: string): boolean {
  return words === '' || words.length > longest;
}

export function looksLikeMail(words: string): boolean {
  return /^[^\s@]+@[^\s@]+$/u.test(words);
}

/** `'O''Brien'`: a string of `$filter`. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * `"displayName:chris green" OR "mail:chris"`: one clause per property, or undefined when `words` holds nothing that can
 * be searched for. A backslash goes before `"` and `\`; `&` is left out, since Graph is known to stumble over it even
 * when encoded (https://learn.microsoft.com/graph/search-query-parameter).
 */
export function search(words: string, properties: readonly string[]): string | undefined {
  const text = words.replaceAll('&', ' ').replace(/\s+/gu, ' ').trim();
  if (text.length > longestSearch || !/[\p{L}\p{N}]/u.test(text)) return undefined;
  const escaped = text.replace(/["\\]/g, '\\$&');
  return properties.map((property) => `"${property}:${escaped}"`).join(' OR ');
}

/** A path with its query options, each value percent-encoded: quotes, `#`, `&`, `+` and `'` too. */
export function withQuery(path: string, options: Record<string, string | number | undefined>): string {
  const parts = Object.entries(options).filter(([, value]) => value !== undefined);
  return `${path}?${parts.map(([name, value]) => `$${name}=${encoded(String(value))}`).join('&')}`;
}

function encoded(value: string): string {
  return encodeURIComponent(value).replaceAll("'", '%27');
}
