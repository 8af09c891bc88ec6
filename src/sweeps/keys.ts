import type { Services } from '../operations/core/services.js';
import { resealTenant } from '../operations/signins/reseal.js';

const done = new WeakMap<Services, Set<string>>();

/** Keys change with a restart, so once after each start everything is sealed with the first key. */
export async function sweepKeys(services: Services, tenant: string): Promise<void> {
  const tenants = done.get(services) ?? new Set();
  done.set(services, tenants);
  if (tenants.has(tenant)) return;
  const { anew, unreadable } = await resealTenant(services, tenant);
  tenants.add(tenant);
  if (anew > 0) services.log.info({ anew }, 'sign-ins were sealed anew with the first key');
  if (unreadable > 0) services.log.error({ unreadable }, 'sign-ins were sealed with a key that TOKEN_KEYS lacks');
}
