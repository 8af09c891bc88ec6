import * as oauth from 'oauth4webapi';
import { dayMs } from '../../platform/spans.js';
import { scopeNames } from '../facts.js';
import { patiently } from '../fresh.js';
import { address, ask, at, bearer, type Kit, later, list, need, num, read, str } from '../http.js';
import { metaTrouble } from '../meta/errors.js';
import { graphVersion } from '../meta/graph.js';
import { metaWords } from '../meta/login.js';
import { type Account, type Network, NetworkTrouble, type SignIn, type Tokens } from '../network.js';
import { authorizeUrl, checkReturn } from '../oauth/authorize.js';
import type { Server } from '../oauth/server.js';
import { idIn, nameIn, needId, needName, pictureIn } from '../reading.js';
import { isThroughPage } from './api.js';
import { instagramTypes } from './facts.js';
import { throughPage } from './page.js';

const scopes = scopeNames(instagramTypes['instagram-account'].scopes);
const graph = 'https://graph.instagram.com';

/** https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login */
const server: Server = {
  label: 'Instagram',
  issuer: 'https://www.instagram.com',
  authorization_endpoint: 'https://www.instagram.com/oauth/authorize',
  token_endpoint: 'https://api.instagram.com/oauth/access_token',
  pkce: false,
  clientAuth: oauth.ClientSecretPost,
  scopes: () => scopes,
  scopeSeparator: ',',
  ownWords: metaWords,
  trouble: metaTrouble('Instagram'),
};

/** Instagram professional accounts, through Instagram's own login; or through a Facebook Page. */
export const instagramNetwork = (kit: Kit): Network => (isThroughPage(kit) ? throughPage(kit) : ownLogin(kit));

function ownLogin(kit: Kit): Network {
  return {
    scopes: () => scopes,
    authorizeUrl: (signIn) => authorizeUrl(kit, server, signIn),
    exchange: (signIn, returned) => exchange(kit, signIn, returned),
    refresh: (_app, _type, tokens) => refresh(kit, tokens),
    async revoke() {
      throw new NetworkTrouble('unsupported', "Instagram lets only its own settings page take an app's access away.");
    },
    accounts: async (_type, tokens) => [await readMe(kit, tokens)],
    async check(_type, tokens, externalId) {
      const account = await readMe(kit, tokens);
      if (account.externalId !== externalId) {
        throw new NetworkTrouble('unknown', 'Instagram answered for another account.');
      }
      return account;
    },
  };
}

/** Code to a token of an hour, and at once to one of 60 days: the first has no refresh of its own. */
async function exchange(kit: Kit, signIn: SignIn, returned: URL): Promise<Tokens> {
  const code = checkReturn(server, signIn, returned).get('code') ?? '';
  const body = new URLSearchParams({
    client_id: signIn.app.clientId,
    client_secret: signIn.app.clientSecret,
    grant_type: 'authorization_code',
    redirect_uri: signIn.redirectUri,
    code,
  });
  const reply = await ask(kit, server, server.token_endpoint, { method: 'POST', body });
  // Documented as `data: [{ ... }]`; a flat object is seen as well.
  const first = list(reply, 'data')[0] ?? reply;
  const short = bearer(need('Instagram', first, 'access_token'));
  const exchange = { grant_type: 'ig_exchange_token', client_secret: signIn.app.clientSecret };
  const long = await patiently(kit, { givenAt: kit.clock() }, () =>
    read(kit, server, address(`${graph}/access_token`, exchange), short),
  );
  const user = idIn(first, 'user_id');
  return {
    ...longLived(kit, long),
    scopes: permissionsOf(first) ?? scopes,
    // App-scoped: what Meta's deauthorization webhook names, never the account's id.
    extra: { ...(user ? { user } : {}), since: kit.clock().toISOString() },
  };
}

/** A list, or one text with commas. */
function permissionsOf(reply: unknown): string[] | undefined {
  const permissions = at(reply, 'permissions');
  if (typeof permissions === 'string') return permissions.split(/[\s,]+/).filter(Boolean);
  return Array.isArray(permissions) ? permissions.filter((one) => typeof one === 'string') : undefined;
}

function longLived(kit: Kit, reply: unknown): Pick<Tokens, 'access' | 'accessEndsAt' | 'grantEndsAt'> {
  const seconds = num(reply, 'expires_in');
  const ends = later(kit.clock(), seconds > 0 ? seconds : 60 * 86_400);
  return { access: need('Instagram', reply, 'access_token'), accessEndsAt: ends, grantEndsAt: ends };
}

/**
 * Swaps a token that is at least a day old for one of 60 more days; an ended one cannot be swapped.
 * https://developers.facebook.com/documentation/instagram-platform/reference/refresh_access_token.md
 */
async function refresh(kit: Kit, tokens: Tokens): Promise<Tokens> {
  const now = kit.clock();
  const ripe = new Date(Date.parse(tokens.extra?.since ?? '') + dayMs);
  if (ripe > now) throw new NetworkTrouble('wait', 'Instagram renews a sign-in only after its first day.', ripe);
  const url = address(`${graph}/refresh_access_token`, { grant_type: 'ig_refresh_token' });
  const reply = await read(kit, server, url, bearer(tokens.access));
  return { ...tokens, ...longLived(kit, reply), extra: { ...tokens.extra, since: now.toISOString() } };
}

async function readMe(kit: Kit, tokens: Tokens): Promise<Account> {
  const fields = 'user_id,username,name,account_type,profile_picture_url';
  const reply = await read(kit, server, address(`${graph}/${graphVersion}/me`, { fields }), bearer(tokens.access));
  const handle = needName('Instagram', reply, 'username');
  const personal = str(reply, 'account_type') === 'PERSONAL';
  return {
    externalId: needId('Instagram', reply, 'user_id'),
    handle,
    name: nameIn(reply, 'name') ?? handle,
    url: `https://www.instagram.com/${encodeURIComponent(handle)}/`,
    ...pictureIn(reply, 'profile_picture_url'),
    ...(personal
      ? { unusable: 'A personal account: switch it to a professional one in the Instagram app first.' }
      : {}),
  };
}
