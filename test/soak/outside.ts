import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Company, createCompany } from '../../src/sandbox/company/company.js';
import { Connector } from '../../src/sandbox/connector/connector.js';
import { createNetworkFakes, type NetworkFakes } from '../../src/sandbox/networks/index.js';
import { world } from '../../src/sandbox/world.js';
import type { SignedChannel } from '../contract/signedChannel.js';

/** Everything around the bots, in one process that nobody kills: Teams, the company, the networks, and the way to the bots. */
export type Outside = {
  origin: string;
  channel: SignedChannel;
  connector: Connector;
  company: Company;
  networks: NetworkFakes;
  /** Names of the groups that a run made, by id. */
  groups: Map<string, string>;
  /** How many deliveries came twice or late on purpose, and how many were tried at another bot. */
  doubled: number;
  retried: number;
  close: () => Promise<void>;
};

type Options = {
  channel: SignedChannel;
  dataDir: string;
  random: () => number;
  /** Where the bots listen that are alive now. */
  alive: () => readonly string[];
};

/** Teams gives up on a delivery after this. */
const patienceMs = 15_000;

export async function openOutside({ channel, dataDir, random, alive }: Options): Promise<Outside> {
  const clock = () => new Date();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serviceUrl = `${origin}/connector/`;
  const token = await channel.token({ claims: { serviceurl: serviceUrl } });
  const connector = new Connector({
    ...{ world, dataDir, clock, timeoutMs: patienceMs },
    botEndpoint: () => `${origin}/api/messages`,
    serviceUrl: () => serviceUrl,
    authorization: async () => `Bearer ${token}`,
  });
  const company = createCompany({ world, dataDir, clock });
  const networks = createNetworkFakes({ dataDir, clock });
  const outside: Outside = {
    ...{ origin, channel, connector, company, networks, groups: new Map(), doubled: 0, retried: 0 },
    close: async () => {
      company.close();
      await connector.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await networks.handle(request, response)) return;
    const [path = ''] = (request.url ?? '').split('?');
    if (path.startsWith('/connector/') && (await connector.handle(request, response))) return;
    if (company.isFor(path)) return void company.listener(request, response as Parameters<typeof company.listener>[1]);
    await toSomeBot(request, response);
  }

  /** A load balancer: any bot that lives. An activity comes twice now and then, to two bots, at once or a little later. */
  async function toSomeBot(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const isActivity = request.url === '/api/messages';
    if (isActivity && random() < 0.1) {
      outside.doubled += 1;
      const later = random() < 0.5 ? 0 : random() * 2_000;
      void pause(later).then(() => forward(request, body).catch(() => undefined));
    }
    const late = Date.now() + patienceMs;
    for (;;) {
      const answered = await forward(request, body).catch(() => undefined);
      if (answered && answered.status < 500) return send(response, answered);
      if (Date.now() > late || (answered && !isActivity)) {
        return answered ? send(response, answered) : void response.writeHead(502).end();
      }
      outside.retried += 1;
      await pause(100);
    }
  }

  async function forward(request: IncomingMessage, body: Buffer) {
    const bots = alive();
    const bot = bots[Math.floor(random() * bots.length)];
    if (!bot) throw new Error('nobody lives');
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (!['host', 'connection', 'content-length', 'transfer-encoding'].includes(name))
        headers.set(name, String(value));
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const answered = await fetch(`${bot}${request.url}`, {
      ...{ method: request.method ?? 'GET', headers, redirect: 'manual' as const },
      ...(isRead ? {} : { body: new Uint8Array(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: answered.status, headers: answered.headers, body: Buffer.from(await answered.arrayBuffer()) };
  }
  return outside;
}

type Answered = { status: number; headers: Headers; body: Buffer };

function send(response: ServerResponse, { status, headers, body }: Answered): void {
  const kept = [...headers].filter(
    ([name]) => !['connection', 'transfer-encoding', 'content-encoding', 'content-length', 'set-cookie'].includes(name),
  );
  response.statusCode = status;
  for (const [name, value] of kept) response.setHeader(name, value);
  response.setHeader('set-cookie', headers.getSetCookie());
  response.end(body);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
