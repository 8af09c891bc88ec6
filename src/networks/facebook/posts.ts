import { byOurs } from '../clocks.js';
import { type Answer, address, at, bearer, type Kit, str } from '../http.js';
import { matched } from '../matching.js';
import { metaTrouble } from '../meta/errors.js';
import { graph, graphPages } from '../meta/graph.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse, postText } from '../outcomes.js';
import { linksIn } from '../previewing.js';
import type { Author, Found, LookedUp, Read, TakenBack } from '../publishing.js';
import { isSameText } from '../sameText.js';

export const pageSpeaker = { label: 'Facebook', trouble: metaTrouble('Facebook'), isGone };
const fields = 'id,message,created_time';
const mostLooked = 500;

type Wanted = { author: Author; wire: string; from: Date; to: Date };

/** The Page's posts of that time, newest first, until older ones come. */
export function lookUpOnPage(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to }: Wanted,
  urlOf: (id: string) => string,
): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const posts: Found[] = [];
    let looked = 0;
    const first = address(`${graph}/${encodeURIComponent(author.externalId)}/published_posts`, { fields, limit: '10' });
    for await (const page of graphPages(kit, pageSpeaker, first, tokens.access)) {
      const some = page.flatMap((post) => postOf(kit, post, urlOf));
      // Facebook gives the time in whole seconds.
      const young = some.filter(({ at: made }) => made.getTime() > from.getTime() - 1000);
      posts.push(...young.filter(({ at: made }) => made <= to));
      looked += page.length;
      // Not at the first old one: a post can be dated back.
      if (young.length === 0) break;
      if (looked >= mostLooked) return { kind: 'cannot', why: 'There are too many posts on the Page to look through.' };
    }
    return matchedOnFacebook(posts, wire);
  });
}

/** A post or a comment, where it has a number and a time. */
export function postOf(kit: Kit, post: unknown, urlOf: (id: string) => string): Found[] {
  const id = str(post, 'id');
  const made = byOurs(kit, 'Facebook', new Date(str(post, 'created_time') ?? ''));
  return id && !Number.isNaN(made.getTime()) ? [{ id, at: made, text: postText(post, 'message'), url: urlOf(id) }] : [];
}

/** Gone only when Facebook says so twice: a single "not there" is noise at times. */
export function readOnPage(kit: Kit, tokens: Tokens, id: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const url = address(`${graph}/${encodeURIComponent(id)}`, { fields });
    let answer = await aboutPost(kit, pageSpeaker, url, bearer(tokens.access));
    if (answer === 'gone') {
      await kit.pause(500);
      answer = await aboutPost(kit, pageSpeaker, url, bearer(tokens.access));
    }
    if (answer === 'gone') return { kind: 'gone' };
    const made = byOurs(kit, 'Facebook', new Date(str(answer.body, 'created_time') ?? ''));
    const when = Number.isNaN(made.getTime()) ? {} : { at: made };
    return { kind: 'there', text: postText(answer.body, 'message'), ...when };
  });
}

export function takeBackFromPage(kit: Kit, tokens: Tokens, id: string): Promise<TakenBack> {
  return orElse<TakenBack>(kit, tokens, async () => {
    const init = { method: 'DELETE', ...bearer(tokens.access) };
    const answer = await aboutPost(kit, pageSpeaker, `${graph}/${encodeURIComponent(id)}`, init);
    if (answer === 'gone' || at(answer.body, 'success') === true) return { kind: 'gone' };
    return { kind: 'cannot', why: 'Facebook did not say that the post is deleted.' };
  });
}

function isGone({ status, body }: Answer): boolean {
  const isNotThere = str(body, 'error', 'code') === '100' && str(body, 'error', 'error_subcode') === '33';
  return isNotThere || (status === 404 && at(body, 'error') === undefined);
}

/** `1_2` is post 2 of Page 1. */
export function pageLink(kit: Kit, { externalId }: Author, id: string): string {
  const [page = externalId, post = ''] = id.includes('_') ? id.split('_') : [externalId, id];
  return kit.outbound(`https://www.facebook.com/${encodeURIComponent(page)}/posts/${encodeURIComponent(post)}`).href;
}

/** `@[123]`: Facebook takes it out, without the Page Mentioning feature. */
export const mentions = /@\[\d{1,30}(?::[^\]]{0,100})?\]/g;

/** Of posts or comments of that time, those that may be the one that was sent. */
export const matchedOnFacebook = (made: readonly Found[], wire: string): LookedUp =>
  matched(made, (shown) => isSameOnFacebook(wire, shown), wire.replace(mentions, ''));

/** A mention may be gone, and so may a link at the end, which Facebook then shows as a card. */
export function isSameOnFacebook(wire: string, shown: string): boolean {
  const sent = wire.replace(mentions, '').trimEnd();
  const seen = shown.replace(mentions, '');
  return isSameText(sent, seen) || isSameText(withoutLastLink(sent), seen);
}

function withoutLastLink(text: string): string {
  const last = linksIn(text).at(-1);
  return last && text.endsWith(last) ? text.slice(0, -last.length) : text;
}
