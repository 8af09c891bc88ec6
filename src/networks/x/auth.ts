import type { ClientAuth } from 'oauth4webapi';
import { scopeNames } from '../facts.js';
import { bearer, type Kit, read } from '../http.js';
import { type Network, NetworkTrouble, type Tokens } from '../network.js';
import { authorizeUrl } from '../oauth/authorize.js';
import { exchangeCode, refreshTokens, revokeToken, withAccess } from '../oauth/oauth.js';
import type { Server } from '../oauth/server.js';
import { nameIn, needId, needName, pictureIn } from '../reading.js';
import { xTrouble } from './errors.js';
import { xTypes } from './facts.js';

const scopes = scopeNames(xTypes['x-user'].scopes);
const me = 'https://api.x.com/2/users/me?user.fields=profile_image_url,verified,protected';

/** https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token */
const server: Server = {
  label: 'X',
  issuer: 'https://x.com',
  authorization_endpoint: 'https://x.com/i/oauth2/authorize',
  token_endpoint: 'https://api.x.com/2/oauth2/token',
  revocation_endpoint: 'https://api.x.com/2/oauth2/revoke',
  // X requires PKCE, and its codes live 30 seconds: `exchange` is called in the redirect itself, never from a queue.
  pkce: true,
  clientAuth: basic,
  scopes: () => scopes,
  // A used refresh token is answered 400 `invalid_request` as well as `invalid_grant` (seen in public code only).
  deadCodes: { refresh: ['invalid_request'] },
  trouble: xTrouble,
};

/** X users. Refresh tokens work once: callers keep the new pair before they use it. */
export function xNetwork(kit: Kit): Network {
  return {
    scopes: () => scopes,
    authorizeUrl: (signIn) => authorizeUrl(kit, server, signIn),
    exchange: (signIn, returned) => exchangeCode(kit, server, signIn, returned),
    refresh: (app, _type, tokens) => refreshTokens(kit, server, app, tokens),
    // Ending the refresh token ends the whole grant; without one there is only the access token to end.
    revoke: (app, _type, tokens) => revokeToken(kit, server, app, tokens.refresh ?? tokens.access),
    accounts: async (_type, tokens) => [await readMe(kit, tokens)],
    async check(_type, tokens, externalId) {
      const account = await readMe(kit, tokens);
      if (account.externalId !== externalId) throw new NetworkTrouble('unknown', 'X answered for another account.');
      return account;
    },
  };
}

/**
 * Basic, with `-` and `_` as they are: X's secrets hold them, X's own clients do not encode them, and a server that
 * decodes gets the same. The library's own Basic encodes them, which only a decoding server would take.
 */
function basic(secret: string): ClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };
}

async function readMe(kit: Kit, tokens: Tokens) {
  const reply = await withAccess(tokens, () => read(kit, server, me, bearer(tokens.access)));
  const handle = needName('X', reply, 'data', 'username');
  return {
    externalId: needId('X', reply, 'data', 'id'),
    handle,
    name: nameIn(reply, 'data', 'name') ?? handle,
    url: `https://x.com/${encodeURIComponent(handle)}`,
    ...pictureIn(reply, 'data', 'profile_image_url'),
  };
}
