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
  let address: RequestListener;

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    company = createCompany({ world, clock: () => new Date() });
    address = (_, response) => response.end('{"status":"alive"}');
    good = {
      ...{ MicrosoftAppId: id, MicrosoftAppPassword: secret, MicrosoftAppType: 'SingleTenant' },
      ...{ MicrosoftAppTenantId: world.tenant.id, DATA_DIR: join(folder, 'data'), ADMINS: world.admins[0] },
      TOKEN_KEYS: `a:${randomBytes(32).toString('base64')}`,
      ...{ X_CLIENT_ID: 'x', X_CLIENT_SECRET: secret },
      OUTBOUND_ORIGIN: await listen(company.listener),
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
        ...[
          'look TeamworkTag.Read.All, Member.Read.Hidden',
          'ok ADMINS',
          'ok BASE_URL',
          'ok clock',
          'look X_CLIENT_ID',
        ],
      ],
    );
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
        address = (_, response) => {
          response.setHeader('date', new Date(Date.now() + 600_000).toUTCString());
          response.end('{"status":"alive"}');
        };
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
