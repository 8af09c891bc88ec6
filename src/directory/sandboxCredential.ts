import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import type { Clock } from '../platform/clock.js';
import type { Outbound } from '../platform/outbound.js';
import type { TenantId } from '../rules/types.js';
import type { Cloud } from './clouds.js';
import { DirectoryDown } from './directory.js';

export type Secret = { clientId: string; clientSecret: string };

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/**
 * The client credentials request of OAuth 2.0, sent through `outbound`. Only for the sandbox and tests: there everything
 * outside is a loopback http server, which `@azure/identity` refuses to ask.
 */
export function sandboxCredential(
  { clientId, clientSecret }: Secret,
  tenant: TenantId,
  cloud: Cloud,
  { outbound, clock }: { outbound: Outbound; clock: Clock },
): TokenCredential {
  const endpoint = `${cloud.authority}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`;
  return {
    async getToken(scopes) {
      const scope = [scopes].flat().join(' ');
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope,
      });
      const response = await fetch(outbound(endpoint), { method: 'POST', body, signal: AbortSignal.timeout(5_000) });
      if (response.status >= 500) throw new DirectoryDown('Entra could not be reached.', 'unreachable');
      if (!response.ok) {
        const code = /AADSTS\d{3,9}/.exec(await response.text())?.[0] ?? response.status;
        throw new DirectoryDown(`Entra gave no token for the directory (${code}).`, 'not-allowed');
      }
      const token = granted.parse(await response.json());
      return { token: token.access_token, expiresOnTimestamp: clock().getTime() + token.expires_in * 1000 };
    },
  };
}
