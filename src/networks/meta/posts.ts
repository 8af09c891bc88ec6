import { byOurs } from '../clocks.js';
import { type Answer, at, bearer, type Kit, str } from '../http.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse } from '../outcomes.js';
import type { Found, TakenBack } from '../publishing.js';
import type { GraphSpeaker } from './answers.js';
import { graphPages } from './graph.js';

const mostLooked = 500;

/** `isNewestFirst`: nothing younger comes behind a page of old ones. */
export type GraphList = {
  first: URL;
  from: Date;
  foundIn: (entry: unknown) => Found[];
  isNewestFirst?: true;
};

/** What a Graph list holds since then; undefined where it is too long to look through. */
export async function listedSince(
  kit: Kit,
  speaker: GraphSpeaker,
  { access }: Tokens,
  { first, from, foundIn, isNewestFirst }: GraphList,
): Promise<Found[] | undefined> {
  const posts: Found[] = [];
  let looked = 0;
  for await (const page of graphPages(kit, speaker, first, access)) {
    // The Graph API gives the time in whole seconds.
    const young = page.flatMap(foundIn).filter(({ at: made }) => made.getTime() > from.getTime() - 1000);
    posts.push(...young);
    looked += page.length;
    // Not at the first old one: a post can be dated back.
    if (isNewestFirst && young.length === 0) break;
    if (looked >= mostLooked) return undefined;
  }
  return posts;
}

/** When it was made, by our clock; undefined where the network does not say. */
export function madeAt(kit: Kit, { label }: GraphSpeaker, entry: unknown, field: string): Date | undefined {
  const made = byOurs(kit, label, new Date(str(entry, field) ?? ''));
  return Number.isNaN(made.getTime()) ? undefined : made;
}

/** Gone only when it is said twice: a single "not there" is noise at times. */
export async function readTwice(
  kit: Kit,
  speaker: GraphSpeaker,
  { access }: Tokens,
  url: URL,
): Promise<Answer | 'gone'> {
  const answer = await aboutPost(kit, speaker, url, bearer(access));
  if (answer !== 'gone') return answer;
  await kit.pause(500);
  return aboutPost(kit, speaker, url, bearer(access));
}

/** Deletes a post or a comment. `what`: its word in a sentence. */
export function deleteAt(
  kit: Kit,
  speaker: GraphSpeaker,
  tokens: Tokens,
  { url, what }: { url: string; what: string },
): Promise<TakenBack> {
  return orElse<TakenBack>(kit, tokens, async () => {
    const answer = await aboutPost(kit, speaker, url, { method: 'DELETE', ...bearer(tokens.access) });
    if (answer === 'gone' || at(answer.body, 'success') === true) return { kind: 'gone' };
    return { kind: 'cannot', why: `${speaker.label} did not say that the ${what} is deleted.` };
  });
}
