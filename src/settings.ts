import { inspect } from 'node:util';
import type { CloudName } from './directory/clouds.js';
import type { DirectoryIdentity } from './directory/credentials.js';
import { networkRow } from './networks/index.js';
import type { App, Apps } from './networks/network.js';
import { settingsPrefixes } from './networks/types.js';
import { isGuid } from './platform/guid.js';
import { isLoopbackUrl } from './platform/loopback.js';
import { type Env, SettingsReader } from './platform/settingsReader.js';
import { type NetworkId, networkIds } from './rules/types.js';
import { type BotSettings, type ChannelSettings, readBot, readChannel } from './settings/botSettings.js';
import { refuseHalfSet } from './settings/halfSet.js';
import { readMongoUri, readTokenKeys } from './settings/storeSettings.js';
import { type MetricsPlace, readBaseUrl, readMetrics } from './settings/webSettings.js';

export { type Env, SettingsError } from './platform/settingsReader.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const cloudNames = ['global', 'usgov', 'dod', 'china'] as const satisfies readonly CloudName[];

type Values = {
  /** `sandbox`: no bot credentials are set at all. It listens on loopback only. */
  mode: 'sandbox' | 'production';
  /** 0: any free port. */
  port: number;
  /** Which address to listen on: loopback only in the sandbox and in tests; undefined: all. */
  host: string | undefined;
  /** Where Prometheus reads the numbers of the run; unset: nowhere. */
  metrics: MetricsPlace | undefined;
  /** Where a collector takes traces, by OpenTelemetry's own setting; unset: nowhere. */
  traces: string | undefined;
  /** How browsers reach the bot, without a slash at the end. Unset in the sandbox: wherever it listens. */
  baseUrl: string | undefined;
  bot: BotSettings | undefined;
  /** The bot as Teams names it: `28:<app id>`. Empty in the sandbox until it says. */
  botId: string;
  /** The app registration that the tab signs on with. */
  tabClientId: string;
  channel: ChannelSettings;
  mongoUri: string | undefined;
  dataDir: string;
  /** As `readKeys` (store/vault.ts) reads it. Set in production. */
  tokenKeys: string | undefined;
  /** What `createNetworks` wants; a network without its pair is not in it. */
  apps: Apps;
  /** What networks sign their webhooks with, by network. */
  webhookSecrets: Partial<Record<NetworkId, string>>;
  /** Object ids or sign-in names, lower case. */
  admins: string[];
  /** Entra tenant ids that are served, lower case. Empty in the sandbox. */
  tenants: string[];
  /** How the directory is read; undefined in the sandbox. */
  directory: { identity: DirectoryIdentity; cloud: CloudName; tenantId: string | undefined } | undefined;
  /** The app registration that says who is in the browser; unset: a typed code. */
  entra: App | undefined;
  outboundOrigin: string | undefined;
  clockOffsetSeconds: number;
  sweepSeconds: number;
  logLevel: (typeof logLevels)[number];
};

/** `describe()` says what is set without a secret in it; JSON and `inspect` show only that. */
export type Settings = Readonly<Values> & { describe(): Record<string, unknown> };

/**
 * Environment in, typed settings out; the names are those of the README's table.
 * @throws SettingsError naming every missing or wrong variable
 */
export function readSettings(env: Env): Settings {
  const read = new SettingsReader(env);
  const bot = readBot(read);
  const channel = readChannel(read, bot !== undefined);
  const mode = bot || read.text('MicrosoftAppId') || read.text('MicrosoftAppPassword') ? 'production' : 'sandbox';
  const baseUrl = readBaseUrl(read, mode);
  const entra = readPair(read, 'ENTRA');
  const isLocal = mode === 'sandbox' || channel.isLoopback;
  const values: Values = {
    mode,
    port: read.count('PORT', 3978, [0, 65_535]),
    host: isLocal ? '127.0.0.1' : undefined,
    metrics: readMetrics(read),
    traces: read.url('OTEL_EXPORTER_OTLP_ENDPOINT')?.href,
    baseUrl,
    bot,
    botId: bot ? `28:${bot.appId}` : '',
    tabClientId: entra?.clientId ?? bot?.appId ?? '',
    channel,
    mongoUri: readMongoUri(read),
    dataDir: read.text('DATA_DIR') ?? './data',
    tokenKeys: readTokenKeys(read, mode),
    apps: readApps(read),
    webhookSecrets: readWebhookSecrets(read),
    admins: readAdmins(read),
    tenants: readTenants(read, bot),
    directory: readDirectory(read, bot),
    entra,
    ...readTestOnly(read, mode, baseUrl),
    sweepSeconds: read.count('SWEEP_SECONDS', 60, [1, 86_400]),
    logLevel: read.oneOf('LOG_LEVEL', logLevels) ?? 'info',
  };
  if (channel.isLoopback && baseUrl && !isLoopbackUrl(baseUrl)) {
    read.problem('ToBotFromChannelOpenIdMetadataUrl on loopback is for tests: then BASE_URL must be on loopback too.');
  }
  if (mode === 'sandbox') refuseHalfSet(read);
  read.finish();
  return withDescription(values);
}

/** Where browsers reach the bot, once the port is known. */
export function reachedAt(settings: Pick<Settings, 'baseUrl'>, port: number): string {
  return settings.baseUrl ?? `http://localhost:${port}`;
}

function readApps(read: SettingsReader): Apps {
  const pairs = settingsPrefixes().map((row) => [row.key, readApp(read, row)] as const);
  return Object.fromEntries(pairs.filter(([, app]) => app !== undefined));
}

