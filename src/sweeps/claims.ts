import { decidersOfTenant } from '../operations/claims.js';
import type { Services } from '../operations/services.js';
import { writeProfile } from '../operations/write.js';
import { tendClaims } from '../profiles/decide/claimTimes.js';

/** Ends claims nobody decided, reminds of those that wait, and forgets old ones. A lost race is the next round's. */
export async function sweepClaims(services: Services, tenant: string): Promise<void> {
  const now = services.clock();
  const due = await services.collections.profiles.find(tenant, { nextClaim: { lte: now } }, { limit: 200 });
  if (due.length === 0) return;
  const [managers, admins] = await decidersOfTenant(services, tenant);
  const deciders = managers.length > 0 ? managers : admins;
  for (const profile of due) {
    const next = tendClaims(profile, deciders, { now, id: services.ids() });
    if (next) await writeProfile(services, next, profile);
  }
}
