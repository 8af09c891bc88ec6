import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import { realTimeMs } from '../../platform/clock.js';
import { isLoopbackUrl } from '../../platform/loopback.js';
import { dayMs } from '../../platform/spans.js';

/** One signing key of an issuer (the channel, or Entra), and the channels it may sign for. */
export type ChannelKey = { key: KeyObject; endorsements: readonly string[] };

/** The issuer's keys cannot be had now, so nothing can be said about a token. */
export class KeysUnavailable extends Error {}

/** Between two fetches for key ids that are not there: what keeps a flood of forged requests from becoming one of fetches. */
const floorMs = 30_000;
/** After a failed fetch, for the same reason. */
const failedMs = 5_000;
const timeoutMs = 5_000;
const mostKeys = 100;

export type ChannelKeysOptions = {
  /** Whose keys they are, for the log. */
  of?: string;
  metadataUrl: string;
  log: Logger;
  fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
};

/**
 * The keys behind an issuer's OpenID metadata, fetched once for all who ask at the same time. Kept for a day; asked
 * again for a key id that is not there, twice a minute at most, so that a key that is new today works today; when that fails the ones at hand go on being used, since a
 * metadata outage must not silence the bot.
 */
export class ChannelKeys {
  readonly #options: ChannelKeysOptions;
  #keys = new Map<string, ChannelKey>();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;
  /** Counts changes of the key set. */
  generation = 0;

  constructor(options: ChannelKeysOptions) {
    this.#options = options;
  }

  /**
   * Undefined: the channel has no such key.
   * @throws KeysUnavailable when no keys were ever fetched, and now they cannot be
   */
  async find(kid: string): Promise<ChannelKey | undefined> {
    const age = this.#now() - this.#fetchedAt;
    const isMissing = !this.#keys.has(kid);
    if (age >= dayMs || (isMissing && age >= floorMs)) {
      // With keys at hand a refresh is not waited for, unless it is about the very key that is missing.
      const fetching = this.#fetchOnce();
      if (isMissing) await fetching;
    }
    if (this.#keys.size === 0) throw new KeysUnavailable(this.#trouble);
    return this.#keys.get(kid);
  }

  get #trouble(): string {
    return `the keys of ${this.#options.of ?? 'the channel'} cannot be fetched`;
  }

  #now(): number {
    return (this.#options.now ?? realTimeMs)();
  }

  #fetchOnce(): Promise<void> {
    if (this.#fetching) return this.#fetching;
    if (this.#now() - this.#failedAt < failedMs) return Promise.resolve();
    this.#fetching = this.#fetchAll().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchAll(): Promise<void> {
    const { metadataUrl, log } = this.#options;
    try {
      const metadata = await this.#json(metadataUrl);
      const keys = readKeys(await this.#json(keysUrlOf(metadata, metadataUrl)));
      if (keys.size === 0) throw new Error('the key document has no key that can be used');
      this.#keys = keys;
      this.#fetchedAt = this.#now();
      this.generation += 1;
    } catch (error) {
      this.#failedAt = this.#now();
      log.warn({ err: error, kept: this.#keys.size }, this.#trouble);
    }
  }

  async #json(url: string): Promise<unknown> {
    const response = await (this.#options.fetch ?? fetch)(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the answer for the keys was ${response.status}`);
    }
    return response.json();
  }
}

/** The keys may live on another host than the metadata, but never outside https (or outside this machine, in tests). */
function keysUrlOf(metadata: unknown, metadataUrl: string): string {
  const url = (metadata as { jwks_uri?: unknown } | null)?.jwks_uri;
  const isFine =
    typeof url === 'string' &&
    URL.canParse(url) &&
    (isLoopbackUrl(metadataUrl) ? isLoopbackUrl(url) : url.startsWith('https://'));
  if (!isFine) throw new Error('the metadata names no usable key address');
  return url;
}

function readKeys(document: unknown): Map<string, ChannelKey> {
  const { keys } = (document ?? {}) as { keys?: unknown };
  const found = Array.isArray(keys) ? keys.slice(0, mostKeys) : [];
  return new Map(found.flatMap((jwk: unknown) => readKey(jwk)));
}

function readKey(jwk: unknown): [string, ChannelKey][] {
  const { kid, kty, n, e, endorsements } = (jwk ?? {}) as Record<string, unknown>;
  if (kty !== 'RSA' || typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return [];
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return [];
    const channels = Array.isArray(endorsements) ? endorsements.filter((one) => typeof one === 'string') : [];
    return [[kid, { key, endorsements: channels }]];
  } catch {
    return [];
  }
}
