import { authorize } from './authorize.js';
import { type Call, json, Refused, type Reply } from './call.js';
import type { Door, FakeWorld } from './door.js';
import { appScopedId } from './facebookToken.js';
import { answerInstagramPosts, instagramPublic, instagramPublicPages } from './instagramPosts.js';
import { type Act, fieldsOf, limitedByMeta, metaError, metaTokenOf, only, tokenError } from './meta.js';
import { instagramAccounts } from './people.js';
import { portraitOf } from './portraits.js';
import { nowCalled } from './renaming.js';
import type { FakeGrant } from './state.js';
import { clientIn, type Standing, same, spendCode, standing } from './tokens.js';

const door: Door = {
  network: 'instagram',
  label: 'Instagram',
  colour: '#c13584',
  question: 'Sign in as',
  scopes: {
    instagram_business_basic: 'See your profile and posts',
    instagram_business_content_publish: 'Publish for you',
    instagram_business_manage_comments: 'Answer comments for you',
    instagram_business_manage_messages: 'Read and answer your messages',
  },
  identify: ['instagram_business_basic'],
  mayUntick: false,
  pkce: 'none',
  codePrefix: 'AQig',
  codeSeconds: 3600,
  accounts: instagramAccounts,
  declined: { error: 'access_denied', error_reason: 'user_denied', error_description: 'The user denied your request' },
  fragment: '_',
};

const daySeconds = 86_400;
const longSeconds = 60 * daySeconds;

/** Pretend Instagram with its own login. */
export function fakeInstagram(world: FakeWorld) {
  return {
    network: door.network,
    label: door.label,
    hosts: ['www.instagram.com', 'api.instagram.com', 'graph.instagram.com'],
    accounts: instagramPublic,
    isPage: (call: Call) => call.host === 'www.instagram.com',
    answer: (call: Call) => route(world, call),
    limited: (seconds: number) => limitedByMeta(80002, 'instagram', seconds),
  };
}

async function route(world: FakeWorld, call: Call): Promise<Reply> {
  const path = call.path.replace(/^\/v\d+\.\d+/, '');
  if (call.host === 'www.instagram.com' && path === '/oauth/authorize') return authorize(world, door, call);
  if (call.host === 'www.instagram.com') return instagramPublicPages(world, call);
  if (call.host === 'api.instagram.com' && path === '/oauth/access_token' && call.method === 'POST')
    return first(world, call);
  const posts =
    call.host === 'graph.instagram.com'
      ? await answerInstagramPosts(world, { ...call, path }, (account, act) => mayAct(world, call, account, act))
      : undefined;
  if (posts) return posts;
  if (call.host !== 'graph.instagram.com' || call.method !== 'GET') return metaError(100, 'Unsupported request.');
  if (path === '/access_token') return longLived(world, call);
  if (path === '/refresh_access_token') return refreshed(world, call);
  if (path === '/me') return me(world, call);
  return metaError(100, 'Unsupported get request.', { subcode: 33 });
}

/** A token of an hour, in a list, as the page documents it. */
function first(world: FakeWorld, call: Call): Reply {
  const client = clientIn(world, 'instagram', call.fields);
  const oauth = (message: string) => json(400, { error_type: 'OAuthException', code: 400, error_message: message });
  if (!client) return oauth('Invalid client_secret');
  const grant = spendCode(world, door, client, call.fields);
  if (!grant) return oauth('This authorization code has been used');
  const access = token(world, grant, 3600);
  const user = appScopedId(client.id, grant.account);
  return json(200, { data: [{ access_token: access, user_id: user, permissions: grant.scopes.join(',') }] });
}

function token(world: FakeWorld, grant: FakeGrant, seconds: number): string {
  const endsAt = world.state.now() + seconds * 1000;
  const access = world.state.addToken('IGAA', { grant: grant.id, kind: 'access', endsAt });
  world.state.save();
  return access;
}

function signedIn(world: FakeWorld, call: Call): Standing {
  const given = metaTokenOf(call);
  const found = standing(world, door, given);
  if (typeof found === 'string') throw new Refused(tokenError(found, given));
  return found;
}

function longLived(world: FakeWorld, call: Call): Reply {
  const { grant } = signedIn(world, call);
  const client = world.clients.find(({ id }) => id === grant.clientId);
  const secret = call.query.get('client_secret') ?? '';
  if (call.query.get('grant_type') !== 'ig_exchange_token' || !client || !same(client.secret, secret)) {
    return metaError(101, 'Error validating application.');
  }
  return json(200, { access_token: token(world, grant, longSeconds), token_type: 'bearer', expires_in: longSeconds });
}

/** Only a token of at least a day, and not after its end. */
function refreshed(world: FakeWorld, call: Call): Reply {
  const { grant, token: held } = signedIn(world, call);
  const isLong = (held.endsAt ?? 0) - held.at > daySeconds * 1000;
  const isRipe = world.state.now() - held.at >= daySeconds * 1000;
  if (call.query.get('grant_type') !== 'ig_refresh_token' || !isLong || !isRipe) {
    return metaError(10, 'Access token must be long-lived and at least 24 hours old.');
  }
  return json(200, { access_token: token(world, grant, longSeconds), token_type: 'bearer', expires_in: longSeconds });
}

const scopeOf = {
  publish: 'instagram_business_content_publish',
  comment: 'instagram_business_manage_comments',
};

/** One's own account alone; and only a professional one. This login likes nothing. */
function mayAct(world: FakeWorld, call: Call, account: string, act: Act = 'publish'): Reply | undefined {
  if (act === 'like') return metaError(100, 'Unsupported request.');
  const { grant, scopes } = signedIn(world, call);
  const own = instagramAccounts.find(({ id }) => id === grant.account);
  if (own?.id !== account || own.type === 'PERSONAL') return metaError(100, 'Unsupported request.', { subcode: 33 });
  if (scopes.includes(scopeOf[act])) return undefined;
  return metaError(10, '(#10) Application does not have permission for this action', { status: 403 });
}

function me(world: FakeWorld, call: Call): Reply {
  const { grant, scopes } = signedIn(world, call);
  const account = instagramAccounts.find(({ id }) => id === grant.account);
  if (!account || !scopes.includes('instagram_business_basic')) {
    return metaError(10, '(#10) Application does not have permission for this action', { status: 403 });
  }
  const { handle, name, type } = nowCalled(world, 'instagram', account);
  const picture = portraitOf('instagram', { name });
  const fields = { user_id: account.id, username: handle, name, account_type: type, profile_picture_url: picture };
  return json(200, only({ id: appScopedId(grant.clientId, grant.account), ...fields }, fieldsOf(call)));
}
