import { at, str } from './http.js';
import { type Account, NetworkTrouble } from './network.js';

type Path = readonly (string | number)[];

/** Ids are digits, or words of letters, digits and few signs; anything else never becomes part of an address. */
const idForm = /^[\w.:~-]{1,200}$/;
const longestName = 200;
const longestAddress = 2_000;

/** An id that a network gave. @throws NetworkTrouble `unknown` when it is missing, or has no form that an id has */
export function needId(label: string, value: unknown, ...path: Path): string {
  const id = idIn(value, ...path);
  if (id === undefined) throw new NetworkTrouble('unknown', `${label} left out "${path.join('.')}".`);
  return id;
}

/** An id that a network gave, or undefined. */
export function idIn(value: unknown, ...path: Path): string | undefined {
  const id = str(value, ...path);
  return id !== undefined && idForm.test(id) ? id : undefined;
}

/** A name for people to read: one line, without signs that turn the direction of what stands behind it, cut to a length. */
export function nameIn(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  if (typeof found !== 'string') return undefined;
  const line = found
    .slice(0, longestName * 10)
    .replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return [...line].slice(0, longestName).join('').trim() || undefined;
}

/** @throws NetworkTrouble `unknown` when the network left it out */
export function needName(label: string, value: unknown, ...path: Path): string {
  const name = nameIn(value, ...path);
  if (name === undefined) throw new NetworkTrouble('unknown', `${label} left out "${path.join('.')}".`);
  return name;
}

/** The address of a picture: `{ picture }`, or nothing when it is not on https or is no address. */
export function pictureIn(value: unknown, ...path: Path): { picture?: string } {
  const text = str(value, ...path);
  if (text === undefined || text.length > longestAddress || !URL.canParse(text)) return {};
  const { protocol, username, password, href } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' ? { picture: href } : {};
}

/** Each entry of a list as an account; one that cannot be read is shown with the reason, and hides no other. */
export function readEach(label: string, unit: string, entries: readonly unknown[], read: (entry: unknown) => Account) {
  return entries.map((entry, index): Account => {
    try {
      return read(entry);
    } catch (error) {
      if (!(error instanceof NetworkTrouble)) throw error;
      const name = nameIn(entry, 'name') ?? nameIn(entry, 'snippet', 'title') ?? `A ${unit} without a name`;
      return unread(idIn(entry, 'id') ?? `unread-${index + 1}`, name, whyUnread(label, unit, error));
    }
  });
}

/** Stands in a list for what the network did not show. */
export function unread(externalId: string, name: string, unusable: string): Account {
  return { externalId, handle: name, name, unusable };
}

const whyNot: Partial<Record<NetworkTrouble['kind'], (label: string, what: string) => string>> = {
  wait: (label, what) => `${label} asks us to wait before it shows this ${what}: sign in again later.`,
  passing: (label, what) => `${label} did not show this ${what} just now: sign in again later.`,
  notAllowed: (label, what) => `${label} does not show this ${what} to this sign-in.`,
};

/** Why one entry of a list is not shown, for whoever looks at the list. */
export function whyUnread(label: string, what: string, { kind }: NetworkTrouble): string {
  return whyNot[kind]?.(label, what) ?? `${label} sent this ${what} in a form that this bot cannot read.`;
}

/** Trouble with the sign-in itself ends a list; trouble with one entry does not. */
export function isOfSignIn(error: unknown): boolean {
  return !(error instanceof NetworkTrouble) || error.kind === 'dead' || error.kind === 'stale';
}
