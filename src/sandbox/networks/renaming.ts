import type { NetworkId } from '../../rules/types.js';
import type { FakeWorld } from './door.js';

/** An account as its network shows it: with the `renamed` fault, under another handle and name. */
export function nowCalled<T extends { name: string; handle?: string }>(
  { faults }: FakeWorld,
  network: NetworkId,
  account: T,
): T {
  if (!faults.take(network, 'renamed')) return account;
  const { handle } = account;
  return { ...account, name: `${account.name} HQ`, ...(handle ? { handle: `${handle}_hq` } : {}) };
}
