import * as oauth from 'oauth4webapi';
import { patiently } from '../fresh.js';
import { address, ask, at, bearer, type Kit, later, list, need, num, read, str } from '../http.js';
import { type Account, type App, NetworkTrouble, type SignIn, type Tokens } from '../network.js';
import { checkReturn } from '../oauth/authorize.js';
import type { Server } from '../oauth/server.js';
import { idIn, isOfSignIn, nameIn, needId, unread, whyUnread } from '../reading.js';
import { metaTrouble } from './errors.js';
import { everyEntry, graph, graphVersion } from './graph.js';

/**
 * Facebook Login, the way in to Facebook and to Instagram accounts behind a Page.
 * https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow
 */
export function facebookLogin(label: string, scopes: Server['scopes']): Server {
  return {
    label,
    issuer: 'https://www.facebook.com',
    authorization_endpoint: `https://www.facebook.com/${graphVersion}/dialog/oauth`,
    token_endpoint: `${graph}/oauth/access_token`,
    // PKCE is written up for OpenID Connect only, and called "in testing" there.
    pkce: false,
    clientAuth: oauth.ClientSecretPost,
    scopes,
    scopeSeparator: ',',
    // Without it, a permission that the person once declined is not asked for again (unconfirmed).
    more: { auth_type: 'rerequest' },
    ownWords: metaWords,
    trouble: metaTrouble(label),
  };
}

/** Meta sends `error_code`, `error_reason` and `error_message` where the standard has `error`. */
export function metaWords(returned: URLSearchParams): string | undefined {
  if (returned.get('error_reason') === 'user_denied') return 'user_denied';
  const code = returned.get('error_code') ?? returned.get('error_type');
  if (code === null) return undefined;
  // 1 and 2: a problem of Meta's own; 4: too fast. Others say that the app is not live, or may not ask for this.
  return ['1', '2', '4'].includes(code) ? 'temporarily_unavailable' : 'invalid_request';
}

/**
 * Code to short token to long-lived token (about 60 days), then what was really granted: a person can untick
 * permissions. https://developers.facebook.com/documentation/facebook-login/guides/access-tokens/get-long-lived
 */
export async function exchangeAtFacebook(kit: Kit, server: Server, signIn: SignIn, returned: URL): Promise<Tokens> {
  const code = checkReturn(server, signIn, returned).get('code') ?? '';
  const app = { client_id: signIn.app.clientId, client_secret: signIn.app.clientSecret };
  // The token address takes everything in the query of a GET: the one place where a network wants a secret there.
  const first = await ask(
    kit,
    server,
    address(server.token_endpoint, { ...app, redirect_uri: signIn.redirectUri, code }),
  );
  const justGiven = { givenAt: kit.clock() };
  const fb_exchange_token = need(server.label, first, 'access_token');
  const exchange = address(server.token_endpoint, { grant_type: 'fb_exchange_token', ...app, fb_exchange_token });
  const long = await patiently(kit, justGiven, () => read(kit, server, exchange));
  const access = need(server.label, long, 'access_token');
  const debug = address(`${graph}/debug_token`, { input_token: access });
  const facts = await patiently(kit, justGiven, () => read(kit, server, debug, bearer(appToken(signIn.app))));
  const ends = endOf(long, facts, kit.clock());
  return {
    access,
    scopes: list(facts, 'data', 'scopes').filter((scope) => typeof scope === 'string'),
    ...(ends ? { accessEndsAt: ends, grantEndsAt: ends } : {}),
    // The app-scoped id of the person: what Meta's deauthorization webhook names.
    extra: { user: needId(server.label, facts, 'data', 'user_id') },
  };
}

/** `expires_in` may be left out; then the debug reply's unix time stands, where 0 is "never". */
function endOf(long: unknown, facts: unknown, now: Date): Date | undefined {
  const seconds = num(long, 'expires_in');
  if (seconds > 0) return later(now, seconds);
  const unix = num(facts, 'data', 'expires_at');
  return unix > 0 ? later(now, unix - now.getTime() / 1000) : undefined;
}

/** `<id>|<secret>` stands for the app itself. */
function appToken(app: App): string {
  return `${app.clientId}|${app.clientSecret}`;
}

/**
 * Takes back everything the person granted this app: all their Pages end with it (`sharesGrant`). Asked with the
 * person's own token, or with the app's when that has ended.
 */
export async function revokeAtFacebook(kit: Kit, server: Server, app: App, tokens: Tokens): Promise<void> {
  const user = tokens.extra?.user;
  if (!user) throw new NetworkTrouble('unsupported', `${server.label} did not say whose sign-in this is.`);
  const permissions = `${graph}/${encodeURIComponent(user)}/permissions`;
  const drop = (token: string) => ask(kit, server, permissions, { method: 'DELETE', ...bearer(token) });
  try {
    await drop(tokens.extra?.userToken ?? tokens.access);
  } catch (error) {
    if (!(error instanceof NetworkTrouble && error.kind === 'dead')) throw error;
    await drop(appToken(app));
  }
}

const pageFields = 'id,username,name,access_token,category,tasks,picture{url},link';

type Pages = {
  found: unknown[];
  /** Stand for Pages that could not be read, with the reason. */
  missing: Account[];
};

/**
 * Every Page the person works on, each with its own token. Some Pages appear only under the business that holds them
 * (seen in public code); a business that cannot be read hides no other Page.
 */
export async function everyPage(kit: Kit, server: Server, tokens: Tokens, moreFields = ''): Promise<Pages> {
  const entries = (path: string, fields: string) =>
    everyEntry(kit, server, address(`${graph}/${path}`, { fields, limit: '100' }), tokens.access);
  const found = await entries('me/accounts', pageFields + moreFields);
  const missing: Account[] = [];
  const orMissing = (what: string, key: string) => (error: unknown) => {
    if (isOfSignIn(error)) throw error;
    const trouble = error as NetworkTrouble;
    // Without the permission the plain list stands.
    if (trouble.kind !== 'notAllowed')
      missing.push(unread(`unread-${key}`, what, whyUnread(server.label, 'list', trouble)));
    return [];
  };
  if (tokens.scopes.includes('business_management')) {
    const businesses = await entries('me/businesses', 'id,name').catch(orMissing('Pages of your businesses', 'all'));
    for (const business of businesses) {
      const id = idIn(business, 'id');
      const what = `Pages of ${nameIn(business, 'name') ?? 'a business'}`;
      for (const edge of id ? ['owned_pages', 'client_pages'] : []) {
        found.push(
          ...(await entries(`${id}/${edge}`, pageFields + moreFields).catch(orMissing(what, `${id}-${edge}`))),
        );
      }
    }
  }
  return { found: [...new Map(found.map((page, index) => [str(page, 'id') ?? index, page])).values()], missing };
}

/** A Page's own token has no end; it dies with the person's password, role or permission. */
export function pageTokens(tokens: Tokens, access: string): Tokens {
  return { access, scopes: tokens.scopes, extra: { ...tokens.extra, userToken: tokens.access } };
}

/** What keeps a Page from being used, or undefined. */
export function pageTrouble(page: unknown): string | undefined {
  if (!str(page, 'access_token')) return 'Facebook gave no access to this Page: choose it on the consent page.';
  const tasks = list(page, 'tasks');
  if (at(page, 'tasks') === undefined || tasks.includes('CREATE_CONTENT') || tasks.includes('MANAGE')) return undefined;
  return 'Your role on this Page does not let you create content; ask someone who manages it.';
}
