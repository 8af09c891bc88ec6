import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../platform/clock.js';
import type { TenantId } from '../rules/types.js';
import { DirectoryDown } from './directory.js';

/** Tokens for Graph, one per tenant, cached until shortly before they end. */
export type Tokens = {
  /** @throws DirectoryDown when none is to be had; never holds anything of the secret or the token */
  get(tenant: TenantId): Promise<string>;
  /** Another token than `refused`. */
  renew(tenant: TenantId, refused: string): Promise<string>;
};

type Cached = { token: string; until: number };

/** A new one is fetched this long before the old one ends, so that none ends on its way. */
const earlyMs = 5 * 60_000;

/** `scope` is the Graph root with `/.default`; consent decides what is inside. */
export function createTokens(
  credentialFor: (tenant: TenantId) => TokenCredential,
  scope: string,
  clock: Clock,
): Tokens {
  const cached = new Map<TenantId, Promise<Cached>>();

  function fetchOne(tenant: TenantId): Promise<Cached> {
    const fetching = askFor(credentialFor, tenant, scope);
    cached.set(tenant, fetching);
    fetching.catch(() => cached.get(tenant) === fetching && cached.delete(tenant));
    return fetching;
  }

  /** The cached token if it is good enough, else one new token for all who ask meanwhile. */
  async function better(tenant: TenantId, isGood: (known: Cached) => boolean): Promise<string> {
    const asked = cached.get(tenant) ?? fetchOne(tenant);
    const known = await asked;
    if (isGood(known)) return known.token;
    const other = cached.get(tenant);
    return (await (other && other !== asked ? other : fetchOne(tenant))).token;
  }

  return {
    get: (tenant) => better(tenant, ({ until }) => until - earlyMs > clock().getTime()),
    renew: (tenant, refused) => better(tenant, ({ token }) => token !== refused),
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

/** Entra's own text can name the app and quote the request: only its code is kept, or the system's (`ENOENT`). */
function noToken(error: unknown): DirectoryDown {
  if (error instanceof DirectoryDown) return error;
  const entra = error instanceof Error ? /AADSTS\d{3,9}/.exec(error.message)?.[0] : undefined;
  if (entra) return new DirectoryDown(`Entra gave no token for the directory (${entra}).`, 'not-allowed');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = /^[A-Z_]{2,30}$/.test(code) ? ` (${code})` : '';
  return new DirectoryDown(`No token for the directory could be had${why}.`, 'unreachable');
}
