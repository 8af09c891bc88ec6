import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { createCompany } from '../../src/sandbox/company/company.js';
import { world } from '../../src/sandbox/world.js';
import { groupNamed, idOf, type Joined, join, tenant } from './directory-kit.js';

type GraphBody = {
  error?: { code: string; message: string; innerError?: Record<string, string> };
  value?: Record<string, unknown>[];
  '@odata.nextLink'?: string;
  '@odata.count'?: number;
};

describe('the pretend company is as strict as Microsoft Graph:', () => {
  let joined: Joined;
  let token: string;
  before(async () => {
    joined = await join();
    token = await signIn('https://graph.microsoft.com/.default');
  });
  after(() => joined.stop());

  async function tokenReply(form: Record<string, string>, of = tenant): Promise<Response> {
    const endpoint = joined.outbound(`https://login.microsoftonline.com/${of}/oauth2/v2.0/token`);
    return fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) });
  }

  async function signIn(scope: string): Promise<string> {
    const form = { grant_type: 'client_credentials', client_id: 'app', client_secret: 'secret', scope };
    const { access_token } = (await (await tokenReply(form)).json()) as { access_token: string };
    return access_token;
  }

  async function ask(where: string, init: RequestInit = {}, eventual = false, host = 'graph.microsoft.com') {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (eventual) headers.consistencylevel = 'eventual';
    if (init.body) headers['content-type'] = 'application/json';
    const response = await fetch(joined.outbound(`https://${host}/v1.0${where}`), { headers, ...init });
    return { status: response.status, headers: response.headers, body: (await response.json()) as GraphBody };
  }
  const refused = async (asking: ReturnType<typeof ask>, status: number, code: string) => {
    const { status: got, body } = await asking;
    assert.deepEqual([got, body.error?.code], [status, code]);
    assert.ok(body.error?.innerError?.['request-id']);
  };
  const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

  it('a search or a cast without ConsistencyLevel is an unsupported query', async () => {
    const search = `/users?$search=${encodeURIComponent('"displayName:ben"')}`;
    await refused(ask(search), 400, 'Request_UnsupportedQuery');
    assert.equal((await ask(search, {}, true)).body.value?.length, 1);
    const cast = `/groups/${groupNamed('Sales')}/transitiveMembers/microsoft.graph.user`;
    await refused(ask(`${cast}?$count=true`), 400, 'Request_UnsupportedQuery');
    await refused(ask(cast, {}, true), 400, 'Request_UnsupportedQuery');
    assert.equal((await ask(`${cast}?$count=true`, {}, true)).body['@odata.count'], 2);
  });

  it('searches words in any order from their beginning, and other fields from the start', async () => {
    const found = async (search: string) =>
      (await ask(`/users?$search=${encodeURIComponent(search)}&$select=mail`, {}, true)).body.value?.map(
        ({ mail }) => mail,
      );
    assert.deepEqual(await found('"displayName:wal be"'), ['ben@contoso.example']);
    assert.deepEqual(await found('"displayName:alters"'), []);
    assert.deepEqual(await found('"mail:ben@"'), ['ben@contoso.example']);
    assert.deepEqual(await found('"mail:contoso"'), []);
    assert.deepEqual(await found('"displayName:ben" AND "mail:alex"'), []);
    assert.equal((await found('"displayName:ben" OR "mail:alex"'))?.length, 2);
    for (const broken of ['displayName:ben', '"displayName:ben', '"displayName:b"en"', '"ben"', '"displayName:a\\b"']) {
      await refused(ask(`/users?$search=${encodeURIComponent(broken)}`, {}, true), 400, 'Request_BadRequest');
    }
  });

  it('a broken filter, an unknown option and a page of a thousand are bad requests', async () => {
    for (const query of [
      "$filter=mail eq 'a' or",
      "$filter=mail eq 'a''",
      '$filter=mail',
      '$frobnicate=1',
      '$top=1000',
      '$select=shoes',
    ]) {
      const [name, value = ''] = query.split(/=(.*)/s);
      await refused(ask(`/users?${name}=${encodeURIComponent(value)}`), 400, 'Request_BadRequest');
    }
    const ids = Array.from({ length: 16 }, () => "'x'").join();
    await refused(ask(`/users?$filter=${encodeURIComponent(`id in (${ids})`)}`), 400, 'Request_BadRequest');
  });

  it('pages name the real host and keep what was asked', async () => {
    const first = await ask('/users?$top=5&$select=id');
    const next = first.body['@odata.nextLink'] ?? '';
    assert.ok(next.startsWith('https://graph.microsoft.com/v1.0/users?'), next);
    assert.ok(!next.includes(joined.origin));
    const second = await ask(next.replace('https://graph.microsoft.com/v1.0', ''));
    assert.deepEqual(Object.keys(second.body.value?.[0] ?? {}), ['id']);
    assert.equal(second.body.value?.length, 5);
  });

  it('accountEnabled is given only to those who ask for it', async () => {
    const plain = (await ask(`/users/${idOf('ben')}`)).body;
    assert.equal('accountEnabled' in plain, false);
    assert.equal('accountEnabled' in (await ask(`/users/${idOf('ben')}?$select=accountEnabled`)).body, true);
  });

  it('an unknown or deleted person is not found, and among the deleted', async () => {
    await refused(ask(`/users/${groupNamed('Sales')}`), 404, 'Request_ResourceNotFound');
    const gone = joined.company.addPerson({ name: 'Gone Soon' });
    joined.company.remove(gone);
    await refused(ask(`/users/${gone}`), 404, 'Request_ResourceNotFound');
    assert.equal((await ask(`/directory/deletedItems/${gone}`)).status, 200);
    assert.equal((await ask('/directory/deletedItems/microsoft.graph.user')).body.value?.length, 1);
  });

  it('more than 20 groups are too many for one check', async () => {
    const groupIds = Array.from({ length: 21 }, () => groupNamed('Sales'));
    const where = `/users/${idOf('adele')}/checkMemberGroups`;
    await refused(ask(where, post({ groupIds })), 400, 'Request_BadRequest');
    assert.equal((await ask(where, post({ groupIds: groupIds.slice(1) }))).status, 200);
    await refused(ask(where, { method: 'POST', body: '{' }), 400, 'Request_BadRequest');
  });

  it('the team’s channels tell their kind', async () => {
    const { body } = await ask(`/teams/${groupNamed('Marketing')}/channels`);
    assert.deepEqual(
      body.value?.map(({ membershipType }) => membershipType),
      ['standard', 'standard', 'shared', 'private'],
    );
  });

  it('a token is for one Graph, one tenant and one hour', async () => {
    const kept = token;
    token = 'made up';
    await refused(ask('/users'), 401, 'InvalidAuthenticationToken');
    token = await signIn('https://graph.microsoft.us/.default');
    await refused(ask('/users'), 401, 'InvalidAuthenticationToken');
    assert.equal((await ask('/users', {}, false, 'graph.microsoft.us')).status, 200);
    joined.later(3_600);
    await refused(ask('/users', {}, false, 'graph.microsoft.us'), 401, 'InvalidAuthenticationToken');
    joined.later(-3_600);
    token = kept;
    const good = {
      grant_type: 'client_credentials',
      client_id: 'a',
      client_secret: 'b',
      scope: 'https://graph.microsoft.com/.default',
    };
    assert.equal((await tokenReply({ ...good, scope: 'User.Read.All' })).status, 400);
    assert.equal((await tokenReply({ ...good, client_secret: 'wrong' })).status, 401);
    assert.equal((await tokenReply({ ...good, client_secret: '' })).status, 401);
    assert.equal((await tokenReply(good, 'common')).status, 400);
    assert.equal((await tokenReply({ ...good, grant_type: 'password' })).status, 400);
  });

  it('draws a picture with initials', async () => {
    const address = joined.outbound(`https://graph.microsoft.com/v1.0/users/${idOf('megan')}/photo/$value`);
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(response.headers.get('content-type'), 'image/svg+xml');
    assert.match(await response.text(), />MB<\/text>/);
  });

  it('what else is asked is refused', async () => {
    await refused(ask('/me'), 400, 'BadRequest');
    await refused(ask('/users/%E0%A4%A'), 400, 'Request_BadRequest');
    assert.equal(joined.company.isFor('/graph.microsoft.com/v1.0/users'), true);
    assert.equal(joined.company.isFor('/api.x.com/2/users/me'), false);
    assert.equal(joined.company.isFor(`/login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`), false);
  });

  describe('its dial', () => {
    const turn = async (wish: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) => {
      const response = await fetch(`${joined.origin}/sandbox/company`, {
        method: 'POST',
        headers,
        body: JSON.stringify(wish),
      });
      return { status: response.status, body: (await response.json()) as { id?: string; error?: string } };
    };

    it('sets off what happens in a company', async () => {
      assert.equal((await turn({ do: 'disable', id: idOf('ben') })).status, 200);
      assert.equal(await joined.directory.isEnabled(tenant, idOf('ben')), false);
      assert.equal((await turn({ do: 'enable', id: idOf('ben') })).status, 200);
      const person = (await turn({ do: 'addPerson', name: 'Nora New' })).body.id ?? '';
      const group = (await turn({ do: 'addGroup', name: 'Newcomers', people: [person] })).body.id ?? '';
      assert.deepEqual(await joined.directory.groupsOf(tenant, person), [group]);
      await turn({ do: 'removeFromGroup', group, person });
      assert.deepEqual(await joined.directory.groupsOf(tenant, person), []);
      await turn({ do: 'throttle', times: 1, retryAfter: 60 });
      await assert.rejects(joined.directory.isEnabled(tenant, person), { reason: 'throttled' });
      joined.later(61);
      await turn({ do: 'remove', id: person });
      assert.equal(await joined.directory.isEnabled(tenant, person), false);
    });

    it('refuses what it does not know, and pages of other places', async () => {
      assert.equal((await turn({ do: 'explode' })).status, 400);
      assert.equal((await turn({ do: 'disable', id: 'nobody' })).status, 404);
      assert.equal((await turn({ do: 'disable', id: '__proto__' })).status, 404);
      assert.equal((await turn({ do: 'disable', id: idOf('ben') }, { 'content-type': 'text/plain' })).status, 415);
      assert.equal((await fetch(`${joined.origin}/sandbox/company`)).status, 405);
      assert.equal(await joined.directory.isEnabled(tenant, idOf('ben')), true);
    });

    it('is a page in a browser, whose own forms it takes and no other page’s', async () => {
      const address = `${joined.origin}/sandbox/company`;
      const look = async () => (await fetch(address, { headers: { accept: 'text/html' } })).text();
      const wish = (origin: string | undefined) =>
        fetch(address, {
          method: 'POST',
          redirect: 'manual',
          headers: origin === undefined ? {} : { origin },
          body: new URLSearchParams({ do: 'remove', id: idOf('adele') }),
        });
      assert.match(await look(), /Adele Vance[\s\S]*Disable/);
      assert.equal((await wish('https://elsewhere.example')).status, 415);
      assert.equal((await wish(undefined)).status, 415);
      assert.doesNotMatch(await look(), /Adele Vance <span[^>]*>Sales, <strong>/);
      assert.equal((await wish(joined.origin)).status, 303);
      assert.match(await look(), /Adele Vance <span[^>]*>Sales, <strong>deleted<\/strong>/);
      joined.company.restore(idOf('adele'));
      joined.company.addPerson({ name: '<b>Bold</b>' });
      assert.doesNotMatch(await look(), /<b>Bold/);
    });
  });
});

describe('the pretend company', () => {
  it('is after a restart as it was left', async () => {
    const dataDir = mkdtempSync(path(tmpdir(), 'company-'));
    try {
      const first = await join(dataDir);
      const { link } = await first.directory.changes(tenant, undefined);
      first.company.disable(idOf('ben'));
      const added = first.company.addPerson({ name: 'Nora New' });
      first.company.addToGroup(groupNamed('Sales'), added);
      await first.stop();

      const second = await join(dataDir);
      assert.equal(await second.directory.isEnabled(tenant, idOf('ben')), false);
      assert.deepEqual((await second.directory.reach(tenant, groupNamed('Sales'))).count.people, 3);
      assert.deepEqual((await second.directory.changes(tenant, link)).changes, [
        { id: idOf('ben'), state: 'disabled' },
        { id: added, state: 'enabled' },
      ]);
      await second.stop();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('leaves the world it is made of untouched', () => {
    const before = JSON.stringify(world);
    const company = createCompany({ world, clock: () => new Date() });
    company.disable(idOf('ben'));
    company.addToGroup(groupNamed('Sales'), idOf('ben'));
    assert.equal(JSON.stringify(world), before);
  });
});
