import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../networks/network.js';
import type { Clock } from '../../platform/clock.js';
import { type NetworkId, networkIds } from '../../rules/types.js';
import { type Call, Refused, type Reply, readCall, writeReply } from './call.js';
import { dial } from './dial.js';
import type { FakeClient, FakeWorld } from './door.js';
import { fakeFacebook } from './facebook.js';
import { type Fault, Faults } from './faults.js';
import { fakeInstagram } from './instagram.js';
import { fakeLinkedIn } from './linkedin.js';
import { Media } from './media.js';
import { portraitAt } from './portraits.js';
import { Posts } from './posts.js';
import type { PublicAccount } from './publicPages.js';
import { NetworkState } from './state.js';
import { fakeX } from './x.js';
import { fakeYouTube } from './youtube.js';

const appName = 'Social Profiles for Teams';

/** The app registrations that the pretend networks know. */
export const sandboxApps: Record<NetworkId, App> = {
  x: { clientId: 'sandbox-x', clientSecret: 'pretend-secret-of-x' },
  facebook: { clientId: '100000000000001', clientSecret: 'pretend-secret-of-facebook' },
  instagram: { clientId: '100000000000002', clientSecret: 'pretend-secret-of-instagram' },
  linkedin: { clientId: 'sandbox-linkedin', clientSecret: 'pretend-secret-of-linkedin' },
  youtube: { clientId: 'sandbox.apps.googleusercontent.com', clientSecret: 'pretend-secret-of-youtube' },
};

/** A second LinkedIn app: sign in and share only, no Pages, no refresh tokens. */
export const linkedInMemberApp: App = {
  clientId: 'sandbox-linkedin-members',
  clientSecret: 'pretend-secret-of-linkedin-members',
};

function pretendClients(): FakeClient[] {
  const client = (network: NetworkId, app: App, more: Partial<FakeClient> = {}): FakeClient => ({
    network,
    id: app.clientId,
    secret: app.clientSecret,
    name: appName,
    ...more,
  });
  const memberScopes = ['openid', 'profile', 'email', 'w_member_social'];
  const pageScopes = [
    'r_basicprofile',
    'w_member_social',
    'rw_organization_admin',
    'r_organization_admin',
    'r_organization_social',
    'w_organization_social',
  ];
  return networkIds
    .map((network) => client(network, sandboxApps[network], network === 'linkedin' ? { scopes: pageScopes } : {}))
    .concat(client('linkedin', linkedInMemberApp, { scopes: memberScopes, refresh: false }));
}

/** A pretend network, reached at `hosts`. */
export type FakeNetwork = {
  network: NetworkId;
  label: string;
  hosts: string[];
  /** Pages for a browser: the fault dial leaves them alone. */
  isPage: (call: Call) => boolean;
  /** Accounts with a public page; absent: nothing is published there. */
  accounts?: PublicAccount[];
  answer: (call: Call) => Reply | Promise<Reply>;
  /** How it says "too fast". */
  limited: (seconds: number) => Reply;
};

export type NetworkFakes = {
  /** Answers a request whose first path part is a host of a pretend network or of its pictures, or the dial. False: not for us. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Sets a fault, or clears it when none is given. */
  fault: (network: NetworkId, fault?: Fault) => void;
  /** Hears of each network whose dial goes back to "works", and that is waited for before the dial answers. */
  onWorks: (listener: (network: NetworkId) => Promise<void>) => void;
  /** Turns every dial back to "works". */
  reset: () => Promise<void>;
  /** Puts the pretend Google app in testing: its refresh tokens end after seven days. */
  googleTesting: (on: boolean) => void;
  /** How many calls they have had, those of browsers left out. */
  requests: () => number;
  /** The network of each permission that somebody gave the app and that still holds. */
  allowed: () => NetworkId[];
  /** Every code, token and secret there ever was, for looking for leaks. */
  secrets: () => string[];
};

/**
 * The pretend networks, for the sandbox and for tests. State is kept in `dataDir`. `redirectUris`: the addresses that
 * the apps registered; without it, any loopback address whose path is `/link/callback/<network>`.
 */
export function createNetworkFakes(options: { dataDir: string; clock: Clock; redirectUris?: string[] }): NetworkFakes {
  const world: FakeWorld = {
    state: new NetworkState(options.dataDir, options.clock),
    posts: new Posts(options.dataDir, options.clock),
    media: new Media(options.dataDir),
    uploads: new Map(),
    parts: new Map(),
    pieces: new Map(),
    metaUploads: new Map(),
    faults: new Faults(),
    clients: pretendClients(),
    mayReturnTo: (uri) => options.redirectUris?.includes(uri) ?? isLoopbackCallback(uri),
  };
  let googleInTesting = false;
  let requests = 0;
  let works = async (_: NetworkId) => {};
  const turn = async (network: NetworkId, fault?: Fault) => {
    world.faults.set(network, fault);
    if (!fault) await works(network);
  };
  const networks: FakeNetwork[] = [
    fakeX(world),
    fakeFacebook(world),
    fakeInstagram(world),
    fakeLinkedIn(world),
    fakeYouTube(world, () => googleInTesting),
  ];
  const secrets = () => [...world.state.issued(), ...world.clients.map(({ secret }) => secret)];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const portrait = portraitAt(request.url ?? '');
    if (portrait) {
      writeReply(response, portrait);
      return true;
    }
    const [, first = '', second = ''] = (request.url ?? '').split(/[/?]/);
    const network = networks.find(({ hosts }) => hosts.includes(first.toLowerCase()));
    const isDial = first === 'sandbox' && second === 'networks';
    if (!network && !isDial) return false;
    // By their own clock, which tests move.
    response.setHeader('date', new Date(world.state.now()).toUTCString());
    try {
      const call = await readCall(request);
      const isHere = isLoopback(request.socket.remoteAddress ?? '');
      if (network && !network.isPage(call)) requests += 1;
      if (network) writeReply(response, await spoiled(world, network, call));
      else writeReply(response, isHere ? await dial(world, networks, call, turn) : { status: 403 });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      writeReply(response, error.reply);
    }
    return true;
  }
  return {
    handle,
    secrets,
    requests: () => requests,
    allowed: () => world.state.grantsWhere(({ revoked }) => !revoked).map(({ network }) => network),
    fault: (network, fault) => world.faults.set(network, fault),
    onWorks: (listener) => {
      works = listener;
    },
    reset: async () => {
      for (const network of networkIds) await turn(network);
    },
    googleTesting: (on) => {
      googleInTesting = on;
    },
  };
}

/** The answer, with the dial's slow, limited and broken states before it. */
async function spoiled(world: FakeWorld, fake: FakeNetwork, call: Call): Promise<Reply> {
  if (!fake.isPage(call)) {
    const { faults } = world;
    const slow = faults.take(fake.network, 'slow');
    if (slow) await sleep((slow.seconds ?? 15) * 1000, undefined, { ref: false });
    const limited = faults.take(fake.network, 'rateLimited');
    if (limited) return fake.limited(limited.seconds ?? 900);
    if (faults.take(fake.network, 'error')) return { status: 500, html: '<h1>Internal Server Error</h1>' };
  }
  return fake.answer(call);
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

function isLoopbackCallback(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { hostname, pathname, search, hash } = new URL(uri);
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return local && networkIds.some((id) => pathname === `/link/callback/${id}`) && search === '' && hash === '';
}
