import { address, bearer, isGood, type Kit, send } from '../http.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import { ownAddress } from '../ownAddress.js';
import type { Cannot, VideoToSend } from '../publishing.js';
import { youtubeAnswers } from './answers.js';
import { youtubeSpeaker } from './comments.js';

/**
 * Where the bytes of one video go: https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol. The video is
 * made by the last byte, once, and the session says so for as long as it is known.
 */
export type Session =
  /** It has the bytes before `next`, and there is no video. */
  { kind: 'open'; next: number } | { kind: 'done'; id: string } | { kind: 'gone' };

const uploads = 'https://www.googleapis.com/upload/youtube/v3/videos';
/** "People & Blogs", as Google's own tools have it where nobody says. */
const category = '22';

const unsaid = 'YouTube wants a title, who may see the video, and whether it is made for children.';

/** What Google says to a video that it does not even begin with. */
const noes = {
  invalidTitle: 'YouTube does not take this title.',
  invalidDescription: 'YouTube does not take this text.',
  invalidVideoMetadata: 'YouTube does not take what is said of the video.',
  invalidCategoryId: 'YouTube does not take what is said of the video.',
  mediaBodyRequired: 'YouTube got no video.',
  uploadLimitExceeded: 'YouTube takes no more videos of this channel today. Post it again tomorrow.',
  forbidden: 'YouTube does not let this channel publish videos.',
  forbiddenPrivacySetting: 'YouTube does not let this app publish videos that everybody may see.',
} as const;

/** Opens one. Nothing is there yet, and what nobody goes on with dies by itself. */
export async function openSession(
  kit: Kit,
  { access }: Tokens,
  { title, privacy, madeForKids, bytes, type }: VideoToSend,
  description: string,
): Promise<{ kind: 'opened'; session: string } | Cannot> {
  if (!title || !privacy || madeForKids === undefined) return { kind: 'cannot', why: unsaid };
  const init = bearer(access, {
    'content-type': 'application/json; charset=UTF-8',
    'x-upload-content-length': String(bytes),
    'x-upload-content-type': type,
  });
  const body = JSON.stringify({
    snippet: { title, description, categoryId: category },
    status: { privacyStatus: privacy, selfDeclaredMadeForKids: madeForKids },
  });
  const url = address(uploads, { uploadType: 'resumable', part: 'snippet,status' });
  const answer = await send(kit, youtubeSpeaker.label, url, { ...init, method: 'POST', body });
  if (!isGood(answer)) {
    const word = youtubeAnswers.wordsOf(answer).find((one) => Object.hasOwn(noes, one));
    if (word !== undefined) return { kind: 'cannot', why: noes[word as keyof typeof noes] };
    throw youtubeSpeaker.trouble(answer, kit.clock());
  }
  const session = answer.headers.get('location') ?? '';
  if (!isSessionAddress(session)) throw new NetworkTrouble('unknown', 'YouTube did not say where the video goes.');
  return { kind: 'opened', session };
}

/** A token goes along: to Google alone, and to nothing else there. */
export function isSessionAddress(text: string): boolean {
  return ownAddress(text, /^(?:[\w-]+\.)*googleapis\.com$/)?.pathname.endsWith('/youtube/v3/videos') === true;
}

/** Asks what came of it: may be done at any time. */
export const askSession = (kit: Kit, tokens: Tokens, session: string, size: number): Promise<Session> =>
  put(kit, tokens, session, `bytes */${size}`, new Uint8Array());

/** Sends some bytes that are not the last ones. */
export function sendSome(
  kit: Kit,
  tokens: Tokens,
  session: string,
  { from, bytes, size }: { from: number; bytes: Uint8Array; size: number },
): Promise<Session> {
  const patient = { ...kit, timeoutMs: kit.publishTimeoutMs };
  return put(patient, tokens, session, rangeOf(from, bytes.length, size), bytes);
}

export const rangeOf = (from: number, length: number, size: number) => `bytes ${from}-${from + length - 1}/${size}`;

async function put(kit: Kit, { access }: Tokens, session: string, range: string, body: Uint8Array): Promise<Session> {
  if (!isSessionAddress(session)) return { kind: 'gone' };
  const init = bearer(access, { 'content-range': range, 'content-type': 'application/octet-stream' });
  const answer = await send(kit, youtubeSpeaker.label, session, {
    ...{ ...init, method: 'PUT' },
    body: body.length > 0 ? new Uint8Array(body) : null,
  });
  if (answer.status === 308) return { kind: 'open', next: nextIn(answer.headers) };
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone' };
  if (!isGood(answer)) throw youtubeSpeaker.trouble(answer, kit.clock());
  const id = youtubeAnswers.idOf(answer);
  if (id === undefined) throw new NetworkTrouble('passing', 'YouTube left out the id of the video.');
  return { kind: 'done', id };
}

/** `bytes=0-99`: those are there. Without it, none are. */
export function nextIn(headers: Headers): number {
  const last = /^(?:bytes=)?0-(\d{1,15})$/.exec(headers.get('range') ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}
