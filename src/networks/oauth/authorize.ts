import * as oauth from 'oauth4webapi';
import type { Kit } from '../http.js';
import { NetworkTrouble, type SignIn } from '../network.js';
import { client, metadata, type Server } from './server.js';

/** Codes for "the person said no": the standard's, and LinkedIn's two. */
const declined = new Set(['access_denied', 'user_cancelled_login', 'user_cancelled_authorize']);

export async function authorizeUrl(kit: Kit, server: Server, signIn: SignIn): Promise<URL> {
  const url = new URL(server.authorization_endpoint);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', signIn.app.clientId);
  url.searchParams.set('redirect_uri', signIn.redirectUri);
  url.searchParams.set('scope', server.scopes(signIn).join(server.scopeSeparator ?? ' '));
  url.searchParams.set('state', signIn.state);
  for (const [name, value] of Object.entries(server.more ?? {})) url.searchParams.set(name, value);
  if (server.pkce) {
    url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(signIn.verifier));
    url.searchParams.set('code_challenge_method', 'S256');
  }
  return kit.outbound(url);
}

/**
 * Checks what the browser brought back: state, issuer, and whether the person said yes.
 * @throws NetworkTrouble `declined`, `notAllowed` (the app may not ask for this), or `unknown`
 */
export function checkReturn(server: Server, signIn: SignIn, returned: URL): URLSearchParams {
  try {
    return oauth.validateAuthResponse(metadata(server), client(signIn.app), cleaned(returned), signIn.state);
  } catch (error) {
    if (!(error instanceof oauth.AuthorizationResponseError)) {
      throw new NetworkTrouble('unknown', `What came back from ${server.label} does not belong to this sign-in.`);
    }
    if (declined.has(error.error)) throw new NetworkTrouble('declined', `The person said no to ${server.label}.`);
    const busy = error.error === 'server_error' || error.error === 'temporarily_unavailable';
    if (busy) throw new NetworkTrouble('passing', `${server.label} could not finish the sign-in.`);
    throw new NetworkTrouble('notAllowed', `${server.label} did not accept what this app asks for.`);
  }
}

/** Meta appends `#_=_` or `#_` to the address; a framework may hand it on as part of the last value. */
function cleaned(returned: URL): URL {
  const clean = new URL(returned);
  clean.hash = '';
  for (const [name, value] of returned.searchParams) {
    if (/#_(=_)?$/.test(value)) clean.searchParams.set(name, value.replace(/#_(=_)?$/, ''));
  }
  return clean;
}
