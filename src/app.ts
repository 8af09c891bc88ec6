import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { createBotAdapter } from './bot/adapter.js';
import { createClaimCards } from './bot/claimCards.js';
import { createShowInChat } from './bot/showInChat.js';
import { createTabTurn } from './bot/tabTurn.js';
import { createTell } from './bot/tell.js';
import { createTurn } from './bot/turn.js';
import { type Clock, clockAhead } from './clock.js';
import { createBrowserIdentity } from './directory/browserIdentity.js';
import { clouds } from './directory/clouds.js';
import { createCredentials } from './directory/credentials.js';
import { createGraphDirectory } from './directory/graph.js';
import { createLog } from './log.js';
import { createNetworks } from './networks/index.js';
import { createBackground } from './operations/background.js';
import type { Services } from './operations/services.js';
import { type Outbound, outboundThrough } from './outbound.js';
import type { Sandbox } from './sandbox/sandbox.js';
import { reachedAt, type Settings } from './settings.js';
import { openCollections } from './store/collections.js';
import { openStore } from './store/index.js';
import { ensureKeyFile } from './store/keyFile.js';
import { createVault, readKeys } from './store/vault.js';
import { startSweeps } from './sweeps/sweeps.js';
import { privacyPage, termsPage } from './web/about.js';
import { createFrontDoor } from './web/frontDoor.js';
import { linkHandlers } from './web/link.js';
import { createMetrics } from './web/metrics.js';
import { addProbes } from './web/probes.js';
import { createWebServer } from './web/server.js';
import { addTab } from './web/tab.js';
import { TabTokens } from './web/tabToken.js';

/** How long a stop waits for turns under way and work after answers. */
const stopMs = 4000;

export type App = {
  port: number;
  address: string;
  services: Services;
  sandbox: Sandbox | undefined;
  log: Logger;
  /** Work after the answers is done. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Builds every part from the settings, joins them, and listens. Tests hand in a clock of their own. */
export async function startApp(settings: Settings, given: { clock?: Clock } = {}): Promise<App> {
  const log = createLog(settings.logLevel);
  const clock = given.clock ?? clockAhead(settings.clockOffsetSeconds);
  const background = createBackground(log);
  const metrics = createMetrics();
  let port = settings.port;
  const origin = () => `http://127.0.0.1:${port}`;
  const sandbox = settings.mode === 'sandbox' ? await loadSandbox(settings, clock, origin) : undefined;
  const outbound: Outbound = (url) => outboundThrough(settings.outboundOrigin ?? (sandbox ? origin() : undefined))(url);

  const store = await openStore(settings);
  const adapter = createBotAdapter({ settings, onReply: metrics.reply });
  const identity = settings.directory?.identity ?? {
    kind: 'secret' as const,
    clientId: 'sandbox',
    clientSecret: 'sandbox',
  };
  const cloud = settings.directory?.cloud ?? 'global';
  const local = settings.outboundOrigin !== undefined || sandbox !== undefined;
  const services: Services = {
    collections: await openCollections(store),
    directory: createGraphDirectory({
      cloud,
      outbound,
      clock,
      log,
      tokens: createCredentials(identity, { cloud: clouds[cloud], ...(local ? { sandbox: { outbound, clock } } : {}) }),
    }),
    networks: createNetworks({ outbound, clock, apps: sandbox?.setup.apps ?? settings.apps }),
    vault: createVault(readKeys(settings.tokenKeys ?? (await ensureKeyFile(settings.dataDir)))),
    clock,
    log,
    ids: () => randomBytes(12).toString('base64url'),
    get baseUrl() {
      return reachedAt(settings, port);
    },
    namedAdmins: settings.admins.length > 0 ? settings.admins : (sandbox?.setup.admins ?? []),
    tenants: sandbox?.setup.tenants ?? settings.tenants,
    tell: async (...told) => tell(...told),
    claimCards: {
      tryChannel: async (...tried) => claimCards.tryChannel(...tried),
      post: async (...posted) => claimCards.post(...posted),
      update: async (...updated) => claimCards.update(...updated),
    },
    later: background.later,
    showInChat: async (...shown) => showInChat(...shown),
    ...(settings.entra
      ? { identity: createBrowserIdentity({ ...settings.entra, authority: clouds[cloud].authority, outbound }) }
      : {}),
  };
  const bot = { id: sandbox?.setup.botId ?? `28:${settings.bot?.appId}` };
  const claimCards = createClaimCards(adapter.connector, () => services, bot);
  const tell = createTell(adapter.connector, () => services, bot);
  const showInChat = createShowInChat(adapter.connector, () => services);
  const turn = createTurn(services, adapter.connector);

  const server = createWebServer({
    log,
    isHttps: settings.baseUrl?.startsWith('https:') ?? false,
    loopbackHostsOnly: sandbox !== undefined,
  });
  const door = createFrontDoor({
    settings,
    tenants: services.tenants,
    log,
    metrics,
    turn: (activity, claims) => adapter.handle(activity, claims, turn),
  });
  server.route('post', '/api/messages', door);
  const link = linkHandlers(services);
  server.route('get', '/link/:id', link.look);
  server.route('post', '/link/:id', link.go);
  server.route('get', '/link/callback/:network', link.back);
  server.route('get', '/privacy', privacyPage);
  server.route('get', '/terms', termsPage);
  const appId = bot.id.replace('28:', '');
  const clientId = (sandbox ? undefined : settings.entra?.clientId) ?? appId;
  const { authority } = clouds[cloud];
  const { tenants } = services;
  addTab(server, {
    tokens: new TabTokens({ clientId, baseUrl: () => services.baseUrl, tenants, authority, outbound, log }),
    turn: createTabTurn(services),
    metrics,
    home: sandbox ? '/' : `https://teams.microsoft.com/l/entity/${appId}/profiles`,
    framedHere: sandbox !== undefined,
  });
  addProbes(server, { ready: () => store.ready(1000), metrics });
  if (sandbox) server.mount(sandbox.mount);

  ({ port } = await listenOrClose());
  const sweeps = startSweeps(services, settings.sweepSeconds);
  if (sandbox) await sandbox.start();

  async function listenOrClose() {
    try {
      return await server.listen(settings.port, settings.host);
    } catch (error) {
      await Promise.all([sandbox?.close(), store.close(), adapter.close()]);
      throw error;
    }
  }

  return {
    port,
    address: reachedAt(settings, port),
    services,
    sandbox,
    log,
    settled: background.settle,
    stop: async () => {
      const swept = sweeps.stop();
      await server.close(stopMs, background.settle);
      await swept;
      await sandbox?.close();
      await adapter.close();
      await store.close();
    },
  };
}

/** The sandbox is loaded only when no bot credentials are set; a bot for an organisation never has its code. */
async function loadSandbox(settings: Settings, clock: () => Date, origin: () => string): Promise<Sandbox> {
  const { createSandbox } = await import('./sandbox/sandbox.js');
  return createSandbox({ dataDir: settings.dataDir, clock, origin });
}
