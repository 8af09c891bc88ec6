import { isLoopbackUrl } from '../platform/loopback.js';
import { listed, type SettingsReader } from '../platform/settingsReader.js';

const appTypes = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;

/** The bot's own app registration. */
export type BotSettings = {
  appId: string;
  type: (typeof appTypes)[number];
  /** Lower case; absent for a MultiTenant bot. */
  tenantId: string | undefined;
  password: string | undefined;
  isGovernment: boolean;
};

/** Who the channel is: what its tokens must say, and where its keys are. `sdk` is what the SDK reads by itself. */
export type ChannelSettings = {
  metadataUrl: string;
  issuer: string;
  /** What the bot's own token must be for. */
  audience: string;
  /** Where the SDK gets that token. */
  loginUrl: string;
  /** The keys come from this machine: a test. */
  isLoopback: boolean;
  sdk: Readonly<Record<string, string>>;
};

/** What botframework-connector has built in: authenticationConstants.js and governmentConstants.js (4.23). */
const publicCloud = {
  metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
  audience: 'https://api.botframework.com',
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
};
const government = {
  metadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.us',
  audience: 'https://api.botframework.us',
  loginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
};
const governmentService = 'https://botframework.azure.us';

/** The SDK takes all of these as given once one of them is set. */
const channelNames = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'CallerId',
] as const;
const botNames = ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'] as const;
const certificateNames = ['CertificateThumbprint', 'CertificatePrivateKey'] as const;

/** Undefined when nothing about a bot is set, or when what is set does not fit together. */
export function readBot(read: SettingsReader): BotSettings | undefined {
  const set = [...botNames, ...certificateNames].filter((name) => read.text(name));
  if (set.length === 0) return undefined;
  const appId = read.guid('MicrosoftAppId');
  if (!read.text('MicrosoftAppId')) {
    return read.problem(`${listed(set)} ${set.length > 1 ? 'are' : 'is'} set, so MicrosoftAppId must be set too.`);
  }
  const chosen = read.oneOf('MicrosoftAppType', appTypes);
  if (!read.text('MicrosoftAppType')) read.problem(`MicrosoftAppType must be one of ${appTypes.join(', ')}.`);
  const certificate = read.together(...certificateNames);
  const password = read.text('MicrosoftAppPassword');
  const tenantId = read.guid('MicrosoftAppTenantId');
  if (chosen) checkSecrets(read, chosen, { password, isCertified: certificate !== undefined });
  if (chosen && chosen !== 'MultiTenant' && !read.text('MicrosoftAppTenantId')) {
    read.problem(`MicrosoftAppTenantId must be set for a ${chosen} bot.`);
  }
  const isGovernment = read.text('ChannelService') === governmentService;
  return appId && chosen ? { appId, type: chosen, tenantId, password, isGovernment } : undefined;
}

type Secrets = { password: string | undefined; isCertified: boolean };

function checkSecrets(read: SettingsReader, type: BotSettings['type'], { password, isCertified }: Secrets): void {
  if (type === 'UserAssignedMSI') {
    if (password) read.problem('MicrosoftAppPassword must not be set for a UserAssignedMSI bot: it has no password.');
    return;
  }
  if (!password && !isCertified) {
    read.problem(
      `MicrosoftAppPassword (or CertificateThumbprint and CertificatePrivateKey) must be set for a ${type} bot.`,
    );
  }
}

export function readChannel(read: SettingsReader, isSigned: boolean): ChannelSettings {
  const service = read.text('ChannelService');
  if (service !== undefined && service !== governmentService) {
    read.problem(`ChannelService must be left out, or be ${governmentService}.`);
  }
  const given = read.together(...channelNames);
  if (given && !isSigned) read.problem(`${listed(channelNames)} are set, so MicrosoftAppId must be set too.`);
  const built = service === governmentService ? government : publicCloud;
  const names = [...botNames, ...certificateNames, ...channelNames, 'ChannelService', 'ValidateAuthority'];
  const sdk = Object.fromEntries(names.flatMap((name) => [[name, read.text(name) ?? '']]).filter(([, value]) => value));
  if (!given || !isSigned) return { ...built, isLoopback: false, sdk };
  const url = read.url('ToBotFromChannelOpenIdMetadataUrl');
  const isLoopback = url !== undefined && isLoopbackUrl(url);
  if (url && url.protocol !== 'https:' && !isLoopback) {
    read.problem('ToBotFromChannelOpenIdMetadataUrl must start with https://.');
  }
  return {
    metadataUrl: url?.href ?? built.metadataUrl,
    issuer: given.ToBotFromChannelTokenIssuer,
    audience: given.ToChannelFromBotOAuthScope,
    loginUrl: given.ToChannelFromBotLoginUrl,
    isLoopback,
    sdk,
  };
}
