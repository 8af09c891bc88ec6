import { byOurs } from '../clocks.js';
import { type Answer, address, at, bearer, type Kit, list, read, str } from '../http.js';
import { matched } from '../matching.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse, postText } from '../outcomes.js';
import { commonProblems, linksIn } from '../previewing.js';
import type { Author, Found, LookedUp, Preview, Publishing, Read, TakenBack, Target } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { isSameText } from '../sameText.js';
import { youtubeAnswers } from './answers.js';
import { youtubeTrouble } from './errors.js';

const api = 'https://www.googleapis.com/youtube/v3';
export const commentScope = 'https://www.googleapis.com/auth/youtube.force-ssl';
const limit = 10_000;
const mostPages = 5;
export const youtubeSpeaker = {
  label: 'YouTube',
  trouble: youtubeTrouble,
  isGone: ({ status }: Answer) => status === 404,
};

/** Comments on videos, and answers to comments: https://developers.google.com/youtube/v3/docs/commentThreads */
export function youtubeComments(kit: Kit, to: Target): Publishing {
  const link = (id: string) => kit.outbound(commentLink(to.id, id)).href;
  return {
    preview,
    publish(tokens, what, signal) {
      const call = { table: youtubeAnswers, scopes: [commentScope], ...callFor(to, what.wire) };
      return publishOnce(kit, tokens, call, what, signal);
    },
    lookUp: (tokens, what) => lookUp(kit, tokens, what, to, link),
    read: (tokens, { id }) => readComment(kit, tokens, id),
    takeBack: (tokens, { id }) => takeBack(kit, tokens, id),
    isRepeatable: false,
    takeBackCost: 'It costs nothing. Answers to the comment are deleted with it.',
    isSame: isSameText,
    permalink: (_author, id) => link(id),
  };
}

export const commentLink = (video: string, comment?: string) =>
  `https://www.youtube.com/watch?v=${encodeURIComponent(video)}${comment ? `&lc=${encodeURIComponent(comment)}` : ''}`;

function callFor({ id, comment }: Target, textOriginal: string): { url: string; body: object } {
  if (comment) return { url: `${api}/comments?part=snippet`, body: { snippet: { parentId: comment, textOriginal } } };
  const topLevelComment = { snippet: { textOriginal } };
  return { url: `${api}/commentThreads?part=snippet`, body: { snippet: { videoId: id, topLevelComment } } };
}

function preview(text: string): Preview {
  const sizes = { count: text.length, limit, unit: 'characters' };
  return { wire: text, ...sizes, problems: commonProblems(text, sizes), links: linksIn(text) };
}

type Wanted = { author: Author; wire: string; from: Date; to: Date };

/**
 * Comments of that time: those on a video newest first, until older ones come; answers to a comment, which YouTube lists in
 * an order of its own, all of them. What YouTube holds for review is not among them.
 */
function lookUp(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to }: Wanted,
  { id, comment }: Target,
  link: (id: string) => string,
): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const posts: Found[] = [];
    let next: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const where: Record<string, string> = comment ? { parentId: comment } : { videoId: id, order: 'time' };
      const more: Record<string, string> = next ? { pageToken: next } : {};
      const query = { part: 'snippet', maxResults: '100', textFormat: 'plainText', ...where, ...more };
      const reply = await read(
        kit,
        youtubeSpeaker,
        address(`${api}/${comment ? 'comments' : 'commentThreads'}`, query),
        bearer(tokens.access),
      );
      const shown = list(reply, 'items').map((item) => (comment ? item : snippetOf(item)));
      const own = shown.flatMap((one) => foundIn(kit, one, author, link));
      posts.push(...own.filter(({ at: made }) => made >= from && made <= to));
      next = str(reply, 'nextPageToken');
      // Not at the first old one: a comment can be pinned.
      const isPast = !comment && shown.length > 0 && shown.every((one) => madeAt(kit, one) < from);
      if (!next || isPast) return matched(posts, (text) => isSameText(wire, text), wire);
    }
    return { kind: 'cannot', why: 'There are too many comments on YouTube to look through.' };
  });
}

const snippetOf = (thread: unknown) => at(thread, 'snippet', 'topLevelComment');

function foundIn(kit: Kit, comment: unknown, author: Author, link: (id: string) => string): Found[] {
  const id = str(comment, 'id');
  const made = madeAt(kit, comment);
  const isOwn = str(comment, 'snippet', 'authorChannelId', 'value') === author.externalId;
  if (!id || !isOwn || Number.isNaN(made.getTime())) return [];
  return [{ id, at: made, text: textOf(comment), url: link(id) }];
}

/** An invalid date where YouTube names none. */
const madeAt = (kit: Kit, comment: unknown) =>
  byOurs(kit, 'YouTube', new Date(str(comment, 'snippet', 'publishedAt') ?? ''));

/** The original is shown to its author alone. */
export const textOf = (comment: unknown) =>
  postText(comment, 'snippet', 'textOriginal') || postText(comment, 'snippet', 'textDisplay');

/** One comment; undefined when it is gone, or held back by YouTube, which says 404 or shows an empty list. */
export async function commentOf(kit: Kit, tokens: Tokens, id: string): Promise<unknown> {
  const url = address(`${api}/comments`, { part: 'snippet', id, textFormat: 'plainText' });
  const answer = await aboutPost(kit, youtubeSpeaker, url, bearer(tokens.access));
  return answer === 'gone' ? undefined : list(answer.body, 'items')[0];
}

function readComment(kit: Kit, tokens: Tokens, id: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const comment = await commentOf(kit, tokens, id);
    if (!comment) return { kind: 'gone' };
    const made = madeAt(kit, comment);
    return { kind: 'there', text: textOf(comment), ...(Number.isNaN(made.getTime()) ? {} : { at: made }) };
  });
}

function takeBack(kit: Kit, tokens: Tokens, id: string): Promise<TakenBack> {
  return orElse<TakenBack>(kit, tokens, async () => {
    const init = { method: 'DELETE', ...bearer(tokens.access) };
    await aboutPost(kit, youtubeSpeaker, address(`${api}/comments`, { id }), init);
    return { kind: 'gone' };
  });
}
