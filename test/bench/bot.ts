import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import restify from 'restify';
import { type App, startApp } from '../../src/app.js';
import { withAccess } from '../../src/rules/derived.js';
import type { Share } from '../../src/rules/types.js';
import { readSettings } from '../../src/settings.js';
import { openBot } from '../contract/frontDoorBot.js';
import { startLimit } from './limitBot.js';
import { ownedBy, owners } from './turnAsks.js';

const envOf = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));

/** Each starts one kind of bot, with the environment as its settings, and resolves with its port. */
const variants: Record<string, () => Promise<number>> = {
  /** What the SDK's own samples do: nothing kept, nothing guarded. */
  async stock() {
    const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(envOf()));
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
    const env = envOf();
    const bot = await openBot({
      env: { ...env, LOG_LEVEL: 'error' },
      tenants: [env.MicrosoftAppTenantId ?? ''],
      logic: sayCard,
    });
    return bot.port;
  },
  /** What the whole product cannot go below. */
  limit: () => startLimit(envOf()),
  /** The whole product: five profiles for everybody, the pretend company as its directory and the embedded store. */
  async product() {
    const app = await startApp(readSettings({ ...process.env, SWEEP_SECONDS: '3600', LOG_LEVEL: 'error' }));
    const everyone = { principal: { kind: 'everyone' as const }, by: olga, at: new Date() };
    for (let n = 0; n < 5; n += 1)
      await keepProfile(app, { id: `p${n}`, name: `contoso_${n}`, owner: olga, shares: [everyone] });
    for (const [n, owner] of owners.entries()) {
      await keepProfile(app, { id: `o${n}`, name: ownedBy(n), owner, shares: [] });
    }
    return app.port;
  },
};

const olga = { id: 'owner', name: 'Olga Owner' };
type Kept = { id: string; name: string; owner: { id: string; name: string }; shares: Share[] };

/** A profile, and the grant that keeps it alive. */
async function keepProfile(
  { services: { collections, tenants } }: App,
  { id, name, owner, shares }: Kept,
): Promise<void> {
  const [tenant = ''] = tenants;
  const now = new Date();
  const by = { id: owner.id, name: owner.name };
  const type = 'x-user' as const;
  await collections.profiles.insert(
    withAccess({
      ...{ tenant, id, version: 1, revision: 1, type, externalId: id, handle: name, name: `The ${name}` },
      ...{ owners: [{ ...by, since: now }], shares },
      ...{ claims: [], allowed: {}, access: [], outbox: [] },
    }),
  );
  await collections.grants.insert({
    ...{ tenant, id: `${id}:${by.id}`, version: 1, profile: id, type, externalId: id, since: now, sealed: 'sealed' },
    ...{ person: by.id, personName: by.name, state: 'good', scopes: [], lastGoodAt: now },
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
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, rssMiB: process.memoryUsage.rss() / 1024 ** 2 });
});
process.on('disconnect', () => process.exit(0));
process.send({ port });
