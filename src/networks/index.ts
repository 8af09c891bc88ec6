import type { Clock } from '../clock.js';
import type { Outbound } from '../outbound.js';
import { type NetworkId, type ProfileType, profileTypes } from '../profiles/types.js';
import type { Kit } from './http.js';
import { type App, type Network, NetworkTrouble } from './network.js';
import { networkOf } from './types.js';
import { xNetwork } from './x.js';

const makers: Partial<Record<NetworkId, (kit: Kit) => Network>> = { x: xNetwork };

export type Apps = Partial<Record<NetworkId, App>>;

export type Networks = {
  /** The types an administrator has set an app registration for. */
  offered: ProfileType[];
  /** @throws NetworkTrouble `unsupported` when the type is not offered */
  of: (type: ProfileType) => Network;
  /** The registration that `type` signs in with: what `SignIn.app`, `refresh` and `revoke` want. */
  appFor: (type: ProfileType) => App;
};

/** All networks that have an app registration. `fetch`, `timeoutMs` and `pause` are for tests. */
export function createNetworks(options: {
  outbound: Outbound;
  clock: Clock;
  apps: Apps;
  fetch?: typeof fetch;
  timeoutMs?: number;
  pause?: (milliseconds: number) => Promise<void>;
}): Networks {
  const kit: Kit = {
    outbound: options.outbound,
    clock: options.clock,
    fetch: options.fetch ?? fetch,
    timeoutMs: options.timeoutMs ?? 10_000,
    pause: options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
  };
  const made = new Map<NetworkId, Network>();
  for (const [id, make] of Object.entries(makers) as [NetworkId, (kit: Kit) => Network][]) {
    if (options.apps[id]) made.set(id, make(kit));
  }
  return {
    offered: profileTypes.filter((type) => made.has(networkOf(type))),
    of: (type) => made.get(networkOf(type)) ?? notOffered(),
    appFor: (type) => options.apps[networkOf(type)] ?? notOffered(),
  };
}

function notOffered(): never {
  throw new NetworkTrouble('unsupported', 'No app is set up for this network.');
}
