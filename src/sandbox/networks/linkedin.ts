import { authorize } from './authorize.js';
import { bearerOf, type Call, json, Refused, type Reply } from './call.js';
import type { Door, FakeClient, FakeWorld } from './door.js';
import { linkedInMembers, linkedInOrganizations, linkedInRoles } from './people.js';
import type { FakeGrant } from './state.js';
import { clientIn, oauthError, type Standing, spendCode, standing } from './tokens.js';

const door: Door = {
  network: 'linkedin',
  label: 'LinkedIn',
  colour: '#0a66c2',
  question: 'Sign in as',
  scopes: {
    openid: 'Sign you in',
    profile: 'See your name and picture',
    email: 'See your e-mail address',
    r_basicprofile: 'See your name and public address',
    w_member_social: 'Publish, comment and react as you',
    rw_organization_admin: 'See the Pages you administer',
    r_organization_admin: 'See the Pages you administer',
    r_organization_social: "Read your Pages' posts",
    w_organization_social: 'Publish, comment and react as your Pages',
  },
  identify: ['profile', 'r_basicprofile', 'rw_organization_admin', 'r_organization_admin'],
  mayUntick: false,
  pkce: 'none',
  codePrefix: 'AQli',
  codeSeconds: 1800,
  accounts: linkedInMembers,
  declined: { error: 'user_cancelled_authorize', error_description: 'The user cancelled the authorization' },
};

const accessSeconds = 60 * 86_400;
const refreshSeconds = 365 * 86_400;

/** Pretend LinkedIn. */
export function fakeLinkedIn(world: FakeWorld) {
  return {
    network: door.network,
    label: door.label,
    hosts: ['www.linkedin.com', 'api.linkedin.com'],
    isPage: (call: Call) => call.path === '/oauth/v2/authorization',
    answer: (call: Call) => route(world, call),
    limited: (seconds: number): Reply => ({
      ...failure(429, 101, 'TOO_MANY_REQUESTS', 'Resource level throttle limit for calls to this resource is reached.'),
      headers: { 'retry-after': String(seconds) },
    }),
  };
}

const failure = (status: number, serviceErrorCode: number, code: string, message: string): Reply =>
  json(status, { status, serviceErrorCode, code, message });

function route(world: FakeWorld, call: Call): Reply {
  if (call.host === 'www.linkedin.com') return authorizationServer(world, call);
  if (call.path.startsWith('/rest/')) checkVersion(call);
  if (call.method !== 'GET') return failure(404, 0, 'RESOURCE_NOT_FOUND', 'No virtual resource found');
  if (call.path === '/v2/userinfo') return userinfo(signedIn(world, call, 'openid', 'profile'));
  if (call.path === '/v2/me') return me(signedIn(world, call, 'r_basicprofile'));
  if (/^\/(rest|v2)\/organizationAcls$/.test(call.path)) return roles(world, call);
  const id = /^\/(?:rest|v2)\/organizations\/(\d+)$/.exec(call.path)?.[1];
  if (id) return organization(world, call, Number(id));
  return failure(404, 0, 'RESOURCE_NOT_FOUND', `No virtual resource found for ${call.path}`);
}

function authorizationServer(world: FakeWorld, call: Call): Reply {
  if (call.path === '/oauth/v2/authorization') return authorize(world, door, call);
  // Id and secret in the form; a Basic header is not looked at.
  const client = clientIn(world, 'linkedin', call.fields);
  if (!client) return oauthError(401, 'invalid_client', 'Client authentication failed');
  if (call.path === '/oauth/v2/accessToken') return token(world, call, client);
  if (call.path === '/oauth/v2/introspectToken') return introspect(world, call);
  if (call.path === '/oauth/v2/revoke') return revoke(world, call, client);
  return failure(404, 0, 'RESOURCE_NOT_FOUND', 'No such address');
}

function token(world: FakeWorld, call: Call, client: FakeClient): Reply {
  if (call.fields.get('grant_type') === 'refresh_token') return refresh(world, call, client);
  const grant = spendCode(world, door, client, call.fields);
  if (!grant)
    return oauthError(
      400,
      'invalid_request',
      'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code.',
    );
  endEarlier(world, grant);
  const isPartner = client.refresh !== false;
  const endsAt = world.state.now() + refreshSeconds * 1000;
  const refreshToken = isPartner
    ? world.state.addToken('AQrt', { grant: grant.id, kind: 'refresh', endsAt })
    : undefined;
  return tokenReply(world, grant, refreshToken);
}

/** Asking for other scopes ends every earlier token of this member on this app. */
function endEarlier(world: FakeWorld, grant: FakeGrant): void {
  const set = (scopes: string[]) => [...scopes].sort().join(' ');
  const others = world.state.grantsWhere(
    ({ id, network, clientId, account, scopes }) =>
      network === 'linkedin' &&
      clientId === grant.clientId &&
      account === grant.account &&
      id !== grant.id &&
      set(scopes) !== set(grant.scopes),
  );
  for (const other of others) other.revoked = true;
}

/** No `token_type`, as seen; the refresh token stays the same, and its end does not move. */
function tokenReply(world: FakeWorld, grant: FakeGrant, refreshToken: string | undefined): Reply {
  const now = world.state.now();
  const refreshEnds = world.state.token(refreshToken ?? '')?.endsAt;
  const seconds = Math.min(accessSeconds, refreshEnds ? Math.floor((refreshEnds - now) / 1000) : accessSeconds);
  const access = world.state.addToken('AQat', { grant: grant.id, kind: 'access', endsAt: now + seconds * 1000 });
  world.state.save();
  return json(200, {
    access_token: access,
    expires_in: seconds,
    scope: grant.scopes.join(','),
    ...(refreshToken && refreshEnds
      ? { refresh_token: refreshToken, refresh_token_expires_in: Math.floor((refreshEnds - now) / 1000) }
      : {}),
  });
}

