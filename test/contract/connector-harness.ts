import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connector, createConnector } from '../../src/sandbox/connector/connector.js';
import type { Activity } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';

export type Heard = Activity & {
  serviceUrl: string;
  conversation: Record<string, unknown> & { id: string };
  from: { id: string; name: string; aadObjectId: string };
  recipient: { id: string };
};
export type Rest = { status: number; headers: Headers; body: Record<string, unknown> & { id: string } };

/** A connector on a port of its own, and a bot that writes down what it hears. */
export class ConnectorHarness {
  readonly heard: Heard[] = [];
  /** The Authorization headers it came with. */
  readonly authorizations = new Set<string | undefined>();
  /** What the bot answers; may be slow. */
  answer: (activity: Heard) => Promise<{ status: number; body?: unknown }> = async () => ({ status: 200 });
  readonly dataDir = mkdtempSync(join(tmpdir(), 'connector-'));
  connector!: Connector;
  readonly #servers: Server[] = [];
  #serviceUrl = '';

  async start(timeoutMs = 15_000): Promise<void> {
    const botPort = await this.#listen(async (request) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const activity = JSON.parse(Buffer.concat(chunks).toString()) as Heard;
      this.authorizations.add(request.headers.authorization);
      this.heard.push(activity);
      return this.answer(activity);
    });
    this.connector = createConnector({
      world,
      botEndpoint: () => `http://127.0.0.1:${botPort}/api/messages`,
      serviceUrl: () => this.#serviceUrl,
      dataDir: this.dataDir,
      clock: () => new Date(),
      authorization: async () => 'Bearer of-the-channel',
      timeoutMs,
    });
    const server = createServer(async (request, response) => {
      if (!(await this.connector.handle(request, response))) response.writeHead(418).end();
    });
    this.#serviceUrl = `http://127.0.0.1:${await listening(server)}/connector`;
    this.#servers.push(server);
  }

  /** A request to the connector, as a bot makes it. */
  async rest(method: string, path: string, body?: unknown): Promise<Rest> {
    const response = await fetch(`${this.#serviceUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (text === '' ? {} : JSON.parse(text)) as Rest['body'];
    return { status: response.status, headers: response.headers, body: json };
  }

  activities(conversation: string, rest = ''): string {
    return `/v3/conversations/${encodeURIComponent(conversation)}/activities${rest}`;
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await this.connector.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #listen(answer: (request: IncomingMessage) => Promise<{ status: number; body?: unknown }>) {
    const server = createServer(async (request, response) => {
      const { status, body } = await answer(request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
    this.#servers.push(server);
    return listening(server);
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export const card = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
});
