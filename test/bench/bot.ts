import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import restify from 'restify';
import { startApp } from '../../src/app.js';
import { readSettings } from '../../src/settings.js';
import { openBot } from '../contract/frontDoorBot.js';

/** Each starts one kind of bot, with the environment as its settings, and resolves with its port. */
const variants: Record<string, () => Promise<number>> = {
  /** What the SDK's own samples do: nothing kept, nothing guarded. */
  async stock() {
    const settings = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
    const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings));
    const server = restify.createServer();
    server.log.level = 'error' as never;
    server.use(restify.plugins.bodyParser({ mapParams: false }));
    server.post('/api/messages', async (request, response) => {
      await adapter.process(request, response, sayCard);
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
    });
  },
  /** The front door and the adapter of this product, around the same logic. */
  async door() {
    const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
    const bot = await openBot({
      env: { ...env, LOG_LEVEL: 'error' },
      tenants: [env.MicrosoftAppTenantId ?? ''],
      logic: sayCard,
    });
    return bot.port;
  },
  /** The whole product: a list of profiles, with the pretend company as its directory and the embedded store. */
  async profiles() {
    return (await startApp(readSettings({ ...process.env, SWEEP_SECONDS: '3600', LOG_LEVEL: 'error' }))).port;
  },
};

async function sayCard(context: TurnContext): Promise<void> {
  const body = [{ type: 'TextBlock', text: `You said: ${context.activity.text}`, wrap: true }];
  const content = { type: 'AdaptiveCard', version: '1.5', body };
  await context.sendActivity({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  });
}

const start = variants[process.argv[2] ?? ''];
if (!start || !process.send) throw new Error(`started by turn.ts with one of ${Object.keys(variants).join(', ')}`);
const port = await start();
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
process.send({ port });
