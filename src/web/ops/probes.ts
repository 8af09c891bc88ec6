import type { WebServer } from '../server/server.js';
import type { Metrics } from './metrics.js';

/** `/healthz`: the process is alive. `/readyz`: the store answers within a second. `/metrics`: for Prometheus. */
export function addProbes(server: WebServer, options: { ready: () => Promise<void>; metrics: Metrics }): void {
  const { ready, metrics } = options;
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
  server.route('get', '/metrics', async () => ({
    status: 200,
    headers: { 'content-type': metrics.contentType },
    body: await metrics.text(),
  }));
}
