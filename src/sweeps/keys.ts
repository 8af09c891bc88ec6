import type { Needs } from '../operations/core/parts.js';
import { resealTenant } from '../operations/signins/reseal.js';

/** Keys change with a restart, so once after each start everything is sealed with the first key. */
export async function sweepKeys(
  services: Needs<'collections' | 'vault' | 'files' | 'log' | 'resealed'>,
  tenant: string,
): Promise<void> {
  if (services.resealed.has(tenant)) return;
  const { anew, unreadable } = await resealTenant(services, tenant);
  services.resealed.add(tenant);
  if (anew > 0) services.log.info({ anew }, 'sign-ins were sealed anew with the first key');
  if (unreadable > 0) services.log.error({ unreadable }, 'sign-ins were sealed with a key that TOKEN_KEYS lacks');
}
