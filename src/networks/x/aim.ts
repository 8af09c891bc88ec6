import { type Answer, address, at, bearer, type Kit, list, str } from '../http.js';
import type { LinkTarget } from '../link.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse } from '../outcomes.js';
import type { Aimed, Author, Reaction, Target } from '../publishing.js';
import { nameIn } from '../reading.js';
import { xAnswers } from './answers.js';
import { textOnX, xSpeaker } from './posts.js';

const query = {
  'tweet.fields': 'author_id,entities,note_tweet,referenced_tweets',
  expansions: 'author_id,referenced_tweets.id',
  'user.fields': 'username',
};

/**
 * Whether X lets this profile reply: on self-serve plans only where its author mentioned or quoted it (changelog of
 * 2026-02-23). One read, which X charges 0.005 USD for; reposts need none.
 */
export async function aimOnX(
  kit: Kit,
  tokens: Tokens,
  { author, link, reaction }: { author: Author; link: LinkTarget; reaction: Reaction },
): Promise<Aimed> {
  if (link.kind !== 'post') return nowhere;
  const to: Target = { id: link.id };
  if (reaction !== 'reply') return { kind: 'at', to };
  const aimed = await orElse<Aimed>(kit, tokens, async () => {
    const url = address(`https://api.x.com/2/tweets/${encodeURIComponent(link.id)}`, query);
    const answer = await aboutPost(kit, xSpeaker, url, bearer(tokens.access));
    return answer === 'gone' ? nowhere : judged(answer, author, to);
  });
  return aimed.kind === 'cannot' ? { kind: 'at', to } : aimed;
}

const nowhere = {
  kind: 'no',
  sentence: 'X shows nothing under this link.',
  fix: 'It may be deleted, or from a protected account. Paste the link of another post.',
} as const;

function judged({ body }: Answer, author: Author, to: Target): Aimed {
  const post = at(body, 'data');
  if (!post) return nowhere;
  const writer = str(post, 'author_id');
  const by = nameIn(
    list(body, 'includes', 'users').find((one) => str(one, 'id') === writer),
    'username',
  );
  const isOpen = writer === author.externalId || mentions(post, author) || quotes(body, post, author);
  if (!isOpen) return { kind: 'no', sentence: xAnswers.rows['403 reply'].detail, fix };
  return { kind: 'at', to, text: textOnX(post), ...(by ? { by: `@${by}` } : {}) };
}

const fix = 'Reply on X itself, or repost it here.';

const mentions = (post: unknown, { externalId, handle }: Author) =>
  list(post, 'entities', 'mentions').some(
    (one) => str(one, 'id') === externalId || str(one, 'username')?.toLowerCase() === handle.toLowerCase(),
  );

/** Quoted: the post that it points at is one of ours. */
const quotes = (body: unknown, post: unknown, { externalId }: Author) => {
  const quoted = list(post, 'referenced_tweets').find((one) => str(one, 'type') === 'quoted');
  const shown = list(body, 'includes', 'tweets').find((one) => str(one, 'id') === str(quoted, 'id'));
  return quoted !== undefined && str(shown, 'author_id') === externalId;
};
