import { type Role, roles } from '../ids.js';
import { anyOf, capital } from '../spoken.js';
import { readHours } from './hours.js';

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
  /** The most megabytes a video may have; 0: no videos. */
  videoMb: number;
  /** Which posts need the yes of a second person, whoever writes them. */
  newLinks: 'free' | 'approval';
  everyonePosts: 'free' | 'approval';
  /** "8-18" of working days in `timeZone`: outside them a post needs a second person's yes; or `always`. */
  hours: string;
  /** Where people are whose client does not say it (IANA name): for the times they read and write. */
  timeZone: string;
};

/**
 * How one rule is set: its name with `policy`, what it is at first, what it takes, in words, how that is read
 * (undefined: it is none of them), and what a value means.
 */
type Setting<N extends string, V> = {
  name: N;
  /** What it is about, as a form names it. */
  label: string;
  /** How a form asks for it. */
  form: { kind: 'choice'; values: readonly string[] } | { kind: 'count'; most: number } | { kind: 'text' };
  first: V;
  takes: string;
  read: (value: string) => V | undefined;
  means: (value: V) => string;
};

function oneOf<const N extends string, const V extends string>(
  name: N,
  label: string,
  values: readonly V[],
  first: V,
  means: (value: V) => string,
): Setting<N, V> {
  const takes = anyOf(values, values.length);
  const form = { kind: 'choice' as const, values };
  return { name, label, form, first, takes, read: (value) => values.find((one) => one === value), means };
}

/** A whole number of `unit`s, such as "day", with or without the word. */
function count<const N extends string>(
  name: N,
  label: string,
  unit: string,
  most: number,
  first: number,
  means: (words: string) => string,
): Setting<N, number> {
  const form = new RegExp(`^\\d{1,3}( ${unit}s?)?$`);
  return {
    name,
    label,
    form: { kind: 'count', most },
    first,
    takes: `a number of ${unit}s, 0 to ${most}`,
    read: (value) => {
      const number = form.test(value) ? Number.parseInt(value, 10) : Number.NaN;
      return number <= most ? number : undefined;
    },
    means: (value) => means(value === 1 ? `1 ${unit}` : `${value} ${unit}s`),
  };
}

/** Hours of working days, or `always`. */
function hours<const N extends string>(name: N, label: string, means: (value: string) => string): Setting<N, string> {
  const read = (value: string) => (value === 'always' ? value : readHours(value));
  const takes = 'always, or hours such as 8-18';
  return { name, label, form: { kind: 'text' }, first: 'always', takes, read, means };
}

/** A zone by its name, however it is capitalised: "Europe/Berlin". */
function zone<const N extends string>(
  name: N,
  label: string,
  first: string,
  means: (value: string) => string,
): Setting<N, string> {
  const takes = 'the name of a time zone, such as Europe/Berlin or UTC';
  return { name, label, form: { kind: 'text' }, first, takes, read: zoneNamed, means };
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

const afterOrAtOnce = (days: string) => (days === '0 days' ? 'at once' : `after ${days}`);

/** Every rule, each in one row. */
const rows = {
  claims: oneOf('claims', 'Becoming an owner', ['credentials', 'approval'], 'credentials', (value) =>
    value === 'credentials'
      ? 'Whoever signs in to the account becomes an owner at once.'
      : 'Every claim waits for a decision, even with a sign-in.',
  ),
  coolOffDays: count('cool-off', 'Days to object', 'day', 365, 3, (days) =>
    days === '0 days'
      ? 'Nobody can object to a new owner who came by signing in.'
      : `For ${days} the other owners can object to one who came by signing in.`,
  ),
  defaultRole: oneOf(
    'default-role',
    'Role of newcomers',
    roles,
    'responder',
    (role) => `Whoever was given no role is a ${capital(role)}.`,
  ),
  disabledOwnerDays: count(
    'disabled-owner',
    'Days an owner stays after their account is disabled',
    'day',
    365,
    7,
    (days) => `An owner whose account is disabled stops being one ${afterOrAtOnce(days)}.`,
  ),
  deletedOwnerDays: count(
    'deleted-owner',
    'Days an owner stays after their account is deleted',
    'day',
    365,
    0,
    (days) => `An owner whose account is deleted stops being one ${afterOrAtOnce(days)}.`,
  ),
  undoSeconds: count('undo', 'Seconds to undo a post', 'second', 120, 20, (seconds) =>
    seconds === '0 seconds'
      ? 'A post goes out at once, and cannot be undone.'
      : `A post is held for ${seconds} before it goes out, and can be undone.`,
  ),
  pictureMb: count(
    'picture',
    'Megabytes of a picture',
    'megabyte',
    8,
    8,
    (size) => `A picture of a post has ${size} at most.`,
  ),
  videoMb: count(
    'video',
    'Megabytes of a video',
    'megabyte',
    999,
    512,
    (size) => `A video of a post has ${size} at most.`,
  ),
  newLinks: oneOf('new-links', 'Links to new domains', ['free', 'approval'], 'free', (value) =>
    value === 'free'
      ? 'Links in posts may lead anywhere.'
      : "A link to a domain that no post led to before needs a second person's yes.",
  ),
  everyonePosts: oneOf('everyone-posts', 'Profiles shared with everyone', ['free', 'approval'], 'free', (value) =>
    value === 'free'
      ? 'Posts with profiles shared with everyone need no yes.'
      : "Each post with a profile shared with everyone needs a second person's yes.",
  ),
  hours: hours('hours', 'Working hours', (value) =>
    value === 'always'
      ? 'Posts go out at any time.'
      : `Outside ${value} o'clock on working days a post needs a second person's yes.`,
  ),
  timeZone: zone(
    'time-zone',
    'Time zone',
    'UTC',
    (name) => `Where Teams does not say it, clocks are those of ${name}.`,
  ),
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

/** One rule as it is now: what it means, the words that set it, and how a form asks for it. */
export type PolicyRow = { setting: PolicySetting; value: string; sentence: string } & Pick<Row, 'label' | 'form'>;

/** Every rule as it is. */
export function policyRows(policy: Policy): PolicyRow[] {
  return all.map(({ name, field, label, form, means }) => ({
    ...{ setting: name, label, form, value: String(policy[field]) },
    sentence: means(policy[field] as never),
  }));
}

const rowOf = (setting: PolicySetting): Row => all.find(({ name }) => name === setting) as Row;
