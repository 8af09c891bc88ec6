import { type Answer, at, bearer, isGood, type Kit, later, list, need, num, send, str } from '../http.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import { orElse } from '../outcomes.js';
import type { Cannot, Later, Sent, TakesVideos, ToCarry, ToSend, Uploaded } from '../publishing.js';
import { unreadable } from './answers.js';
import { api, rest } from './api.js';
import { linkedInSpeaker, urnOf } from './posts.js';
import {
  areWhole,
  type Going,
  isGoing,
  isWhole,
  type Part,
  partOf,
  type State,
  stateIn,
  textOf,
  type Whole,
} from './videoSession.js';

const refused: Cannot = { kind: 'cannot', why: 'LinkedIn does not take this video.' };
const notWanted: Later = { kind: 'later' };
/** What LinkedIn never goes on with is not begun for ever. */
const mostBegun = 3;

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
export const videosOnLinkedIn = (kit: Kit): TakesVideos => ({
  leastBytes: 75_000,
  mostBytes: 500_000_000,
  leastSeconds: 3,
  mostSeconds: 30 * 60,
  mp4Only: true,
  // No page of LinkedIn names how long one may be.
  title: { most: 200 },
  upload: (tokens, what) => orElse<Uploaded>(kit, tokens, () => carry(kit, tokens, what)),
});

/** Every step is written down before the next, so that a dead process costs one part. */
async function carry(kit: Kit, tokens: Tokens, what: ToCarry): Promise<Uploaded> {
  const state = stateIn(what.session, what.video.bytes);
  if (isWhole(state)) return ready(kit, tokens, what, state);
  const going = isGoing(state) ? state : await begin(kit, tokens, what, state.begun);
  if ('kind' in going) return going;
  const gone = await sendParts(kit, what, going);
  if ('kind' in gone) return gone;
  if (!(await finish(kit, tokens, gone))) return anew(what, gone);
  const whole = { begun: gone.begun, video: gone.video, since: kit.clock().getTime() };
  return (await what.keep(textOf(whole))) ? ready(kit, tokens, what, whole) : notWanted;
}

/** LinkedIn does not go on with it: the next try begins anew. */
async function anew({ keep }: ToCarry, { begun }: State): Promise<Later> {
  await keep(textOf({ begun }));
  return notWanted;
}

async function begin(
  kit: Kit,
  tokens: Tokens,
  what: ToCarry,
  before: number,
): Promise<(State & Going) | Cannot | Later> {
  if (before >= mostBegun) return refused;
  const { author, video } = what;
  const request = { owner: urnOf(author), fileSizeBytes: video.bytes, uploadCaptions: false, uploadThumbnail: false };
  const answer = await act(kit, tokens, 'initializeUpload', { initializeUploadRequest: request });
  if (isNo(kit, answer)) return refused;
  const { body } = orTrouble(kit, answer);
  const parts = list(body, 'value', 'uploadInstructions').map((one) =>
    partOf(at(one, 'uploadUrl'), num(one, 'firstByte'), num(one, 'lastByte') + 1),
  );
  if (!areWhole(parts, 0, video.bytes))
    throw new NetworkTrouble('unknown', 'LinkedIn did not say where the video goes.');
  const token = str(body, 'value', 'uploadToken') ?? '';
  const state = { begun: before + 1, video: need('LinkedIn', body, 'value', 'video'), token, parts, tags: [] };
  return (await what.keep(textOf(state))) ? state : notWanted;
}

async function sendParts(kit: Kit, what: ToCarry, going: State & Going): Promise<(State & Going) | Later> {
  let state = going;
  for (let [part] = state.parts; part; [part] = state.parts) {
    const bytes = await what.video.read(part.from, part.to);
    if (!bytes) return notWanted;
    const tag = await put(kit, part, bytes);
    if (tag === undefined) return anew(what, state);
    state = { ...state, parts: state.parts.slice(1), tags: [...state.tags, tag] };
    if (!(await what.keep(textOf(state)))) return notWanted;
  }
  return state;
}

/**
 * The address itself is the right to it: no token goes along, and a no is about the address. Gives what LinkedIn calls the
 * part; undefined: the address takes nothing any more.
 */
async function put(kit: Kit, { url }: Part, bytes: Uint8Array): Promise<string | undefined> {
  const headers = { 'content-type': 'application/octet-stream' };
  const patient = { ...kit, timeoutMs: kit.publishTimeoutMs };
  const answer = await send(patient, 'LinkedIn', url, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  if (answer.status >= 400 && answer.status <= 499 && answer.status !== 429) return undefined;
  const tag = (orTrouble(kit, answer).headers.get('etag') ?? '').replaceAll('"', '');
  if (tag === '') throw new NetworkTrouble('unknown', 'LinkedIn left out what it calls a part of the video.');
  return tag;
}

/** False: LinkedIn does not take the parts as one video, or has done so already and its answer was lost. */
async function finish(kit: Kit, tokens: Tokens, { video, token, tags }: Going): Promise<boolean> {
  const request = { video, uploadToken: token, uploadedPartIds: tags };
  const answer = await act(kit, tokens, 'finalizeUpload', { finalizeUploadRequest: request });
  if (isNo(kit, answer)) return false;
  orTrouble(kit, answer);
  return true;
}

/** A member's sign-in may not ask: there the post finds out. */
async function ready(kit: Kit, tokens: Tokens, what: ToCarry, state: State & Whole): Promise<Uploaded> {
  const { video, since } = state;
  const done: Uploaded = { kind: 'ready', ids: [video] };
  if (what.author.type !== 'linkedin-page') return done;
  const url = `${api}/rest/videos/${encodeURIComponent(video)}`;
  const answer = await send(kit, 'LinkedIn', url, bearer(tokens.access, rest));
  if (answer.status === 404) return anew(what, state);
  switch (str(orTrouble(kit, answer).body, 'status')) {
    case 'AVAILABLE':
      return done;
    case 'PROCESSING_FAILED':
      return { kind: 'cannot', why: unreadable };
    default:
      return { kind: 'later', at: nextLook(kit.clock(), since) };
  }
}

/** What took long takes longer: from five seconds to five minutes. */
function nextLook(now: Date, since: number): Date {
  const seconds = (now.getTime() - since) / 1000;
  return later(now, Math.min(300, Math.max(5, seconds)));
}

/** A post that came too early for its video waits as whoever may ask does. */
export function untilProcessed(kit: Kit, { video }: Pick<ToSend, 'video'>, sent: Sent): Sent {
  if (!video || sent.kind !== 'notThere' || sent.hold !== 'profile' || sent.isForgotten) return sent;
  const state = stateIn(video.session, video.bytes);
  return isWhole(state) ? { ...sent, retryAt: nextLook(kit.clock(), state.since) } : sent;
}

function act(kit: Kit, { access }: Tokens, action: string, request: object): Promise<Answer> {
  const init = bearer(access, { ...rest, 'content-type': 'application/json' });
  const url = `${api}/rest/videos?action=${action}`;
  return send(kit, 'LinkedIn', url, { ...init, method: 'POST', body: JSON.stringify(request) });
}

/** A no to the video itself, not to the sign-in, the app or the haste. */
const isNo = (kit: Kit, answer: Answer): boolean =>
  [400, 404, 409, 410, 422].includes(answer.status) && linkedInSpeaker.trouble(answer, kit.clock()).kind === 'unknown';

function orTrouble(kit: Kit, answer: Answer): Answer {
  if (!isGood(answer)) throw linkedInSpeaker.trouble(answer, kit.clock());
  return answer;
}
