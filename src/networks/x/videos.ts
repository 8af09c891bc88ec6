import { after, carriedMs } from '../../rules/publishing/times.js';
import { type Kit, later } from '../http.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import { orElse } from '../outcomes.js';
import type { Cannot, Later, NotThere, TakesVideos, ToCarry, Uploaded } from '../publishing.js';
import { forgotten, notThere } from '../readSent.js';
import { badMedia } from './answers.js';
import { append, finalize, initialize, type No, statusOf } from './videoCalls.js';

const scope = 'media.write';
const noScope = 'The sign-in does not let us add videos on X. An owner has to renew theirs.';
const notTaken: Cannot = { kind: 'cannot', why: 'X does not take this video.' };
const failed: Cannot = { kind: 'cannot', why: 'X could not do anything with this video.' };
const notNow: Later = { kind: 'later' };

/** What X has of it: the parts before `next`. */
type Session = { id: string; next: number; begunAt: number };

/** X's own examples send such parts, and it takes a thousand of them. */
const mostPartBytes = 1024 * 1024;
/** How far it is, is written down after so many parts. */
const noteEvery = 16;
const patienceMs = 30_000;

/** https://docs.x.com/x-api/media/quickstart/best-practices: one video, and no picture beside it. */
export const videosOnX = (kit: Kit): TakesVideos => ({
  mostBytes: 512_000_000,
  leastSeconds: 0.5,
  mostSeconds: 140,
  sides: { least: 1 / 3, most: 3 },
  codecs: ['H.264', 'AAC'],
  upload: async (tokens, what) => {
    if (!tokens.scopes.includes(scope)) return { kind: 'cannot', why: noScope };
    return orElse<Uploaded>(kit, tokens, () => carry(kit, tokens, what));
  },
});

/** What X no longer knows, or not for long enough, is begun anew, once. */
async function carry(kit: Kit, tokens: Tokens, what: ToCarry): Promise<Uploaded> {
  const known = sessionIn(kit, what.session);
  const gone = known ? await carryOn(kit, tokens, what, known) : 'no';
  if (gone !== 'no') return gone;
  const id = await initialize(kit, tokens, what.video);
  if (id === 'no') return notTaken;
  const session = { id, next: 0, begunAt: kit.clock().getTime() };
  if (!(await what.keep(textOf(session)))) return notNow;
  const done = await carryOn(kit, tokens, what, session);
  return done === 'no' ? notTaken : done;
}

const textOf = ({ id, next, begunAt }: Session) => `${id} ${next} ${begunAt}`;

function sessionIn(kit: Kit, text = ''): Session | undefined {
  const [, id, next, begunAt] = /^(\d{1,20}) (\d{1,4}) (\d{1,15})$/.exec(text) ?? [];
  if (!id || after(new Date(Number(begunAt)), carriedMs) < kit.clock()) return undefined;
  return { id, next: Number(next), begunAt: Number(begunAt) };
}

async function carryOn(kit: Kit, tokens: Tokens, what: ToCarry, session: Session): Promise<Uploaded | No> {
  const partBytes = Math.min(kit.chunkBytes, mostPartBytes);
  const count = Math.ceil(what.video.bytes / partBytes);
  for (let next = session.next; next < count; next++) {
    const bytes = await what.video.read(next * partBytes, Math.min((next + 1) * partBytes, what.video.bytes));
    if (!bytes) return notNow;
    if ((await append(kit, tokens, session.id, { segment: next, bytes })) === 'no') return 'no';
    const isToNote = (next + 1) % noteEvery === 0 || next + 1 === count;
    if (isToNote && !(await what.keep(textOf({ ...session, next: next + 1 })))) return notNow;
  }
  return finish(kit, tokens, session.id, session.next >= count);
}

/** `isAgain`: X may have heard before that it is whole. */
async function finish(kit: Kit, tokens: Tokens, id: string, isAgain: boolean): Promise<Uploaded | No> {
  const asked = isAgain ? await statusOf(kit, tokens, id) : 'no';
  const isKnown = asked !== 'no' && asked.kind !== 'whole';
  let media = isKnown ? asked : await finalize(kit, tokens, id);
  for (let waitedMs = 0; media !== 'no' && media.kind === 'processing'; ) {
    const { waitMs } = media;
    if (waitedMs + waitMs > patienceMs) return { kind: 'later', at: later(kit.clock(), waitMs / 1000) };
    await kit.pause(waitMs);
    waitedMs += waitMs;
    media = await statusOf(kit, tokens, id);
  }
  if (media === 'no') return 'no';
  return media.kind === 'failed' ? failed : { kind: 'ready', ids: [id] };
}

/** A post is never sent without the video that it was to have. */
export const noVideo = forgotten('X has forgotten the video that was carried over.');
const notYet: NotThere = { ...notThere('wait', 'X is not ready with the video yet.'), hold: 'profile' };

/**
 * X says the same of media that it does not like as of media that it does not know any more, or is still busy with:
 * https://github.com/plhery/node-twitter-api-v2/issues/501, https://github.com/abraham/twitteroauth/issues/1222. So after a
 * refusal it is asked which it is; nothing is there by that. One that is ready may only not be known everywhere yet, the first time.
 */
export async function whyRefused(
  kit: Kit,
  tokens: Tokens,
  { refused, id, isAgain }: { refused: NotThere; id: string; isAgain: boolean },
): Promise<NotThere> {
  try {
    const media = await statusOf(kit, tokens, id);
    if (media === 'no') return noVideo;
    const isEarly = media.kind !== 'failed' && refused.detail === badMedia.detail && !isAgain;
    return media.kind === 'processing' || isEarly ? notYet : refused;
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    return notYet;
  }
}
