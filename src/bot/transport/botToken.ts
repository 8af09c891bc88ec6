import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';

/** Who the bot is, and who issues its tokens, as far as they are needed here. `sdk` is what the SDK reads by itself. */
export type BotIdentity = {
  bot: { appId: string } | undefined;
  channel: { audience: string; loginUrl: string; sdk: Readonly<Record<string, string>> };
};

/** What every kind of the SDK's credentials has. */
type AppCredentials = { getToken(forceRefresh?: boolean): Promise<string> };
/** The bot's own token for the channel; undefined in the sandbox, which asks for none. */
export type BotToken = (options?: { fresh?: boolean }) => Promise<string | undefined>;

/**
 * The SDK's credentials do the fetching and keep the token, for every kind of bot registration. They are made once (the
 * SDK makes them anew for each turn), and all who ask while a token is on its way share that one fetch.
 */
export function createBotToken({ bot, channel }: BotIdentity): BotToken {
  if (!bot) return async () => undefined;
  let credentials: Promise<AppCredentials> | undefined;
  let pending: Promise<string> | undefined;
  return (options = {}) => {
    credentials ??= makeCredentials(bot.appId, channel);
    pending ??= credentials
      .then((made) => made.getToken(options.fresh ?? false))
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };
}

async function makeCredentials(
  appId: string,
  { sdk, audience, loginUrl }: BotIdentity['channel'],
): Promise<AppCredentials> {
  const factory = new ConfigurationServiceClientCredentialFactory(sdk);
  const made = await factory.createCredentials(appId, audience, loginUrl, sdk.ValidateAuthority !== 'false');
  return made as unknown as AppCredentials;
}
