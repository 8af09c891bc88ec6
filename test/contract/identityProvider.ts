import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** What the organisation's sign-in says of whoever signs in next. */
export type SignedInPerson = { oid: string; tid: string; name: string };

/**
 * A real OpenID provider (`oidc-provider`) in the place of Entra: under the path OUTBOUND_ORIGIN gives the tenant's v2.0
 * address, with Entra's issuer, and without a page: whoever `signsIn` names is signed in already. `seenAs`: the origin
 * it is reached at, when that is not its own.
 */
export async function startIdentityProvider(tenant: string, redirectUris: string[], seenAs?: string) {
  const path = `/login.microsoftonline.com/${tenant}/v2.0`;
  let next: SignedInPerson | 'cancels' = { oid: '', tid: tenant, name: '' };
  const people = new Map<string, SignedInPerson>();
  const provider = new Provider(`https://login.microsoftonline.com/${tenant}/v2.0`, {
    clients: [
      {
        client_id: 'browser-app',
        client_secret: 'browser-app-secret',
        redirect_uris: redirectUris,
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub', 'oid', 'tid', 'name'] },
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
    interactions: { url: (_, interaction) => `${path}/interaction/${interaction.uid}` },
    cookies: { keys: ['test'] },
    jwks: { keys: [await signingKey()] },
  });
  provider.proxy = false;
  const handle = provider.callback();
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://here');
    if (!url.pathname.startsWith(path)) return void response.writeHead(404).end();
    if (url.pathname.startsWith(`${path}/interaction/`)) {
      request.url = url.pathname.slice(path.length);
      return void (await interact(request, response));
    }
    // Where browsers and the bot reach it, when something stands in front.
    if (seenAs) request.headers.host = new URL(seenAs).host;
    Object.assign(request, { originalUrl: request.url, baseUrl: path });
    request.url = (request.url ?? '').slice(path.length);
    return void handle(request, response);
  });

  async function interact(...[request, response]: Parameters<typeof handle>) {
    const details = await provider.interactionDetails(request, response);
    if (next === 'cancels') {
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    const sub = `${next.tid}.${next.oid}`;
    people.set(sub, next);
    const grant = new provider.Grant({ accountId: sub, clientId: String(details.params.client_id) });
    grant.addOIDCScope('openid profile');
    const result = { login: { accountId: sub, remember: false }, consent: { grantId: await grant.save() } };
    return provider.interactionFinished(request, response, result);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    signsIn: (person: SignedInPerson | 'cancels') => {
      next = person;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function signingKey() {
  const { exportJWK, generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'test' };
}
