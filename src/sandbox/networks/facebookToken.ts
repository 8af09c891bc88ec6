import { createHash } from 'node:crypto';
import { type Call, json, type Reply } from './call.js';
import type { FakeClient, FakeWorld } from './door.js';
import { facebookDoor } from './facebookDoor.js';
import { metaError, tokenError } from './meta.js';
import type { FakeGrant } from './state.js';
import { clientIn, spendCode, standing } from './tokens.js';

const shortSeconds = 5400;
export const longSeconds = 60 * 86_400;

/** `/oauth/access_token`: everything in the query of a GET, or in a form. */
export function facebookToken(world: FakeWorld, call: Call): Reply {
  const fields = new URLSearchParams([...call.query, ...call.fields]);
  const client = clientIn(world, 'facebook', fields);
  if (!client) return metaError(1, 'Error validating client secret.');
  const kind = fields.get('grant_type') ?? 'authorization_code';
  if (kind === 'client_credentials')
    return json(200, { access_token: `${client.id}|${client.secret}`, token_type: 'bearer' });
  if (kind === 'fb_exchange_token') return longLived(world, fields.get('fb_exchange_token') ?? '', client);
  const grant = spendCode(world, facebookDoor, client, fields);
  if (!grant) return metaError(100, 'This authorization code has been used or has expired.', { subcode: 36009 });
  return userToken(world, grant, shortSeconds);
}

/** An ended token cannot be exchanged. */
function longLived(world: FakeWorld, token: string, client: FakeClient): Reply {
  const found = standing(world, facebookDoor, token);
  if (typeof found === 'string') return tokenError(found, token);
  if (found.grant.clientId !== client.id || found.token.kind !== 'access') return tokenError('unknown', token);
  return userToken(world, found.grant, longSeconds);
}

function userToken(world: FakeWorld, grant: FakeGrant, seconds: number): Reply {
  const endsAt = world.state.now() + seconds * 1000;
  const access = world.state.addToken('EAAB', { grant: grant.id, kind: 'access', endsAt });
  world.state.save();
  return json(200, { access_token: access, token_type: 'bearer', expires_in: seconds });
}

/** A person has another id in every app. */
export function appScopedId(clientId: string, person: string): string {
  const digest = createHash('sha256').update(`${clientId}:${person}`).digest();
  return `10${digest.readBigUInt64BE().toString().padStart(20, '0').slice(0, 15)}`;
}
