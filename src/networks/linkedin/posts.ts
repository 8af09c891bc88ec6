import { byOurs, byTheirs } from '../clocks.js';
import { type Answer, bearer, type Kit, list, num, read, str } from '../http.js';
import { matched } from '../matching.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse, postText } from '../outcomes.js';
import type { Author, Found, LookedUp, Read, TakenBack } from '../publishing.js';
import { isSameText } from '../sameText.js';
import { api, rest } from './api.js';
import { linkedInTrouble } from './errors.js';
import { plainText } from './littleText.js';

export const linkedInSpeaker = {
  label: 'LinkedIn',
  trouble: linkedInTrouble,
  isGone: ({ status }: Answer) => status === 404,
};
const pageSize = 50;
const mostLooked = 500;

/** `urn:li:organization:5001001`, `urn:li:person:aLeX` */
export function urnOf({ type, externalId }: Author): string {
  return `urn:li:${type === 'linkedin-page' ? 'organization' : 'person'}:${externalId}`;
}

/** `shared`: only posts that share that one on; without it only those that share none. */
type Wanted = { author: Author; wire: string; from: Date; to: Date; shared?: string | undefined };

/** The Page's posts of that time, those changed last first, until older ones come. */
export function lookUpOnLinkedIn(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to, shared }: Wanted,
  urlOf: (id: string) => string,
): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const posts: Found[] = [];
    for (let start = 0; start < mostLooked; start += pageSize) {
      const page = await ownPosts(kit, tokens, author, start);
      const meant = page.filter((post) => str(post, 'reshareContext', 'parent') === shared);
      const some = meant.flatMap((post) => postOf(kit, post, urlOf));
      posts.push(...some.filter(({ at: made }) => made >= from && made <= to));
      const isPast = page.every((post) => num(post, 'lastModifiedAt') < byTheirs(kit, 'LinkedIn', from).getTime());
      if (isPast || page.length < pageSize)
        return matched(posts, (shown) => isSameOnLinkedIn(wire, shown), plainText(wire));
    }
    return { kind: 'cannot', why: 'There are too many posts on the Page to look through.' };
  });
}

async function ownPosts(kit: Kit, tokens: Tokens, author: Author, start: number): Promise<unknown[]> {
  const query = `q=author&author=${encodeURIComponent(urnOf(author))}&sortBy=LAST_MODIFIED`;
  const url = `${api}/rest/posts?${query}&start=${start}&count=${pageSize}`;
  const reply = await read(kit, linkedInSpeaker, url, bearer(tokens.access, { ...rest, 'x-restli-method': 'FINDER' }));
  return list(reply, 'elements');
}

function postOf(kit: Kit, post: unknown, urlOf: (id: string) => string): Found[] {
  const id = str(post, 'id');
  const made = madeAt(kit, post);
  return id && made ? [{ id, at: made, text: textOf(post), url: urlOf(id) }] : [];
}

function madeAt(kit: Kit, post: unknown): Date | undefined {
  const made = num(post, 'publishedAt') || num(post, 'createdAt');
  return made > 0 ? byOurs(kit, 'LinkedIn', new Date(made)) : undefined;
}

const textOf = (post: unknown) => plainText(postText(post, 'commentary'));

/** Pages only: LinkedIn shows apps no posts of members. */
export function readOnLinkedIn(kit: Kit, tokens: Tokens, id: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const url = `${api}/rest/posts/${encodeURIComponent(id)}?viewContext=AUTHOR`;
    const answer = await aboutPost(kit, linkedInSpeaker, url, bearer(tokens.access, rest));
    if (answer === 'gone') return { kind: 'gone' };
    const made = madeAt(kit, answer.body);
    return { kind: 'there', text: textOf(answer.body), ...(made ? { at: made } : {}) };
  });
}

/** LinkedIn answers the same when it was gone already. */
export function takeBackFromLinkedIn(kit: Kit, tokens: Tokens, id: string): Promise<TakenBack> {
  return orElse<TakenBack>(kit, tokens, async () => {
    const init = { method: 'DELETE', ...bearer(tokens.access, { ...rest, 'x-restli-method': 'DELETE' }) };
    await aboutPost(kit, linkedInSpeaker, `${api}/rest/posts/${encodeURIComponent(id)}`, init);
    return { kind: 'gone' };
  });
}

/** LinkedIn does not say whether it shows apps the backslashes of little text: both are read. */
export function isSameOnLinkedIn(wire: string, shown: string): boolean {
  const plain = plainText(wire);
  return isSameText(plain, shown) || isSameText(plainText(plain), shown);
}
