import { json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import type { FakePost } from './posts.js';

/** One network's words for the ways a new post can go wrong. */
export type PublishWords = {
  /** The post is there. */
  good: (post: FakePost) => Reply;
  /** "An unexpected error has occurred. Please retry." */
  pleaseRetry: () => Reply;
  /** The credits of the app are used up. */
  noCredits?: () => Reply;
  /** "Duplicate", naming a post that nobody can open. */
  ghost: () => Reply;
};

/** Makes the post, and answers as the dial says. */
export function publish(world: FakeWorld, draft: Omit<FakePost, 'at'>, words: PublishWords): Reply {
  const { faults, posts } = world;
  const fault = faults.takeForPost(draft.network);
  if (fault?.kind === 'noCredits' && words.noCredits) return words.noCredits();
  if (fault?.kind === 'ghost') return words.ghost();
  if (fault?.kind === 'lostRequest') return lost;
  const late = fault?.kind === 'showsLate' && { shownAt: world.state.now() + (fault.seconds ?? 60) * 1000 };
  const cut = fault?.kind === 'cut' && { text: draft.text.slice(0, Math.ceil(draft.text.length / 2)) };
  const post = posts.add({ ...draft, ...late, ...cut });
  if (fault?.kind === 'dropped') posts.remove(post);
  if (fault?.kind === 'postedError') return json(500, { error: 'Internal Server Error' });
  if (fault?.kind === 'pleaseRetry') return words.pleaseRetry();
  return fault?.kind === 'lostAnswer' ? lost : words.good(post);
}

/** The connection ends without an answer. */
const lost: Reply = { status: 0, isLost: true };
