import { NetworkTrouble } from '../../networks/network.js';
import { networkOf, typeFacts } from '../../networks/types.js';
import type { Deauthorization } from '../../networks/webhook.js';
import { dayMs } from '../../platform/spans.js';
import { eraseSignIn } from '../../rules/signins/erasing.js';
import type { SealedGrant, TenantId } from '../../rules/types.js';
import type { Where } from '../../store/store.js';
import type { Needs, Parts } from '../core/parts.js';
import { changeProfile } from '../core/write.js';
import { makeTicket, tenantOf } from '../linkouts/tickets.js';
import { updateGrant } from './grantStore.js';
import { checkGrant } from './grants.js';
import { limitedUntil } from './rateLimits.js';

const keptMs = 90 * dayMs;
/** A network may need a moment to take in what it told. */
const againMs = 10 * 60_000;
const skewMs = 5 * 60_000;

/**
 * The network is said to have told that somebody took this app's access away. Nobody is believed at their word: the
 * sign-ins that are meant are due for a check from now on, and stay so if this process ends before `askNetwork` did it.
 */
export async function doubt(services: Parts, event: Deauthorization): Promise<SealedGrant[]> {
  const now = services.clock();
  const doubted: SealedGrant[] = [];
  for (const grant of await meantAnywhere(services, event)) {
    if (grant.state === 'dead' || workedSince(grant, event.at)) continue;
    const updated = await updateGrant(services, grant, (stored) => ({ ...stored, checkAt: now }));
    if (updated.kind === 'written') doubted.push(updated.grant);
  }
  return doubted;
}

/** The network took it after that moment, so it was asked already; clocks may differ by some minutes. */
function workedSince({ lastGoodAt }: SealedGrant, at: Date): boolean {
  return lastGoodAt !== undefined && lastGoodAt.getTime() > at.getTime() + skewMs;
}

/** Asks the network about each: what it answers is written, and a sign-in that it still takes is looked at again soon. */
export async function askNetwork(services: Parts, doubted: readonly SealedGrant[]): Promise<void> {
  for (const grant of doubted) {
    if (await limitedUntil(services, grant.tenant, grant.type)) continue;
    try {
      await checkGrant(services, grant);
      services.log.warn({ grant: grant.id, type: grant.type }, 'a sign-in that was said to be revoked still works');
      const again = new Date(services.clock().getTime() + againMs);
      await updateGrant(services, grant, (stored) => ({ ...stored, checkAt: again }));
    } catch (error) {
      if (!(error instanceof NetworkTrouble)) throw error;
    }
  }
}

/**
 * Somebody asks their network that what is kept of them is deleted. Gives a code under which that can be looked up: the
 * same for the same request, of which nothing more is kept when it is posted again.
 */
export async function eraseData(services: Parts, event: Deauthorization): Promise<string> {
  for (const grant of await meantAnywhere(services, event)) await erase(services, grant);
  return keepReceipt(services, event);
}

async function meantAnywhere(services: Needs<'collections' | 'tenants'>, event: Deauthorization) {
  const found = [];
  for (const tenant of services.tenants) found.push(...(await meant(services, tenant, event)));
  return found;
}

/** A sign-in newer than the event is not meant: the person came back since. */
async function meant(
  services: Needs<'collections'>,
  tenant: TenantId,
  { network, about, id, at }: Deauthorization,
): Promise<SealedGrant[]> {
  const where: Where = about === 'account' ? { externalId: id } : { networkUser: id };
  const found = await services.collections.grants.find(tenant, where);
  return found.filter((grant) => networkOf(grant.type) === network && grant.since <= at);
}

async function erase(services: Parts, grant: SealedGrant): Promise<void> {
  const owner = { id: grant.person, name: grant.personName };
  const changed = await changeProfile(services, grant.tenant, grant.profile, (profile) => {
    const moment = { now: services.clock(), id: services.ids() };
    return profile.deleted ? undefined : eraseSignIn(profile, owner, typeFacts[grant.type].networkLabel, moment);
  });
  // Nothing hangs on it any more: then the sign-in alone is left to delete.
  if (!changed) await services.collections.grants.delete(grant.tenant, grant.id);
}

/** The receipt stands in the first tenant's book, since the person who asks knows no tenant. */
async function keepReceipt(
  services: Needs<'collections' | 'clock' | 'tenants'>,
  { receipt }: Deauthorization,
): Promise<string> {
  const [tenant = ''] = services.tenants;
  const code = makeTicket(tenant, Buffer.from(receipt, 'base64url'));
  const at = services.clock();
  await services.collections.marks.insert({
    ...{ tenant, id: `deletion:${code}`, version: 1, at },
    expires: new Date(at.getTime() + keptMs),
  });
  return code;
}

/** When the deletion with this code was done; undefined when there is none, or it is too long ago. */
export async function deletionDone(
  services: Needs<'collections' | 'clock' | 'tenants'>,
  code: string,
): Promise<Date | undefined> {
  const tenant = tenantOf(code);
  if (!tenant || !services.tenants.includes(tenant)) return undefined;
  const receipt = await services.collections.marks.get(tenant, `deletion:${code}`);
  return receipt && receipt.expires > services.clock() ? receipt.at : undefined;
}
