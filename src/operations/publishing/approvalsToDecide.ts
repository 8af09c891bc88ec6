import { mayDecidePost } from '../../rules/publishing/approving.js';
import type { Intent } from '../../rules/publishing/intent.js';
import type { Actor } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

const waitingAtMost = 500;
const listLimit = 10;

/** Posts that wait for this person's yes, the most urgent first. */
export async function approvalsToDecide(
  { collections, clock }: Needs<'collections' | 'clock'>,
  actor: Actor,
): Promise<Intent[]> {
  const waiting = await collections.intents.find(
    actor.tenant,
    { state: 'toApprove' },
    { sort: { due: 1 }, limit: waitingAtMost },
  );
  const ids = [...new Set(waiting.map(({ profile }) => profile))];
  const found = ids.length > 0 ? await collections.profiles.find(actor.tenant, { id: { in: ids } }) : [];
  const profiles = new Map(found.map((profile) => [profile.id, profile]));
  const now = clock();
  return waiting
    .filter((intent) => mayDecidePost(intent, profiles.get(intent.profile), actor, now))
    .slice(0, listLimit);
}
