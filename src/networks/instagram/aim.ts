import { address, type Kit, str } from '../http.js';
import type { LinkTarget } from '../link.js';
import { graphPages } from '../meta/graph.js';
import { readTwice } from '../meta/posts.js';
import type { Tokens } from '../network.js';
import { orElse, postText } from '../outcomes.js';
import type { Aimed, Author, Reaction } from '../publishing.js';
import { apiOf, instagramSpeaker } from './api.js';
import { writerFields, writerOf } from './writer.js';

type What = { author: Author; link: LinkTarget; reaction: Reaction };
/** Nobody reacts to older ones by link. */
const mostLooked = 1000;

/**
 * No call turns the code of a link into an id, so the post is looked for among the account's own. That is where Instagram
 * lets an app react.
 */
export async function aimOnInstagram(kit: Kit, tokens: Tokens, { author, link, reaction }: What): Promise<Aimed> {
  if (link.kind !== 'code') return notThere;
  const aimed = await orElse<Aimed>(kit, tokens, async () => {
    const post = await postWith(kit, tokens, author, link.code);
    const id = str(post, 'id');
    if (!id) return elsewhere;
    if (link.comment === undefined)
      return { kind: 'at', to: { id }, by: `@${author.handle}`, ...wordsIn(post, 'caption') };
    return aimAtComment(kit, tokens, { id, comment: link.comment }, { author, reaction });
  });
  return aimed.kind === 'cannot' ? { kind: 'no', sentence: aimed.why, fix: notThere.fix } : aimed;
}

const fix = 'Paste the link of a post of this account, or of a comment on it.';
const notThere = { kind: 'no', sentence: 'Instagram shows nothing under this link to this account.', fix } as const;
const elsewhere = {
  kind: 'no',
  sentence: 'That post is not among the latest of this account, and Instagram lets apps react to no others.',
  fix: 'React in the Instagram app, or choose the account that posted it with "as <profile>".',
} as const;

async function postWith(kit: Kit, tokens: Tokens, { externalId }: Author, code: string): Promise<unknown> {
  const query = { fields: 'id,shortcode,caption', limit: '100' };
  const first = address(`${apiOf(kit)}/${encodeURIComponent(externalId)}/media`, query);
  let looked = 0;
  for await (const page of graphPages(kit, instagramSpeaker, first, tokens.access)) {
    const found = page.find((one) => str(one, 'shortcode') === code);
    looked += page.length;
    if (found !== undefined || looked >= mostLooked) return found;
  }
  return undefined;
}

/** Only a comment on that very post; an answer to an answer goes to the comment above, where Instagram would put it. */
async function aimAtComment(
  kit: Kit,
  tokens: Tokens,
  { id, comment }: { id: string; comment: string },
  { author, reaction }: Pick<What, 'author' | 'reaction'>,
): Promise<Aimed> {
  const url = address(`${apiOf(kit)}/${encodeURIComponent(comment)}`, {
    fields: `id,text,media,parent_id,${writerFields}`,
  });
  const found = await readTwice(kit, instagramSpeaker, tokens, url);
  if (found === 'gone' || str(found.body, 'media', 'id') !== id) return notThere;
  const above = reaction === 'reply' ? str(found.body, 'parent_id') : undefined;
  return {
    kind: 'at',
    to: { id, comment: above ?? comment },
    ...writerOf(author, found.body),
    ...wordsIn(found.body, 'text'),
  };
}

function wordsIn(one: unknown, field: string): { text?: string } {
  const text = postText(one, field);
  return text ? { text } : {};
}
