import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { type CloudName, clouds } from '../../src/directory/clouds.js';
import { DirectoryDown } from '../../src/directory/directory.js';
import { createGraphDirectory } from '../../src/directory/graph.js';
import { search, typedWords, withQuery } from '../../src/directory/query.js';
import { outboundThrough } from '../../src/platform/outbound.js';
import { groupNamed, idOf, type Joined, join, tenant } from './directory-kit.js';

describe('what is typed', () => {
  let joined: Joined;
  before(async () => {
    joined = await join();
  });
  after(() => joined.stop());

  it('is escaped for a search', () => {
    const table: [typed: string, asked: string | undefined][] = [
      ['ann', '"displayName:ann"'],
      ['ann "the boss"', '"displayName:ann \\"the boss\\""'],
      ['a\\', '"displayName:a\\\\"'],
      ['a" OR "mail:b', '"displayName:a\\" OR \\"mail:b"'],
      ['Research & Development', '"displayName:Research Development"'],
      ["O'Brien", '"displayName:O\'Brien"'],
      ['مرحبا', '"displayName:مرحبا"'],
      ['🦄 team', '"displayName:🦄 team"'],
      ['&&&', undefined],
      ['🦄', undefined],
      ['x'.repeat(121), undefined],
    ];
    for (const [typed, asked] of table) assert.equal(search(typed, ['displayName']), asked, typed);
  });

  it('never leaves its place in the address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const url = new URL(withQuery('/users', { search: typed, top: 5 }), 'https://graph.microsoft.com');
        assert.equal(url.pathname, '/users');
        assert.equal(url.hash, '');
        assert.deepEqual(
          [...url.searchParams],
          [
            ['$search', typed],
            ['$top', '5'],
          ],
        );
      }),
    );
  });

  it('is read as a handle, a quoted name or plain words', () => {
    const table: [string, string][] = [
      ['@marketing', 'marketing'],
      ['  "Marketing   EMEA" ', 'Marketing EMEA'],
      ['“Marketing EMEA”', 'Marketing EMEA'],
      ['a\u0000b\nc', 'a b c'],
      ['x\ud800y', 'x y'],
    ];
    for (const [typed, words] of table) assert.equal(typedWords(typed), words);
  });

  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom(
        '"',
        '\\',
        "'",
        '&',
        '#',
        '%',
        '+',
        '(',
        ')',
        ' OR ',
        ' AND ',
        ':',
        'a',
        '/',
        '?',
        '=',
        '$',
      ),
      maxLength: 40,
    }),
    fc.constantFrom(
      'x" OR "displayName:a',
      "x' or startswith(displayName,'a') or 'a' eq '",
      'https://evil.example/a?b=c&$filter=1',
      '../../groups',
      'mia_fabrikam.example#EXT#@contoso.example',
      'a@b&$top=999',
      '%22%20OR%20%22displayName:a',
      '‮gnitekram',
      '__proto__',
      'constructor',
    ),
  );

  it('is only ever text to Graph, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (typed) => {
        joined.company.requests.length = 0;
        const people = await joined.directory.findPeople(tenant, typed);
        const groups = await joined.directory.findGroups(tenant, typed);
        for (const { status, path } of joined.company.requests) {
          assert.equal(status, 200);
          assert.match(path, /^\/v1\.0\/(users|groups)$|^\/[^/]+\/oauth2/);
        }
        for (const one of people) assertNamed(typed, [one.name, one.mail, one.signInName]);
        for (const one of groups) assertNamed(typed, [one.name, one.mail, one.alias]);
      }),
      { numRuns: 150 },
    );
  });

  it('finds names with quotes, backslashes and signs in them', async () => {
    for (const name of [
      "Pat O'Brien",
      'Kim "Kit" Lee',
      'Back\\Slash',
      'Research & Development',
      'C# Guild',
      '50% Club',
      'A+B',
      'قسم التسويق',
    ]) {
      const id = joined.company.addGroup({ name, alias: `alias-${name.length}` });
      const found = await joined.directory.findGroups(tenant, name);
      assert.equal(found[0]?.id, id, name);
    }
  });
});

/** Whatever was found has every word that was typed in its names: nothing of it was taken for an operator. */
function assertNamed(typed: string, names: (string | undefined)[]): void {
  const all = names.join(' ').toLowerCase();
  for (const word of typed.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? []) assert.ok(all.includes(word), typed);
}

