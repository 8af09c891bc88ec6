import type { Clock } from '../platform/clock.js';
import { type Outbound, realThrough } from '../platform/outbound.js';
import { unwatched, type Watch } from '../platform/watch.js';
import { type NetworkId, type ProfileType, profileTypes } from '../rules/types.js';
import type { Action } from './facts.js';
import { type Followed, followLink } from './followLink.js';
import { settling } from './fresh.js';
import type { Kit } from './http.js';
import { networkRow } from './index.js';
import { type PastedLink, readLink } from './links.js';
import { type App, type Apps, type Network, NetworkTrouble } from './network.js';
import { type Publishing, type Reacting, type Reaction, reactions, type Target } from './publishing.js';
import { networkOf, typeFacts } from './types.js';

export type Networks = {
  /** The types an administrator has set an app registration for. */
  offered: ProfileType[];
  /** @throws NetworkTrouble `unsupported` when the type is not offered */
  of: (type: ProfileType) => Network;
  /** The registration that `type` signs in with: what `SignIn.app`, `refresh` and `revoke` want. */
  appFor: (type: ProfileType) => App;
  /** How this type publishes, or a sentence that says why it cannot. */
  publishing: (type: ProfileType) => Publishing | string;
  /** How this type reacts to a post, or a sentence that says why it cannot. */
  reacting: (type: ProfileType, reaction: Reaction, to: Target) => Publishing | string;
  /** What this type may do since its app was given more than a normal one, and what `TypeFacts.may` says no to. */
  opened: (type: ProfileType) => Action[];
  /** What the reactions of this type need, and how it is found out beforehand what a link is for it. */
  aiming: (type: ProfileType) => Pick<Reacting, 'scopes' | 'aim'> | undefined;
  /** What a pasted link leads to, without asking anybody. `link`: as a browser opens it. */
  readLink: (pasted: string) => (PastedLink & { link: string }) | undefined;
  /** What a post of an account is called by its network, where its link names the account: `account` is its own id there. */
  postOf: (link: { network: NetworkId; id: string; owner?: string }, account: string) => string;
  /** How a network itself writes the link of what has this code, as a browser opens it. */
  linksWithCode: (network: NetworkId, code: string) => string[];
  /** Where a pasted link leads, short links followed. */
  followLink: (pasted: string) => Promise<Followed>;
};

/** All networks that have an app registration. `fetch`, the time-outs, `chunkBytes` and `pause` are for tests. */
export function createNetworks(options: {
  outbound: Outbound;
  clock: Clock;
  apps: Apps;
  fetch?: typeof fetch;
  watch?: Watch;
  timeoutMs?: number;
  publishTimeoutMs?: number;
  chunkBytes?: number;
  pause?: (milliseconds: number) => Promise<void>;
}): Networks {
  const kit: Kit = {
    outbound: options.outbound,
    clock: options.clock,
    ahead: new Map(),
    apps: options.apps,
    fetch: options.fetch ?? fetch,
    watch: options.watch ?? unwatched,
    service: 'other',
    timeoutMs: options.timeoutMs ?? 10_000,
    // Facebook may take long over a call that works.
    publishTimeoutMs: options.publishTimeoutMs ?? 60_000,
    // Of 256 KiB, as Google wants it; a slow line carries one within the time-out.
    chunkBytes: options.chunkBytes ?? 16 * 256 * 1024,
    pause: options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
  };
  const { apps } = options;
  const kitOf = (service: NetworkId): Kit => ({ ...kit, service });
  const appOf = (type: ProfileType): App | undefined => {
    const app = apps[type] ?? apps[networkOf(type)];
    return app === 'none' ? undefined : app;
  };
  const reactingOf = (type: ProfileType) => networkRow(networkOf(type)).reacting?.[type]?.(kitOf(networkOf(type)));
  const made = new Map<NetworkId, Network>();
  const madeToPublish = new Map<ProfileType, Publishing>();
  const networkFor = (id: NetworkId) =>
    made.get(id) ?? made.set(id, settling(networkRow(id).auth(kitOf(id)), kit)).get(id) ?? notOffered();
  return {
    offered: profileTypes.filter((type) => appOf(type) !== undefined),
    of: (type) => (appOf(type) ? networkFor(networkOf(type)) : notOffered()),
    appFor: (type) => appOf(type) ?? notOffered(),
    publishing(type) {
      const known = madeToPublish.get(type) ?? networkRow(networkOf(type)).publishing?.[type]?.(kitOf(networkOf(type)));
      if (known) madeToPublish.set(type, known);
      return known ?? whyNot(type, 'publishText');
    },
    reacting(type, reaction, to) {
      const react = reactingOf(type)?.[reaction];
      return react ? react(to) : whyNot(type, reaction);
    },
    opened: (type) => reactions.filter((one) => typeFacts[type].may[one] !== true && reactingOf(type)?.[one]),
    aiming: reactingOf,
    readLink(pasted) {
      const found = readLink(pasted, realThrough(kit.outbound));
      return found && { ...found, link: kit.outbound(found.url).href };
    },
    postOf: (link, account) => networkRow(link.network).postOf?.(link, account) ?? link.id,
    linksWithCode: (network, code) =>
      (networkRow(network).linksWithCode?.(code) ?? []).map((link) => kit.outbound(link).href),
    followLink: (pasted) => followLink(kit, pasted),
  };
}

function whyNot(type: ProfileType, action: Action): string {
  const { may, label } = typeFacts[type];
  const why = may[action];
  return why === true ? `This bot does not do that as a ${label} yet.` : why;
}

function notOffered(): never {
  throw new NetworkTrouble('unsupported', 'No app is set up for this network.');
}
