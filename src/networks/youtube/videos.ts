import type { Kit } from '../http.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import { orElse } from '../outcomes.js';
import type {
  Cannot,
  Later,
  NotThere,
  Sent,
  TakesVideos,
  ToCarry,
  ToSend,
  Uploaded,
  VideoToSend,
} from '../publishing.js';
import { judged } from '../publishOnce.js';
import { forgotten, notThere, readSent } from '../readSent.js';
import { sendOnce } from '../sendOnce.js';
import { youtubeAnswers } from './answers.js';
import { askSession, nextIn, openSession, rangeOf, type Session, sendSome } from './session.js';

export const uploadScope = 'https://www.googleapis.com/auth/youtube.upload';
const noScope = 'The sign-in does not let us publish videos on YouTube. An owner has to renew theirs.';
/** A part that YouTube never takes is not sent for ever. */
const mostStill = 3;

/** All but the last bytes may go at any time: with those the video is made. */
export const videosOnYouTube = (kit: Kit): TakesVideos => ({
  isNeeded: true,
  mostBytes: 256_000_000_000,
  mostSeconds: 12 * 3600,
  title: { most: 100, without: '<>', isNeeded: true },
  asksAudience: true,
  upload: async (tokens, what) => {
    if (!tokens.scopes.includes(uploadScope)) return { kind: 'cannot', why: noScope };
    return orElse<Uploaded>(kit, tokens, () => carry(kit, tokens, what));
  },
});

async function carry(kit: Kit, tokens: Tokens, what: ToCarry): Promise<Uploaded> {
  const { video, session } = what;
  const known: Session = session ? await askSession(kit, tokens, session, video.bytes) : { kind: 'gone' };
  if (session && known.kind === 'open') return carryOn(kit, tokens, video, session, known.next);
  // That it is there already is found out by whoever sends it.
  if (known.kind === 'done') return ready;
  const opened = await openSession(kit, tokens, video, what.wire);
  if (opened.kind === 'cannot') return opened;
  if (!(await what.keep(opened.session))) return notWanted;
  return carryOn(kit, tokens, video, opened.session, 0);
}

const ready: Uploaded = { kind: 'ready', ids: [] };
const notWanted: Later = { kind: 'later' };
const notKept: Cannot = { kind: 'cannot', why: 'The video is not kept any more.' };

async function carryOn(
  kit: Kit,
  tokens: Tokens,
  { bytes: size, read }: VideoToSend,
  session: string,
  start: number,
): Promise<Uploaded> {
  let next = start;
  for (let still = 0; size - next > kit.chunkBytes; ) {
    const bytes = await read(next, next + kit.chunkBytes);
    if (!bytes) return notWanted;
    const state = await sendSome(kit, tokens, session, { from: next, bytes, size });
    if (state.kind === 'done') return ready;
    if (state.kind === 'gone') return notWanted;
    still = state.next > next ? 0 : still + 1;
    if (still === mostStill || state.next > size) return notWanted;
    next = state.next;
  }
  return ready;
}

/** The last bytes, which make the video: asked before where it stands, so that whatever is there is never sent twice. */
export async function publishVideo(kit: Kit, tokens: Tokens, what: ToSend, signal?: AbortSignal): Promise<Sent> {
  const { video } = what;
  if (!tokens.scopes.includes(uploadScope)) return notThere('signIn', noScope);
  if (!video) return notThere('refused', 'YouTube publishes videos only.');
  if (!video.session) return noSession;
  const asked = await askSession(kit, tokens, video.session, video.bytes).catch(troubled);
  if (asked.kind === 'notThere') return judged(kit, tokens, asked);
  if (asked.kind === 'done') return { kind: 'there', id: asked.id };
  if (asked.kind === 'gone') return noSession;
  if (video.bytes - asked.next > kit.chunkBytes) return noSession;
  return sendLast(kit, tokens, { ...video, session: video.session }, asked.next, signal);
}

async function sendLast(
  kit: Kit,
  tokens: Tokens,
  { session, read, bytes: size, type }: VideoToSend & { session: string },
  from: number,
  signal: AbortSignal | undefined,
): Promise<Sent> {
  const body = await read(from, size);
  if (!body) return notThere('refused', notKept.why);
  const headers = {
    authorization: `Bearer ${tokens.access}`,
    accept: 'application/json',
    'content-type': type,
    'content-range': rangeOf(from, body.length, size),
  };
  const told = await sendOnce(kit, session, { method: 'PUT', headers, body }, signal);
  const status = told.kind === 'answered' ? told.answer.status : 0;
  // YouTube did not get all of it, and says so.
  if (told.kind === 'answered' && status === 308 && nextIn(told.answer.headers) < size) return again;
  // It may have been made all the same: the session knows, or the list of videos does.
  if (status === 404 || status === 410) return { kind: 'unknown', hint: 'YouTube has forgotten the session.' };
  return judged(kit, tokens, readSent(youtubeAnswers, told, kit.clock()));
}

const again: NotThere = { ...notThere('wait', 'YouTube did not get all of the video.'), hold: 'profile' };
const noSession = forgotten('YouTube has forgotten what was carried over.');

/** Asking does no harm: nothing is there by it. */
function troubled(error: unknown): NotThere {
  if (!(error instanceof NetworkTrouble)) throw error;
  const { kind, message, retryAt } = error;
  if (kind === 'dead' || kind === 'stale') return { ...notThere('signIn', message), trouble: error };
  if (kind !== 'wait') return notThere('unreachable', message);
  return { ...notThere('wait', message), hold: 'network', ...(retryAt ? { retryAt } : {}), trouble: error };
}
