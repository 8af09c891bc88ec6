import { type Role, roles } from '../ids.js';

/** The tenant's own rules. `coolOffDays` 0 ends the wait. */
export type Policy = {
  claims: 'credentials' | 'approval';
  coolOffDays: number;
  defaultRole: Role;
  /** For how many days an owner whose account was disabled, or deleted, stays an owner; 0: not a moment. */
  disabledOwnerDays: number;
  deletedOwnerDays: number;
  /** How long a post is held, so that it can be undone. */
  undoSeconds: number;
  /** The most megabytes a picture may have as it was chosen; 0: no pictures. */
  pictureMb: number;
  /** Where people are whose client does not say it (IANA name): for the times they read and write. */
  timeZone: string;
};

/**
 * How one rule is set: its name with `policy`, what it is at first, what it takes, in words, how that is read
 * (undefined: it is none of them), and what a value means.
 */
type Setting<N extends string, V> = {
  name: N;
  first: V;
  takes: string;
  read: (value: string) => V | undefined;
  means: (value: V) => string;
};

function oneOf<const N extends string, const V extends string>(
  name: N,
  values: readonly V[],
  first: V,
  means: (value: V) => string,
): Setting<N, V> {
  const takes = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  return { name, first, takes, read: (value) => values.find((one) => one === value), means };
}

/** A whole number of `unit`s, such as "day", with or without the word. */
function count<const N extends string>(
  name: N,
  unit: string,
  most: number,
  first: number,
  means: (words: string) => string,
): Setting<N, number> {
  const form = new RegExp(`^\\d{1,3}( ${unit}s?)?$`);
  return {
    name,
    first,
    takes: `a number of ${unit}s, 0 to ${most}`,
    read: (value) => {
      const number = form.test(value) ? Number.parseInt(value, 10) : Number.NaN;
      return number <= most ? number : undefined;
    },
    means: (value) => means(value === 1 ? `1 ${unit}` : `${value} ${unit}s`),
  };
}

/** A zone by its name, however it is capitalised: "Europe/Berlin". */
function zone<const N extends string>(name: N, first: string, means: (value: string) => string): Setting<N, string> {
  return { name, first, takes: 'the name of a time zone, such as Europe/Berlin or UTC', read: zoneNamed, means };
}

/** Whole names only: an offset ("+01:00") knows no summer time. */
function zoneNamed(value: string): string | undefined {
  if (!/^[a-z][\w+-]*(\/[\w+-]+)*$/i.test(value)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Every rule, each in one row. */
const rows = {
  claims: oneOf('claims', ['credentials', 'approval'], 'credentials', (value) =>
    value === 'credentials'
      ? 'whoever signs in to the account becomes an owner at once'
      : 'every claim waits for a decision, also with a sign-in',
  ),
  coolOffDays: count(
    'cool-off',
    'day',
    365,
    3,
    (days) => `for ${days} a new owner who came by signing in can be contested`,
  ),
  defaultRole: oneOf('default-role', roles, 'responder', () => 'the role of everyone who was given none'),
  disabledOwnerDays: count(
    'disabled-owner',
    'day',
    365,
    7,
    (days) => `for ${days} an owner whose account is disabled stays one`,
  ),
  deletedOwnerDays: count(
    'deleted-owner',
    'day',
    365,
    0,
    (days) => `for ${days} an owner whose account is deleted stays one`,
  ),
  undoSeconds: count('undo', 'second', 120, 20, (seconds) => `for ${seconds} a post is held and can be undone`),
  pictureMb: count('picture', 'megabyte', 8, 8, (size) => `a picture of a post has ${size} at most`),
  timeZone: zone('time-zone', 'UTC', () => 'the clock of everyone whose Teams does not say where they are'),
} satisfies { [F in keyof Policy]: Setting<string, Policy[F]> };

type Row = { field: keyof Policy } & Setting<PolicySetting, never>;
/** What an admin can change with `policy`, as it is typed. */
export type PolicySetting = (typeof rows)[keyof Policy]['name'];

const all = Object.entries(rows).map(([field, row]) => ({ field, ...row })) as unknown as readonly Row[];
export const policySettings: readonly PolicySetting[] = all.map(({ name }) => name);
export const defaultPolicy = Object.fromEntries(all.map(({ field, first }) => [field, first])) as unknown as Policy;

/** What `value` makes of a rule, or in `takes` what the rule can be instead. */
export function readSetting(setting: PolicySetting, value: string): { policy: Partial<Policy> } | { takes: string } {
  const row = rowOf(setting);
  const read = row.read(value);
  return read === undefined ? { takes: row.takes } : { policy: { [row.field]: read } };
}

/** "cool-off 3: for 3 days a new owner …": every rule as it is, with the words that set it. */
export function policyLines(policy: Policy): string[] {
  return all.map(({ name, field, means }) => `${name} ${policy[field]}: ${means(policy[field] as never)}.`);
}

const rowOf = (setting: PolicySetting): Row => all.find(({ name }) => name === setting) as Row;