function refresh(world: FakeWorld, call: Call, client: FakeClient): Reply {
  const value = call.fields.get('refresh_token') ?? '';
  const found = standing(world, door, value);
  if (typeof found === 'string' || found.token.kind !== 'refresh' || found.grant.clientId !== client.id) {
    return oauthError(
      400,
      'invalid_grant',
      'The provided authorization grant or refresh token is invalid, expired or revoked.',
    );
  }
  return tokenReply(world, found.grant, value);
}

function introspect(world: FakeWorld, call: Call): Reply {
  const found = standing(world, door, call.fields.get('token'));
  if (found === 'unknown') return json(200, { active: false });
  if (typeof found === 'string') return json(200, { active: false, status: found });
  const unix = (milliseconds = 0) => Math.floor(milliseconds / 1000);
  return json(200, {
    active: true,
    status: 'active',
    client_id: found.grant.clientId,
    authorized_at: unix(found.grant.at),
    created_at: unix(found.token.at),
    expires_at: unix(found.token.endsAt),
    scope: found.scopes.join(','),
    auth_type: '3L',
  });
}

function revoke(world: FakeWorld, call: Call, client: FakeClient): Reply {
  const found = standing(world, door, call.fields.get('token'));
  if (typeof found === 'string' || found.grant.clientId !== client.id) {
    return oauthError(400, 'invalid_request', 'The token is not valid.');
  }
  found.grant.revoked = true;
  world.state.save();
  return { status: 200 };
}

/** Every month of 2026 up to August is served; there never was a 202512. */
function checkVersion(call: Call): void {
  const version = call.headers['linkedin-version'] ?? '';
  if (!version)
    throw new Refused(failure(400, 0, 'VERSION_MISSING', 'A version must be present. Please specify a version.'));
  if (!/^20260[1-8](\.\d\d)?$/.test(version)) {
    throw new Refused(failure(426, 0, 'NONEXISTENT_VERSION', `Requested version ${version} is not active`));
  }
}

function signedIn(world: FakeWorld, call: Call, ...scopes: string[]): Standing {
  const found = standing(world, door, bearerOf(call));
  if (found === 'revoked') {
    throw new Refused(
      failure(401, 65601, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user'),
    );
  }
  if (found === 'expired') {
    throw new Refused(failure(401, 65602, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired'));
  }
  if (typeof found === 'string' || found.token.kind !== 'access') {
    throw new Refused(failure(401, 65600, 'INVALID_ACCESS_TOKEN', 'Invalid access token'));
  }
  if (scopes.some((scope) => !found.scopes.includes(scope))) {
    throw new Refused(failure(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access this resource'));
  }
  return found;
}

const memberOf = ({ grant }: Standing) => linkedInMembers.find(({ id }) => id === grant.account);

function userinfo(who: Standing): Reply {
  const member = memberOf(who);
  const [given, family] = member?.name.split(' ') ?? [];
  const locale = { country: 'US', language: 'en' };
  return json(200, { sub: member?.id, name: member?.name, given_name: given, family_name: family, locale });
}

function me(who: Standing): Reply {
  const member = memberOf(who);
  const [first, last] = member?.name.split(' ') ?? [];
  return json(200, { id: member?.id, localizedFirstName: first, localizedLastName: last, vanityName: member?.handle });
}

const mostPerPage = 2;

function roles(world: FakeWorld, call: Call): Reply {
  const who = signedIn(world, call);
  const mayList = who.scopes.includes('rw_organization_admin') || who.scopes.includes('r_organization_admin');
  if (!mayList)
    return failure(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access: organizationAcls.FINDER-roleAssignee');
  if (call.query.get('q') !== 'roleAssignee') return failure(400, 0, 'ILLEGAL_ARGUMENT', 'Unknown finder');
  const state = call.query.get('state');
  const none = world.faults.take('linkedin', 'noPages');
  const found = linkedInRoles.filter(
    (role) => !none && role.member === who.grant.account && (!state || role.state === state),
  );
  const start = Number(call.query.get('start') ?? 0) || 0;
  const count = Math.min(Number(call.query.get('count')) || 10, mostPerPage);
  const elements = found.slice(start, start + count).map(({ member, organization: id, role, state: is }) => ({
    role,
    organization: `urn:li:organization:${id}`,
    roleAssignee: `urn:li:person:${member}`,
    state: is,
  }));
  return json(200, { elements, paging: { start, count, total: found.length, links: [] } });
}

/** Details only for those who administer the Page. */
function organization(world: FakeWorld, call: Call, id: number): Reply {
  const who = signedIn(world, call);
  const found = linkedInOrganizations.find((one) => one.id === id);
  if (!found) return failure(404, 0, 'NOT_FOUND', `Could not find organization ${id}`);
  const administers = linkedInRoles.some(
    ({ member, organization: page, role, state }) =>
      member === who.grant.account && page === id && state === 'APPROVED' && role !== 'ANALYST',
  );
  if (!administers) return failure(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access: organizations.GET');
  return json(200, { id, localizedName: found.name, vanityName: found.vanity });
}
