import { decidersOfTenant } from '../operations/answers/claims.js';
import type { Parts } from '../operations/core/parts.js';
import { writeProfile } from '../operations/core/write.js';
import { tendClaims } from '../rules/claims/claimTimes.js';

/** Ends claims nobody decided, reminds of those that wait, and forgets old ones. A lost race is the next round's. */
export async function sweepClaims(services: Parts, tenant: string): Promise<void> {
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
