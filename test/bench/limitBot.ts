import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { Agent, request } from 'undici';
import { openStore } from '../../src/store/index.js';

type Activity = {
  serviceUrl: string;
  id: string;
  conversation: { id: string; tenantId: string };
  recipient: { id: string };
};

/**
 * What the same turn costs at the least: Node's own HTTP server, jose for the token (one that passed is known by its
 * bytes, as the front door knows it), one indexed read, a small card made by hand, posted over kept connections.
 * Nothing is guarded, refused, remembered or told twice.
 */
export async function startLimit(env: Record<string, string>): Promise<number> {
  const store = await openStore({ mongoUri: undefined, dataDir: ':memory:' });
  const rows = await store.collection({ name: 'rows', indexes: [] });
  await rows.insert({ tenant: env.MicrosoftAppTenantId ?? '', id: 'one', version: 1, name: 'Contoso' } as never);
  const metadata = (await json(env.ToBotFromChannelOpenIdMetadataUrl ?? '')) as { jwks_uri: string };
  const keys = createLocalJWKSet((await json(metadata.jwks_uri)) as JSONWebKeySet);
  const agent = new Agent({ connections: 64 });
  const known = new Map<string, JWTPayload>();

  async function claimsOf(token: string): Promise<JWTPayload> {
    const claims = known.get(token) ?? (await jwtVerify(token, keys, { audience: env.MicrosoftAppId ?? '' })).payload;
    known.set(token, claims);
    return claims;
  }

  async function turn(authorization: string, body: string): Promise<void> {
    const activity = JSON.parse(body) as Activity;
    const claims = await claimsOf(authorization.slice('Bearer '.length));
    if (claims.serviceurl !== activity.serviceUrl) throw new Error('another service');
    const row = (await rows.get(activity.conversation.tenantId, 'one')) as { name: string } | undefined;
    const text = { type: 'TextBlock', text: `You see: ${row?.name}`, wrap: true };
    const content = { type: 'AdaptiveCard', version: '1.5', body: [text] };
    const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content };
    const path = `v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities`;
    const answer = await request(`${activity.serviceUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer token' },
      body: JSON.stringify({ type: 'message', attachments: [attachment], from: activity.recipient }),
      dispatcher: agent,
    });
    await answer.body.dump();
  }

  const server = createServer((message, response) => {
    const parts: Buffer[] = [];
    message.on('data', (part: Buffer) => parts.push(part));
    message.on('end', () => {
      turn(message.headers.authorization ?? '', Buffer.concat(parts).toString('utf8')).then(
        () => response.end(),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();
