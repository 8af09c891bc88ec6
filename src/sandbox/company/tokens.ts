import { randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/clock.js';
import type { World } from '../world.js';
import { GraphNo, type Reply } from './answer.js';

type Issued = { tenant: string; root: string; until: number };

/** The pretend Entra: hands out tokens to apps, and tells whom a token was for. */
export type CompanyTokens = {
  issue(tenant: string, form: URLSearchParams): Reply;
  /** @throws GraphNo 401 for a token that is not from here, is over, or is for another Graph */
  tenantOf(authorization: string | undefined, root: string): string;
  /** From now on no token given so far is good. */
  revokeAll(): void;
};

const secondsToLive = 3_599;

export function createCompanyTokens(world: World, clock: Clock): CompanyTokens {
  const issued = new Map<string, Issued>();
  return {
    issue(tenant, form) {
      if (tenant !== world.tenant.id) return entraNo('invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`);
      if (form.get('grant_type') !== 'client_credentials') return entraNo('unsupported_grant_type', 'AADSTS70003');
      if (!form.get('client_id')) return entraNo('unauthorized_client', 'AADSTS700016: Application was not found.');
      const secret = form.get('client_secret');
      if (!secret || secret === 'wrong') return entraNo('invalid_client', 'AADSTS7000215: Invalid client secret.');
      const root = /^(https:\/\/[a-z.-]+)\/\.default$/.exec(form.get('scope') ?? '')?.[1];
      if (!root) return entraNo('invalid_scope', 'AADSTS1002012: The scope is not valid for client credential flows.');
      const token = randomBytes(24).toString('base64url');
      issued.set(token, { tenant, root, until: clock().getTime() + secondsToLive * 1000 });
      const body = {
        token_type: 'Bearer',
        expires_in: secondsToLive,
        ext_expires_in: secondsToLive,
        access_token: token,
      };
      return { status: 200, body };
    },
    tenantOf(authorization, root) {
      const token = issued.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
      if (!token) throw new GraphNo(401, 'InvalidAuthenticationToken', 'Access token is empty or not known.');
      if (token.until <= clock().getTime())
        throw new GraphNo(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.');
      if (token.root !== root)
        throw new GraphNo(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid audience.');
      return token.tenant;
    },
    revokeAll: () => issued.clear(),
  };
}

function entraNo(error: string, error_description: string): Reply {
  return { status: error === 'invalid_client' ? 401 : 400, body: { error, error_description } };
}
