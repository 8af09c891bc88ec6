import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { realTimeMs } from '../../platform/clock.js';
import type { ChannelKeys } from './channelKeys.js';

/** What a token that passed says. Made by `ChannelTokens` only. */
export type ChannelClaims = {
  issuer: string;
  appId: string;
  serviceUrl: string;
  endorsements: readonly string[];
  /** Seconds since 1970. */
  expires: number;
};

const tokenFaults = [
  'missing',
  'malformed',
  'algorithm',
  'key',
  'signature',
  'issuer',
  'audience',
  'expired',
  'early',
  'claims',
] as const;
/** Why a token was refused: for metrics, never told to the sender. */
export type TokenFault = (typeof tokenFaults)[number];

const skewSeconds = 300;
const longestToken = 8_192;
const mostRemembered = 200;

export type ChannelTokensOptions = { keys: ChannelKeys; issuer: string; appId: string; now?: () => number };

/**
 * Checks the channel's bearer token; what belongs to one activity is the front door's to compare. One that passed is
 * remembered by its bytes, since Teams signs many requests with the same: expiry is looked at each time, a new key set forgets
 * everything, and only good tokens get in, so forged ones cannot grow the list.
 */
export class ChannelTokens {
  readonly #options: ChannelTokensOptions;
  readonly #good = new Map<string, ChannelClaims>();
  #generation = 0;

  constructor(options: ChannelTokensOptions) {
    this.#options = options;
  }

  /** How many tokens are remembered. */
  get size(): number {
    return this.#good.size;
  }

  /** @throws KeysUnavailable when nothing can be said about any token */
  async check(header: string | undefined): Promise<ChannelClaims | TokenFault> {
    if (header === undefined || header === '') return 'missing';
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header.length > longestToken ? '' : header)?.[1];
    if (!token) return 'malformed';
    return this.#remembered(token) ?? (await this.#verify(token));
  }

  #remembered(token: string): ChannelClaims | undefined {
    this.#forgetOldKeys();
    const claims = this.#good.get(token);
    if (claims && claims.expires + skewSeconds > this.#now() / 1000) return claims;
    if (claims) this.#good.delete(token);
    return undefined;
  }

  async #verify(token: string): Promise<ChannelClaims | TokenFault> {
    const kid = kidOf(token);
    if (!kid) return 'algorithm';
    const { keys, issuer, appId } = this.#options;
    const known = await keys.find(kid);
    if (!known) return 'key';
    try {
      const { payload } = await jwtVerify(token, known.key, {
        algorithms: ['RS256'],
        issuer,
        audience: appId,
        clockTolerance: skewSeconds,
        currentDate: new Date(this.#now()),
        requiredClaims: ['exp', 'nbf', 'iss', 'aud'],
      });
      const serviceUrl = payload.serviceurl;
      if (typeof serviceUrl !== 'string' || payload.exp === undefined) return 'claims';
      return this.#remember(token, {
        issuer,
        appId,
        serviceUrl,
        endorsements: known.endorsements,
        expires: payload.exp,
      });
    } catch (error) {
      return faultOf(error);
    }
  }

  #forgetOldKeys(): void {
    const { generation } = this.#options.keys;
    if (this.#generation !== generation) this.#good.clear();
    this.#generation = generation;
  }

  #remember(token: string, claims: ChannelClaims): ChannelClaims {
    this.#forgetOldKeys();
    const [oldest] = this.#good.keys();
    if (this.#good.size >= mostRemembered && oldest !== undefined) this.#good.delete(oldest);
    this.#good.set(token, claims);
    return claims;
  }

  #now(): number {
    return (this.#options.now ?? realTimeMs)();
  }
}

/** Undefined for anything but RS256: `none` and HS256 (with the public key as secret) are the classic forgeries. */
function kidOf(token: string): string | undefined {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return alg === 'RS256' && typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimFaults[error.claim] ?? 'claims';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  return 'malformed';
}

const claimFaults: Readonly<Record<string, TokenFault>> = {
  iss: 'issuer',
  aud: 'audience',
  nbf: 'early',
  exp: 'expired',
};
