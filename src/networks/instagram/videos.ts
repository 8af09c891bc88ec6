import { carriedMs } from '../../rules/publishing/times.js';
import { type Answer, at, isGood, type Kit, str } from '../http.js';
import { graphVersion } from '../meta/graph.js';
import { sendBytes } from '../meta/sendBytes.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import { orElse } from '../outcomes.js';
import { ownAddress } from '../ownAddress.js';
import type { Cannot, Later, TakesVideos, ToCarry, Uploaded } from '../publishing.js';
import { instagramSpeaker, isThroughPage } from './api.js';
import { type Container, make, type Noes, notFetched, type Patience, patience, videoStateOf } from './containers.js';

/**
 * The container of one reel, where an earlier try left it. `uri`: its bytes go there, and not all of them may have come; without
 * it Instagram has them all, or fetches them. `since`: containers live for a day.
 */
type Begun = { id: string; uri?: string; since: number };

/**
 * A reel, in a container that nobody sees until it is published:
 * https://developers.facebook.com/documentation/instagram-platform/content-publishing. Its limits are those of a reel there; a
 * single video has to be one. Bytes can be sent only where accounts are reached through a Facebook Page
 * (https://developers.facebook.com/documentation/instagram-platform/content-publishing/resumable-uploads); with its own sign-in
 * Instagram answers "The parameter video_url is required" (second hand), and fetches the video as it does pictures.
 */
export const videosOnInstagram = (kit: Kit): TakesVideos => ({
  mostBytes: 300_000_000,
  leastSeconds: 3,
  mostSeconds: 15 * 60,
  sides: { least: 0.01, most: 10 },
  codecs: ['H.264', 'HEVC', 'AAC'],
  upload: (tokens, what) => orElse<Uploaded>(kit, tokens, () => carry(kit, tokens, what)),
});

const formless = 'Instagram does not take a video of this form. It wants MP4 or MOV, H.264 or HEVC, with AAC.';
const useless = 'Instagram could not do anything with the video.';
const noes: Noes = {
  'subcode 2207052': notFetched('video'),
  'subcode 2207003': notFetched('video'),
  'code 9004': notFetched('video'),
  'subcode 2207026': formless,
  'code 352': formless,
  'subcode 2207010': 'Instagram says that this text is too long.',
};

async function carry(kit: Kit, tokens: Tokens, what: ToCarry): Promise<Uploaded> {
  const left = patience();
  const begun = what.session ? (JSON.parse(what.session) as Begun) : undefined;
  const known = begun ? await goOn(kit, tokens, what, begun, left) : 'gone';
  if (known !== 'gone') return known;
  const first = await begin(kit, tokens, what, left);
  if (first !== 'refused') return first;
  // At times only the first container is at fault (second hand).
  const second = await begin(kit, tokens, what, left);
  return second === 'refused' ? { kind: 'cannot', why: formless } : second;
}

/** `gone`: there is nothing of it that could be published, so it may be begun anew. */
async function goOn(kit: Kit, tokens: Tokens, what: ToCarry, begun: Begun, left: Patience): Promise<Uploaded | 'gone'> {
  const state = await videoStateOf(kit, tokens, begun.id, begun.uri !== undefined);
  // That it is out already is found out by whoever sends it.
  if (state?.status === 'PUBLISHED' && !state.isOpen) return ready(begun);
  if (!state || state.status === 'EXPIRED' || kit.clock().getTime() - begun.since > carriedMs) return 'gone';
  const isWhole = state.has === what.video.bytes || (!state.isOpen && state.status !== 'IN_PROGRESS');
  if (begun.uri === undefined || isWhole) return finished(kit, tokens, begun, left);
  const sent = await sendRest(kit, tokens, what, begun, state.has);
  if (sent === 'refused') return 'gone';
  return sent ?? finished(kit, tokens, begun, left);
}

async function begin(kit: Kit, tokens: Tokens, what: ToCarry, left: Patience): Promise<Uploaded | 'refused'> {
  const reel: Container = { media_type: 'REELS', caption: what.wire };
  const isSent = isThroughPage(kit);
  const source: Container = isSent ? { upload_type: 'resumable' } : { video_url: (await what.video.address?.()) ?? '' };
  const made = await make(kit, tokens, what.author, { ...reel, ...source }, left, noes);
  if (made.kind !== 'made') return made;
  const { id, uri = `https://rupload.facebook.com/ig-api-upload/${graphVersion}/${id}` } = made;
  const begun: Begun = { id, since: kit.clock().getTime(), ...(isSent ? { uri } : {}) };
  if (isSent && !isUploadAddress(uri))
    throw new NetworkTrouble('unknown', 'Instagram did not say where the video goes.');
  if (!(await what.keep(JSON.stringify(begun)))) return notWanted;
  const sent = isSent ? await sendRest(kit, tokens, what, begun, 0) : undefined;
  return sent ?? finished(kit, tokens, begun, left);
}

const ready = ({ id }: Begun): Uploaded => ({ kind: 'ready', ids: [id] });
const notWanted: Later = { kind: 'later' };

/** A token goes along: to Meta alone, and to nothing else there. */
export function isUploadAddress(text: string): boolean {
  return ownAddress(text, /^rupload\.facebook\.com$/)?.pathname.startsWith('/ig-api-upload/') === true;
}

/**
 * The bytes from there on. Undefined: all of them have come, and that is written down, so that they are not sent again while
 * Instagram works on them. `refused`: it takes none of them.
 */
async function sendRest(
  kit: Kit,
  tokens: Tokens,
  { video, keep }: ToCarry,
  { uri = '', ...begun }: Begun,
  from: number,
): Promise<Later | 'refused' | undefined> {
  if (!isUploadAddress(uri) || from > video.bytes) return 'refused';
  const headers = { offset: String(from), file_size: String(video.bytes) };
  const answer = await sendBytes(kit, 'Instagram', uri, tokens.access, { video, from, headers });
  if (isRefused(answer)) return 'refused';
  if (!isGood(answer) || at(answer.body, 'success') !== true) throw instagramSpeaker.trouble(answer, kit.clock());
  return (await keep(JSON.stringify(begun))) ? undefined : notWanted;
}

/** https://developers.facebook.com/documentation/video-api/guides/reels-publishing lists what this host says. */
const refusals = ['OffsetInvalidError', 'PartialRequestError', 'ProcessingFailedError'];

function isRefused({ body }: Answer): boolean {
  // Meta's own example of the last one is about something else than the video.
  if (/unauthorized/i.test(str(body, 'debug_info', 'message') ?? ''))
    throw new NetworkTrouble('notAllowed', 'Instagram does not let this sign-in send it a video.');
  return refusals.includes(str(body, 'debug_info', 'type') ?? '');
}

/** Waits a while for Instagram to work on it. */
async function finished(kit: Kit, tokens: Tokens, begun: Begun, { pausesMs }: Patience): Promise<Uploaded> {
  for (;;) {
    const state = await videoStateOf(kit, tokens, begun.id, false);
    if (state?.status === 'FINISHED') return ready(begun);
    if (state?.status === 'ERROR') return failed(state.reason);
    const pauseMs = state?.status === 'EXPIRED' ? undefined : pausesMs.shift();
    if (pauseMs === undefined) return notWanted;
    await kit.pause(pauseMs);
  }
}

const failed = (reason = ''): Cannot => ({
  kind: 'cannot',
  why: Object.hasOwn(noes, reason) ? (noes[reason] ?? useless) : useless,
});
