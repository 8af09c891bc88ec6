import * as oauth from 'oauth4webapi';
import type { ProfileType } from '../../rules/types.js';
import { type Answer, at, bearer, type Kit, later, list, need, plainTrouble, read, str, waitTrouble } from '../http.js';
import { type Account, type Network, NetworkTrouble, type Tokens } from '../network.js';
import { authorizeUrl } from '../oauth/authorize.js';
import { exchangeCode, refreshTokens, revokeToken, withAccess } from '../oauth/oauth.js';
import type { Server } from '../oauth/server.js';
import { scopesOf } from '../types.js';

const api = 'https://api.linkedin.com';

/** Pinned: an old version is answered 426, and some months never had one. 202607 is served until 2027-07-15. */
export const linkedInVersion = '202607';
const rest = { 'linkedin-version': linkedInVersion, 'x-restli-protocol-version': '2.0.0' };

/** LinkedIn members, and the Pages they administer. */
export function linkedInNetwork(kit: Kit): Network {
  const scopes = (type: ProfileType) => scopesOf(hasOneApp(kit) ? 'linkedin-page' : type);
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
    async check(type, tokens, externalId) {
      const find = type === 'linkedin-page' ? roles : member;
      const found = await withAccess<{ externalId: string; unusable?: string }[]>(tokens, () =>
        find(withServer, tokens),
      );
      const one = found.find((account) => account.externalId === externalId);
      if (!one) throw new NetworkTrouble('notAllowed', 'This sign-in does not open the profile.');
      if (one.unusable) throw new NetworkTrouble('notAllowed', one.unusable);
    },
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
    authorize: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    revoke: 'https://www.linkedin.com/oauth/v2/revoke',
    // LinkedIn turns PKCE on for native apps only.
    pkce: false,
    // Id and secret go in the form; LinkedIn takes no Basic header.
    clientAuth: oauth.ClientSecretPost,
    scopes: (signIn) => scopes(signIn.type),
    // Its replies may lack `token_type`. Who signed in is read from the API, so the ID token is left out.
    mend: ({ id_token: _unused, ...reply }) => ({ token_type: 'bearer', ...reply }),
    deadCodes: { revoke: ['invalid_request', 'invalid_token'] },
    trouble,
  };
}

type Caller = { kit: Kit; server: Server };

async function member({ kit, server }: Caller, tokens: Tokens): Promise<Account[]> {
  // The Pages app cannot have OpenID Connect, since its product must be the only one: there `/v2/me` says who it is.
  if (!tokens.scopes.includes('openid'))
    return [basicProfile(await read(kit, server, `${api}/v2/me`, bearer(tokens.access)))];
  const reply = await read(kit, server, `${api}/v2/userinfo`, bearer(tokens.access));
  const name = need('LinkedIn', reply, 'name');
  const picture = str(reply, 'picture');
  return [{ externalId: need('LinkedIn', reply, 'sub'), handle: name, name, ...(picture ? { picture } : {}) }];
}

function basicProfile(reply: unknown): Account {
  const names = [str(reply, 'localizedFirstName'), str(reply, 'localizedLastName')].filter(Boolean).join(' ');
  const vanity = str(reply, 'vanityName');
  const externalId = need('LinkedIn', reply, 'id');
  const name = names || vanity || externalId;
  const url = vanity ? `https://www.linkedin.com/in/${encodeURIComponent(vanity)}` : undefined;
  return { externalId, handle: vanity ?? name, name, ...(url ? { url } : {}) };
}

const publishing = new Set(['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR', 'CONTENT_ADMIN']);
const pageSize = 100;
const mostPages = 50;

/** Pages where the member has a role: `externalId`, and `unusable` when none of the roles may publish. */
async function roles({ kit, server }: Caller, tokens: Tokens): Promise<{ externalId: string; unusable?: string }[]> {
  const held = new Map<string, string[]>();
  let start = 0;
  for (let page = 0; page < mostPages; page++) {
    const url = `${api}/rest/organizationAcls?q=roleAssignee&state=APPROVED&start=${start}&count=${pageSize}`;
    const reply = await read(kit, server, url, bearer(tokens.access, rest));
    const elements = list(reply, 'elements');
    for (const element of elements) {
      const id = str(element, 'organization')?.split(':').at(-1);
      if (id) held.set(id, [...(held.get(id) ?? []), str(element, 'role') ?? '']);
    }
    start += elements.length;
    const total = Number(at(reply, 'paging', 'total'));
    const isLast = total >= 0 ? start >= total : elements.length < pageSize;
    if (elements.length === 0 || isLast) break;
  }
  return [...held].map(([externalId, names]) =>
    names.some((name) => publishing.has(name))
      ? { externalId }
      : { externalId, unusable: 'Your role on this Page does not let you publish; ask a super admin of the Page.' },
  );
}

async function pages(caller: Caller, tokens: Tokens): Promise<Account[]> {
  const found: Account[] = [];
  for (const page of await roles(caller, tokens)) found.push(await pageAccount(caller, tokens, page));
  return found;
}

/** A Page whose details are closed to this member is still shown, by its number. */
async function pageAccount({ kit, server }: Caller, tokens: Tokens, page: { externalId: string; unusable?: string }) {
  const url = `${api}/rest/organizations/${encodeURIComponent(page.externalId)}`;
  const reply = await read(kit, server, url, bearer(tokens.access, rest)).catch((error: unknown) => {
    if (error instanceof NetworkTrouble && error.kind === 'notAllowed' && page.unusable) return {};
    throw error;
  });
  const name = str(reply, 'localizedName') ?? `Page ${page.externalId}`;
  const vanity = str(reply, 'vanityName');
  const path = vanity ?? page.externalId;
  return { ...page, handle: vanity ?? name, name, url: `https://www.linkedin.com/company/${encodeURIComponent(path)}` };
}

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling */
function trouble(answer: Answer, now: Date): NetworkTrouble {
  const code = str(answer.body, 'code');
  const isRevoked = str(answer.body, 'serviceErrorCode') === '65601' || code === 'REVOKED_ACCESS_TOKEN';
  if (answer.status === 401 && isRevoked) return new NetworkTrouble('dead', 'LinkedIn says this sign-in was revoked.');
  if (answer.status === 401) return new NetworkTrouble('stale', 'LinkedIn no longer takes this access token.');
  if (answer.status === 426) {
    return new NetworkTrouble(
      'notAllowed',
      `LinkedIn no longer serves its version ${linkedInVersion}: update this bot.`,
    );
  }
  // Limits are by the day and end at midnight UTC, unless the answer names a time.
  if (answer.status === 429 && !answer.headers.get('retry-after')) return waitTrouble('LinkedIn', nextMidnight(now));
  return plainTrouble('LinkedIn', answer, now);
}

function nextMidnight(now: Date): Date {
  const midnight = new Date(now);
  midnight.setUTCHours(0, 0, 0, 0);
  return later(midnight, 86_400);
}
