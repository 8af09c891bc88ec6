import type { NetworkId } from '../../rules/types.js';
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
  ghost?: () => Reply;
};

/** Makes the post, and answers as the dial says. */
export function publish(world: FakeWorld, draft: Omit<FakePost, 'at'>, words: PublishWords): Reply {
  const { faults, posts } = world;
  const { network } = draft;
  if (words.noCredits && faults.take(network, 'noCredits')) return words.noCredits();
  if (words.ghost && faults.take(network, 'ghost')) return words.ghost();
  if (faults.take(network, 'lostRequest')) return lost;
  const post = posts.add({ ...draft, ...spoiled(world, network, draft.text) });
  if (faults.take(network, 'dropped')) posts.remove(post);
  if (faults.take(network, 'postedError')) return json(500, { error: 'Internal Server Error' });
  if (faults.take(network, 'pleaseRetry')) return words.pleaseRetry();
  if (faults.take(network, 'lostAnswer')) return lost;
  return words.good(post);
}

function spoiled(world: FakeWorld, network: NetworkId, text: string): Partial<FakePost> {
  const late = world.faults.take(network, 'showsLate');
  const shownAt = late && world.state.now() + (late.seconds ?? 60) * 1000;
  const cut = world.faults.take(network, 'cut') ? { text: text.slice(0, Math.ceil(text.length / 2)) } : {};
  return { ...cut, ...(shownAt ? { shownAt } : {}) };
}

/** The connection ends without an answer. */
const lost: Reply = { status: 0, isLost: true };
