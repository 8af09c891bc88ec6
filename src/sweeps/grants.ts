import { NetworkTrouble } from '../networks/network.js';
import type { Parts } from '../operations/core/parts.js';
import { updateGrant } from '../operations/signins/grantStore.js';
import { checkGrant } from '../operations/signins/grants.js';
import { limitedUntil } from '../operations/signins/rateLimits.js';
import type { SealedGrant } from '../rules/types.js';

/** One round looks at this many sign-ins of a tenant; the oldest wishes first, the rest in the next round. */
const batch = 120;
/** Calls to networks at the same time. */
const atOnce = 4;

/** Checks the sign-ins whose moment has come, and refreshes those that can be. Each goes on at its own next moment. */
export async function sweepGrants(services: Parts, tenant: string): Promise<void> {
  const due = { checkAt: { lte: services.clock() } };
  const waiting = await services.collections.grants.find(tenant, due, { sort: { checkAt: 1 }, limit: batch });
  const workers = Array.from({ length: atOnce }, async () => {
    for (let grant = waiting.shift(); grant; grant = waiting.shift()) await look(services, grant);
  });
  await Promise.all(workers);
}

/** A network that asked to wait is left alone until then: its sign-ins are put off, without a mark against them. */
async function look(services: Parts, grant: SealedGrant): Promise<void> {
  const closed = await limitedUntil(services, grant.tenant, grant.type);
  if (closed) {
    const spread = new Date(closed.getTime() + Math.random() * 5 * 60_000);
    await updateGrant(services, grant, (now) => ({ ...now, checkAt: spread }));
    return;
  }
  try {
    await checkGrant(services, grant);
  } catch (error) {
    // What the network answered is in the verdict, which is written; anything else is a surprise.
    const { id, type } = grant;
    if (!(error instanceof NetworkTrouble)) services.log.error({ err: error, grant: id, type }, 'a check failed');
    else services.log.info({ grant: id, type, trouble: error.kind }, 'a sign-in was not shown to work');
  }
}
