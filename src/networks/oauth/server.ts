import type * as oauth from 'oauth4webapi';
import type { Speaker } from '../http.js';
import type { App, SignIn } from '../network.js';

/** A network's authorization server, and how it departs from the standard. */
export type Server = Speaker & {
  issuer: string;
  authorize: string;
  token: string;
  revoke?: string;
  pkce: boolean;
  /** How client id and secret travel to the token address. */
  clientAuth: (secret: string) => oauth.ClientAuth;
  /** What the person is asked for. */
  scopes: (signIn: SignIn) => string[];
  scopeSeparator?: ',';
  /** More words in the authorize address. */
  more?: Record<string, string>;
  /** Mends a token reply that the standard would refuse. */
  mend?: (reply: Record<string, unknown>) => Record<string, unknown>;
  /** OAuth error codes that mean "this token is dead" beside `invalid_grant`. */
  deadCodes?: Partial<Record<Doing, string[]>>;
};

export type Doing = 'exchange' | 'refresh' | 'revoke';

/** What the library wants to know of a server. */
export function metadata(server: Server): oauth.AuthorizationServer {
  return { issuer: server.issuer, token_endpoint: server.token, revocation_endpoint: server.revoke };
}

export function client(app: App): oauth.Client {
  return { client_id: app.clientId };
}
