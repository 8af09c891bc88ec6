import type { Logger } from 'pino';
import { createWebServer, type WebServer } from '../server/server.js';
import type { Metrics } from './metrics.js';

/** `/healthz`: the process is alive. `/readyz`: the store answers within a second. */
export function addProbes(server: WebServer, { ready }: { ready: () => Promise<void> }): void {
  server.route('get', '/healthz', async () => ({ status: 200, body: { status: 'alive' } }));
  server.route('get', '/readyz', async () => {
    const isReady = await ready().then(
      () => true,
      () => false,
    );
    return isReady
      ? { status: 200, body: { status: 'ready' } }
      : { status: 503, body: { status: 'the store is not reachable' } };
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
