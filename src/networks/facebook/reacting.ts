import { address, at, type Kit, str } from '../http.js';
import { graph } from '../meta/graph.js';
import { listedSince } from '../meta/posts.js';
import type { Tokens } from '../network.js';
import { oneTap } from '../oneTap.js';
import { orElse } from '../outcomes.js';
import type { Author, LookedUp, Publishing, Reacting, Target } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { aimOnPage } from './aim.js';
import { facebookAnswers } from './answers.js';
import { isSameOnFacebook, matchedOnFacebook, pageSpeaker, postOf, readOnPage, takeBackFromPage } from './posts.js';
import { previewOnFacebook } from './publishing.js';

const scopes = ['pages_manage_engagement', 'pages_read_engagement'];
/** From memory: no page of Facebook names it. */
const limit = 8000;

/** Comments and likes as a Page. Facebook has no call for sharing. */
export function pageReacting(kit: Kit): Reacting {
  return {
    scopes: () => scopes,
    reply: (to) => comment(kit, to),
    like: (to) => like(kit, to),
    aim: (tokens, what) => aimOnPage(kit, tokens, what),
  };
}

const objectOf = ({ id, comment: one }: Target) => one ?? id;
const urlOf = (to: Target, edge: string) => `${graph}/${encodeURIComponent(objectOf(to))}/${edge}`;

/** `1_2` is post 2 of Page 1; a comment's address is its post's, with the number behind it. */
function permalink({ id }: Target, comment?: string): string {
  const [page = '', post] = id.split('_');
  const path = post === undefined ? encodeURIComponent(page) : `${page}/posts/${encodeURIComponent(post)}`;
  const number = comment?.split('_').at(-1);
  return `https://www.facebook.com/${path}${number ? `?comment_id=${encodeURIComponent(number)}` : ''}`;
}

/** https://developers.facebook.com/docs/graph-api/reference/object/comments */
function comment(kit: Kit, to: Target): Publishing {
  const link = (id: string) => kit.outbound(permalink(to, id)).href;
  return {
    preview: (text) => previewOnFacebook(text, limit),
    publish(tokens, what, signal) {
      const body = new URLSearchParams({ message: what.wire });
      return publishOnce(
        kit,
        tokens,
        { table: facebookAnswers, url: urlOf(to, 'comments'), scopes, body },
        what,
        signal,
      );
    },
    lookUp: (tokens, what) => lookUp(kit, tokens, what, to, link),
    read: (tokens, { id }) => readOnPage(kit, tokens, id),
    takeBack: (tokens, { id }) => takeBackFromPage(kit, tokens, id),
    isRepeatable: false,
    takeBackCost: 'It costs nothing. Answers to the comment are deleted with it.',
    isSame: isSameOnFacebook,
    permalink: (_author, id) => link(id),
  };
}

/** Every comment there, since Facebook lists them in an order of its own. */
function lookUp(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to }: { author: Author; wire: string; from: Date; to: Date },
  target: Target,
  link: (id: string) => string,
): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const first = address(urlOf(target, 'comments'), { fields: 'id,message,created_time,from', limit: '50' });
    const foundIn = (one: unknown) => (str(one, 'from', 'id') === author.externalId ? postOf(kit, one, link) : []);
    const posts = await listedSince(kit, pageSpeaker, tokens, { first, from, foundIn });
    return posts
      ? matchedOnFacebook(
          posts.filter(({ at: made }) => made <= to),
          wire,
        )
      : { kind: 'cannot', why: 'There are too many comments on Facebook to look through.' };
  });
}

function like(kit: Kit, to: Target): Publishing {
  const isDone = ({ body }: { body: unknown }) => at(body, 'success') === true;
  return oneTap(kit, () => ({
    table: facebookAnswers,
    scopes,
    id: objectOf(to),
    url: urlOf(to, 'likes'),
    body: new URLSearchParams(),
    isDone,
    undo: { url: urlOf(to, 'likes'), isDone },
    undoCost: 'It costs nothing. Notifications that Facebook sent stay sent.',
    permalink: permalink(to, to.comment),
  }));
}
