import * as oauth from 'oauth4webapi';
import type { Kit } from '../http.js';
import { NetworkTrouble, type SignIn } from '../network.js';
import { client, metadata, type Server } from './server.js';

type Said = 'declined' | 'notSetUp' | 'passing';

/** What a network says in place of a code: the standard's words, and those that networks have beside them. */
const said: Readonly<Record<string, Said>> = {
  access_denied: 'declined',
  user_denied: 'declined',
  user_cancelled_login: 'declined',
  user_cancelled_authorize: 'declined',
  invalid_request: 'notSetUp',
  unauthorized_client: 'notSetUp',
  unsupported_response_type: 'notSetUp',
  invalid_scope: 'notSetUp',
  unauthorized_scope_error: 'notSetUp',
  redirect_uri_mismatch: 'notSetUp',
  admin_policy_enforced: 'notSetUp',
  org_internal: 'notSetUp',
  server_error: 'passing',
  temporarily_unavailable: 'passing',
};

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
 * Checks what the browser brought back: state, issuer, and whether the person said yes. Without a code nothing goes on,
 * whatever else came.
 * @throws NetworkTrouble `declined`, `notSetUp` (the app may not ask for this), `passing` or `unknown`
 */
export function checkReturn(server: Server, signIn: SignIn, returned: URL): URLSearchParams {
  const clean = cleaned(returned);
  try {
    const parameters = oauth.validateAuthResponse(metadata(server), client(signIn.app), clean, signIn.state);
    if (parameters.get('code')) return parameters;
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw refusedReturn(server, error.error);
    throw new NetworkTrouble('unknown', `What came back from ${server.label} does not belong to this sign-in.`);
  }
  throw refusedReturn(server, server.ownWords?.(clean.searchParams) ?? '');
}

function refusedReturn({ label }: Server, word: string): NetworkTrouble {
  switch (Object.hasOwn(said, word) ? said[word] : undefined) {
    case 'declined':
      return new NetworkTrouble('declined', `The person said no to ${label}.`);
    case 'notSetUp':
      return new NetworkTrouble('notSetUp', `${label} does not let this bot's app ask for what it needs.`);
    case 'passing':
      return new NetworkTrouble('passing', `${label} could not finish the sign-in.`);
    default:
      return new NetworkTrouble('unknown', `${label} sent neither a yes nor a no that we know.`);
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
