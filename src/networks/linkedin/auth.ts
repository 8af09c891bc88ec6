import * as oauth from 'oauth4webapi';
import type { ProfileType } from '../../rules/types.js';
import { scopeNames } from '../facts.js';
import type { Kit } from '../http.js';
import type { Network } from '../network.js';
import { authorizeUrl } from '../oauth/authorize.js';
import { exchangeCode, refreshTokens, revokeToken, withAccess } from '../oauth/oauth.js';
import type { Server } from '../oauth/server.js';
import { member, memberItself, pageItself, pages } from './accounts.js';
import { linkedInTrouble } from './errors.js';
import { linkedinTypes } from './facts.js';

const { 'linkedin-page': page, 'linkedin-member': person } = linkedinTypes;
const scopesFor = (type: ProfileType) => scopeNames((type === 'linkedin-page' ? page : person).scopes);

/** LinkedIn members, and the Pages they administer. */
export function linkedInNetwork(kit: Kit): Network {
  const scopes = (type: ProfileType) => scopesFor(hasOneApp(kit) ? 'linkedin-page' : type);
  const server = linkedInServer(scopes);
  const withServer = { kit, server };
  return {
    scopes,
    authorizeUrl: (signIn) => authorizeUrl(kit, server, signIn),
    exchange: (signIn, returned) => exchangeCode(kit, server, signIn, returned),
    // Only approved partners have refresh tokens; they end 365 days after the first sign-in and never change.
    refresh: (app, _type, tokens) => refreshTokens(kit, server, app, tokens),
    revoke: (app, _type, tokens) => revokeToken(kit, server, app, tokens.refresh ?? tokens.access),
    accounts: (type, tokens) =>
      withAccess(tokens, () => (type === 'linkedin-page' ? pages(withServer, tokens) : member(withServer, tokens))),
    check: (type, tokens, externalId) =>
      withAccess(tokens, () =>
        type === 'linkedin-page'
          ? pageItself(withServer, tokens, externalId)
          : memberItself(withServer, tokens, externalId),
      ),
  };
}

/**
 * Asking a member for other scopes ends their earlier tokens on the same app. So with one app both types ask for the
 * same full set; with a second app for Pages each asks for its own. `none`: one app that has no Pages product.
 */
function hasOneApp({ apps }: Kit): boolean {
  const pages = apps['linkedin-page'];
  if (pages === 'none') return false;
  return !pages || !apps.linkedin || pages.clientId === apps.linkedin.clientId;
}

/** https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow */
function linkedInServer(scopes: (type: ProfileType) => string[]): Server {
  return {
    label: 'LinkedIn',
    issuer: 'https://www.linkedin.com/oauth',
    authorization_endpoint: 'https://www.linkedin.com/oauth/v2/authorization',
    token_endpoint: 'https://www.linkedin.com/oauth/v2/accessToken',
    revocation_endpoint: 'https://www.linkedin.com/oauth/v2/revoke',
    // LinkedIn turns PKCE on for native apps only.
    pkce: false,
    // Id and secret go in the form; LinkedIn takes no Basic header.
    clientAuth: oauth.ClientSecretPost,
    scopes: (signIn) => scopes(signIn.type),
    // Its replies may lack `token_type`. Who signed in is read from the API, so the ID token is left out.
    mend: ({ id_token: _unused, ...reply }) => ({ token_type: 'bearer', ...reply }),
    deadCodes: { revoke: ['invalid_request', 'invalid_token'] },
    trouble: linkedInTrouble,
  };
}
