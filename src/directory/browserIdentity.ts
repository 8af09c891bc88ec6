import * as oidc from 'openid-client';
import type { Outbound } from '../platform/outbound.js';
import type { PersonId, TenantId } from '../rules/types.js';

/** One visit to the organisation's own sign-in, to learn who is in the browser. */
export type IdentityVisit = { tenant: TenantId; redirectUri: string; state: string; nonce: string; verifier: string };

/** Who is in the browser, by the organisation's own sign-in (OpenID Connect). */
export type BrowserIdentity = {
  authorizeUrl(visit: IdentityVisit): Promise<URL>;
  /** @throws IdentityTrouble when the answer is not a fresh, rightly signed one for this visit */
  identify(visit: IdentityVisit, returned: URL): Promise<{ person: PersonId; tenant: TenantId; name: string }>;
};

/** The organisation's sign-in gave no believable answer. `declined`: the person stopped it. */
export class IdentityTrouble extends Error {
  constructor(
    readonly kind: 'declined' | 'unreachable' | 'notBelieved',
    options?: ErrorOptions,
  ) {
    super(`the organisation's sign-in: ${kind}`, options);
  }
}

export type BrowserIdentityOptions = {
  clientId: string;
  clientSecret: string;
  /** `https://login.microsoftonline.com` or a national cloud's. */
  authority: string;
  outbound: Outbound;
};

const timeoutSeconds = 10;

/**
 * Entra's v2.0 endpoint of the tenant: code flow with PKCE, state and nonce; `oid` and `tid` say who it is, since names
 * and addresses may change hands (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
 */
export function createBrowserIdentity(options: BrowserIdentityOptions): BrowserIdentity {
  const kept = new Map<TenantId, Promise<oidc.Configuration>>();
  const configured = (tenant: TenantId): Promise<oidc.Configuration> => {
    const known = kept.get(tenant) ?? discover(options, tenant);
    kept.set(tenant, known);
    known.catch(() => kept.delete(tenant));
    return known;
  };
  return {
    async authorizeUrl({ tenant, redirectUri, state, nonce, verifier }) {
      const config = await configured(tenant).catch(unreachable);
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        response_mode: 'query',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return options.outbound(url);
    },
    async identify({ tenant, redirectUri, state, nonce, verifier }, returned) {
      const config = await configured(tenant).catch(unreachable);
      // The redirect URI of the token call has to be the registered one, whatever a proxy made of the request's host.
      const current = new URL(redirectUri);
      current.search = returned.search;
      const tokens = await oidc
        .authorizationCodeGrant(config, current, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        .catch(notBelieved);
      const { oid, tid, name }: Record<string, unknown> = { ...tokens.claims() };
      if (typeof oid !== 'string' || typeof tid !== 'string') throw new IdentityTrouble('notBelieved');
      return { person: oid.toLowerCase(), tenant: tid.toLowerCase(), name: typeof name === 'string' ? name : '' };
    },
  };
}

async function discover({ clientId, clientSecret, authority, outbound }: BrowserIdentityOptions, tenant: TenantId) {
  const server = new URL(`${authority}/${tenant}/v2.0`);
  const local = outbound(server).protocol === 'http:';
  const mapped: oidc.CustomFetch = (url, init) => fetch(outbound(url), init as RequestInit);
  const config = await oidc.discovery(server, clientId, { client_secret: clientSecret }, undefined, {
    [oidc.customFetch]: mapped,
    timeout: timeoutSeconds,
    ...(local ? { execute: [oidc.allowInsecureRequests] } : {}),
  });
  config[oidc.customFetch] = mapped;
  return config;
}

function unreachable(cause: unknown): never {
  throw new IdentityTrouble('unreachable', { cause });
}

function notBelieved(cause: unknown): never {
  const declined = cause instanceof oidc.AuthorizationResponseError && cause.error === 'access_denied';
  throw new IdentityTrouble(declined ? 'declined' : 'notBelieved', { cause });
}
