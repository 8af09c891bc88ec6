import { address, bearer, isGood, type Kit, need, num, send, str } from '../http.js';
import { graphWords } from '../meta/answers.js';
import { readTwice } from '../meta/posts.js';
import type { Tokens } from '../network.js';
import { aboutPost } from '../outcomes.js';
import type { Author, Cannot } from '../publishing.js';
import { apiOf, instagramSpeaker } from './api.js';

/**
 * What is to become one post, before it is published, and what is put into it:
 * https://developers.facebook.com/docs/instagram-platform/content-publishing
 */
export type Container = Record<string, string>;
/** `uri`: where the bytes of a video go. */
export type Made = { kind: 'made'; id: string; uri?: string } | Cannot;
/** What is left of the waiting for Instagram to fetch and finish. */
export type Patience = { pausesMs: number[] };

export const patience = (): Patience => ({ pausesMs: [1000, 2000, 4000, 8000, 15_000] });

/** What Instagram says of a picture or a video that it does not take, by its numbers, in words of ours. */
export type Noes = Readonly<Record<string, string>>;
export const notFetched = (what: string) =>
  `Instagram could not fetch a ${what} from this bot's address. It has to be reachable from outside.`;

/** That something was not fetched is at times so for a moment, whatever is at its address: nothing was made, so it is tried again. */
export async function make(
  kit: Kit,
  tokens: Tokens,
  author: Author,
  fields: Container,
  { pausesMs }: Patience,
  noes: Noes,
): Promise<Made> {
  const url = `${apiOf(kit)}/${encodeURIComponent(author.externalId)}/media`;
  // Instagram fetches a picture before it answers.
  const slow = { ...kit, timeoutMs: kit.publishTimeoutMs };
  for (;;) {
    const body = new URLSearchParams(fields);
    const answer = await send(slow, 'Instagram', url, { ...bearer(tokens.access), method: 'POST', body });
    if (isGood(answer)) {
      const uri = str(answer.body, 'uri');
      return { kind: 'made', id: need('Instagram', answer.body, 'id'), ...(uri ? { uri } : {}) };
    }
    const word = graphWords(answer).find((one) => Object.hasOwn(noes, one));
    const why = word === undefined ? undefined : noes[word];
    if (why === undefined) throw instagramSpeaker.trouble(answer, kit.clock());
    const pauseMs = word && fetchWords.includes(word) ? pausesMs.shift() : undefined;
    if (pauseMs === undefined) return { kind: 'cannot', why };
    await kit.pause(pauseMs);
  }
}
const fetchWords = ['subcode 2207052', 'code 9004'];

/** `FINISHED`, `PUBLISHED` ...; undefined where Instagram shows nothing, which it does at random. */
export async function statusOf(kit: Kit, tokens: Tokens, id: string): Promise<string | undefined> {
  const url = `${apiOf(kit)}/${encodeURIComponent(id)}?fields=status_code`;
  const answer = await aboutPost(kit, instagramSpeaker, url, bearer(tokens.access));
  return answer === 'gone' ? undefined : str(answer.body, 'status_code');
}

/**
 * `has`: so many bytes have come. `isOpen`: more of them are waited for, whatever the status says: in Meta's own example of that
 * it is `PUBLISHED`. `reason`: the number of what went wrong.
 */
export type VideoState = { status: string; has: number; isOpen: boolean; reason?: string };

/**
 * The same for a video, with how far it is; undefined where Instagram shows nothing, twice. Of the bytes one page of Meta's
 * writes `bytes_transferred`, and another `bytes_transfered`.
 */
export async function videoStateOf(
  kit: Kit,
  tokens: Tokens,
  id: string,
  withBytes: boolean,
): Promise<VideoState | undefined> {
  const fields = withBytes ? 'status_code,status,video_status' : 'status_code,status';
  const url = address(`${apiOf(kit)}/${encodeURIComponent(id)}`, { fields });
  const answer = await readTwice(kit, instagramSpeaker, tokens, url);
  if (answer === 'gone') return undefined;
  const sent = ['bytes_transferred', 'bytes_transfered'].map((name) =>
    num(answer.body, 'video_status', 'uploading_phase', name),
  );
  const reason = /\berror code (22\d{5})\b/i.exec(str(answer.body, 'status') ?? '')?.[1];
  return {
    status: str(answer.body, 'status_code') ?? '',
    has: sent.find((one) => one >= 0) ?? 0,
    isOpen: str(answer.body, 'video_status', 'uploading_phase', 'status') === 'in_progress',
    ...(reason ? { reason: `subcode ${reason}` } : {}),
  };
}
