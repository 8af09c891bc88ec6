import { authorize } from './authorize.js';
import { bearerOf, type Call, json, Refused, type Reply } from './call.js';
import type { Door, FakeWorld } from './door.js';
import { type FakeAccount, xAccounts } from './people.js';
import { portraitOf } from './portraits.js';
import type { FakePost } from './posts.js';
import { accountPage, type PublicAccount, postPage } from './publicPages.js';
import { nowCalled } from './renaming.js';
import type { FakeGrant } from './state.js';
import { clientOf, oauthError, type Standing, spendCode, standing } from './tokens.js';
import { answerMedia } from './xMedia.js';
import { answerPosts, shortened } from './xPosts.js';
import { problem } from './xProblem.js';

const door: Door = {
  network: 'x',
  label: 'X',
  colour: '#0f1419',
  question: 'Sign in as',
  scopes: {
    'users.read': 'See your profile',
    'users.email': 'See your e-mail address',
    'tweet.read': 'See your posts',
    'tweet.write': 'Post, reply and repost for you',
    'tweet.moderate.write': 'Hide replies to your posts',
    'media.write': 'Upload pictures and videos',
    'like.read': 'See what you liked',
    'like.write': 'Like posts for you',
    'dm.read': 'Read your messages',
    'dm.write': 'Send messages for you',
    'follows.read': 'See whom you follow',
    'offline.access': 'Stay connected until you say no',
  },
  identify: ['users.read'],
  mayUntick: false,
  pkce: 'required',
  codePrefix: 'xcode-',
  codeSeconds: 30,
  accounts: xAccounts,
  declined: { error: 'access_denied' },
};

const accessSeconds = 7200;
const unauthorized = problem(401, 'about:blank', 'Unauthorized', 'Unauthorized');

/** Pretend X: authorize, token, revoke, and the reads that a sign-in needs. */
export function fakeX(world: FakeWorld) {
  return {
    hosts: ['x.com', 'twitter.com', 't.co', 'api.x.com', 'api.twitter.com'],
    network: door.network,
    label: door.label,
    isPage: (call: Call) => call.host === 'x.com',
    accounts: xAccounts.map(publicAccount),
    answer: (call: Call) => route(world, call),
    limited: (seconds: number) => limited(world, seconds),
  };
}

