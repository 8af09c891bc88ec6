import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import restify from 'restify';
import { type App, startApp } from '../../src/app.js';
import { withAccess } from '../../src/rules/derived.js';
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
  /** The whole product: a list of five profiles, with the pretend company as its directory and the embedded store. */
  async profiles() {
    const app = await startApp(readSettings({ ...process.env, SWEEP_SECONDS: '3600', LOG_LEVEL: 'error' }));
    for (let n = 0; n < 5; n += 1) await keepProfile(app, n);
    return app.port;
  },
};

/** A profile that is shared with everyone, and the grant that keeps it alive. */
async function keepProfile({ services: { collections, tenants } }: App, n: number): Promise<void> {
  const [tenant = ''] = tenants;
  const [id, now, owner] = [`p${n}`, new Date(), { id: 'owner', name: 'Olga Owner' }];
  const type = 'x-user' as const;
  await collections.profiles.insert(
    withAccess({
      ...{ tenant, id, version: 1, revision: 1, type, externalId: id, handle: `contoso_${n}`, name: `Contoso ${n}` },
      ...{
        addedBy: owner,
        addedAt: now,
        owners: [{ ...owner, since: now }],
        claims: [],
        allowed: {},
        access: [],
        outbox: [],
      },
      shares: [{ principal: { kind: 'everyone' }, by: owner, at: now }],
    }),
  );
  await collections.grants.insert({
    ...{ tenant, id: `${id}:owner`, version: 1, profile: id, type, externalId: id, since: now, sealed: 'sealed' },
    ...{ person: 'owner', personName: owner.name, state: 'good', scopes: [], lastGoodAt: now },
  });
}

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
