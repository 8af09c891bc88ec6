import type { Parts } from '../operations/core/parts.js';
import { writeProfile } from '../operations/core/write.js';
import { foreseeAnew } from '../operations/publishing/foreseeAnew.js';
import { caredFor } from '../operations/signins/caredFor.js';
import { careFor } from '../rules/signins/care.js';

const batch = 200;

/** Tells owners how the sign-ins of their profiles are, where that is due, and has planned posts looked at anew. */
export async function sweepCare(services: Parts, tenant: string): Promise<void> {
  const now = services.clock();
  const { profiles, grants } = services.collections;
  const due = await profiles.find(tenant, { careAt: { lte: now } }, { sort: { careAt: 1 }, limit: batch });
  for (const profile of due) {
    // A sign-in that is still on its way into the store must not be missed.
    if (profile.outbox.some(({ kind }) => kind === 'grant' || kind === 'dropGrant')) continue;
    const held = await grants.find(tenant, { profile: profile.id });
    // Every change of a profile and of its sign-ins leads here.
    await foreseeAnew(services, tenant, { profile: profile.id });
    const next = careFor(profile, held, { now, id: services.ids() });
    // Somebody else changed it: the next round looks again.
    if (next) await writeProfile(services, (await caredFor(services, next, held)) ?? next, profile);
  }
}
