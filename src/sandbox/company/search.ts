import { badRequest } from './answer.js';
import type { Row } from './rows.js';

/** Only these are taken apart into words; any other property is compared from its start. */
const tokenised = new Set(['displayName', 'description']);

type Clause = (row: Row) => boolean;

/**
 * Graph's `$search`: `"property:text"` clauses joined by AND or OR (AND binds closer; brackets are not needed here), with
 * `"` and `\` escaped inside. https://learn.microsoft.com/graph/search-query-parameter
 * @throws GraphNo for anything else, so that text which breaks out of its quotes is noticed
 */
export function searchFor(text: string): Clause {
  const pattern = /\s*"((?:[^"\\]|\\["\\])*)"\s*(?:(AND|OR)(?=\s*")|$)/y;
  const alternatives: Clause[][] = [[]];
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) throw badRequest('Syntax error in the search query.');
    alternatives.at(-1)?.push(clause((match[1] ?? '').replace(/\\(["\\])/g, '$1')));
    if (match[2] === 'OR') alternatives.push([]);
  }
  if (alternatives[0]?.length === 0) throw badRequest('The search query is empty.');
  return (row) => alternatives.some((all) => all.every((matches) => matches(row)));
}

function clause(text: string): Clause {
  const match = /^(\w+):(.+)$/su.exec(text);
  const [, property, wanted] = match ?? [];
  if (!property || !wanted) throw badRequest(`Search clauses have the form "property:text".`);
  // Graph is known to stumble over it, so a caller that lets it through is noticed here.
  if (wanted.includes('&')) throw badRequest("Syntax error: character '&' is not valid.");
  if (!tokenised.has(property)) return (row) => lower(row[property]).startsWith(wanted.toLowerCase());
  const words = tokens(wanted);
  return (row) => {
    const has = tokens(String(row[property] ?? ''));
    return words.length > 0 && words.every((word) => has.some((token) => token.startsWith(word)));
  };
}

/** Split at spaces, digits, symbols, and where a capital follows a small letter. */
function tokens(text: string): string[] {
  const parts = text.match(/\p{N}+|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+/gu) ?? [];
  return parts.map((part) => part.toLowerCase());
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
