import type { Asked } from '../../rules/operation.js';
import { altLimit } from '../../rules/publishing/pictures.js';
import type { Refusal } from '../../rules/refusals.js';
import { isRefusal } from './arguments.js';
import { boxTime } from './postTimes.js';
import { tooLong } from './typedText.js';

type Post = Extract<Asked, { kind: 'post' }>;
const boxNames = ['profiles', 'text', 'date', 'time'];

/** The box with what a picture shows, by its place. */
export const altBox = (at: number): string => `alt${at + 1}`;
const isAltBox = (name: string) => /^alt([1-9]|10)$/.test(name);

/** Whether it is one of the composer's boxes, and no other card's. */
export const isPostBox = (name: string): boolean => boxNames.includes(name) || isAltBox(name);

/** The composer's boxes as the post they ask for; undefined when they hold something that no composer sends. */
export function withPostBoxes(
  asked: Post,
  filled: ReadonlyMap<string, unknown>,
  now: Date,
  timeZone: string,
): Post | Refusal | undefined {
  const box = (name: string) => filled.get(name) ?? '';
  const [profiles, text, date, time] = boxNames.map(box);
  if (![profiles, text, date, time].every((value) => typeof value === 'string')) return undefined;
  const long = tooLong(String(text));
  if (long) return long;
  const ids = String(profiles).split(',').filter(Boolean);
  if (ids.some((id) => !/^[\w:.-]{1,100}$/.test(id)) || ids.length > 10) return undefined;
  const alts = altsIn(asked, filled);
  if (!alts) return undefined;
  const at = boxTime(String(date), String(time), now, timeZone);
  if (isRefusal(at)) return at;
  const { at: _, ...rest } = asked;
  return {
    ...rest,
    profiles: ids.map((id) => ({ id })),
    ...(String(text) === '' ? {} : { text: String(text) }),
    ...(at ? { at } : {}),
    ...(alts.length > 0 ? { alts } : {}),
  };
}

/** One for each picture, since the form has a box for each; undefined when there is one for a picture that is not. */
function altsIn({ pictures = [] }: Post, filled: ReadonlyMap<string, unknown>): string[] | undefined {
  const names = [...filled.keys()].filter(isAltBox);
  if (names.length === 0) return [];
  const alts = pictures.map((_, at) => filled.get(altBox(at)) ?? '');
  if (names.some((name) => Number(name.slice(3)) > pictures.length)) return undefined;
  return alts.every((alt) => typeof alt === 'string' && alt.length <= altLimit)
    ? alts.map((alt) => String(alt).trim())
    : undefined;
}
