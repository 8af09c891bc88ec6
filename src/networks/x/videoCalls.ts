import { type Answer, address, at, bearer, isGood, type Kit, need, num, send, str } from '../http.js';
import type { Tokens } from '../network.js';
import type { VideoToSend } from '../publishing.js';
import { xTrouble } from './errors.js';

const api = 'https://api.x.com/2/media/upload';

/** What X makes of a video that it has: its id can go into a post, later, or never. */
export type Media = { kind: 'ready' } | { kind: 'processing'; waitMs: number } | { kind: 'failed' } | { kind: 'whole' };

/** Not known there, or not taken. Those two X tells apart in words alone. */
export type No = 'no';

/** What the calls of https://docs.x.com/x-api/media/initialize-media-upload and its neighbours say no with. */
const noes = [400, 404, 409, 410, 413, 415, 422];

async function call(kit: Kit, url: string | URL, init: RequestInit): Promise<Answer | No> {
  const answer = await send(kit, 'X', url, init);
  if (noes.includes(answer.status)) return 'no';
  if (!isGood(answer)) throw xTrouble(answer, kit.clock());
  return answer;
}

/** The id that it will have. Nobody sees it, and what nobody goes on with dies by itself within a day. */
export async function initialize(
  kit: Kit,
  { access }: Tokens,
  { type, bytes }: Pick<VideoToSend, 'type' | 'bytes'>,
): Promise<string | No> {
  const body = JSON.stringify({ media_type: type, total_bytes: bytes, media_category: 'tweet_video' });
  const init = bearer(access, { 'content-type': 'application/json' });
  const answer = await call(kit, `${api}/initialize`, { ...init, method: 'POST', body });
  return answer === 'no' ? 'no' : need('X', answer.body, 'data', 'id');
}

/** The same place again holds the later bytes (second hand). */
export function append(
  kit: Kit,
  { access }: Tokens,
  id: string,
  { segment, bytes }: { segment: number; bytes: Uint8Array },
): Promise<Answer | No> {
  const form = new FormData();
  form.set('segment_index', String(segment));
  form.set('media', new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), 'part');
  const patient = { ...kit, timeoutMs: kit.publishTimeoutMs };
  return call(patient, `${api}/${encodeURIComponent(id)}/append`, { ...bearer(access), method: 'POST', body: form });
}

/** All of it is there. X may want some time for it then; where it says nothing of that, it wants none. */
export async function finalize(kit: Kit, { access }: Tokens, id: string): Promise<Media | No> {
  const patient = { ...kit, timeoutMs: kit.publishTimeoutMs };
  const url = `${api}/${encodeURIComponent(id)}/finalize`;
  const answer = await call(patient, url, { ...bearer(access), method: 'POST' });
  if (answer === 'no') return 'no';
  const media = mediaIn(answer.body);
  return media.kind === 'whole' ? { kind: 'ready' } : media;
}

/** Asks what became of it; only what was finalized is known to have become anything. */
export async function statusOf(kit: Kit, { access }: Tokens, id: string): Promise<Media | No> {
  const answer = await call(kit, address(api, { command: 'STATUS', media_id: id }), bearer(access));
  return answer === 'no' || str(answer.body, 'data', 'id') === undefined ? 'no' : mediaIn(answer.body);
}

const [leastSeconds, mostSeconds] = [1, 300];

function mediaIn(body: unknown): Media {
  const info = at(body, 'data', 'processing_info');
  if (info === undefined) return { kind: 'whole' };
  const state = str(info, 'state');
  if (state === 'succeeded') return { kind: 'ready' };
  if (state === 'failed') return { kind: 'failed' };
  const seconds = num(info, 'check_after_secs');
  const clamped = Number.isNaN(seconds) ? 5 : Math.min(Math.max(seconds, leastSeconds), mostSeconds);
  return { kind: 'processing', waitMs: clamped * 1000 };
}
