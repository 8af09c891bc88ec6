import * as oauth from 'oauth4webapi';
import { scopeNames } from '../facts.js';
import { address, bearer, type Kit, list, read, str } from '../http.js';
import { type Account, type Network, NetworkTrouble, type SignIn, type Tokens } from '../network.js';
import { authorizeUrl } from '../oauth/authorize.js';
import { exchangeCode, refreshTokens, revokeToken, withAccess } from '../oauth/oauth.js';
import type { Server } from '../oauth/server.js';
import { nameIn, needId, needName, pictureIn, readEach } from '../reading.js';
import { NoChannel, youtubeTrouble } from './errors.js';
import { youtubeTypes } from './facts.js';

const scopes = scopeNames(youtubeTypes['youtube-user'].scopes);
const channels = 'https://www.googleapis.com/youtube/v3/channels';

/** https://developers.google.com/identity/protocols/oauth2/web-server */
const server: Server = {
  label: 'YouTube',
  issuer: 'https://accounts.google.com',
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  revocation_endpoint: 'https://oauth2.googleapis.com/revoke',
  pkce: true,
  clientAuth: oauth.ClientSecretPost,
  scopes: () => scopes,
  // Google gives a refresh token only for offline access, and after the first time only when consent is asked again.
  more: { access_type: 'offline', prompt: 'consent', include_granted_scopes: 'true' },
  // The revoke address says `invalid_token` where the token address says `invalid_grant`.
  deadCodes: { revoke: ['invalid_token'] },
  trouble: youtubeTrouble,
};

/** YouTube channels. Refresh tokens do not change, and end when six months unused. */
export function youtubeNetwork(kit: Kit): Network {
  return {
    scopes: () => scopes,
    authorizeUrl: (signIn) => authorizeUrl(kit, server, signIn),
    exchange: (signIn, returned) => exchange(kit, signIn, returned),
    refresh: (app, _type, tokens) => refreshTokens(kit, server, app, tokens),
    revoke: (app, _type, tokens) => revokeToken(kit, server, app, tokens.refresh ?? tokens.access),
    accounts: (_type, tokens) => withAccess(tokens, () => everyChannel(kit, tokens)),
    async check(_type, tokens, externalId) {
      const found = await withAccess(tokens, () => everyChannel(kit, tokens));
      const channel = found.find((one) => one.externalId === externalId);
      if (!channel) throw new NetworkTrouble('notAllowed', 'This sign-in does not open the channel.');
      return channel;
    },
  };
}

/** Google names an end only while the app is in testing (7 days), or where the person gave access for a time. */
async function exchange(kit: Kit, signIn: SignIn, returned: URL): Promise<Tokens> {
  const tokens = await exchangeCode(kit, server, signIn, returned);
  if (!tokens.grantEndsAt || !tokens.refresh) return tokens;
  const warning =
    'Google ends this sign-in by itself: its app is still in testing (7 days), or access was given for a time. Whoever looks after this bot can publish the app.';
  return { ...tokens, extra: { ...tokens.extra, warning } };
}

const mostPages = 20;

/** Empty when the Google account has no channel. */
async function everyChannel(kit: Kit, tokens: Tokens): Promise<Account[]> {
  const found: Account[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = { part: 'snippet', mine: 'true', maxResults: '50', ...(pageToken ? { pageToken } : {}) };
    const reply = await read(kit, server, address(channels, query), bearer(tokens.access)).catch(noneWithoutChannel);
    found.push(...readEach('YouTube', 'channel', list(reply, 'items'), channelAccount));
    pageToken = str(reply, 'nextPageToken');
    if (!pageToken) break;
  }
  return found;
}

function noneWithoutChannel(error: unknown): unknown {
  if (error instanceof NoChannel) return {};
  throw error;
}

function channelAccount(item: unknown): Account {
  const externalId = needId('YouTube', item, 'id');
  const name = needName('YouTube', item, 'snippet', 'title');
  return {
    externalId,
    handle: nameIn(item, 'snippet', 'customUrl')?.replace(/^@/, '') ?? name,
    name,
    url: `https://www.youtube.com/channel/${encodeURIComponent(externalId)}`,
    ...pictureIn(item, 'snippet', 'thumbnails', 'default', 'url'),
  };
}
