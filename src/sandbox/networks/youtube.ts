import { authorize } from './authorize.js';
import { bearerOf, type Call, json, Refused, type Reply } from './call.js';
import type { Door, FakeClient, FakeWorld } from './door.js';
import { type FakeChannel, googleAccounts } from './people.js';
import { portraitOf } from './portraits.js';
import { nowCalled } from './renaming.js';
import type { FakeGrant } from './state.js';
import { clientOf, oauthError, type Standing, spendCode, standing } from './tokens.js';
import { answerUploads } from './youtubeUploads.js';
import { answerVideos, youtubeAccounts, youtubePage } from './youtubeVideos.js';

const prefix = 'https://www.googleapis.com/auth/';

const door: Door = {
  network: 'youtube',
  label: 'YouTube',
  colour: '#b3001b',
  question: 'Choose an account',
  scopes: {
    openid: 'Sign you in',
    profile: 'See your name',
    email: 'See your e-mail address',
    [`${prefix}youtube`]: 'Manage your YouTube account',
    [`${prefix}youtube.readonly`]: 'See your YouTube channel',
    [`${prefix}youtube.upload`]: 'Upload videos',
    [`${prefix}youtube.force-ssl`]: 'Comment, reply and rate videos',
  },
  identify: [`${prefix}youtube.readonly`, `${prefix}youtube`, `${prefix}youtube.force-ssl`],
  mayUntick: true,
  pkce: 'optional',
  codePrefix: '4/0A',
  codeSeconds: 600,
  accounts: googleAccounts,
  declined: { error: 'access_denied' },
  isShared: true,
};

const accessSeconds = 3599;
const testingSeconds = 604_799;

/** Pretend Google and YouTube. `testing`: the app is in testing, so that refresh tokens end after seven days. */
export function fakeYouTube(world: FakeWorld, isTesting: () => boolean) {
  return {
    network: door.network,
    label: door.label,
    hosts: [
      'www.youtube.com',
      'accounts.google.com',
      'oauth2.googleapis.com',
      'www.googleapis.com',
      'youtube.googleapis.com',
    ],
    isPage: (call: Call) => call.host === 'accounts.google.com' || call.host === 'www.youtube.com',
    accounts: youtubeAccounts,
    answer: (call: Call) => route(world, isTesting(), call),
    limited: (seconds: number): Reply => ({
      ...failure(403, 'rateLimitExceeded', 'The request rate is too high.'),
      headers: { 'retry-after': String(seconds) },
    }),
  };
}

function failure(code: number, reason: string, message: string): Reply {
  const domain = reason === 'authError' ? 'global' : 'youtube.common';
  return json(code, { error: { code, message, errors: [{ message, domain, reason }] } });
}

function route(world: FakeWorld, isTesting: boolean, call: Call): Reply {
  if (call.host === 'www.youtube.com') return youtubePage(world, call);
  if (call.host === 'accounts.google.com') {
    return call.path === '/o/oauth2/v2/auth' ? authorize(world, door, call) : { status: 404 };
  }
  if (call.host === 'oauth2.googleapis.com' && call.method === 'POST') {
    if (call.path === '/token') return token(world, isTesting, call);
    if (call.path === '/revoke') return revoke(world, call);
  }
  if (call.method === 'GET' && call.path === '/youtube/v3/channels') return channels(world, call);
  const uploaded = answerUploads(world, call, () => signedIn(world, call), failure);
  if (uploaded) return uploaded;
  return answerVideos(world, call, () => signedIn(world, call), failure) ?? failure(404, 'notFound', 'Not Found');
}

