import { randomBytes } from 'node:crypto';
import type { DestinationStream, Logger } from 'pino';
import { createBotAdapter } from './bot/transport/adapter.js';
import { createDecisionCards } from './bot/turns/decisionCards.js';
import { createDeliver } from './bot/turns/deliver.js';
import { createPostingCards } from './bot/turns/postingCards.js';
import { createShowInChat } from './bot/turns/showInChat.js';
import { createTabTurn } from './bot/turns/tabTurn.js';
import { createTell } from './bot/turns/tell.js';
import { createTurn } from './bot/turns/turn.js';
import { clouds } from './directory/clouds.js';
import { createExamining } from './examining.js';
import { mayAcquire } from './networks/types.js';
import { latestChanges } from './operations/answers/latestChanges.js';
import type { Parts } from './operations/core/parts.js';
import { createOnce } from './operations/outbox/once.js';
import { outboxSize } from './operations/outbox/outboxSize.js';
import { createReplies } from './operations/outbox/replies.js';
import { createAdmins } from './operations/people/admins.js';
import { createFollowed } from './operations/people/followed.js';
import { createLimits } from './operations/people/limits.js';
import { createMemberships } from './operations/people/memberships.js';
import { createPolicies } from './operations/people/policies.js';
import { createReaches } from './operations/people/reaches.js';
import { createOutside } from './outside.js';
import { createBackground } from './platform/background.js';
import { createShared } from './platform/cache.js';
import { type Clock, clockAhead } from './platform/clock.js';
import { makeDataDir } from './platform/dataDir.js';
import { createLog } from './platform/log.js';
import { onNobodysBehalf } from './platform/onBehalf.js';
import { type Outbound, outboundThrough } from './platform/outbound.js';
import type { Sandbox, SandboxOptions } from './sandbox/sandbox.js';
import { reachedAt, type Settings } from './settings.js';
import { openStore } from './store/index.js';
import { ensureKeyFile } from './store/keyFile.js';
import { catchUp, openMigrated } from './store/migrations/migrate.js';
import { createRecords } from './store/records.js';
import { createSealedFiles } from './store/sealedFiles.js';
import { createVault, readKeys } from './store/vault.js';
import { watchStore } from './store/watched.js';
import { createPublisher } from './sweeps/publisher.js';
import { startSweeps } from './sweeps/sweeps.js';
import { startWatching } from './watching.js';
import { createFrontDoor } from './web/channel/frontDoor.js';
import { createMetrics } from './web/ops/metrics.js';
import { createMetricsServer } from './web/ops/probes.js';
import { addRoutes } from './web/routes.js';
import { createWebServer } from './web/server/server.js';
import { createChanges } from './web/tab/changes.js';
import { addTab } from './web/tab/tab.js';
import { createTabLink } from './web/tab/tabLink.js';
import { TabTokens } from './web/tab/tabToken.js';

/** How long a stop waits for turns under way and work after answers. */
const stopMs = 4000;

