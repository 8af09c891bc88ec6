import { networkOf, typeFacts } from '../../networks/types.js';
import type { Deauthorization } from '../../networks/webhook.js';
import { eraseSignIn } from '../../rules/signins/erasing.js';
import type { SealedGrant, TenantId } from '../../rules/types.js';
import type { Where } from '../../store/store.js';
import type { Needs, Parts } from '../core/parts.js';
import { changeProfile } from '../core/write.js';
import { makeTicket, tenantOf } from '../linkouts/tickets.js';
import { updateGrant } from './grantStore.js';
import { judged } from './grantVerdict.js';

const keptMs = 90 * 86_400_000;

/**
 * The network said that somebody took this app's access away: their sign-ins from before that are dead, or deleted when
 * they ask for it. The same word twice does no harm. Gives a code under which the deletion can be looked up.
 */
export async function deauthorize(services: Parts, event: Deauthorization): Promise<string> {
  for (const tenant of services.tenants) {
    for (const grant of await meant(services, tenant, event)) {
      if (event.deleteData) await erase(services, grant);
      else await updateGrant(services, grant, (now) => judged(now, { state: 'dead', reason: 'revoked' }));
    }
  }
  return event.deleteData ? keepReceipt(services) : '';
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
async function keepReceipt(services: Needs<'collections' | 'clock' | 'tenants'>): Promise<string> {
  const [tenant = ''] = services.tenants;
  const code = makeTicket(tenant);
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
