import { patiently } from './fresh.js';
import { type Answer, at, isGood, type Kit, type Speaker, send } from './http.js';
import { NetworkTrouble, type Tokens } from './network.js';
import { withAccess } from './oauth/oauth.js';
import type { Cannot, Later } from './publishing.js';

/**
 * Work that may be repeated, with the troubles that say nothing of the sign-in turned into answers.
 * @throws NetworkTrouble `stale` or `dead`: whoever keeps the sign-in goes on from there
 */
export async function orElse<T>(kit: Kit, tokens: Tokens, work: () => Promise<T>): Promise<T | Cannot | Later> {
  try {
    return await patiently(kit, tokens, () => withAccess(tokens, work));
  } catch (error) {
    if (!(error instanceof NetworkTrouble) || error.kind === 'stale' || error.kind === 'dead') throw error;
    const isPassing = error.kind === 'wait' || error.kind === 'early' || error.kind === 'passing';
    if (!isPassing) return { kind: 'cannot', why: error.message };
    return { kind: 'later', ...(error.retryAt ? { at: error.retryAt } : {}) };
  }
}

/**
 * One call about one post, as its answer: good, or saying that the post is not there.
 * @throws NetworkTrouble for every other answer
 */
export async function aboutPost(
  kit: Kit,
  speaker: Speaker & { isGone: (answer: Answer) => boolean },
  url: string | URL,
  init: RequestInit,
): Promise<Answer | 'gone'> {
  const answer = await send(kit, speaker.label, url, init);
  if (speaker.isGone(answer)) return 'gone';
  if (!isGood(answer)) throw speaker.trouble(answer, kit.clock());
  return answer;
}

/** The text of a post, however long: what names, ids and addresses are bounded by would lose a long one. */
export function postText(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}
