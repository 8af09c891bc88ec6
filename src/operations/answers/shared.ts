import { activeShares } from '../../rules/access.js';
import type { Asked, Operation } from '../../rules/operation.js';
import type { Profile } from '../../rules/types.js';
import type { Counts } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { channelNotes } from '../people/channels.js';
import { countsOf, countWords, hiddenNotes, sharedEffect } from '../people/reach.js';

/** How many people each group has that the profile is shared with. */
export function sharesCounted(services: Needs<'reaches'>, profile: Profile, now: Date): Promise<Counts> {
  return countsOf(
    services,
    profile.tenant,
    activeShares(profile, now).map(({ principal }) => principal),
  );
}

/** What is worth knowing after a share: how many people that is, and what a channel's team means. */
export async function aboutShare(
  services: Needs<'reaches'>,
  tenant: string,
  asked: Asked,
  operation: Operation,
): Promise<{ more?: string; notes: string[] }> {
  if (operation.kind !== 'share') return { notes: [] };
  const effect = await sharedEffect(services, tenant, operation.who);
  const notes = channelNotes(asked, operation);
  return effect ? { notes: [...notes, ...hiddenNotes(effect)], more: `That is ${countWords(effect)}.` } : { notes };
}
