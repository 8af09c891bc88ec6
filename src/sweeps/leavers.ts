import type { Parts } from '../operations/core/parts.js';
import { endDueLeavers, followLeavers, followShared } from './leaving.js';

/** Owners who left: noticed through the directory's list of changes, and no owners any more once their window is over. */
export async function sweepLeavers(services: Parts, tenant: string): Promise<void> {
  await endDueLeavers(services, tenant);
  await followLeavers(services, tenant);
  await followShared(services, tenant);
}
