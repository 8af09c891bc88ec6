import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { createLog } from '../../src/platform/log.js';
import { outboundThrough } from '../../src/platform/outbound.js';
import { createMetrics } from '../../src/web/ops/metrics.js';
import { createWebServer } from '../../src/web/server/server.js';
import { createChanges } from '../../src/web/tab/changes.js';
import { addTab, type TabVisitor } from '../../src/web/tab/tab.js';
import { TabTokens, tabResource } from '../../src/web/tab/tabToken.js';
import { type Key, newKey } from './signedChannel.js';

export const tenant = '11111111-1111-4111-8111-111111111111';
export const clientId = '99999999-0000-4000-8000-000000000009';
export const megan = 'aaaaaaaa-0000-4000-8000-000000000002';
export const baseUrl = 'https://social.contoso.example';
export const resource = tabResource(baseUrl, clientId);
const authority = 'https://login.microsoftonline.com';

/** What a good token says, with a time: seconds from now. */
export type Saying = { claims?: JWTPayload; from?: number; until?: number; key?: Key; kid?: string };

/**
 * The tab's endpoints on the real server, with Entra's discovery endpoint on this machine, and a turn that only notes
 * what reached it.
 */
export async function openTab() {
  const keys = [await newKey('first')];
  const asked: string[] = [];
  const entra = { isDown: false, delayMs: 0 };
  const discovery = createServer(async (request, response) => {
    asked.push(request.url ?? '');
    if (entra.delayMs) await new Promise((resolve) => setTimeout(resolve, entra.delayMs));
    const isKeys = request.url?.endsWith('/discovery/v2.0/keys') ?? false;
    const shown = keys.map(async ({ publicKey, kid }) => ({ ...(await exportJWK(publicKey)), kid, use: 'sig' }));
    const jwks_uri = `${authority}/${tenant}/discovery/v2.0/keys`;
    response.setHeader('content-type', 'application/json');
    response.statusCode = entra.isDown ? 500 : 200;
    response.end(JSON.stringify(isKeys ? { keys: await Promise.all(shown) } : { jwks_uri }));
  });
  await new Promise<void>((resolve) => discovery.listen(0, '127.0.0.1', resolve));
  const outbound = outboundThrough(`http://127.0.0.1:${(discovery.address() as AddressInfo).port}`);

  const log = createLog('silent');
  const metrics = createMetrics();
  const server = createWebServer({ log });
  const reached: { who: TabVisitor; data: unknown }[] = [];
  const turn = async (who: TabVisitor, data: unknown) => {
    reached.push({ who, data });
    return { type: 'text', value: 'heard' };
  };
  /** What `latest` of the store says now. */
  const latest: string[] = [];
  const changes = createChanges({ log, latest: async () => [...latest], everyMs: 20 });
  addTab(server, {
    tokens: new TabTokens({ clientId, baseUrl: () => baseUrl, tenants: [tenant], authority, outbound, log }),
    turn: { click: turn, search: turn, table: turn },
    changes,
    metrics,
    home: () => 'https://teams.example/"><b>',
    framedHere: false,
  });
  const { port } = await server.listen(0, '127.0.0.1');
  const address = `http://127.0.0.1:${port}`;

  async function token({ claims, from = -5, until = 3600, key = keys[0], kid }: Saying = {}): Promise<string> {
    if (!key) throw new Error('no key');
    return new SignJWT(saying(claims))
      .setProtectedHeader({ alg: 'RS256', kid: kid ?? key.kid, typ: 'JWT' })
      .setNotBefore(inSeconds(from))
      .setExpirationTime(inSeconds(until))
      .sign(key.privateKey);
  }

  return {
    address,
    keys,
    asked,
    entra,
    reached,
    latest,
    metrics,
    token,
    post: (authorization: string | undefined, body: unknown, path = 'operation', type = 'application/json') =>
      fetch(`${address}/tab/${path}`, {
        method: 'POST',
        headers: { 'content-type': type, ...(authorization ? { authorization } : {}) },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await server.close(100);
      discovery.closeAllConnections();
      await new Promise((resolve) => discovery.close(resolve));
    },
  };
}

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

export function saying(claims: JWTPayload = {}): JWTPayload {
  return {
    iss: `${authority}/${tenant}/v2.0`,
    aud: clientId,
    tid: tenant,
    oid: megan,
    name: 'Megan Bowen',
    scp: 'access_as_user',
    azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
    ...claims,
  };
}

export const unsigned = () => new UnsecuredJWT({ ...saying(), nbf: inSeconds(-5), exp: inSeconds(3600) }).encode();

/** The public key as the secret of an HMAC: the other classic forgery. */
export async function signedWithPublicKey({ publicKey, kid }: Key): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
  return new SignJWT(saying())
    .setProtectedHeader({ alg: 'HS256', kid })
    .setNotBefore(inSeconds(-5))
    .setExpirationTime(inSeconds(3600))
    .sign(secret);
}
