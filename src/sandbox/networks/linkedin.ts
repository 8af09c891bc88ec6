import { authorize } from './authorize.js';
import { type Call, json, type Reply } from './call.js';
import type { FakeClient, FakeWorld } from './door.js';
import { answerApi } from './linkedinApi.js';
import { door, failure } from './linkedinDoor.js';
import { putImage } from './linkedinImages.js';
import { linkedInAccounts, linkedInPublicPages } from './linkedinPosts.js';
import { isPiece, putPiece } from './linkedinVideos.js';
import type { FakeGrant } from './state.js';
import { clientIn, oauthError, spendCode, standing } from './tokens.js';

const accessSeconds = 60 * 86_400;
const refreshSeconds = 365 * 86_400;

/** Pretend LinkedIn. */
export function fakeLinkedIn(world: FakeWorld) {
  return {
    network: door.network,
    label: door.label,
    hosts: ['www.linkedin.com', 'api.linkedin.com'],
    accounts: linkedInAccounts,
    isPage: (call: Call) =>
      call.host === 'www.linkedin.com' && !/^\/(?:oauth\/v2\/(?!authorization$)|dms-uploads\/)/.test(call.path),
    answer: (call: Call) =>
      call.host === 'www.linkedin.com' ? authorizationServer(world, call) : answerApi(world, call),
    limited: (seconds: number): Reply => ({
      ...failure(429, 101, 'TOO_MANY_REQUESTS', 'Resource level throttle limit for calls to this resource is reached.'),
      headers: { 'retry-after': String(seconds) },
    }),
  };
}

function authorizationServer(world: FakeWorld, call: Call): Reply | Promise<Reply> {
  if (call.path === '/oauth/v2/authorization') return authorize(world, door, call);
  if (isPiece(call)) return putPiece(world, call);
  if (call.path.startsWith('/dms-uploads/')) return putImage(world, call);
  if (!call.path.startsWith('/oauth/')) return linkedInPublicPages(world, call);
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
