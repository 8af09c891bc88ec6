import * as oauth from 'oauth4webapi';
import { type Answer, type Kit, later, longestText, num, send, str } from '../http.js';
import { type App, NetworkTrouble, type SignIn, type Tokens } from '../network.js';
import { checkReturn } from './authorize.js';
import { client, type Doing, metadata, type Server } from './server.js';

/** The standard's code exchange. Networks with their own way of it (Facebook, Instagram) do not come here. */
export async function exchangeCode(kit: Kit, server: Server, signIn: SignIn, returned: URL): Promise<Tokens> {
  const parameters = checkReturn(server, signIn, returned);
  const auth = server.clientAuth(signIn.app.clientSecret);
  const verifier = server.pkce ? signIn.verifier : oauth.nopkce;
  return settle(server, 'exchange', async () => {
    const response = await oauth.authorizationCodeGrantRequest(
      metadata(server),
      client(signIn.app),
      auth,
      parameters,
      signIn.redirectUri,
      verifier,
      { [oauth.customFetch]: fetcher(kit, server) },
    );
    const reply = await oauth.processAuthorizationCodeResponse(metadata(server), client(signIn.app), response);
    return tokensFrom(reply, kit.clock(), { scopes: server.scopes(signIn) });
  });
}

/** The standard's refresh. A reply without a new refresh token leaves the old one in place. */
export async function refreshTokens(kit: Kit, server: Server, app: App, tokens: Tokens): Promise<Tokens> {
  const old = tokens.refresh;
  if (!old) throw new NetworkTrouble('unsupported', `${server.label} gave nothing to refresh this sign-in with.`);
  return settle(server, 'refresh', async () => {
    const auth = server.clientAuth(app.clientSecret);
    const options = { [oauth.customFetch]: fetcher(kit, server) };
    const response = await oauth.refreshTokenGrantRequest(metadata(server), client(app), auth, old, options);
    const reply = await oauth.processRefreshTokenResponse(metadata(server), client(app), response);
    return { ...tokens, ...tokensFrom(reply, kit.clock(), { refresh: old, scopes: tokens.scopes }) };
  });
}

/** The standard's revocation. A token that is dead already counts as revoked. */
export async function revokeToken(kit: Kit, server: Server, app: App, token: string): Promise<void> {
  const auth = server.clientAuth(app.clientSecret);
  const options = { [oauth.customFetch]: fetcher(kit, server) };
  await settle(server, 'revoke', async () => {
    const response = await oauth.revocationRequest(metadata(server), client(app), auth, token, options);
    await oauth.processRevocationResponse(response);
  }).catch((error: unknown) => {
    if (!(error instanceof NetworkTrouble && error.kind === 'dead')) throw error;
  });
}

/** A token reply as `Tokens`. What the reply leaves out, or leaves empty, stays as it was. */
function tokensFrom(
  reply: oauth.TokenEndpointResponse,
  now: Date,
  known: { refresh?: string; scopes: string[] },
): Tokens {
  if ([reply.access_token, reply.refresh_token ?? ''].some((token) => token.length > longestText)) {
    throw new NetworkTrouble('unknown', 'The network gave a token that is longer than any.');
  }
  const refresh = reply.refresh_token || known.refresh;
  const accessEndsAt = reply.expires_in ? later(now, reply.expires_in) : undefined;
  const refreshSeconds = num(reply, 'refresh_token_expires_in');
  const grantEndsAt = refreshSeconds > 0 ? later(now, refreshSeconds) : refresh ? undefined : accessEndsAt;
  return {
    access: reply.access_token,
    scopes: reply.scope ? reply.scope.split(/[\s,]+/).filter(Boolean) : known.scopes,
    ...(refresh ? { refresh } : {}),
    ...(accessEndsAt ? { accessEndsAt } : {}),
    ...(grantEndsAt ? { grantEndsAt } : {}),
  };
}

/** Runs a call made with an access token. Refused without a refresh token, there is nothing left but to sign in again. */
export async function withAccess<T>(tokens: Tokens, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NetworkTrouble) || error.kind !== 'stale' || tokens.refresh) throw error;
    throw new NetworkTrouble('dead', error.message);
  }
}

/**
 * The library checks the real https addresses; only here are they mapped through OUTBOUND_ORIGIN, so its own guard
 * against plain http stays on. Limits and outages are answered here, before it looks for OAuth fields in them.
 */
function fetcher(kit: Kit, server: Server) {
  return async (url: string, options: oauth.CustomFetchOptions<'POST', URLSearchParams>): Promise<Response> => {
    const answer = await send(kit, server.label, url, { method: 'POST', headers: options.headers, body: options.body });
    if (answer.status === 429 || answer.status >= 500) throw server.trouble(answer, kit.clock());
    return responseOf(mended(server, answer));
  };
}

/** The library refuses an empty refresh token; for us it only means "no new one". */
function mended(server: Server, answer: Answer): Answer {
  if (answer.status !== 200 || typeof answer.body !== 'object' || answer.body === null) return answer;
  const { refresh_token: refresh, ...rest } = answer.body as Record<string, unknown>;
  const reply = refresh ? { ...rest, refresh_token: refresh } : rest;
  return { ...answer, text: JSON.stringify(server.mend ? server.mend(reply) : reply) };
}

/** An error that comes with a 200 is one all the same. */
function responseOf(answer: Answer): Response {
  const empty = answer.status === 204 || answer.status === 304;
  const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
  const status = answer.status === 200 && str(answer.body, 'error') !== undefined ? 400 : answer.status;
  return new Response(empty ? null : answer.text, { status, headers });
}

/** Turns what the library throws into trouble. Its errors carry whole replies, so they are not kept as causes. */
async function settle<T>(server: Server, doing: Doing, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NetworkTrouble) throw error;
    if (!(error instanceof oauth.ResponseBodyError)) {
      throw new NetworkTrouble('unknown', `${server.label} gave an answer that is not a token reply.`);
    }
    throw refused(server, doing, error.error);
  }
}

function refused(server: Server, doing: Doing, code: string): NetworkTrouble {
  if (code === 'invalid_client' || code === 'unauthorized_client') {
    return new NetworkTrouble('notSetUp', `${server.label} refused this app's client id or secret.`);
  }
  if (doing === 'exchange') {
    return new NetworkTrouble('unknown', `${server.label} did not take the sign-in: it was too late or used already.`);
  }
  if (code === 'invalid_grant' || server.deadCodes?.[doing]?.includes(code)) {
    return new NetworkTrouble('dead', `${server.label} says this sign-in was revoked or has ended.`);
  }
  return new NetworkTrouble('unknown', `${server.label} did not accept the request.`);
}
