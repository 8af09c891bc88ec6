import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { createNetworks, type Networks } from '../../src/networks/createNetworks.js';
import type { Apps, Tokens } from '../../src/networks/network.js';
import type { Author, Publishing, Reaction, Sent, Target } from '../../src/networks/publishing.js';
import { outboundThrough } from '../../src/platform/outbound.js';
import type { ProfileType } from '../../src/rules/types.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { type Harness, signIn } from './networks-harness.js';

export type Heard = { method: string; path: string; headers: Record<string, unknown>; body: string };

/** A place on loopback that answers every request as it is told, and remembers what it heard. */
export async function startOdd(answer: (response: ServerResponse, heard: Heard) => void) {
  const heard: Heard[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body };
    heard.push(one);
    answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    heard,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => promisify(server.getConnections.bind(server))(),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Said = { status: number; body?: unknown; headers?: Record<string, string> };

/** What comes of one `publish` when the network answers like this. */
export async function sentWhen(
  type: ProfileType,
  said: Said | ((heard: Heard) => Said),
  what: { tokens: Tokens; author: Author; wire?: string; firstSentAt?: Date },
  react?: { reaction: Reaction; to: Target },
): Promise<{ sent: Sent; heard: Heard[] }> {
  const odd = await startOdd((response, one) => {
    const { status, body, headers } = typeof said === 'function' ? said(one) : said;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  try {
    const { tokens, author, wire = 'Hello', firstSentAt } = what;
    const publishing = publishingAt(odd.origin, type, 2000, react);
    const sent = await publishing.publish(tokens, { author, wire, ...(firstSentAt ? { firstSentAt } : {}) });
    return { sent, heard: odd.heard };
  } finally {
    odd.stop();
  }
}

export function publishingAt(
  origin: string,
  type: ProfileType,
  publishTimeoutMs = 2000,
  react?: { reaction: Reaction; to: Target },
): Publishing {
  const networks = networksAt(origin, publishTimeoutMs);
  return mayPublish(react ? networks.reacting(type, react.reaction, react.to) : networks.publishing(type));
}

/** The networks, all of them at this place. */
export const networksAt = (origin: string, publishTimeoutMs = 2000, apps: Apps = sandboxApps): Networks =>
  createNetworks({
    outbound: outboundThrough(origin),
    clock: () => new Date(),
    apps,
    pause: () => Promise.resolve(),
    publishTimeoutMs,
  });

export function mayPublish(publishing: Publishing | string): Publishing {
  assert.ok(typeof publishing !== 'string', `it publishes: ${String(publishing)}`);
  return publishing;
}

/** A pretend account that is signed in to, and how it publishes. */
export async function account(harness: Harness, type: ProfileType, who: string, externalId?: string) {
  const network = harness.networks.of(type);
  const signedIn = await signIn(harness, type, { account: who });
  const accounts = await network.accounts(type, signedIn);
  const found = externalId ? accounts.find((one) => one.externalId === externalId) : accounts[0];
  assert.ok(found, `${who} opens ${externalId}`);
  const { handle } = found;
  return {
    author: { externalId: found.externalId, handle, type },
    tokens: found.tokens ?? signedIn,
    publishing: mayPublish(harness.networks.publishing(type)),
  };
}

/** From a minute before to five minutes after, as the worker looks. */
export function around(now: Date): { from: Date; to: Date } {
  return { from: new Date(now.getTime() - 60_000), to: new Date(now.getTime() + 300_000) };
}
