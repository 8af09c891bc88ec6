import type * as oauth from 'oauth4webapi';
import type { Speaker } from '../http.js';
import type { App, SignIn } from '../network.js';

type Endpoints = Pick<oauth.AuthorizationServer, 'issuer' | 'revocation_endpoint'> &
  Required<Pick<oauth.AuthorizationServer, 'authorization_endpoint' | 'token_endpoint'>>;

/** A network's authorization server by the standard's own names (RFC 8414), and how it departs from the standard. */
export type Server = Speaker &
  Endpoints & {
    pkce: boolean;
    /** How client id and secret travel to the token address. */
    clientAuth: (secret: string) => oauth.ClientAuth;
    /** What the person is asked for. */
    scopes: (signIn: SignIn) => string[];
    scopeSeparator?: ',';
    /** More words in the authorize address. */
    more?: Record<string, string>;
    /** The standard's word for what the network says in its own when it sends neither `code` nor `error`. */
    ownWords?: (returned: URLSearchParams) => string | undefined;
    /** Mends a token reply that the standard would refuse. */
    mend?: (reply: Record<string, unknown>) => Record<string, unknown>;
    /** OAuth error codes that mean "this token is dead" beside `invalid_grant`. */
    deadCodes?: Partial<Record<Doing, string[]>>;
  };

export type Doing = 'exchange' | 'refresh' | 'revoke';

/** What the library wants to know of a server. */
export function metadata(server: Server): oauth.AuthorizationServer {
  const { issuer, token_endpoint, revocation_endpoint } = server;
  return { issuer, token_endpoint, ...(revocation_endpoint ? { revocation_endpoint } : {}) };
}

export function client(app: App): oauth.Client {
  return { client_id: app.clientId };
}
