import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../clock.js';
import type { TenantId } from '../profiles/types.js';
import { DirectoryDown } from './directory.js';

/** Tokens for Graph, one per tenant, kept until shortly before they end. */
export type Tokens = {
  /** @throws DirectoryDown when none is to be had; never holds anything of the secret or the token */
  get(tenant: TenantId): Promise<string>;
  /** Another token than `refused`. */
  renew(tenant: TenantId, refused: string): Promise<string>;
};

type Kept = { token: string; until: number };

/** A new one is fetched this long before the old one ends, so that none ends on its way. */
const earlyMs = 5 * 60_000;

/** `scope` is the Graph root with `/.default`; consent decides what is inside. */
export function createTokens(
  credentialFor: (tenant: TenantId) => TokenCredential,
  scope: string,
  clock: Clock,
): Tokens {
  const kept = new Map<TenantId, Promise<Kept>>();

  function fetchOne(tenant: TenantId): Promise<Kept> {
    const fetching = askFor(credentialFor, tenant, scope);
    kept.set(tenant, fetching);
    fetching.catch(() => kept.get(tenant) === fetching && kept.delete(tenant));
    return fetching;
  }

  return {
    async get(tenant) {
      const known = await kept.get(tenant);
      if (known && known.until - earlyMs > clock().getTime()) return known.token;
      return (await fetchOne(tenant)).token;
    },
    async renew(tenant, refused) {
      const known = await kept.get(tenant);
      if (known && known.token !== refused) return known.token;
      return (await fetchOne(tenant)).token;
    },
  };
}

async function askFor(credentialFor: (tenant: TenantId) => TokenCredential, tenant: TenantId, scope: string) {
  try {
    const answer = await credentialFor(tenant).getToken(scope, { abortSignal: AbortSignal.timeout(5_000) });
    if (!answer) throw new Error('no token');
    return { token: answer.token, until: answer.expiresOnTimestamp };
  } catch (error) {
    throw noToken(error);
  }
}

/** Entra's own text can name the app and quote the request: only its code is kept. */
function noToken(error: unknown): DirectoryDown {
  if (error instanceof DirectoryDown) return error;
  const code = error instanceof Error ? /AADSTS\d{3,9}/.exec(error.message)?.[0] : undefined;
  if (code) return new DirectoryDown(`Entra gave no token for the directory (${code}).`, 'not-allowed');
  return new DirectoryDown('No token for the directory could be had.', 'unreachable');
}
