import { address, type Kit, str } from '../http.js';
import { matched } from '../matching.js';
import { graphSpeaker } from '../meta/answers.js';
import { graph } from '../meta/graph.js';
import { deleteAt, listedSince, madeAt, readTwice } from '../meta/posts.js';
import type { Tokens } from '../network.js';
import { orElse, postText } from '../outcomes.js';
import { linksIn } from '../previewing.js';
import type { Author, Found, LookedUp, Read, TakenBack } from '../publishing.js';
import { isSameText } from '../sameText.js';

export const pageSpeaker = graphSpeaker('Facebook');
const fields = 'id,message,created_time';

/** A video has a number of its own, and another word for its text. */
const videoFields = 'id,description,created_time,status';
const isVideo = (id: string) => !id.includes('_');

type Wanted = { author: Author; wire: string; from: Date; to: Date; video?: object };

/** The Page's posts of that time, or its videos, newest first, until older ones come. */
export function lookUpOnPage(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to, video }: Wanted,
  urlOf: (id: string) => string,
): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const [edge, wanted] = video ? ['videos', videoFields] : ['published_posts', fields];
    const first = address(`${graph}/${encodeURIComponent(author.externalId)}/${edge}`, { fields: wanted, limit: '10' });
    const foundIn = (post: unknown) => postOf(kit, post, urlOf);
    const posts = await listedSince(kit, pageSpeaker, tokens, { first, from, foundIn, isNewestFirst: true });
    return posts
      ? matchedOnFacebook(
          posts.filter(({ at }) => at <= to),
          wire,
        )
      : { kind: 'cannot', why: 'There are too many posts on the Page to look through.' };
  });
}

/** A post, a video or a comment, where it has a number and a time. */
export function postOf(kit: Kit, post: unknown, urlOf: (id: string) => string): Found[] {
  const id = str(post, 'id');
  const made = madeAt(kit, pageSpeaker, post, 'created_time');
  return id && made ? [{ id, at: made, text: textOf(post), url: urlOf(id) }] : [];
}

const textOf = (post: unknown) => postText(post, 'message') || postText(post, 'description');
/** What Facebook could not do anything with, nobody can see: https://developers.facebook.com/docs/graph-api/reference/video */
const lostStates = ['error', 'expired', 'upload_failed'];

export function readOnPage(kit: Kit, tokens: Tokens, id: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const url = address(`${graph}/${encodeURIComponent(id)}`, { fields: isVideo(id) ? videoFields : fields });
    const answer = await readTwice(kit, pageSpeaker, tokens, url);
    const isLost = answer !== 'gone' && lostStates.includes(str(answer.body, 'status', 'video_status') ?? '');
    if (answer === 'gone' || isLost) return { kind: 'gone' };
    const made = madeAt(kit, pageSpeaker, answer.body, 'created_time');
    return { kind: 'there', text: textOf(answer.body), ...(made ? { at: made } : {}) };
  });
}

export const takeBackFromPage = (kit: Kit, tokens: Tokens, id: string): Promise<TakenBack> =>
  deleteAt(kit, pageSpeaker, tokens, { url: `${graph}/${encodeURIComponent(id)}`, what: 'post' });

/** `1_2` is post 2 of Page 1, and `3` a video. */
export function pageLink(kit: Kit, { externalId }: Author, id: string): string {
  const [page = externalId, post = ''] = isVideo(id) ? [externalId, id] : id.split('_');
  const kind = isVideo(id) ? 'videos' : 'posts';
  return kit.outbound(`https://www.facebook.com/${encodeURIComponent(page)}/${kind}/${encodeURIComponent(post)}`).href;
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
