import { address, at, type Kit, str } from '../http.js';
import { matched } from '../matching.js';
import { deleteAt, listedSince, madeAt, readTwice } from '../meta/posts.js';
import type { Tokens } from '../network.js';
import { oneTap } from '../oneTap.js';
import { orElse, postText } from '../outcomes.js';
import { commonProblems, linksIn } from '../previewing.js';
import type { Author, Found, LookedUp, Preview, Publishing, Reacting, Read, Target } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { isSameText } from '../sameText.js';
import { aimOnInstagram } from './aim.js';
import { commentAnswers, likeAnswers } from './answers.js';
import { apiOf, commentScopes, instagramSpeaker, likeScopes, mayLike } from './api.js';
import { commentLink } from './links.js';
import { isBy, writerFields } from './writer.js';

/** Nobody says how long a comment may be: as long as a caption. */
const limit = 2200;
const fields = 'id,text,timestamp';

/** Comments on what stands on the account itself, and likes of them where it is reached through a Facebook Page. */
export function instagramReacting(kit: Kit): Reacting {
  return {
    scopes: (reaction) => (reaction === 'like' ? likeScopes : commentScopes(kit)),
    reply: (to) => comment(kit, to),
    ...(mayLike(kit) ? { like: (to: Target) => like(kit, to) } : {}),
    aim: (tokens, what) => aimOnInstagram(kit, tokens, what),
  };
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies */
function comment(kit: Kit, to: Target): Publishing {
  const urlOf = (id: string) => `${apiOf(kit)}/${encodeURIComponent(id)}`;
  const edge = to.comment ? `${urlOf(to.comment)}/replies` : `${urlOf(to.id)}/comments`;
  const link = (id: string) => commentLink(to.link, id) ?? kit.outbound('https://www.instagram.com/').href;
  return {
    preview,
    publish(tokens, what, signal) {
      const body = new URLSearchParams({ message: what.wire });
      const call = { table: commentAnswers, url: edge, scopes: commentScopes(kit), body };
      return publishOnce(kit, tokens, call, what, signal);
    },
    lookUp: (tokens, what) => lookUp(kit, tokens, what, { object: urlOf(to.comment ?? to.id), edge, link }),
    read: (tokens, { id }) => readComment(kit, tokens, urlOf(id)),
    takeBack: (tokens, { id }) => deleteAt(kit, instagramSpeaker, tokens, { url: urlOf(id), what: 'comment' }),
    takeBackCost: 'It costs nothing. Answers to the comment are deleted with it.',
    isRepeatable: false,
    isSame: isSameText,
    permalink: (_author, id) => link(id),
  };
}

function preview(text: string): Preview {
  const sizes = { count: text.length, limit, unit: 'characters' };
  return { wire: text, ...sizes, problems: commonProblems(text, sizes), links: linksIn(text) };
}

type Place = { object: string; edge: string; link: (id: string) => string };

/** Every comment there, since nobody says in which order they come. Under what is gone there is none. */
function lookUp(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to }: { author: Author; wire: string; from: Date; to: Date },
  { object, edge, link }: Place,
): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const there = await readTwice(kit, instagramSpeaker, tokens, address(object, { fields: 'id' }));
    if (there === 'gone') return { kind: 'found', posts: [] };
    const first = address(edge, { fields: `${fields},${writerFields}`, limit: '50' });
    const foundIn = (one: unknown) => (isBy(author, one) ? foundComment(kit, one, link) : []);
    const posts = await listedSince(kit, instagramSpeaker, tokens, { first, from, foundIn });
    if (!posts) return { kind: 'cannot', why: 'There are too many comments on Instagram to look through.' };
    const inTime = posts.filter(({ at: made }) => made <= to);
    return matched(inTime, (shown) => isSameText(wire, shown), wire);
  });
}

function foundComment(kit: Kit, one: unknown, link: (id: string) => string): Found[] {
  const id = str(one, 'id');
  const made = madeAt(kit, instagramSpeaker, one, 'timestamp');
  return id && made ? [{ id, at: made, text: postText(one, 'text'), url: link(id) }] : [];
}

function readComment(kit: Kit, tokens: Tokens, url: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const answer = await readTwice(kit, instagramSpeaker, tokens, address(url, { fields }));
    if (answer === 'gone') return { kind: 'gone' };
    const made = madeAt(kit, instagramSpeaker, answer.body, 'timestamp');
    return { kind: 'there', text: postText(answer.body, 'text'), ...(made ? { at: made } : {}) };
  });
}

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/user-likes */
function like(kit: Kit, to: Target): Publishing {
  const isDone = ({ body }: { body: unknown }) => at(body, 'success') === true;
  const what: Record<string, string> = to.comment ? { comment_id: to.comment } : { media_id: to.id };
  return oneTap(kit, (account) => {
    const url = `${apiOf(kit)}/${encodeURIComponent(account)}/likes`;
    return {
      table: likeAnswers,
      scopes: likeScopes,
      id: to.comment ?? to.id,
      url,
      body: new URLSearchParams(what),
      isDone,
      undo: { url: address(url, what).href, isDone },
      undoCost: 'It costs nothing. Notifications that Instagram sent stay sent.',
      permalink: 'https://www.instagram.com/',
    };
  });
}
