import type { PersonId, ProfileId, TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';
import { type Step, stepIntent } from './ledger.js';

const batch = 2000;

/** Has the worker look now at what was planned with a profile, by these authors, or by anybody: something changed. */
export async function foreseeAnew(
  services: Needs<'collections' | 'clock' | 'follow'>,
  tenant: TenantId,
  of: { profile?: ProfileId; authors?: readonly PersonId[] },
): Promise<void> {
  const now = services.clock();
  const whose = {
    ...(of.profile ? { profile: of.profile } : {}),
    ...(of.authors ? { authorId: { in: of.authors } } : {}),
  };
  const where = { state: 'held', due: { gt: now }, ...whose };
  const look: Step = (held) =>
    held.state === 'held' && held.scheduled && held.due && held.due > now && held.at && held.at > now
      ? { ...held, due: now }
      : undefined;
  for (const seen of await services.collections.intents.find(tenant, where, { limit: batch })) {
    await stepIntent(services, tenant, seen.id, look, seen);
  }
}