/** `none` in place of a client id: the network's app cannot serve this type, so it is not offered. */
function readApp(read: SettingsReader, { prefix, reviewed }: AppRow): App | 'none' | undefined {
  if (read.text(`${prefix}_CLIENT_ID`) === 'none') return 'none';
  const pair = readPair(read, prefix);
  const isReviewed = reviewed !== undefined && read.oneOf(reviewed, ['yes', 'no']) === 'yes';
  return pair && isReviewed ? { ...pair, isReviewed } : pair;
}
type AppRow = ReturnType<typeof settingsPrefixes>[number];

function readPair(read: SettingsReader, prefix: string): App | undefined {
  const [id, secret] = [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`];
  const pair = read.together(id, secret);
  return pair && { clientId: pair[id] ?? '', clientSecret: pair[secret] ?? '' };
}

/** Most networks sign with the app's client secret; some have one of their own for it. */
function readWebhookSecrets(read: SettingsReader): Values['webhookSecrets'] {
  const secrets: Values['webhookSecrets'] = {};
  for (const { key, prefix } of settingsPrefixes()) {
    const network = networkIds.find((id) => id === key);
    const setting = network && networkRow(network).webhook?.secretSetting;
    const secret = setting && read.text(setting === 'clientSecret' ? `${prefix}_CLIENT_SECRET` : setting);
    if (network && secret) secrets[network] = secret;
  }
  return secrets;
}

function readAdmins(read: SettingsReader): string[] {
  const isNamed = (part: string) => isGuid(part) || /^[^\s@]+@[^\s@]+$/.test(part);
  return read
    .list('ADMINS', isNamed, 'an object id, a sign-in name or a mail address')
    .map((part) => part.toLowerCase());
}

function readTenants(read: SettingsReader, bot: BotSettings | undefined): string[] {
  const tenants = read.list('TENANTS', isGuid, 'an Entra tenant id').map((part) => part.toLowerCase());
  if (tenants.length > 0 || !bot) return tenants;
  if (bot.tenantId) return [bot.tenantId];
  read.problem('TENANTS must name the organisations to serve, since MicrosoftAppTenantId is not set.');
  return [];
}

function readDirectory(read: SettingsReader, bot: BotSettings | undefined): Values['directory'] {
  const cloud = read.oneOf('GRAPH_CLOUD', cloudNames) ?? (bot?.isGovernment ? 'usgov' : 'global');
  const own = read.together('GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID', 'GRAPH_CLIENT_SECRET');
  if (own) {
    const tenantId = read.guid('GRAPH_TENANT_ID');
    const { GRAPH_CLIENT_ID: clientId, GRAPH_CLIENT_SECRET: clientSecret } = own;
    return { identity: { kind: 'secret', clientId, clientSecret }, cloud, tenantId };
  }
  if (!bot) return undefined;
  const { appId, password, tenantId } = bot;
  if (bot.type === 'UserAssignedMSI')
    return { identity: { kind: 'managed-identity', clientId: appId }, cloud, tenantId };
  if (password) return { identity: { kind: 'secret', clientId: appId, clientSecret: password }, cloud, tenantId };
  return read.problem(
    'GRAPH_TENANT_ID, GRAPH_CLIENT_ID and GRAPH_CLIENT_SECRET must be set for a bot with a certificate.',
  );
}

/** OUTBOUND_ORIGIN and the clock's offset would be holes in production, so both need every end on loopback. */
function readTestOnly(read: SettingsReader, mode: Values['mode'], baseUrl: string | undefined) {
  const origin = read.url('OUTBOUND_ORIGIN');
  const isHere = !baseUrl || isLoopbackUrl(baseUrl);
  if (origin && !(isLoopbackUrl(origin) && isHere)) {
    read.problem('OUTBOUND_ORIGIN is for tests: it and BASE_URL must be on loopback.');
  }
  if (origin && (origin.pathname !== '/' || origin.search)) read.problem('OUTBOUND_ORIGIN must end after the port.');
  const clockOffsetSeconds = read.count('CLOCK_OFFSET_SECONDS', 0, [0, 999_999_999]);
  if (clockOffsetSeconds !== 0 && !origin && mode === 'production') {
    read.problem('CLOCK_OFFSET_SECONDS is for tests: it needs OUTBOUND_ORIGIN.');
  }
  return { outboundOrigin: origin?.origin, clockOffsetSeconds };
}

function withDescription(values: Values): Settings {
  const describe = () => ({
    mode: values.mode,
    port: values.port,
    baseUrl: values.baseUrl,
    bot: values.bot && { appId: values.bot.appId, type: values.bot.type },
    store: values.mongoUri ? 'mongodb' : 'embedded',
    networks: Object.keys(values.apps),
    tenants: values.tenants,
    admins: values.admins.length,
    browserProof: values.entra ? 'organisation sign-in' : 'typed code',
    sweepSeconds: values.sweepSeconds,
    logLevel: values.logLevel,
    ...(values.outboundOrigin ? { outboundOrigin: values.outboundOrigin } : {}),
    ...(values.clockOffsetSeconds ? { clockOffsetSeconds: values.clockOffsetSeconds } : {}),
  });
  const hidden = { value: describe, enumerable: false };
  const settings = Object.defineProperties(
    { ...values },
    { describe: hidden, toJSON: hidden, [inspect.custom]: hidden },
  );
  return Object.freeze(settings) as Settings;
}
