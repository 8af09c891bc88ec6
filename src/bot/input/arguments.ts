import type { Asked, ProfileRef, WhoRef } from '../../rules/operation.js';
import { networkCalled } from '../../rules/profileTypes.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { afterSpan, untilDay } from './times.js';
import type { Token } from './words.js';

/** What a command's words are read against. */
export type Reading = {
  now: Date;
  timeZone: string;
  locale: string;
  offered: readonly string[];
  /** The whole message as it was typed, for what is published as it stands. */
  typed: string;
  /** Files came with it. */
  hasFiles?: boolean;
};

export const isRefusal = (value: object | undefined): value is Refusal => value !== undefined && 'sentence' in value;

/** `797 343`, as the page shows it: six digits, whatever stands between them. */
export function codeIn(typed: string): Asked | undefined {
  const digits = typed.slice(0, 40).replaceAll(/\D/g, '');
  return digits.length === 6 ? { kind: 'code', digits } : undefined;
}

const wordsLimit = 200;
const joined = (tokens: readonly Token[]) =>
  tokens
    .map((token) => token.text)
    .join(' ')
    .slice(0, wordsLimit)
    .replaceAll(' ,', ',')
    .replace(/,$/, '');

/** The rest of the words as one profile. A mention names a person or group, never a profile, so its name is used. */
export function profileFrom(tokens: readonly Token[], usage: string): ProfileRef | Refusal {
  const words = joined(tokens).trim();
  return words ? { words } : refuse('wordsMissing', usage);
}

/** One token as the principals it names. */
export function whoFrom(token: Token): WhoRef[] {
  if (token.refs) return token.refs;
  const words = token.text.slice(0, wordsLimit);
  return /^@?everyone$/i.test(words) ? [{ everyone: true }] : [{ words }];
}

const addressLimit = 320;
const isAddress = (text: string) => text.length <= addressLimit && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
/** Looks like a principal even before anybody asked the directory. */
const looksLikeWho = (token: Token) =>
  token.mention !== undefined || /^@/.test(token.text) || isAddress(token.text) || /^everyone$/i.test(token.text);

const isWord = (token: Token | undefined, ...words: string[]) =>
  token !== undefined && !token.quoted && !token.mention && words.includes(token.text.toLowerCase());

const mostNames = 20;
const whoRefs = (tokens: readonly Token[]) => namesOf(tokens).flatMap(whoFrom).slice(0, mostNames);

export type WhoAndProfile = {
  who: WhoRef[];
  profile: ProfileRef;
  until?: Date;
  span?: string;
  endless?: true;
  approval?: true;
};

/**
 * `<who> <profile>`, `<profile> with <who>`, each with `until <when>`, `for <time>` or `without end` and `with approval` behind. Without a
 * who only a profile; the caller decides whether that is enough.
 */
export function whoAndProfile(tokens: readonly Token[], usage: string, reading: Reading): WhoAndProfile | Refusal {
  const { kept, approval } = splitApproval(tokens);
  const { rest, end } = splitEnd(kept);
  const ends = end ? endFrom(end, reading) : {};
  if (isRefusal(ends)) return ends;
  const sides = splitSides(rest);
  if (sides.profile.length === 0 && sides.who.length > 0)
    return { who: whoRefs(sides.who), profile: { any: true }, ...ends, ...(approval ? { approval } : {}) };
  const profile = profileFrom(sides.profile, usage);
  if (isRefusal(profile)) return profile;
  return { who: whoRefs(sides.who), profile, ...ends, ...(approval ? { approval } : {}) };
}

/** "with approval", anywhere behind the profile. */
function splitApproval(tokens: readonly Token[]): { kept: readonly Token[]; approval?: true } {
  const at = tokens.findIndex(
    (token, index) => index > 0 && isWord(token, 'with') && isWord(tokens[index + 1], 'approval'),
  );
  return at < 0
    ? { kept: tokens }
    : { kept: tokens.filter((_, index) => index !== at && index !== at + 1), approval: true };
}

function splitEnd(tokens: readonly Token[]): { rest: readonly Token[]; end?: readonly Token[] } {
  const at = tokens.findLastIndex(
    (token, index) =>
      index > 0 &&
      (isWord(token, 'until', 'till', 'for') || (isWord(token, 'without') && isWord(tokens[index + 1], 'end'))),
  );
  return at < 0 ? { rest: tokens } : { rest: tokens.slice(0, at), end: tokens.slice(at) };
}

type End = Pick<WhoAndProfile, 'until' | 'span' | 'endless'>;

function endFrom([keyword, ...tokens]: readonly Token[], { now, timeZone, locale }: Reading): End | Refusal {
  const words = joined(tokens);
  if (isWord(keyword, 'without') && tokens.length === 1) return { endless: true };
  const isSpan = isWord(keyword, 'for');
  const at = isSpan ? afterSpan(words, now, timeZone) : untilDay(words, now, timeZone, locale);
  return at ? { until: at, ...(isSpan ? { span: words } : {}) } : refuse('endNotUnderstood', words);
}

function splitSides(tokens: readonly Token[]): { who: readonly Token[]; profile: readonly Token[] } {
  const between = tokens.findIndex((token) => isWord(token, 'with', 'from', 'to'));
  if (between > 0) {
    const [left, right] = [tokens.slice(0, between), tokens.slice(between + 1)];
    const [isWho, isWhoToo] = [left, right].map((side) => side.filter(notAnd).every(looksLikeWho));
    const whoFirst = (isWho && !isWhoToo) || right.some(hasNetwork);
    return whoFirst ? { who: left, profile: right.filter(notAnd) } : { profile: left, who: right };
  }
  // `x:contoso` can only be the profile, so what stands before it is who.
  const prefixed = tokens.findIndex(hasNetwork);
  if (prefixed > 0) return { who: tokens.slice(0, prefixed), profile: tokens.slice(prefixed) };
  const words = tokens.filter(notAnd);
  if (words.length <= 1) return onlyOne(words);
  const [first] = words;
  const last = words.at(-1);
  if (first && last && !looksLikeWho(first) && looksLikeWho(last)) {
    return { profile: words.slice(0, 1), who: words.slice(1) };
  }
  const leading = words.findIndex((token) => !looksLikeWho(token));
  const count = leading < 0 ? words.length - 1 : Math.max(1, leading);
  return { who: words.slice(0, count), profile: words.slice(count) };
}

/** A lone mention or address is a who without a profile; a lone word is a profile without a who. */
function onlyOne(words: readonly Token[]): { who: readonly Token[]; profile: readonly Token[] } {
  const [only] = words;
  return only && (only.mention || isAddress(only.text)) ? { who: words, profile: [] } : { who: [], profile: words };
}

const notAnd = (token: Token) => !isWord(token, 'and', '&', ',');
const hasNetwork = ({ text, mention }: Token) =>
  mention === undefined && networkCalled(/^([a-z]{1,12}):\S/i.exec(text.slice(0, 20))?.[1] ?? '') !== undefined;

/** Bare words between commas and `and`s are one name: `chris green and ben`. Mentions, addresses and quotes stand alone. */
function namesOf(tokens: readonly Token[]): Token[] {
  const names: Token[][] = [[]];
  for (const token of tokens) {
    if (!notAnd(token)) names.push([]);
    else names.at(-1)?.push(token);
  }
  return names.flatMap((name) =>
    name.length < 2 || name.some((token) => token.quoted || looksLikeWho(token))
      ? name
      : [{ text: name.map(({ text }) => text).join(' ') }],
  );
}
