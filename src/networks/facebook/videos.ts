import { at, bearer, isGood, type Kit, need, num, send, str } from '../http.js';
import { graphWords } from '../meta/answers.js';
import { graph, graphVersion } from '../meta/graph.js';
import { sendBytes } from '../meta/sendBytes.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import { aboutPost, orElse } from '../outcomes.js';
import type { Cannot, Later, Sent, TakesVideos, ToCarry, ToSend, Uploaded } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { forgotten } from '../readSent.js';
import { videoAnswers } from './answers.js';
import { facebookTypes } from './facts.js';
import { pageSpeaker } from './posts.js';

const { publishing: scopes } = facebookTypes['facebook-page'];

/**
 * A file at Facebook that nobody sees until it is published: https://developers.facebook.com/docs/graph-api/guides/upload. Ten
 * gigabytes, four hours and 255 signs of a title are second hand: no page of Facebook names them. MP4 is the only video there.
 */
export const videosOnPage = (kit: Kit): TakesVideos => ({
  mostBytes: 10_000_000_000,
  mostSeconds: 4 * 3600,
  mp4Only: true,
  title: { most: 255 },
  upload: (tokens, what) => orElse<Uploaded>(kit, tokens, () => carry(kit, tokens, what)),
});

const notWanted: Later = { kind: 'later' };
const noApp: Cannot = { kind: 'cannot', why: 'No app is set up for Facebook.' };
const refusal: Cannot = { kind: 'cannot', why: 'Facebook does not take this video.' };

async function carry(kit: Kit, tokens: Tokens, what: ToCarry): Promise<Uploaded> {
  const { session, video } = what;
  const has = session ? await standing(kit, tokens, session) : undefined;
  // All there, and what it is called was lost: nobody is told that again.
  if (session && has !== undefined && has < video.bytes) {
    const sent = await sendRest(kit, tokens, what, session, has);
    if (typeof sent !== 'string') return sent;
  }
  const opened = await open(kit, tokens, what);
  if (typeof opened !== 'string') return opened;
  if (!(await what.keep(opened))) return notWanted;
  const sent = await sendRest(kit, tokens, what, opened, 0);
  if (sent === 'gone') return notWanted;
  return sent === 'refused' ? refusal : sent;
}

/** Nothing is there by it, and what nobody goes on with dies by itself. The Page's own token is taken (second hand). */
async function open(kit: Kit, tokens: Tokens, { video }: ToCarry): Promise<string | Cannot> {
  const app = kit.apps.facebook?.clientId;
  if (app === undefined) return noApp;
  const body = new URLSearchParams({
    file_name: 'video.mp4',
    file_length: String(video.bytes),
    file_type: video.type,
  });
  const url = `${graph}/${encodeURIComponent(app)}/uploads`;
  const answer = await send(kit, 'Facebook', url, { ...bearer(tokens.access), method: 'POST', body });
  if (!isGood(answer)) {
    if (graphWords(answer).includes('code 100')) return refusal;
    throw pageSpeaker.trouble(answer, kit.clock());
  }
  const session = need('Facebook', answer.body, 'id');
  if (!isSession(session)) throw new NetworkTrouble('unknown', 'Facebook did not say where the video goes.');
  return session;
}

/** It becomes a part of an address, with a signature in its query at times, and a token goes along. */
export const isSession = (text: string): boolean =>
  text.length <= 2048 && /^upload:[\w=:.+-]+(?:\?sig=[\w=.+-]+)?$/.test(text);

/** From which byte on; undefined: Facebook does not know it any more. */
async function standing(kit: Kit, { access }: Tokens, session: string): Promise<number | undefined> {
  if (!isSession(session)) return undefined;
  const headers = { authorization: `OAuth ${access}`, accept: 'application/json' };
  const answer = await aboutPost(kit, pageSpeaker, `${graph}/${session}`, { headers });
  const has = answer === 'gone' ? Number.NaN : num(answer.body, 'file_offset');
  return has >= 0 ? has : undefined;
}

/** The bytes from there on, of which Facebook makes a handle: what is published in the end. */
async function sendRest(
  kit: Kit,
  tokens: Tokens,
  { video }: ToCarry,
  session: string,
  from: number,
): Promise<Uploaded | 'refused' | 'gone'> {
  const headers = { file_offset: String(from) };
  const url = `${graph}/${session}`;
  const answer = await sendBytes(kit, 'Facebook', url, tokens.access, { video, from, headers });
  if (isGood(answer)) return { kind: 'ready', ids: [need('Facebook', answer.body, 'h')] };
  if (pageSpeaker.isGone(answer)) return 'gone';
  const isRefused = graphWords(answer).includes('code 100') || at(answer.body, 'debug_info') !== undefined;
  if (isRefused) return 'refused';
  throw pageSpeaker.trouble(answer, kit.clock());
}

/**
 * The one call that makes the video and its post: https://developers.facebook.com/documentation/video-api/guides/publishing. It
 * answers with the id of the video. That of its post may be missing for a while (second hand), so the video's own is what proves
 * it: it is read, deleted and linked to by that.
 */
export async function publishVideoOnPage(kit: Kit, tokens: Tokens, what: ToSend, signal?: AbortSignal): Promise<Sent> {
  const [handle] = what.video?.uploads ?? [];
  if (handle === undefined) return forgotten('Facebook has forgotten what was carried over.');
  const url = `https://graph-video.facebook.com/${graphVersion}/${encodeURIComponent(what.author.externalId)}/videos`;
  const title = str(what.video, 'title');
  const fields = { description: what.wire, fbuploader_video_file_chunk: handle };
  const body = new URLSearchParams({ ...(title ? { title } : {}), ...fields });
  return publishOnce(kit, tokens, { table: videoAnswers, url, scopes, body }, what, signal);
}
