import { byOurs, byTheirs } from '../clocks.js';
import { type Answer, address, at, bearer, type Kit, list, read, str } from '../http.js';
import { matched } from '../matching.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse, postText } from '../outcomes.js';
import type { Author, Found, LookedUp, Read, TakenBack } from '../publishing.js';
import { isSameText } from '../sameText.js';
import { xTrouble } from './errors.js';

const api = 'https://api.x.com/2';
export const xSpeaker = { label: 'X', trouble: xTrouble, isGone };
const fields = 'created_at,text,entities,note_tweet,referenced_tweets';
const mostPages = 5;

/** `replyTo`: only answers to that post; without it only what answers none. */
type Wanted = { author: Author; wire: string; from: Date; to: Date; replyTo?: string | undefined };

/** Own posts of that time. X charges for each that it shows, so the time is kept narrow. */
export function lookUpOnX(kit: Kit, tokens: Tokens, what: Wanted, urlOf: (id: string) => string): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const posts: Found[] = [];
    let next: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const reply = await read(kit, xSpeaker, ownPosts(kit, what, next), bearer(tokens.access));
      posts.push(...list(reply, 'data').flatMap((post) => foundIn(kit, post, what, urlOf)));
      next = str(reply, 'meta', 'next_token');
      if (!next) return matched(posts, (shown) => isSameOnX(what.wire, shown), decoded(what.wire));
    }
    return { kind: 'cannot', why: 'There are too many posts of that time on X to look through.' };
  });
}

function ownPosts(kit: Kit, { author, from }: Wanted, next: string | undefined): URL {
  return address(`${api}/users/${encodeURIComponent(author.externalId)}/tweets`, {
    'tweet.fields': fields,
    max_results: '100',
    exclude: 'retweets',
    // In whole seconds. An end that is near to now is refused by X, so the end is looked at here.
    start_time: `${byTheirs(kit, 'X', from).toISOString().slice(0, 19)}Z`,
    ...(next ? { pagination_token: next } : {}),
  });
}

function foundIn(kit: Kit, post: unknown, { from, to, replyTo }: Wanted, urlOf: (id: string) => string): Found[] {
  const id = str(post, 'id');
  const made = byOurs(kit, 'X', new Date(str(post, 'created_at') ?? ''));
  const text = textOnX(post);
  const isInTime = made.getTime() > from.getTime() - 1000 && made <= to;
  const answered = list(post, 'referenced_tweets').find((one) => str(one, 'type') === 'replied_to');
  const isMeant = str(answered, 'id') === replyTo;
  return id && isInTime && isMeant ? [{ id, at: made, text, url: urlOf(id) }] : [];
}

/** What X shows now. It answers 200 with a list of errors for what it does not show. */
export function readOnX(kit: Kit, tokens: Tokens, id: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const url = address(`${api}/tweets/${encodeURIComponent(id)}`, { 'tweet.fields': fields });
    const answer = await aboutPost(kit, xSpeaker, url, bearer(tokens.access));
    if (answer === 'gone') return { kind: 'gone' };
    const post = at(answer.body, 'data');
    const made = byOurs(kit, 'X', new Date(str(post, 'created_at') ?? ''));
    if (!post) return { kind: 'cannot', why: 'X does not show this post to this sign-in.' };
    return { kind: 'there', text: textOnX(post), ...(Number.isNaN(made.getTime()) ? {} : { at: made }) };
  });
}

export function takeBackFromX(kit: Kit, tokens: Tokens, id: string): Promise<TakenBack> {
  return orElse<TakenBack>(kit, tokens, async () => {
    const init = { method: 'DELETE', ...bearer(tokens.access) };
    const answer = await aboutPost(kit, xSpeaker, `${api}/tweets/${encodeURIComponent(id)}`, init);
    if (answer === 'gone' || at(answer.body, 'data', 'deleted') === true) return { kind: 'gone' };
    return { kind: 'cannot', why: 'X did not say that the post is deleted.' };
  });
}

function isGone({ status, body }: Answer): boolean {
  const problem = str(list(body, 'errors')[0], 'type')?.split('/').at(-1);
  return status === 404 || (at(body, 'data') === undefined && problem === 'resource-not-found');
}

/** Signs that X may send as entities are read as such on both sides, since it does not say whether it does. */
export function isSameOnX(wire: string, shown: string): boolean {
  return isSameText(wire, shown) || isSameText(decoded(wire), shown);
}

const ownPicture = /\/status\/\d+\/(?:photo|video)\/\d+$/;

/** The text as a reader sees it: long posts whole, links as they were typed instead of `t.co`. */
export function textOnX(post: unknown): string {
  const long = at(post, 'note_tweet');
  const source = postText(long, 'text') ? long : post;
  let text = postText(source, 'text');
  for (const link of list(source, 'entities', 'urls')) {
    const [short, typed] = [str(link, 'url'), str(link, 'expanded_url')];
    // X puts a link to the post's own pictures behind its text.
    if (short && typed) text = text.replaceAll(short, () => (ownPicture.test(typed) ? '' : typed));
  }
  return decoded(text);
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