export type App = {
  port: number;
  /** Where the numbers of the run are read; undefined: nowhere. */
  metricsPort: number | undefined;
  address: string;
  services: Parts;
  sandbox: Sandbox | undefined;
  log: Logger;
  /** Work after the answers is done. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Builds every part from the settings, joins them, and listens. Tests hand in a clock, where the log goes, limits, an adapter. */
export async function startApp(
  given: Settings,
  instead: {
    clock?: Clock;
    log?: DestinationStream;
    allowances?: Parameters<typeof createLimits>[1];
    adapter?: typeof createBotAdapter;
  } = {},
): Promise<App> {
  const log = createLog(given.logLevel, instead.log);
  const clock = instead.clock ?? clockAhead(given.clockOffsetSeconds);
  const background = createBackground(log);
  const metrics = createMetrics();
  let port = given.port;
  const origin = () => `http://127.0.0.1:${port}`;
  const reached = () => reachedAt(given, port);
  const isSandbox = given.mode === 'sandbox';
  if (isSandbox || !given.mongoUri || !given.tokenKeys) await makeDataDir(given.dataDir);
  const sandbox = isSandbox ? await loadSandbox({ settings: given, clock, origin, reached }) : undefined;
  const settings = sandbox?.settings ?? given;
  const outbound: Outbound = (url) => outboundThrough(settings.outboundOrigin)(url);

  const { watch, stop: stopWatching } = await startWatching(settings, metrics);
  const store = watchStore(await openStore(settings), watch);
  const adapter = (instead.adapter ?? createBotAdapter)({ settings, outbound, onReply: metrics.reply, watch });
  const bot = { id: settings.botId };
  const closeParts = () => Promise.all([sandbox?.close(), store.close(), adapter.close(), stopWatching()]);
  const collections = await openMigrated(store, clock, mayAcquire).catch(async (error: unknown) => {
    await closeParts();
    throw error;
  });
  const limits = createLimits(clock, instead.allowances);
  const outside = createOutside(settings, { clock, log, outbound, limits, watch });
  const vault = createVault(readKeys(settings.tokenKeys ?? (await ensureKeyFile(settings.dataDir))));
  const known = { collections, clock, log, watch, directory: outside.directory };
  const postingCards = createPostingCards(adapter.connector, { clock });
  const publisher = createPublisher(() => services);
  const tabLink = sandbox?.tabLink ?? createTabLink(bot.id.replace('28:', ''));
  const services: Parts = {
    ...known,
    ...outside,
    vault,
    files: createSealedFiles(await store.files(), vault),
    ids: () => randomBytes(12).toString('base64url'),
    get baseUrl() {
      return reached();
    },
    tabLink,
    limits,
    policies: createPolicies(known),
    admins: createAdmins(settings.admins, known),
    memberships: createMemberships(),
    followed: createFollowed(known),
    reaches: createReaches(known),
    refreshing: createShared(),
    resealed: new Set(),
    catchUp: () => catchUp(store, collections, clock, mayAcquire),
    tenants: settings.tenants,
    records: createRecords(collections),
    once: createOnce({ collections, clock, log }),
    replies: createReplies(
      { ...known, later: background.later },
      createDeliver(adapter.connector, {
        ...known,
        networks: outside.networks,
        vault,
        postingCards,
        later: background.later,
      }),
    ),
    tell: createTell(adapter.connector, { collections, clock, later: background.later }, bot),
    decisionCards: createDecisionCards(adapter.connector, { collections, clock, later: background.later }, bot),
    postingCards,
    // One queue for all: what it costs is put down to nobody.
    wake: (intent, at) => onNobodysBehalf(() => publisher.wake(intent, at)),
    follow: (intent) => onNobodysBehalf(() => publisher.follow(intent)),
    showInChat: createShowInChat(adapter.connector, { clock, tabLink, networks: outside.networks }),
    later: background.later,
  };
  metrics.watchOutbox(() => outboxSize(services));
  const turn = createTurn(services, adapter.connector);

  const server = createWebServer({
    log,
    origin: settings.baseUrl,
    loopbackHostsOnly: isSandbox,
  });
  const door = createFrontDoor({
    settings,
    tenants: services.tenants,
    log,
    metrics,
    watch,
    turn: (activity, claims) => background.answerFirst(() => adapter.handle(activity, claims, turn)),
  });
  const { tabClientId: clientId } = settings;
  const { authority } = clouds[settings.directory?.cloud ?? 'global'];
  const { tenants } = services;
  const tokens = new TabTokens({ clientId, baseUrl: () => services.baseUrl, tenants, authority, outbound, log });
  addRoutes(server, {
    // `conversations` is Teams' own name for the chat among an app's tabs.
    chat: isSandbox ? '/' : `https://teams.microsoft.com/l/entity/${bot.id.replace('28:', '')}/conversations`,

    services,
    door,
    webhookSecrets: settings.webhookSecrets,
    framedHere: isSandbox,
    outbound,
    ready: () => store.ready(1000),
    examined: createExamining(given, services, tokens),
  });
  addTab(server, {
    tokens,
    turn: createTabTurn(services),
    changes: createChanges({ log, latest: (tenant) => latestChanges(services, tenant) }),
    metrics,
    home: () => tabLink(),
    framedHere: isSandbox,
  });
  if (sandbox) server.mount(sandbox.mount);

  const numbers = settings.metrics && createMetricsServer(metrics, log);
  let metricsPort: number | undefined;

  ({ port } = await listenOrClose());
  if (!isSandbox) log.info({ ...settings.describe(), port }, 'started');
  // Asked now, so that an entry that names nobody is in the log before somebody misses their admin.
  for (const tenant of tenants) background.later('look up ADMINS', () => services.admins.of(tenant));
  const sweeps = startSweeps(services, settings.sweepSeconds);
  await sandbox?.start(services);

  async function listenOrClose() {
    try {
      const { port, host } = settings.metrics ?? {};
      if (port !== undefined) metricsPort = (await numbers?.listen(port, host, 'METRICS_PORT'))?.port;
      return await server.listen(settings.port, settings.host);
    } catch (error) {
      await Promise.all([numbers?.close(0), closeParts()]);
      throw error;
    }
  }

  return {
    port,
    metricsPort,
    address: reachedAt(settings, port),
    services,
    sandbox,
    log,
    settled: background.settle,
    stop: async () => {
      publisher.stop();
      const swept = sweeps.stop();
      await server.close(stopMs, background.settle);
      await swept;
      await numbers?.close(0);
      await sandbox?.close();
      await adapter.close();
      await store.close();
      await stopWatching();
    },
  };
}

/** The sandbox is loaded only when no bot credentials are set; a bot for an organisation never has its code. */
async function loadSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { createSandbox } = await import('./sandbox/sandbox.js');
  return createSandbox(options);
}
