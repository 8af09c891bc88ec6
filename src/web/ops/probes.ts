import type { Logger } from 'pino';
import { createWebServer, type WebServer } from '../server/server.js';
import type { Metrics } from './metrics.js';

export type Probed = {
  /** Rejects while the store cannot be reached. */
  ready: () => Promise<void>;
  /** What the doctor finds, for an admin whom this header names; undefined for everybody else. Never rejects. */
  examined: (authorization: string | undefined) => Promise<readonly object[] | undefined>;
};

/**
 * `/healthz`: the process is alive. `/readyz`: the store answers within a second; an admin, by the token of their tab, is
 * told what the doctor finds as well.
 */
export function addProbes(server: WebServer, { ready, examined }: Probed): void {
  server.route('get', '/healthz', async () => ({ status: 200, body: { status: 'alive' } }));
  server.route('get', '/readyz', async ({ headers }) => {
    const isReady = await ready().then(
      () => true,
      () => false,
    );
    const found = await examined(headers.authorization);
    const findings = found ? { findings: found } : {};
    return isReady
      ? { status: 200, body: { status: 'ready', ...findings } }
      : { status: 503, body: { status: 'the store is not reachable', ...findings } };
  });
}

/** `/metrics`, for Prometheus, on a server of its own: no address of the bot's own server can lead there. */
export function createMetricsServer(metrics: Metrics, log: Logger): WebServer {
  const server = createWebServer({ log });
  server.route('get', '/metrics', async () => ({
    status: 200,
    headers: { 'content-type': metrics.contentType },
    body: await metrics.text(),
  }));
  return server;
}