describe('the token of the directory', () => {
  const secret = 'very-secret-token';
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** A Graph of one's own, that answers as told. */
  async function graphThat(answers: RequestListener, cloud: CloudName = 'global') {
    const server = createServer(answers);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return createGraphDirectory({
      cloud,
      tokens: () => ({
        getToken: async (scope) => ({ token: `${secret} for ${scope}`, expiresOnTimestamp: Date.now() + 3_600_000 }),
      }),
      outbound: outboundThrough(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      clock: () => new Date(),
      pause: async () => {},
    });
  }

  it('goes to Graph of the cloud that is set, and is asked for that one', async () => {
    for (const cloud of Object.keys(clouds) as CloudName[]) {
      const seen: IncomingMessage[] = [];
      const directory = await graphThat((request, response) => {
        seen.push(request);
        response.end(JSON.stringify({ id: idOf('ben'), accountEnabled: true }));
      }, cloud);
      assert.equal(await directory.isEnabled(tenant, idOf('ben')), true);
      const { graph } = clouds[cloud];
      assert.equal(seen[0]?.url?.split('/')[1], new URL(graph).host);
      assert.equal(seen[0]?.headers.authorization, `Bearer ${secret} for ${graph}/.default`);
    }
  });

  it('goes nowhere else: not with a next link, not with a redirect', async () => {
    for (const elsewhere of [
      'https://evil.example/v1.0/users',
      'http://graph.microsoft.com/v1.0/users',
      '//evil.example/x',
    ]) {
      const paths: string[] = [];
      const directory = await graphThat((request, response) => {
        paths.push(request.url ?? '');
        response.end(JSON.stringify({ value: [], '@odata.nextLink': elsewhere }));
      });
      await assert.rejects(directory.reach(tenant, groupNamed('Sales')), DirectoryDown, elsewhere);
      assert.equal(paths.length, 1, paths.join());
    }
    let asked = 0;
    const directory = await graphThat((_, response) => {
      asked++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await assert.rejects(directory.isEnabled(tenant, idOf('ben')), { reason: 'unreachable' });
    assert.equal(asked, 1);
  });

  it('is sent with the consistency header on each page', async () => {
    const headers: unknown[] = [];
    const directory = await graphThat((request, response) => {
      headers.push(request.headers.consistencylevel);
      const more =
        headers.length < 3
          ? { '@odata.nextLink': `${clouds.global.graph}/v1.0/next?$skiptoken=${headers.length}` }
          : {};
      response.end(JSON.stringify({ value: [{ id: String(headers.length) }], ...more }));
    });
    assert.deepEqual((await directory.reach(tenant, groupNamed('Sales'))).count, { people: 3, guests: 0 });
    assert.deepEqual(headers, ['eventual', 'eventual', 'eventual']);
  });

  it('counts a big group also where its guests cannot be counted apart', async () => {
    const directory = await graphThat((request, response) => {
      if (request.url?.includes('$filter'))
        response.writeHead(400).end('{"error":{"code":"Request_UnsupportedQuery"}}');
      else response.end(JSON.stringify({ '@odata.count': 2_001, value: [{ id: '1' }] }));
    });
    const { count } = await directory.reach(tenant, groupNamed('Sales'));
    assert.deepEqual(count, { people: 2_001, guests: 0, about: true });
  });

  it('is not spoiled by one entry that cannot be read: groups, people, members', async () => {
    const odd = [7, null, {}, { id: 8 }];
    const directory = await graphThat((request, response) => {
      const isIds = request.url?.includes('MemberGroups');
      response.end(JSON.stringify({ value: isIds ? [groupNamed('Sales'), ...odd] : [{ id: idOf('ben') }, ...odd] }));
    });
    assert.deepEqual(await directory.groupsOf(tenant, idOf('ben')), [groupNamed('Sales')]);
    assert.deepEqual(await directory.memberOf(tenant, idOf('ben'), [groupNamed('Sales')]), [groupNamed('Sales')]);
    assert.deepEqual(
      (await directory.findPeople(tenant, 'ben')).map(({ id }) => id),
      [idOf('ben')],
    );
    assert.equal((await directory.reach(tenant, groupNamed('Sales'))).count.people, 1);
  });

  it('is read up to ten megabytes, and no further', async () => {
    let sent = 0;
    const directory = await graphThat((_, response) => {
      const chunk = ' '.repeat(1_000_000);
      const more = () => {
        if (sent > 60_000_000 || response.destroyed) return response.destroy();
        sent += chunk.length;
        return response.write(chunk, () => setImmediate(more));
      };
      more();
    });
    await assert.rejects(directory.findPeople(tenant, 'ben'), DirectoryDown);
    assert.ok(sent < 50_000_000, String(sent));
  });

  it('is in no error, whatever Graph answers', async () => {
    const answers = [
      '{"error":{"code":"very-secret-token","message":"very-secret-token"}}',
      'very-secret-token',
      '{"value":"very-secret-token"}',
      '[]',
      'null',
      '',
    ];
    for (const status of [200, 400, 401, 403, 409, 418, 500, 503]) {
      for (const body of answers) {
        const directory = await graphThat((_, response) => response.writeHead(status).end(body));
        const error = await directory.findPeople(tenant, 'ben').then(
          () => assert.fail(`${status} ${body}`),
          (thrown: unknown) => thrown,
        );
        assert.ok(error instanceof DirectoryDown);
        assert.ok(!deepText(error).includes(secret), deepText(error));
      }
    }
  });

  it('is in no error when none is to be had', async () => {
    const directory = createGraphDirectory({
      tokens: () => ({
        getToken: () => Promise.reject(new Error(`AADSTS7000215: Invalid secret ${secret} for app 1234`)),
      }),
      outbound: outboundThrough(undefined),
      clock: () => new Date(),
    });
    const error = await directory.isEnabled(tenant, idOf('ben')).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof DirectoryDown);
    assert.equal(error.reason, 'not-allowed');
    assert.match(error.message, /AADSTS7000215/);
    assert.ok(!deepText(error).includes(secret));
  });
});

function deepText(error: Error): string {
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return error.cause instanceof Error ? own + deepText(error.cause) : own;
}
