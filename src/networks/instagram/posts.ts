import { address, type Kit, str } from '../http.js';
import { matched } from '../matching.js';
import { listedSince, madeAt, readTwice } from '../meta/posts.js';
import type { Tokens } from '../network.js';
import { orElse, postText } from '../outcomes.js';
import type { Author, Found, LookedUp, Read } from '../publishing.js';
import { isSameText } from '../sameText.js';
import { apiOf, instagramSpeaker } from './api.js';
import { statusOf } from './containers.js';

const fields = 'id,caption,timestamp,permalink';

type Wanted = { author: Author; wire: string; from: Date; to: Date; uploads?: readonly string[] };

/**
 * What was to be published says itself whether it was: while it is only finished, nothing is there. Published it names no
 * post, so that is looked for among the account's own; until it shows there, nobody says that it is missing.
 */
export function lookUpOnInstagram(kit: Kit, tokens: Tokens, { author, wire, from, to, uploads = [] }: Wanted) {
  return orElse<LookedUp>(kit, tokens, async () => {
    const [container] = uploads;
    const status = container === undefined ? undefined : await statusOf(kit, tokens, container);
    if (status === 'FINISHED' || status === 'IN_PROGRESS') return { kind: 'found', posts: [] };
    const made = await postsSince(kit, tokens, author, from);
    if (!made) return { kind: 'cannot', why: 'There are too many posts of the account to look through.' };
    const inTime = made.filter(({ at }) => at <= to);
    const found = matched(inTime, (shown) => isSameText(wire, shown), wire);
    const isShown = found.kind === 'found' && found.posts.length + (found.begun?.length ?? 0) > 0;
    return status === 'PUBLISHED' && !isShown ? { kind: 'later' } : found;
  });
}

/** Newest first, until older ones come; undefined where there are too many. */
function postsSince(kit: Kit, tokens: Tokens, author: Author, from: Date): Promise<Found[] | undefined> {
  const first = address(`${apiOf(kit)}/${encodeURIComponent(author.externalId)}/media`, { fields, limit: '25' });
  const foundIn = (post: unknown) => postOf(kit, post);
  return listedSince(kit, instagramSpeaker, tokens, { first, from, foundIn, isNewestFirst: true });
}

function postOf(kit: Kit, post: unknown): Found[] {
  const [id, url] = [str(post, 'id'), linkIn(post)];
  const made = madeAt(kit, instagramSpeaker, post, 'timestamp');
  if (!id || !made) return [];
  return [{ id, at: made, text: postText(post, 'caption'), url: url ? kit.outbound(url).href : '' }];
}

/** Only an address of Instagram's own becomes a button. */
function linkIn(post: unknown): string | undefined {
  const link = str(post, 'permalink');
  return link && /^https:\/\/(www\.)?instagram\.com\//.test(link) ? link : undefined;
}

export function readOnInstagram(kit: Kit, tokens: Tokens, id: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const url = address(`${apiOf(kit)}/${encodeURIComponent(id)}`, { fields });
    const answer = await readTwice(kit, instagramSpeaker, tokens, url);
    if (answer === 'gone') return { kind: 'gone' };
    const link = linkIn(answer.body);
    const text = postText(answer.body, 'caption');
    return { kind: 'there', text, ...(link ? { url: kit.outbound(link).href } : {}) };
  });
}
