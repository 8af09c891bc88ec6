import { mayDecidePost } from '../../rules/publishing/approving.js';
import type { Intent } from '../../rules/publishing/intent.js';
import type { Actor } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';
import { profilesOf } from './profilesOf.js';

const waitingAtMost = 500;
const listLimit = 10;

/** Posts that wait for this person's yes, the most urgent first. */
export async function approvalsToDecide(services: Needs<'collections' | 'clock'>, actor: Actor): Promise<Intent[]> {
  const waiting = await services.collections.intents.find(
    actor.tenant,
    { state: 'toApprove' },
    { sort: { due: 1 }, limit: waitingAtMost },
  );
  const ids = waiting.map(({ profile }) => profile);
  const profiles = await profilesOf(services, actor.tenant, ids);
  const now = services.clock();
  return waiting
    .filter((intent) => mayDecidePost(intent, profiles.get(intent.profile), actor, now))
    .slice(0, listLimit);
}
