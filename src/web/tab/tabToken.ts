import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { realTimeMs } from '../../platform/clock.js';
import { isGuid } from '../../platform/guid.js';
import type { Outbound } from '../../platform/outbound.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import { ChannelKeys } from '../channel/channelKeys.js';

/** Who is in the tab, by Teams' single sign-on; `name` is empty when the token does not say. */
export type TabPerson = { tenant: TenantId; id: PersonId; name: string };
/** Why a token was refused: for metrics, never told to the sender. */
export type TabFault = 'missing' | 'malformed' | 'tenant' | 'notBelieved' | 'scope' | 'client';

export type TabTokensOptions = {
  /** The app registration that the tokens are for. */
  clientId: string;
  /** Where browsers reach the bot. */
  baseUrl: () => string;
  /** Tenants that are served, lower case. */
  tenants: readonly string[];
  /** `https://login.microsoftonline.com` or a national cloud's. */
  authority: string;
  outbound: Outbound;
  log: Logger;
  /** Milliseconds since 1970; real time, since the tokens live in it. */
  now?: () => number;
};

const skewSeconds = 60;
const longestToken = 8_192;
const scope = 'access_as_user';
/** Teams on desktops and phones, and in browsers: learn.microsoft.com, "Enable SSO in your tab app: configure code". */
export const teamsClients: readonly string[] = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
];

/** What the app registration calls itself, and the manifest's `webApplicationInfo.resource`. */
export function tabResource(baseUrl: string, clientId: string): string {
  return `api://${new URL(baseUrl).hostname}/botid-${clientId}`;
}

/**
 * Checks the tab's bearer token: an Entra access token (v1 or v2), RS256 only, signed by a key of the tenant it names,
 * for this app, with the tab's scope, asked for by Teams itself, in its time
 * (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
 */
export class TabTokens {
  readonly #options: TabTokensOptions;
  /** Only for tenants that are served, so tokens that name others cannot grow it. */
  readonly #keys = new Map<string, ChannelKeys>();

  constructor(options: TabTokensOptions) {
    this.#options = options;
  }

  /** @throws KeysUnavailable when nothing can be said about any token of the tenant */
  async check(header: string | undefined): Promise<TabPerson | TabFault> {
    if (!header) return 'missing';
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header.length > longestToken ? '' : header)?.[1];
    const said = token ? read(token) : undefined;
    if (!token || !said) return 'malformed';
    // Not believed yet: it only chooses whose keys the token has to fit.
    if (!this.#options.tenants.includes(said.tenant)) return 'tenant';
    const known = await this.#keysOf(said.tenant).find(said.kid);
    return known ? this.#verify(token, said.tenant, known.key) : 'notBelieved';
  }

  async #verify(token: string, tenant: string, key: Parameters<typeof jwtVerify>[1]): Promise<TabPerson | TabFault> {
    const { clientId, baseUrl, authority, now } = this.#options;
    const verified = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer: [`${authority}/${tenant}/v2.0`, `https://sts.windows.net/${tenant}/`],
      audience: [clientId, tabResource(baseUrl(), clientId)],
      clockTolerance: skewSeconds,
      currentDate: new Date((now ?? realTimeMs)()),
      requiredClaims: ['exp', 'nbf', 'iss', 'aud', 'tid', 'oid'],
    }).catch(() => undefined);
    if (!verified) return 'notBelieved';
    const { oid, scp, azp, appid, name }: Record<string, unknown> = verified.payload;
    if (!words(scp).includes(scope)) return 'scope';
    if (!teamsClients.includes(String(azp ?? appid))) return 'client';
    if (typeof oid !== 'string' || !isGuid(oid)) return 'malformed';
    return { tenant, id: oid.toLowerCase(), name: typeof name === 'string' ? name.slice(0, 200) : '' };
  }

  #keysOf(tenant: string): ChannelKeys {
    const { authority, outbound, log, now } = this.#options;
    const known = this.#keys.get(tenant);
    if (known) return known;
    const keys = new ChannelKeys({
      of: 'Entra',
      metadataUrl: `${authority}/${tenant}/v2.0/.well-known/openid-configuration`,
      log,
      fetch: (url, init) => fetch(outbound(String(url)), init),
      ...(now ? { now } : {}),
    });
    this.#keys.set(tenant, keys);
    return keys;
  }
}

const words = (text: unknown) => (typeof text === 'string' ? text.split(' ') : []);

/** Which key and whose; undefined for anything but RS256 (`none` and HS256 are the classic forgeries). */
function read(token: string): { kid: string; tenant: string } | undefined {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    const { tid } = decodeJwt(token);
    if (alg !== 'RS256' || typeof kid !== 'string' || typeof tid !== 'string') return undefined;
    return { kid, tenant: tid.toLowerCase() };
  } catch {
    return undefined;
  }
}
