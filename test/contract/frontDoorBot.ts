import { createBotAdapter, type Logic } from '../../src/bot/transport/adapter.js';
import { createLog } from '../../src/platform/log.js';
import { readSettings } from '../../src/settings.js';
import { createFrontDoor } from '../../src/web/channel/frontDoor.js';
import { createMetrics } from '../../src/web/ops/metrics.js';
import { addProbes } from '../../src/web/ops/probes.js';
import { createWebServer } from '../../src/web/server/server.js';
import type { SignedChannel } from './signedChannel.js';

export const echo: Logic = async (context) => {
  await context.sendActivity(`You said: ${context.activity.text}`);
};

/** The real server, door and adapter around a small piece of logic. */
export async function openBot(options: {
  env: Record<string, string>;
  tenants: string[];
  logic?: Logic;
  now?: () => number;
  isPaced?: boolean;
}) {
  const lines: string[] = [];
  const settings = readSettings(options.env);
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics();
  const server = createWebServer({ log, loopbackHostsOnly: settings.mode === 'sandbox' });
  const adapter = createBotAdapter({
    ...{ settings, onReply: metrics.reply, isPaced: options.isPaced ?? false },
    outbound: (url) => new URL(url),
  });
  const state = { logic: options.logic ?? echo, isReady: true };
  addProbes(server, {
    ready: async () => void (state.isReady || (await Promise.reject(new Error('down')))),
    examined: async () => undefined,
  });
  const { now } = options;
  server.route(
    'post',
    '/api/messages',
    createFrontDoor({
      settings,
      tenants: options.tenants,
      turn: (activity, claims) => adapter.handle(activity, claims, (context) => state.logic(context)),
      log,
      metrics,
      ...(now ? { now } : {}),
    }),
  );
  const { port } = await server.listen(0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    state,
    lines,
    metrics,
    connector: adapter.connector,
    server,
    /** One number of `/metrics`; 0 when it was never counted. */
    async count(name: string, labels = ''): Promise<number> {
      const line = (await metrics.text()).split('\n').find((one) => one.startsWith(`${name}${labels}`));
      return Number(line?.split(' ').at(-1) ?? 0);
    },
    async close() {
      await server.close(2_000);
      await adapter.close();
    },
  };
}
export type Bot = Awaited<ReturnType<typeof openBot>>;

export function botFor(
  channel: SignedChannel,
  more: { logic?: Logic; now?: () => number; isPaced?: boolean } = {},
): Promise<Bot> {
  return openBot({ env: channel.env, tenants: [channel.tenant], ...more });
}
