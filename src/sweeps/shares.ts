import type { Parts } from '../operations/core/parts.js';
import { writeProfile } from '../operations/core/write.js';
import { endShares } from '../rules/sharing/ending.js';

/** Ended shares give nothing from their last second on; this only tidies them away and writes it into the history. */
export async function sweepShares(services: Parts, tenant: string): Promise<void> {
  const now = services.clock();
  const ended = await services.collections.profiles.find(tenant, { nextEnd: { lte: now } }, { limit: 200 });
  for (const profile of ended) {
    const next = endShares(profile, { now, id: services.ids() });
    if (next) await writeProfile(services, next, profile);
  }
}
