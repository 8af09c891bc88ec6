import { createHmac } from 'node:crypto';
import { dayMs } from '../../platform/spans.js';
import { type Call, json, Refused, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { facebookDoor } from './facebookDoor.js';
import { appScopedId } from './facebookToken.js';
import { metaError, metaTokenOf, tokenError } from './meta.js';
import { type Standing, same, standing } from './tokens.js';

/** Whose token this is; refused as the real one does, `appsecret_proof` included. */
export function signedIn(world: FakeWorld, call: Call): Standing {
  const token = metaTokenOf(call);
  const found = standing(world, facebookDoor, token);
  if (typeof found === 'string') throw new Refused(tokenError(found, token));
  const proof = call.query.get('appsecret_proof');
  const client = world.clients.find(({ id }) => id === found.grant.clientId);
  const made = createHmac('sha256', client?.secret ?? '')
    .update(token)
    .digest('hex');
  if (proof && !same(proof, made))
    throw new Refused(metaError(100, 'Invalid appsecret_proof provided in the API argument'));
  return found;
}

export const userId = ({ grant }: Standing) => appScopedId(grant.clientId, grant.account);

export function lacks(scope: string): Reply {
  return metaError(200, `(#200) Requires ${scope} permission to manage the object`, { status: 403 });
}

export function listPermissions({ grant, scopes }: Standing): Reply {
  const granted = scopes.map((permission) => ({ permission, status: 'granted' }));
  const declined = (grant.declined ?? []).map((permission) => ({ permission, status: 'declined' }));
  return json(200, { data: [...granted, ...declined] });
}

/** Acts on the person's whole permission for the app: every token of theirs ends. With the person's or the app's token. */
export function dropPermissions(world: FakeWorld, call: Call, node: string): Reply {
  const token = metaTokenOf(call);
  const client = world.clients.find(
    ({ network, id, secret }) => network === 'facebook' && same(token, `${id}|${secret}`),
  );
  const who = client ? undefined : signedIn(world, call);
  if (who && (who.token.kind !== 'access' || (node !== 'me' && node !== userId(who)))) return lacks('public_profile');
  const clientId = client?.id ?? who?.grant.clientId;
  const grants = world.state.grantsWhere(
    (grant) =>
      grant.network === 'facebook' &&
      grant.clientId === clientId &&
      (who ? grant.account === who.grant.account : appScopedId(grant.clientId, grant.account) === node),
  );
  for (const grant of grants) grant.revoked = true;
  world.state.save();
  return json(200, { success: true });
}

export function debugToken(world: FakeWorld, call: Call): Reply {
  const token = metaTokenOf(call);
  const client = world.clients.find(
    ({ network, id, secret }) => network === 'facebook' && same(token, `${id}|${secret}`),
  );
  if (!client) signedIn(world, call);
  const found = standing(world, facebookDoor, call.query.get('input_token'));
  if (typeof found === 'string') {
    const message = 'Error validating access token';
    return json(200, { data: { is_valid: false, error: { code: 190, message }, scopes: [] } });
  }
  const { grant, scopes, token: held } = found;
  const unix = (milliseconds: number) => Math.floor(milliseconds / 1000);
  return json(200, {
    data: {
      app_id: grant.clientId,
      type: held.kind === 'page' ? 'PAGE' : 'USER',
      application: 'Social Profiles for Teams',
      expires_at: held.endsAt === undefined ? 0 : unix(held.endsAt),
      data_access_expires_at: unix(grant.at + 90 * dayMs),
      is_valid: true,
      scopes,
      user_id: appScopedId(grant.clientId, grant.account),
      ...(held.page ? { profile_id: held.page } : {}),
    },
  });
}