function limited(world: FakeWorld, seconds: number): Reply {
  const reset = String(Math.ceil(world.state.now() / 1000) + seconds);
  const headers = { 'x-rate-limit-limit': '75', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': reset };
  return { ...problem(429, 'rate-limit-exceeded', 'Too Many Requests', 'Too Many Requests'), headers };
}

async function route(world: FakeWorld, call: Call): Promise<Reply> {
  if (call.path === '/i/oauth2/authorize') return authorize(world, door, call);
  if (call.host === 'x.com') return publicPages(world, call);
  if (call.host === 't.co') return shortened(world, call);
  if (call.method === 'POST' && call.path === '/2/oauth2/token') return token(world, call);
  if (call.method === 'POST' && call.path === '/2/oauth2/revoke') return revoke(world, call);
  if (call.method === 'GET' && call.path === '/2/users/me') return readUser(world, me(world, call));
  if (call.method === 'GET' && call.path.startsWith('/2/users/by/username/')) return lookUp(world, call);
  if (call.method === 'GET' && call.path === '/2/dm_events') return noMessages(world, call);
  const asked = (...scopes: string[]) => signedIn(world, call, ...scopes);
  const posts = answerPosts(world, call, asked) ?? (await answerMedia(world, call, asked));
  return posts ?? problem(404, 'about:blank', 'Not Found', 'Not Found');
}

function token(world: FakeWorld, call: Call): Reply {
  const client = clientOf(world, 'x', call);
  if (!client) return oauthError(401, 'unauthorized_client', 'Missing valid authorization header');
  const kind = call.fields.get('grant_type');
  if (kind === 'authorization_code') {
    const grant = spendCode(world, door, client, call.fields);
    return grant
      ? pair(world, grant)
      : oauthError(400, 'invalid_request', 'Value passed for the authorization code was invalid.');
  }
  if (kind === 'refresh_token') return refresh(world, call, client.id);
  return oauthError(400, 'unsupported_grant_type', 'Unknown grant type.');
}

/** A refresh token works once; one used before takes the whole grant with it. */
function refresh(world: FakeWorld, call: Call, clientId: string): Reply {
  const refused = oauthError(400, 'invalid_request', 'Value passed for the token was invalid.');
  const found = standing(world, door, call.fields.get('refresh_token'));
  if (typeof found === 'string' || found.token.kind !== 'refresh' || found.grant.clientId !== clientId) return refused;
  if (found.token.spent) {
    found.grant.revoked = true;
    world.state.save();
    return refused;
  }
  found.token.spent = true;
  return pair(world, found.grant);
}

function pair(world: FakeWorld, grant: FakeGrant): Reply {
  const endsAt = world.state.now() + accessSeconds * 1000;
  const access = world.state.addToken('xat-', { grant: grant.id, kind: 'access', endsAt });
  const stays = grant.scopes.includes('offline.access');
  const refreshToken = stays ? world.state.addToken('xrt-', { grant: grant.id, kind: 'refresh' }) : undefined;
  world.state.save();
  return json(200, {
    token_type: 'bearer',
    expires_in: accessSeconds,
    access_token: access,
    scope: grant.scopes.join(' '),
    ...(refreshToken ? { refresh_token: refreshToken } : {}),
  });
}

function revoke(world: FakeWorld, call: Call): Reply {
  const client = clientOf(world, 'x', call);
  if (!client) return oauthError(401, 'unauthorized_client', 'Missing valid authorization header');
  const found = world.state.token(call.fields.get('token') ?? '');
  const grant = found && world.state.grant(found.grant);
  if (grant && grant.clientId === client.id) grant.revoked = true;
  world.state.save();
  return json(200, { revoked: true });
}

function signedIn(world: FakeWorld, call: Call, ...scopes: string[]): Standing {
  const found = standing(world, door, bearerOf(call));
  if (typeof found === 'string' || found.token.kind !== 'access') throw new Refused(unauthorized);
  if (scopes.some((scope) => !found.scopes.includes(scope))) {
    throw new Refused(problem(403, 'client-forbidden', 'Forbidden', 'This app lacks a permission for this.'));
  }
  return found;
}

function me(world: FakeWorld, call: Call): FakeAccount | undefined {
  const { grant } = signedIn(world, call, 'users.read', 'tweet.read');
  return xAccounts.find(({ id }) => id === grant.account);
}

function lookUp(world: FakeWorld, call: Call): Reply {
  signedIn(world, call, 'users.read', 'tweet.read');
  const name = call.path.split('/').at(-1);
  return readUser(
    world,
    xAccounts.find(({ handle }) => handle === name),
  );
}

function readUser(world: FakeWorld, account: FakeAccount | undefined): Reply {
  // X answers 200 with an `errors` list when it has nothing to show.
  if (!account) return json(200, { errors: [{ title: 'Not Found Error', detail: 'Could not find user.' }] });
  const { id, name, handle } = nowCalled(world, 'x', account);
  const picture = portraitOf('x', { name });
  return json(200, {
    data: { id, name, username: handle, profile_image_url: picture, verified: false, protected: false },
  });
}

function noMessages(world: FakeWorld, call: Call): Reply {
  signedIn(world, call, 'dm.read', 'tweet.read', 'users.read');
  return json(200, { meta: { result_count: 0 } });
}

/** `/contoso`, `/contoso/status/1` and `/i/web/status/1`, for anybody. */
function publicPages(world: FakeWorld, call: Call): Reply {
  const [, first = '', , id] = /^\/([^/]+)(\/(?:web\/)?status\/(\d+))?$/.exec(call.path) ?? [];
  const post = id ? world.posts.shown('x', id) : undefined;
  const account = xAccounts.find((one) => (id ? one.id === post?.author : one.handle === first.toLowerCase()));
  if (id || !account)
    return postPage(world, account && publicAccount(account), post, door, xAccounts.map(publicAccount));
  return accountPage(world, publicAccount(account));
}

function publicAccount({ id, name, handle }: FakeAccount): PublicAccount {
  const path = `/x.com/${handle}`;
  const postPath = (post: FakePost) => `${path}/status/${post.id}`;
  return { label: door.label, colour: door.colour, network: 'x', id, name, handle: `@${handle}`, path, postPath };
}
