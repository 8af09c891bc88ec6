import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryPermissions } from '../../src/directory/permissions.js';
import { outboundThrough } from '../../src/platform/outbound.js';
import { type Company, createCompany } from '../../src/sandbox/company/company.js';
import { world } from '../../src/sandbox/world.js';
import { setUpEntra } from '../../src/setup/entra.js';
import { keepSettings, withSettings } from '../../src/setup/envFile.js';
import { type AdminGraph, createAdminGraph } from '../../src/setup/graph.js';

const root = 'https://graph.microsoft.com';
const baseUrl = 'https://social.contoso.example';

describe('npm run setup:entra', () => {
  let server: Server;
  let company: Company;
  let graph: AdminGraph;
  let said: string[];
  beforeEach(async () => {
    company = createCompany({ world, clock: () => new Date() });
    server = createServer(company.listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const outbound = outboundThrough(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const form = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: 'admin', client_secret: 'secret', scope: `${root}/.default` },
    });
    const { body } = company.tokens.issue(world.tenant.id, form) as { body: { access_token: string } };
    graph = createAdminGraph({ root, token: async () => body.access_token, outbound, pause: async () => undefined });
    said = [];
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const run = (more: { isDry?: boolean; botAppId?: string; newSecrets?: boolean; now?: Date } = {}) =>
    setUpEntra(graph, {
      baseUrl,
      now: new Date(),
      isDry: false,
      newSecrets: false,
      say: (line) => said.push(line),
      ...more,
    });
  const writes = () => company.requests.filter(({ method }) => method !== 'GET');
  const registered = () => company.registrations;

  it('makes both registrations, with permissions, consent, scope, and the clients of Teams', async () => {
    const settings = await run();
    const { applications, principals, assignments } = registered();
    const [bot, browser] = applications;
    assert.equal(applications.length, 2);
    assert.equal(settings.MicrosoftAppId, bot?.appId);
    assert.equal(settings.ENTRA_CLIENT_ID, browser?.appId);
    assert.ok((settings.MicrosoftAppPassword?.length ?? 0) > 20 && (settings.ENTRA_CLIENT_SECRET?.length ?? 0) > 20);

    const graphRoles = principals[0]?.appRoles ?? [];
    const granted = assignments.map(({ appRoleId }) => graphRoles.find(({ id }) => id === appRoleId)?.value);
    assert.deepEqual(granted.sort(), directoryPermissions.map(({ name }) => name).sort(), 'these and no more');
    const own = principals.find(({ appId }) => appId === bot?.appId);
    assert.ok(
      assignments.every(({ principalId }) => principalId === own?.id),
      'and to the bot alone',
    );

    assert.deepEqual(browser?.web, { redirectUris: [`${baseUrl}/link/callback/entra`] });
    assert.deepEqual(browser?.identifierUris, [`api://social.contoso.example/botid-${browser?.appId}`]);
    type Api = {
      requestedAccessTokenVersion: number;
      oauth2PermissionScopes: { id: string; value: string }[];
      preAuthorizedApplications: { appId: string; delegatedPermissionIds: string[] }[];
    };
    const api = browser?.api as Api;
    assert.deepEqual(
      api.oauth2PermissionScopes.map(({ value }) => value),
      ['access_as_user'],
    );
    assert.deepEqual(
      api.preAuthorizedApplications.map(({ appId, delegatedPermissionIds }) => [appId, delegatedPermissionIds]),
      ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'].map((id) => [
        ...[id, [api.oauth2PermissionScopes[0]?.id]],
      ]),
    );
    for (const secret of [settings.MicrosoftAppPassword, settings.ENTRA_CLIENT_SECRET]) {
      assert.ok(!said.join('\n').includes(String(secret)), 'no secret is said');
    }
  });

  it('changes nothing the second time, and makes no second secret', async () => {
    const first = await run();
    company.requests.length = 0;
    const second = await run();
    assert.deepEqual(writes(), []);
    assert.deepEqual(second, { MicrosoftAppId: first.MicrosoftAppId, ENTRA_CLIENT_ID: first.ENTRA_CLIENT_ID });
  });

  it('mends what is missing and leaves what others added', async () => {
    await run();
    const [bot, browser] = registered().applications;
    const other = { resourceAppId: 'other', resourceAccess: [{ id: 'x', type: 'Scope' }] };
    Object.assign(bot ?? {}, { requiredResourceAccess: [other] });
    Object.assign(browser ?? {}, { web: { redirectUris: ['https://elsewhere.example/'] } });
    registered().assignments.pop();
    await run();
    const asked = bot?.requiredResourceAccess as unknown[] | undefined;
    assert.deepEqual(asked?.[0], other);
    assert.equal(asked?.length, 2);
    const web = browser?.web as { redirectUris: string[] } | undefined;
    assert.deepEqual(web?.redirectUris, ['https://elsewhere.example/', `${baseUrl}/link/callback/entra`]);
    assert.equal(registered().assignments.length, directoryPermissions.length);
  });

  it('tried dry says every step and writes nothing', async () => {
    const settings = await run({ isDry: true });
    assert.deepEqual(writes(), []);
    assert.deepEqual(registered().applications, []);
    assert.ok(said.length > 10 && said.every((line) => line.includes('would')), said.join('\n'));
    assert.equal(settings.MicrosoftAppPassword, undefined);
  });

  it('takes a registration that is named, and makes a secret that ends soon anew', async () => {
    const first = await run();
    const [bot] = registered().applications;
    Object.assign(bot ?? {}, { tags: [] });
    const later = new Date(Date.now() + 350 * 86_400_000);
    const second = await run({ botAppId: String(first.MicrosoftAppId), now: later });
    assert.equal(second.MicrosoftAppId, first.MicrosoftAppId);
    assert.notEqual(second.MicrosoftAppPassword, undefined);
    assert.equal(registered().applications.length, 2);
    await assert.rejects(run({ botAppId: '99999999-9999-4999-8999-999999999999' }), /No app registration has the id/);
  });

  it('says whom to sign in as when Graph does not let this person', async () => {
    company.deny(['/applications']);
    await assert.rejects(run(), /does not let you do this .*Sign in as a Privileged Role Administrator/);
  });

  it('is waited for where Entra does not know yet what was made', async () => {
    company.throttle({ times: 2, retryAfter: 1, path: 'addPassword' });
    assert.ok((await run()).MicrosoftAppPassword);
  });
});

describe('the file of settings', () => {
  it('has each setting once: in its line, commented out or not, else at the end', () => {
    const text = '# the bot\n#MicrosoftAppId=\nPORT=1\n';
    assert.equal(
      withSettings(text, { MicrosoftAppId: 'a$&b', PORT: '2', BASE_URL: 'c' }),
      '# the bot\nMicrosoftAppId=a$&b\nPORT=2\nBASE_URL=c\n',
    );
    assert.equal(withSettings('', { A: '1' }), 'A=1\n');
  });

  it('keeps settings for the owner of the file alone, also in a file that others could read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'settings-'));
    try {
      for (const name of ['new', 'there']) {
        const file = join(folder, name);
        if (name === 'there') await writeFile(file, '# mine\n', { mode: 0o644 });
        keepSettings(file, { SECRET: 's' });
        assert.match(await readFile(file, 'utf8'), /^(# mine\n)?SECRET=s\n$/);
        if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600, name);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