function token(world: FakeWorld, isTesting: boolean, call: Call): Reply {
  const client = clientOf(world, 'youtube', call);
  if (!client) return oauthError(401, 'invalid_client', 'The OAuth client was not found.');
  if (call.fields.get('grant_type') === 'refresh_token') return refresh(world, call, client);
  const grant = spendCode(world, door, client, call.fields);
  if (!grant) return oauthError(400, 'invalid_grant', 'Bad Request');
  const ends = isTesting ? { endsAt: world.state.now() + testingSeconds * 1000 } : {};
  const refreshToken = world.state.addToken('1//0', { grant: grant.id, kind: 'refresh', ...ends });
  const testing = isTesting ? { refresh_token_expires_in: testingSeconds } : {};
  return accessReply(world, grant, { refresh_token: refreshToken, ...testing });
}

/** The refresh token stays as it is and is not sent again. */
function refresh(world: FakeWorld, call: Call, client: FakeClient): Reply {
  const found = standing(world, door, call.fields.get('refresh_token'));
  if (typeof found === 'string' || found.token.kind !== 'refresh' || found.grant.clientId !== client.id) {
    return oauthError(400, 'invalid_grant', 'Token has been expired or revoked.');
  }
  return accessReply(world, found.grant, {});
}

function accessReply(world: FakeWorld, grant: FakeGrant, more: Record<string, unknown>): Reply {
  const endsAt = world.state.now() + accessSeconds * 1000;
  const access = world.state.addToken('ya29.', { grant: grant.id, kind: 'access', endsAt });
  world.state.save();
  const scope = grant.scopes.join(' ');
  return json(200, { access_token: access, expires_in: accessSeconds, scope, token_type: 'Bearer', ...more });
}

/** Ends the whole permission of the account for the app. The token comes in the query or in the form. */
function revoke(world: FakeWorld, call: Call): Reply {
  const found = standing(world, door, call.query.get('token') ?? call.fields.get('token'));
  if (typeof found === 'string') return oauthError(400, 'invalid_token', 'Token expired or revoked');
  found.grant.revoked = true;
  world.state.save();
  return json(200, {});
}

function signedIn(world: FakeWorld, call: Call): Standing {
  const found = standing(world, door, bearerOf(call) ?? call.query.get('access_token'));
  if (typeof found === 'string' || found.token.kind !== 'access') {
    throw new Refused(failure(401, 'authError', 'Request had invalid authentication credentials.'));
  }
  if (!found.scopes.some((scope) => door.identify.includes(scope))) {
    throw new Refused(failure(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.'));
  }
  return found;
}

const mostPerPage = 2;

function channels(world: FakeWorld, call: Call): Reply {
  const { grant } = signedIn(world, call);
  const id = call.query.get('id');
  const own = googleAccounts.flatMap(({ channels: all }) => all).filter((one) => one.id === id);
  if (id) return json(200, { items: own.map((one) => channel(world, one)) });
  if (call.query.get('mine') !== 'true') return failure(400, 'missingRequiredParameter', 'No filter selected.');
  const none = world.faults.take('youtube', 'noPages');
  const all = none ? [] : (googleAccounts.find(({ id }) => id === grant.account)?.channels ?? []);
  const start = Number(call.query.get('pageToken') ?? 0) || 0;
  const size = Math.min(Number(call.query.get('maxResults')) || 5, mostPerPage);
  const items = all.slice(start, start + size).map((one) => channel(world, one));
  const next = start + size < all.length ? { nextPageToken: String(start + size) } : {};
  const pageInfo = { totalResults: all.length, resultsPerPage: size };
  // With nothing to show, the real one leaves `items` out.
  return json(200, { kind: 'youtube#channelListResponse', pageInfo, ...next, ...(items.length ? { items } : {}) });
}

function channel(world: FakeWorld, { id, handle: custom, title }: FakeChannel) {
  const { name, handle } = nowCalled(world, 'youtube', { name: title, ...(custom ? { handle: custom } : {}) });
  const thumbnails = { default: { url: portraitOf('youtube', { name }), width: 88, height: 88 } };
  const snippet = { title: name, description: '', ...(handle ? { customUrl: handle } : {}), thumbnails };
  return {
    kind: 'youtube#channel',
    id,
    snippet,
    contentDetails: { relatedPlaylists: { uploads: `UU${id.slice(2)}` } },
  };
}
