import { at, list, num, str } from '../http.js';
import { isAtLinkedIn } from './atLinkedIn.js';

/** A range of the bytes, before `to`, and the secret address that takes it. */
export type Part = { url: string; from: number; to: number };

/** `parts`: still to go. `tags`: what LinkedIn called those that went. */
export type Going = { video: string; token: string; parts: readonly Part[]; tags: readonly string[] };
/** LinkedIn has all of it since then, in Unix milliseconds. */
export type Whole = { video: string; since: number };

/** How far one video is. `begun`: how often it was begun; nothing else is left of one that LinkedIn did not go on with. */
export type State = { begun: number } & Partial<Going & Whole>;

/** Far more than the addresses of half a gigabyte in parts of 4 MiB. */
const longest = 200_000;

/** As text. What is too long to be kept is begun anew after trouble. */
export function textOf(state: State): string {
  const text = JSON.stringify(state);
  return text.length <= longest ? text : JSON.stringify({ begun: state.begun });
}

/** What was written down; where it is of no use, it begins anew. */
export function stateIn(text: string | undefined, size: number): State {
  const kept = parsed(text);
  const begun = num(kept, 'begun') || 0;
  const video = str(kept, 'video');
  if (video === undefined) return { begun };
  if (num(kept, 'since') > 0) return { begun, video, since: num(kept, 'since') };
  const parts = list(kept, 'parts').map((one) => partOf(at(one, 'url'), num(one, 'from'), num(one, 'to')));
  const tags = list(kept, 'tags').flatMap((one) => (typeof one === 'string' ? one : []));
  const from = parts[0]?.from ?? size;
  return areWhole(parts, from, size) ? { begun, video, token: str(kept, 'token') ?? '', parts, tags } : { begun };
}

export const isWhole = (state: State): state is State & Whole => state.video !== undefined && state.since !== undefined;
export const isGoing = (state: State): state is State & Going => state.video !== undefined && state.parts !== undefined;

export const partOf = (url: unknown, from: number, to: number): Part => ({
  url: typeof url === 'string' && url.length <= 4096 ? url : '',
  from,
  to,
});

/** No part is larger: it is held in memory. */
const mostPart = 64 * 1024 * 1024;

/** Whether they take every byte from there on, one after the other, at addresses of LinkedIn's. */
export function areWhole(parts: readonly Part[], start: number, size: number): boolean {
  const ends = [start, ...parts.map(({ to }) => to)];
  const areFine = parts.every(
    ({ url, from, to }, index) => from === ends[index] && to > from && to - from <= mostPart && isAtLinkedIn(url),
  );
  return areFine && ends.at(-1) === size;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
