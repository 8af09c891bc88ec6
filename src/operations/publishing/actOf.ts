import type { Networks } from '../../networks/createNetworks.js';
import type { Author, Publishing, Reaction } from '../../networks/publishing.js';
import type { ReactionKind } from '../../rules/ids.js';
import type { Intent } from '../../rules/publishing/intent.js';
import type { Profile } from '../../rules/types.js';

/** What networks call it. */
export const reactionOf: Record<ReactionKind, Reaction> = { reply: 'reply', like: 'like', repost: 'share' };

/** How an intent is carried out, looked for and taken back; or a sentence that says why its type cannot. */
export function actOf(networks: Networks, { type, kind, target }: Pick<Intent, 'type' | 'kind' | 'target'>) {
  if (!kind || !target) return networks.publishing(type);
  const { id, comment, link } = target;
  return networks.reacting(type, reactionOf[kind], { id, link, ...(comment ? { comment } : {}) });
}

/** The same, where there is a way. */
export function wayOf(networks: Networks, intent: Pick<Intent, 'type' | 'kind' | 'target'>): Publishing | undefined {
  const act = actOf(networks, intent);
  return typeof act === 'string' ? undefined : act;
}

/** The profile as its network knows it. */
export const authorOf = ({ externalId, handle, type }: Profile): Author => ({ externalId, handle, type });
