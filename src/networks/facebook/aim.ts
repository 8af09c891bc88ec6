import { type Answer, address, bearer, type Kit, str } from '../http.js';
import type { LinkTarget } from '../link.js';
import { graph, graphPages } from '../meta/graph.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse, postText } from '../outcomes.js';
import type { Aimed, Author, Found } from '../publishing.js';
import { nameIn } from '../reading.js';
import { postOnPage } from './links.js';
import { pageLink, pageSpeaker, postOf } from './posts.js';

const shown = 25;

/** A Page reacts to what stands on itself alone; links that hide the number lead to its last posts. */
export async function aimOnPage(
  kit: Kit,
  tokens: Tokens,
  { author, link }: { author: Author; link: LinkTarget },
): Promise<Aimed> {
  const aimed = await orElse<Aimed>(kit, tokens, async () => {
    if (link.kind === 'opaque') return { kind: 'pick', posts: await lastPosts(kit, tokens, author) };
    if (link.kind !== 'post' && link.kind !== 'media') return notThere;
    const page = link.owner === undefined ? link.id.split('_')[0] : await pageCalled(kit, tokens, author, link.owner);
    if (link.kind === 'post' && page !== author.externalId) return elsewhere;
    return looked(kit, tokens, author, { ...link, id: postOnPage(link, author.externalId) });
  });
  return aimed.kind === 'cannot' ? { kind: 'no', sentence: aimed.why, fix: notThere.fix } : aimed;
}

const notThere = {
  kind: 'no',
  sentence: 'Facebook shows nothing under this link to this Page.',
  fix: 'Paste the link of a post on your Page.',
} as const;
const elsewhere = {
  kind: 'no',
  sentence: 'That post is not on this Page, and Facebook lets a Page react only to what is on it.',
  fix: 'React on Facebook itself, or choose the Page that the post is on with "as <profile>".',
} as const;

/** A handle is its own Page's, or Facebook says whose. */
async function pageCalled(kit: Kit, tokens: Tokens, author: Author, owner: string): Promise<string | undefined> {
  if (owner.toLowerCase() === author.handle.toLowerCase()) return author.externalId;
  const url = address(`${graph}/${encodeURIComponent(owner)}`, { fields: 'id' });
  const answer = await aboutPost(kit, pageSpeaker, url, bearer(tokens.access));
  return answer === 'gone' ? undefined : str(answer.body, 'id');
}

async function looked(
  kit: Kit,
  tokens: Tokens,
  author: Author,
  { kind, id, comment }: Extract<LinkTarget, { kind: 'post' | 'media' }>,
): Promise<Aimed> {
  // A picture or a video has no message; whose it is says `from`.
  const fields = kind === 'post' ? 'id,message,from' : 'id,from';
  const read = (one: string, what: string) =>
    aboutPost(
      kit,
      pageSpeaker,
      address(`${graph}/${encodeURIComponent(one)}`, { fields: what }),
      bearer(tokens.access),
    );
  const post = await read(id, fields);
  if (post === 'gone') return notThere;
  if (str(post.body, 'from', 'id') !== author.externalId) return elsewhere;
  const meant = comment ? await read(comment, 'id,message,from') : post;
  if (meant === 'gone') return notThere;
  return { kind: 'at', to: { id, ...(comment ? { comment } : {}) }, ...wordsOf(meant) };
}

function wordsOf({ body }: Answer): { by?: string; text?: string } {
  const [by, text] = [nameIn(body, 'from', 'name'), postText(body, 'message')];
  return { ...(by ? { by } : {}), ...(text ? { text } : {}) };
}

async function lastPosts(kit: Kit, tokens: Tokens, author: Author): Promise<Found[]> {
  const query = { fields: 'id,message,created_time', limit: String(shown) };
  const first = address(`${graph}/${encodeURIComponent(author.externalId)}/published_posts`, query);
  for await (const page of graphPages(kit, pageSpeaker, first, tokens.access)) {
    return page.slice(0, shown).flatMap((post) => postOf(kit, post, (id) => pageLink(kit, author, id)));
  }
  return [];
}
