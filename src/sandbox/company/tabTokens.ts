import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { World, WorldPerson } from '../world.js';

/** The pretend Entra's part in a tab's single sign-on: a key pair of its own, made when it is first needed. */
export type TabTokens = {
  /** What Teams hands to a tab for this person: an access token (v2) for `audience`, good for an hour. */
  issue(person: Pick<WorldPerson, 'id' | 'name'>, audience: string): Promise<string>;
  /** The OpenID metadata of the tenant, or its keys; undefined for any other path. */
  document(path: string): Promise<object | undefined>;
};

const authority = 'https://login.microsoftonline.com';
const documentPath = /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|discovery\/v2\.0\/keys)$/;
/** Teams in a browser. */
const teamsWeb = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';
const secondsToLive = 3_600;

export const isTabDocument = (path: string) => documentPath.test(path);

export function createTabTokens({ tenant }: World): TabTokens {
  let made: ReturnType<typeof generateKeyPair> | undefined;
  const pair = () => {
    made ??= generateKeyPair('RS256');
    return made;
  };
  const issuer = `${authority}/${tenant.id}/v2.0`;
  return {
    async issue({ id, name }, audience) {
      const now = Math.floor(Date.now() / 1000);
      const claims = { tid: tenant.id, oid: id, name, scp: 'access_as_user', azp: teamsWeb, ver: '2.0' };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'sandbox', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setNotBefore(now)
        .setExpirationTime(now + secondsToLive)
        .sign((await pair()).privateKey);
    },
    async document(path) {
      const [, of, what] = documentPath.exec(path) ?? [];
      if (of !== tenant.id) return undefined;
      if (what?.startsWith('v2.0')) return { issuer, jwks_uri: `${authority}/${tenant.id}/discovery/v2.0/keys` };
      return { keys: [{ ...(await exportJWK((await pair()).publicKey)), kid: 'sandbox', use: 'sig' }] };
    },
  };
}
