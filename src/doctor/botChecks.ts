import { clouds } from '../directory/clouds.js';
import { type CredentialOptions, createCredentials, type DirectoryIdentity } from '../directory/credentials.js';
import type { Clock } from '../platform/clock.js';
import { outboundThrough } from '../platform/outbound.js';
import type { Settings } from '../settings.js';
import { entraFinding } from './entra.js';
import { type Finding, look, ok, wrong } from './finding.js';

const timeoutMs = 8_000;

/** A token for Teams' channel, from the bot's own organisation: without it the bot hears people and cannot answer. */
export async function checkBotToken(settings: Settings, clock: Clock): Promise<Finding[]> {
  const { bot, channel, directory } = settings;
  if (!bot) return [];
  const identity = identityOf(bot);
  if (!identity) return [look('bot token', 'with a certificate it is not tried here; the first answer in chat tells.')];
  const tenant = bot.tenantId ?? 'botframework.com';
  const outbound = outboundThrough(settings.outboundOrigin);
  const options: CredentialOptions = {
    cloud: clouds[directory?.cloud ?? 'global'],
    ...(settings.outboundOrigin ? { sandbox: { outbound, clock } } : {}),
  };
  try {
    const credential = createCredentials(identity, options)(tenant);
    const token = await credential.getToken(`${channel.audience}/.default`, {
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    if (token) return [ok('bot token', `Entra gives one in ${tenant}, so the bot can answer`)];
  } catch (error) {
    const finding = entraFinding('bot token', error);
    if (finding) return [finding];
  }
  const fix = 'See that this machine may call login.microsoftonline.com by https.';
  return [wrong('bot token', 'Entra gave none, so the bot could not answer anybody.', fix)];
}

function identityOf(bot: NonNullable<Settings['bot']>): DirectoryIdentity | undefined {
  if (bot.type === 'UserAssignedMSI') return { kind: 'managed-identity', clientId: bot.appId };
  return bot.password ? { kind: 'secret', clientId: bot.appId, clientSecret: bot.password } : undefined;
}
