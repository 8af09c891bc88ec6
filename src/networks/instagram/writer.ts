import { str } from '../http.js';
import type { Author } from '../publishing.js';
import { nameIn } from '../reading.js';

/** Of an account's own comments Instagram documents a number in the place of a name; of others' the name alone. */
export const writerFields = 'user,username,from';

const nameOf = (one: unknown) => nameIn(one, 'username') ?? nameIn(one, 'from', 'username');

/** Whether the account itself wrote this comment. */
export function isBy({ externalId, handle }: Author, one: unknown): boolean {
  const ids = [str(one, 'user', 'id'), str(one, 'user'), str(one, 'from', 'id')];
  return ids.includes(externalId) || nameOf(one)?.toLowerCase() === handle.toLowerCase();
}

/** Who wrote a comment, as readers know them. */
export function writerOf(author: Author, one: unknown): { by?: string } {
  const name = isBy(author, one) ? author.handle : nameOf(one);
  return name ? { by: `@${name}` } : {};
}
