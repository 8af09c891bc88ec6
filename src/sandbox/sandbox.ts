import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { TabLink } from '../operations/core/parts.js';
import type { Clock } from '../platform/clock.js';
import { type NetworkId, networkIds } from '../rules/types.js';
import type { Settings } from '../settings.js';
import { type Chat, createChat } from './chat/server.js';
import { type Company, createCompany } from './company/company.js';
import { type Connector, createConnector } from './connector/connector.js';
import { type LiftNeeds, liftWaits } from './lifting.js';
import { createNetworkFakes, type NetworkFakes, sandboxApps } from './networks/index.js';
import { world } from './world.js';

export type SandboxOptions = {
  settings: Settings;
  clock: Clock;
  /** Where the whole sandbox listens, once it does: `http://127.0.0.1:3978`. */
  origin: () => string;
  /** What people have in the address line of their browser. */
  reached: () => string;
};

export type Sandbox = {
  connector: Connector;
  company: Company;
  networks: NetworkFakes;
  chat: Chat;
  /** Takes the requests that are for a part of the sandbox. False: for the bot. */
  mount: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** The settings that were given, with what a real organisation would have set. */
  settings: Settings;
  /** The tab, in the chat's own page. */
  tabLink: TabLink;
  /** The bot is up: it is installed for everyone, so that it can write to them. */
  start: (services: LiftNeeds) => Promise<void>;
  close: () => Promise<void>;
};

/** A pretend Teams, a pretend company and pretend networks, all behind the bot's own port, on loopback. */
export function createSandbox({ settings, clock, origin, reached }: SandboxOptions): Sandbox {
  const { dataDir } = settings;
  const folder = join(dataDir, 'sandbox');
  const connector = createConnector({
    world,
    botEndpoint: () => `${origin()}/api/messages`,
    serviceUrl: () => `${origin()}/connector`,
    dataDir,
    clock,
  });
  const company = createCompany({
    world,
    dataDir: folder,
    clock,
    apps: {
      externalId: world.bot.id.replace('28:', ''),
      has: (person) => connector.hasBot(person),
      install: (person) => void connector.install(person).catch(() => undefined),
    },
  });
  const networks = createNetworkFakes({ dataDir: folder, clock });
  const chat = createChat({
    connector,
    world,
    title: 'Social Profiles',
    firstHints: ['help', 'profiles', 'add x'],
    reset: async () => {
      company.down(false);
      await networks.reset();
    },
    tabs: [{ name: 'Profiles', address: '/tab/profiles' }],
    messageActions: [{ command: 'postThis', title: 'Post this' }],
    tabToken: (person) => company.tabTokens.issue(person, world.bot.id.replace('28:', '')),
  });
  return {
    connector,
    company,
    networks,
    chat,
    mount: async (request, response) => {
      // The connector takes every `/v3/`, and networks have paths like that: they are asked first.
      if (await networks.handle(request, response)) return true;
      if (await chat.handle(request, response)) return true;
      if (await connector.handle(request, response)) return true;
      if (!company.isFor((request.url ?? '').split('?')[0] ?? '')) return false;
      await answered(response, () => company.listener(request, response as Parameters<typeof company.listener>[1]));
      return true;
    },
    settings: inWorld(settings, origin),
    tabLink: (page) => `${reached()}/#tab=Profiles${page ? `&page=${encodeURIComponent(page)}` : ''}`,
    start: async (services) => {
      networks.onWorks((network) => liftWaits(services, world.tenant.id, network));
      await connector.installAll();
    },
    close: async () => {
      chat.close();
      company.close();
      await connector.close();
    },
  };
}

/** The server takes a request whose handler returned without an answer for a mistake: wait until it is sent. */
function answered(response: ServerResponse, answer: () => void): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    answer();
  });
}

/** Descriptions keep saying what was set, so the given settings stay behind these. */
function inWorld(given: Settings, origin: () => string): Settings {
  const settings = Object.create(given) as Settings;
  const identity = { kind: 'secret', clientId: 'sandbox', clientSecret: 'sandbox' } as const;
  const set = {
    botId: world.bot.id,
    apps: sandboxApps,
    webhookSecrets: webhookSecrets(),
    directory: { identity, cloud: 'global', tenantId: world.tenant.id },
    tenants: [world.tenant.id],
    admins: given.admins.length > 0 ? given.admins : [...world.admins],
    tabClientId: world.bot.id.replace('28:', ''),
  } satisfies Partial<Settings>;
  for (const [name, value] of Object.entries(set)) Object.defineProperty(settings, name, { value, enumerable: true });
  // Where it listens is known once it does.
  return Object.defineProperty(settings, 'outboundOrigin', { get: () => given.outboundOrigin ?? origin() });
}

/** The pretend networks sign their webhooks with the pretend apps' secrets. */
const webhookSecrets = (): Partial<Record<NetworkId, string>> =>
  Object.fromEntries(networkIds.map((network) => [network, sandboxApps[network].clientSecret]));
