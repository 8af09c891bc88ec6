import type { Asked } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import { isRefusal } from './arguments.js';
import { boxTime } from './postTimes.js';
import { tooLong } from './typedText.js';

type Post = Extract<Asked, { kind: 'post' }>;
const boxNames = ['profiles', 'text', 'date', 'time'];

/** Whether a card sent nothing but the boxes of the composer. */
export const isPostBoxes = (names: Iterable<string>): boolean => [...names].every((name) => boxNames.includes(name));

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
  const at = boxTime(String(date), String(time), now, timeZone);
  if (isRefusal(at)) return at;
  const { at: _, ...rest } = asked;
  return {
    ...rest,
    profiles: ids.map((id) => ({ id })),
    ...(String(text) === '' ? {} : { text: String(text) }),
    ...(at ? { at } : {}),
  };
}
