import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '../../src/doctor/doctor.js';
import { reportOf } from '../../src/doctor/finding.js';
import { type Company, createCompany } from '../../src/sandbox/company/company.js';
import { createNetworkFakes, type NetworkFakes, sandboxApps } from '../../src/sandbox/networks/index.js';
import { world } from '../../src/sandbox/world.js';
import { openCollections } from '../../src/store/collections.js';
import { openStore } from '../../src/store/index.js';
import { newestSchema, schemaKey } from '../../src/store/schema.js';

type Env = Record<string, string | undefined>;
const secret = 'very-secret-indeed';
const id = '22222222-2222-4222-8222-222222222222';

describe('the doctor', () => {
  const servers: Server[] = [];
  let company: Company;
  let folder: string;
  let good: Env;
  let networks: NetworkFakes;
  let address: RequestListener;

  /** What answers at BASE_URL: the bot, behind a proxy that passes `links` on. */
  const answering =
    ({ links = true, skewMs = 0 }): RequestListener =>
    (request, response) => {
      response.setHeader('date', new Date(Date.now() + skewMs).toUTCString());
      if (request.url === '/healthz') return void response.end('{"status":"alive"}');
      if (!links) return void response.writeHead(404).end('nginx');
      response.writeHead(404, { 'content-security-policy': "default-src 'none'" }).end('no such link');
    };

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    company = createCompany({ world, clock: () => new Date() });
    networks = createNetworkFakes({ dataDir: folder, clock: () => new Date() });
    address = answering({});
    good = {
      ...{ MicrosoftAppId: id, MicrosoftAppPassword: secret, MicrosoftAppType: 'SingleTenant' },
      ...{ MicrosoftAppTenantId: world.tenant.id, DATA_DIR: join(folder, 'data'), ADMINS: world.admins[0] },
      TOKEN_KEYS: `a:${randomBytes(32).toString('base64')}`,
      ...{ X_CLIENT_ID: sandboxApps.x?.clientId, X_CLIENT_SECRET: sandboxApps.x?.clientSecret },
      OUTBOUND_ORIGIN: await listen(async (request, response) => {
        if (!(await networks.handle(request, response))) company.listener(request, response);
      }),
      BASE_URL: await listen((request, response) => address(request, response)),
    };
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('finds nothing wrong where nothing is, and says what only a person can see', async () => {
    const findings = await examine(good);
    assert.deepEqual(
      findings.filter(({ state }) => state === 'wrong'),
      [],
      reportOf(findings),
    );
    assert.deepEqual(
      findings.map(({ state, what }) => `${state} ${what}`),
      [
        ...['ok settings', 'ok DATA_DIR', 'ok store', 'ok User.Read.All', 'ok GroupMember.Read.All'],
        ...['ok TeamworkTag.Read.All', 'look Member.Read.Hidden', 'ok ADMINS', 'ok bot token', 'ok BASE_URL'],
        ...['ok clock', 'ok /link/', 'ok X_CLIENT_ID', 'look X redirect'],
      ],
    );
  });

  it('asks every network whether it knows the app', async () => {
    const pairs = Object.entries(sandboxApps).map(([name, app]) => [`${name.toUpperCase()}_CLIENT`, app] as const);
    const states = async (secretOf: (given: string) => string) => {
      const env = Object.fromEntries(
        pairs.flatMap(([name, app]) => [
          [`${name}_ID`, app.clientId],
          [`${name}_SECRET`, secretOf(app.clientSecret)],
        ]),
      );
      const found = await examine({ ...good, ...env });
      return pairs.map(([name]) => found.find(({ what }) => what === `${name}_ID`)?.state);
    };
    // X, Facebook, Instagram, LinkedIn, YouTube: Meta's do not say it clearly, and then nothing is claimed.
    assert.deepEqual(await states((given) => given), ['ok', 'ok', 'look', 'ok', 'ok']);
    assert.deepEqual(await states(() => secret), ['wrong', 'look', 'look', 'wrong', 'wrong']);
    networks.fault('youtube', { kind: 'error', times: 9 });
    assert.deepEqual((await states((given) => given)).at(-1), 'look', 'an outage is nobody’s fault here');
  });

  it('has nothing to say of a sandbox', async () => {
    assert.deepEqual(
      (await examine({})).map(({ state, what }) => `${state} ${what}`),
      ['ok settings'],
    );
  });

  type Planted = [title: string, what: string, plant: () => Env | Promise<Env>];
  const planted: Planted[] = [
    ['a bot without its id', 'MicrosoftAppId', () => ({ MicrosoftAppId: undefined })],
    ['a bot without a password', 'MicrosoftAppPassword', () => ({ MicrosoftAppPassword: undefined })],
    ['a bot without a tenant', 'MicrosoftAppTenantId', () => ({ MicrosoftAppTenantId: undefined })],
    [
      'an address without https',
      'BASE_URL',
      () => ({ BASE_URL: 'http://social.contoso.example', OUTBOUND_ORIGIN: '' }),
    ],
    ['an address with a path', 'BASE_URL', () => ({ BASE_URL: 'http://127.0.0.1:9/social' })],
    ['no keys', 'TOKEN_KEYS', () => ({ TOKEN_KEYS: undefined })],
    ['a key of zeros', 'TOKEN_KEYS', () => ({ TOKEN_KEYS: `a:${Buffer.alloc(32).toString('base64')}` })],
    ['half a network', 'X_CLIENT_SECRET', () => ({ X_CLIENT_SECRET: undefined })],
    ['half a directory', 'GRAPH_TENANT_ID', () => ({ GRAPH_CLIENT_ID: id })],
    ['half a browser proof', 'ENTRA_CLIENT_SECRET', () => ({ ENTRA_CLIENT_ID: id })],
    ['a tenant that is no id', 'TENANTS', () => ({ TENANTS: 'contoso' })],
    ['a database address of another kind', 'MONGODB_URI', () => ({ MONGODB_URI: 'postgres://db' })],
    ['a port that is none', 'PORT', () => ({ PORT: 'eighty' })],
    [
      'a folder that cannot be made',
      'DATA_DIR',
      async () => {
        await writeFile(join(folder, 'file'), '');
        return { DATA_DIR: join(folder, 'file/data') };
      },
    ],
    ['a database that does not answer', 'MONGODB_URI', () => ({ MONGODB_URI: 'mongodb://127.0.0.1:9/x' })],
    [
      'data of a newer release',
      'store',
      async () => {
        const store = await openStore({ dataDir: good.DATA_DIR ?? '' });
        const { schema } = await openCollections(store);
        await schema.insert({ ...schemaKey, version: 1, number: newestSchema + 1 });
        await store.close();
        return {};
      },
    ],
    ['a wrong secret', 'Entra', () => ({ MicrosoftAppPassword: 'wrong' })],
    ['an unknown organisation', 'Entra', () => ({ TENANTS: '99999999-9999-4999-8999-999999999999' })],
    [
      'a missing permission for people',
      'User.Read.All',
      () => {
        company.deny(['/users']);
        return {};
      },
    ],
    [
      'a missing permission for groups',
      'GroupMember.Read.All',
      () => {
        company.deny(['/groups']);
        return {};
      },
    ],
    ['an admin whom nobody knows', 'ADMINS', () => ({ ADMINS: 'gone@contoso.example' })],
    ['no admin', 'ADMINS', () => ({ ADMINS: undefined })],
    ['an address that nobody answers', 'BASE_URL', () => ({ BASE_URL: 'http://127.0.0.1:9' })],
    [
      'an address that something else answers',
      'BASE_URL',
      () => {
        address = (_, response) => response.writeHead(404).end('nginx');
        return {};
      },
    ],
    [
      'a clock that is ten minutes off',
      'clock',
      () => {
        address = answering({ skewMs: 600_000 });
        return {};
      },
    ],
    [
      'a missing permission for tags',
      'TeamworkTag.Read.All',
      () => {
        company.deny(['/tags']);
        return {};
      },
    ],
    [
      'a secret of the bot that is wrong, where the directory has another app',
      'bot token',
      () => ({
        ...{ MicrosoftAppPassword: 'wrong', GRAPH_TENANT_ID: world.tenant.id },
        ...{ GRAPH_CLIENT_ID: id, GRAPH_CLIENT_SECRET: secret },
      }),
    ],
    [
      'a bot in an organisation that is not there',
      'bot token',
      () => ({
        ...{ MicrosoftAppTenantId: '99999999-9999-4999-8999-999999999999', TENANTS: world.tenant.id },
        ...{ GRAPH_TENANT_ID: world.tenant.id, GRAPH_CLIENT_ID: id, GRAPH_CLIENT_SECRET: secret },
      }),
    ],
    ['an app that its network does not know', 'X_CLIENT_ID', () => ({ X_CLIENT_ID: 'nobody' })],
    ['the secret of another app', 'X_CLIENT_ID', () => ({ X_CLIENT_SECRET: secret })],
    [
      'a proxy that keeps people from coming back',
      '/link/',
      () => {
        address = answering({ links: false });
        return {};
      },
    ],
    [
      'a proxy that hangs up on people who come back',
      '/link/',
      () => {
        const passedOn = answering({});
        address = (request, response) =>
          request.url === '/healthz' ? passedOn(request, response) : request.socket.destroy();
        return {};
      },
    ],
    ['no network', 'networks', () => ({ X_CLIENT_ID: undefined, X_CLIENT_SECRET: undefined })],
  ];
  for (const [title, what, plant] of planted) {
    it(`finds ${title}, by the name of ${what}, and says what to do`, async () => {
      const findings = await examine({ ...good, ...(await plant()) });
      const bad = findings.filter(({ state }) => state === 'wrong');
      assert.equal(bad[0]?.what, what, reportOf(findings));
      for (const { says, fix = '' } of bad) assert.ok(says.length > 10 && fix.length > 10);
      assert.ok(!reportOf(findings).includes(secret), 'no secret is told');
    });
  }
});
