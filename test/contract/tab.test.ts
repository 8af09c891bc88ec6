import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import type { TabAnswer, TabList, TabProfile } from '../../src/operations/core/tabViews.js';
import { world } from '../../src/sandbox/world.js';
import { Browser, Story } from '../stories/story.js';
import { newKey } from './signedChannel.js';
import { megan, openTab, resource, type Saying, signedWithPublicKey, tenant, unsigned } from './tabKit.js';

const body = { data: { do: { kind: 'profiles', list: 'mine' } } };

describe("the tab's door", () => {
  let tab: Awaited<ReturnType<typeof openTab>>;
  beforeEach(async () => {
    tab = await openTab();
  });
  afterEach(() => tab.close());

  const good: [string, Saying][] = [
    ['a token of version 2', {}],
    [
      'a token of version 1',
      {
        claims: {
          iss: `https://sts.windows.net/${tenant}/`,
          aud: resource,
          azp: undefined,
          appid: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
        },
      },
    ],
    ['several scopes', { claims: { scp: 'openid access_as_user' } }],
    ['a clock that is half a minute off', { from: 30 }],
  ];
  for (const [what, saying] of good) {
    it(`believes ${what}, and takes the person from it`, async () => {
      const response = await tab.post(`Bearer ${await tab.token(saying)}`, body);
      assert.equal(response.status, 200);
      assert.match(await tab.metrics.text(), /turns_total\{kind="tab",outcome="done"\} 1/);
      assert.deepEqual(await response.json(), { type: 'text', value: 'heard' });
      assert.deepEqual(tab.reached, [{ who: { tenant, id: megan, name: 'Megan Bowen' }, data: body.data }]);
    });
  }

  const bad: [string, Saying][] = [
    ['for another app', { claims: { aud: '99999999-0000-4000-8000-00000000000a' } }],
    ['for another resource', { claims: { aud: 'api://evil.example/botid-1' } }],
    ['of another tenant', { claims: { tid: '33333333-3333-4333-8333-333333333333' } }],
    ['of an issuer that does not fit its tenant', { claims: { iss: 'https://login.microsoftonline.com/x/v2.0' } }],
    ['of an issuer elsewhere', { claims: { iss: `https://login.evil.example/${tenant}/v2.0` } }],
    ['without the scope', { claims: { scp: 'User.Read' } }],
    ['with a scope that only starts like it', { claims: { scp: 'access_as_user_too' } }],
    ['of an app alone, without a person', { claims: { scp: undefined, roles: ['access_as_user'] } }],
    ['asked for by another app than Teams', { claims: { azp: '00000000-0000-4000-8000-000000000000' } }],
    ['asked for by nobody', { claims: { azp: undefined } }],
    ['without an object id', { claims: { oid: undefined } }],
    ['with an odd object id', { claims: { oid: '../people' } }],
    ['that is over', { until: -120 }],
    ['from the future', { from: 600 }],
  ];
  for (const [what, saying] of bad) {
    it(`turns away a token ${what}, with 401 and nothing else`, async () => {
      await refused(`Bearer ${await tab.token(saying)}`);
    });
  }

  it('turns away what is no token, and the classic forgeries, the same way', async () => {
    const [first] = tab.keys;
    assert(first);
    const token = await tab.token();
    const forged = [
      undefined,
      'Bearer',
      'Basic YWxhZGRpbjpvcGVuc2VzYW1l',
      'Bearer a.b.c',
      `Bearer ${unsigned()}`,
      `Bearer ${unsigned()}x`,
      `Bearer ${await signedWithPublicKey(first)}`,
      `Bearer ${await tab.token({ key: await newKey('other') })}`,
      `Bearer ${await tab.token({ key: await newKey('other'), kid: first.kid })}`,
      `Bearer ${token.slice(0, -6)}AAAAAA`,
      `Bearer ${token.replace(/\.[^.]+\./, `.${Buffer.from('{"tid":"x"}').toString('base64url')}.`)}`,
      `Bearer ${'a'.repeat(9_000)}.b.c`,
    ];
    for (const authorization of forged) await refused(authorization);
  });

  async function refused(authorization: string | undefined): Promise<void> {
    for (const path of ['operation', 'search', 'table', 'changes']) {
      const response = await tab.post(authorization, body, path);
      assert.equal(response.status, 401, authorization);
      assert.equal(await response.text(), '');
      assert.equal(response.headers.get('www-authenticate'), null);
    }
    assert.deepEqual(tab.reached, []);
  }

  it('counts why, for operators only', async () => {
    await tab.post(`Bearer ${await tab.token({ claims: { scp: 'x' } })}`, body);
    assert.match(await tab.metrics.text(), /refused_total\{reason="tab-scope"\} 1/);
  });

  it('asks Entra for its keys once, however many ask at the same time', async () => {
    tab.entra.delayMs = 50;
    const token = await tab.token();
    const answers = await Promise.all(Array.from({ length: 8 }, () => tab.post(`Bearer ${token}`, body)));
    assert(answers.every(({ status }) => status === 200));
    assert.equal(tab.asked.length, 2);
    assert(tab.asked.every((path) => path.startsWith(`/login.microsoftonline.com/${tenant}/`)));
  });

  it('asks Entra nothing for a tenant that is not served', async () => {
    await tab.post(`Bearer ${await tab.token({ claims: { tid: '33333333-3333-4333-8333-333333333333' } })}`, body);
    assert.deepEqual(tab.asked, []);
  });

  it('says 503, not 401, while keys cannot be had', async () => {
    tab.entra.isDown = true;
    const response = await tab.post(`Bearer ${await tab.token()}`, body);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('retry-after'), '5');
  });

  it('takes a body of data and a time zone, and no other', async () => {
    const authorization = `Bearer ${await tab.token()}`;
    const odd: [unknown, number][] = [
      ['{', 400],
      ['[]', 400],
      ['null', 400],
      ['"do"', 400],
      [{}, 400],
      [{ data: 1, more: 1 }, 400],
      [{ data: 1, timeZone: 'Mars/Olympus' }, 400],
      [{ data: 1, timeZone: 5 }, 400],
      [{ data: 'a'.repeat(300_000) }, 413],
    ];
    for (const [sent, status] of odd) assert.equal((await tab.post(authorization, sent)).status, status);
    assert.equal((await tab.post(authorization, body, 'operation', 'text/plain')).status, 415);
    assert.equal(tab.reached.length, 0);
    assert.equal((await tab.post(authorization, { ...body, timeZone: 'Europe/Berlin' })).status, 200);
    assert.equal(tab.reached[0]?.who.timeZone, 'Europe/Berlin');
  });

  it('lets only Teams and its like frame the page, which holds nothing of anyone', async () => {
    const response = await fetch(`${tab.address}/tab/profiles?person=megan`);
    assert.equal(response.status, 200);
    const policy = response.headers.get('content-security-policy') ?? '';
    const ancestors = /frame-ancestors ([^;]+)/.exec(policy)?.[1]?.split(' ');
    for (const one of ['https://teams.microsoft.com', 'https://*.cloud.microsoft']) assert(ancestors?.includes(one));
    assert(ancestors?.every((one) => one.startsWith('https://')));
    assert.match(policy, /default-src 'none'/);
    assert.equal(response.headers.get('x-frame-options'), null);
    const page = await response.text();
    assert(page.includes('https://teams.example/&quot;&gt;&lt;b&gt;') && !page.includes('{{'));
  });

  it('sends what the page needs once, and nothing beside it', async () => {
    const first = await fetch(`${tab.address}/tab/main.js`);
    assert.equal(first.headers.get('content-type'), 'text/javascript; charset=utf-8');
    const etag = first.headers.get('etag') ?? '';
    await first.arrayBuffer();
    const again = await fetch(`${tab.address}/tab/main.js`, { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304);
    for (const path of ['main.js.map', 'index.html', '..%2fchat%2fmain.js', '']) {
      assert.equal((await fetch(`${tab.address}/tab/${path}`)).status, 404, path);
    }
  });

  it('weighs less than 250 KB in all, packed as browsers ask for it', async () => {
    let bytes = 0;
    for (const path of ['profiles', 'main.js', 'tab.css', 'cards.css']) {
      bytes += await weightOf(`${tab.address}/tab/${path}`);
    }
    assert(bytes > 50_000 && bytes < 250_000, `${bytes} bytes`);
  });

  /** On the wire: `fetch` would unpack it. */
  async function weightOf(url: string): Promise<number> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers: { 'accept-encoding': 'gzip, br' } }, resolve).on('error', reject);
    });
    let bytes = 0;
    for await (const chunk of response) bytes += (chunk as Buffer).length;
    assert.equal(response.statusCode, 200);
    return bytes;
  }

  describe('the stream of changes', () => {
    it('says that it listens, then that something changed, and never what', async () => {
      tab.latest.push('before');
      const stream = await listens(await tab.token());
      assert.equal(await stream.next(), 'event: open\ndata:');
      tab.latest.unshift('secret-id');
      assert.equal(await stream.next(), 'event: changed\ndata:');
      await stream.cancel();
    });

    it('is silent while nothing changes, whatever falls out of sight', async () => {
      tab.latest.push('one', 'two');
      const stream = await listens(await tab.token());
      assert.equal(await stream.next(), 'event: open\ndata:');
      tab.latest.pop();
      const next = stream.next();
      const silent = await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 200, 'silent'))]);
      assert.equal(silent, 'silent');
      tab.latest.unshift('three');
      assert.equal(await next, 'event: changed\ndata:');
      await stream.cancel();
    });

    it('is open ten times for one person at most, and again once one of them is closed', async () => {
      const token = await tab.token();
      const streams = await Promise.all(Array.from({ length: 10 }, () => listens(token)));
      for (const stream of streams) await stream.next();
      const more = await tab.post(`Bearer ${token}`, {}, 'changes');
      assert.deepEqual([more.status, more.headers.get('retry-after')], [429, '60']);
      await streams[0]?.cancel();
      let status = 429;
      while (status === 429) {
        const again = await tab.post(`Bearer ${token}`, {}, 'changes');
        status = again.status;
        await again.body?.cancel();
      }
      assert.equal(status, 200);
      await Promise.all(streams.slice(1).map((stream) => stream.cancel()));
    });

    async function listens(token: string) {
      const { body, headers } = await tab.post(`Bearer ${token}`, {}, 'changes');
      assert.equal(headers.get('content-type'), 'text/event-stream; charset=utf-8');
      assert(body);
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      let heard = '';
      return {
        cancel: () => reader.cancel(),
        async next(): Promise<string> {
          while (!heard.includes('\n\n')) heard += (await reader.read()).value ?? '';
          const [first = '', ...rest] = heard.split('\n\n');
          heard = rest.join('\n\n');
          return first;
        },
      };
    }
  });
});

describe('the tab', () => {
  let story: Story;
  before(async () => {
    story = await Story.open();
  });
  after(() => story.close());

  /** Sends as the page does, with a token from the pretend company. */
  async function asks<T = TabAnswer>(who: string, data: unknown, path = 'operation'): Promise<T> {
    const { id, name } = story.player(who);
    const token = await story.sandbox.company.tabTokens.issue({ id, name }, world.bot.id.slice(3));
    const answer = await post<T>(token, data, path);
    await story.settled();
    return answer;
  }

  async function post<T>(token: string, data: unknown, path = 'operation'): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${story.app.port}/tab/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ data, timeZone: 'Europe/Berlin' }),
    });
    assert.equal(response.status, 200);
    return (await response.json()) as T;
  }

  /** As a token without a name does. */
  async function nameless(id: string): Promise<void> {
    const token = await story.sandbox.company.tabTokens.issue({ id, name: '' }, world.bot.id.slice(3));
    await post(token, { do: { kind: 'help' } });
    await story.settled();
  }
  const does = (who: string, operation: object) => asks(who, { do: operation });

  async function list(who: string, more: object = {}): Promise<TabList> {
    const answer = await does(who, { kind: 'browse', list: 'owned', ...more });
    assert(answer.type === 'view' && answer.view.kind === 'list', JSON.stringify(answer));
    return answer.view;
  }

  async function shown(who: string, words: string): Promise<TabProfile> {
    const answer = await does(who, { kind: 'show', profile: { words } });
    assert(answer.type === 'view' && answer.view.kind === 'profile', JSON.stringify(answer));
    return answer.view;
  }

  /** What a button of the details sends. */
  function press(view: TabProfile, title: string): unknown {
    const found = view.buttons.find((one) => one.title === title);
    assert(found?.data, `no button ${title}`);
    return found.data;
  }

  it('lists what is owned, with its owners, with whom it is shared, its health, and how many there are', async () => {
    const megan = story.player('megan');
    for (const handle of ['fabrikam', 'contoso']) await megan.adds(handle);
    await megan.says('share isaiah@contoso.example contoso');
    const { rows, total, counts, isAdmin } = await list('megan');
    const none = { total: 0, isMore: false };
    const own = { total: 2, isMore: false };
    assert.deepEqual([total, counts, isAdmin], [2, { owned: own, shared: none, ownerless: none }, false]);
    assert.deepEqual(
      rows.map(({ handle, owners, sharedWith, network, mayShare }) => [handle, owners, sharedWith, network, mayShare]),
      [
        ['@contoso', ['Megan Bowen'], ['Isaiah Langer'], 'x', true],
        ['@fabrikam', ['Megan Bowen'], [], 'x', true],
      ],
    );
    const shared = await list('isaiah', { list: 'shared' });
    assert.deepEqual(
      shared.rows.map(({ handle, mayShare, mayInvite }) => [handle, mayShare, mayInvite]),
      [['@contoso', false, false]],
    );
    assert.match(shared.rows[0]?.standing ?? '', /^Shared with you by Megan Bowen$/);
    assert.deepEqual((await list('isaiah')).rows, []);
  });

  it('finds by a part of a name, and by owner, group, network and health', async () => {
    const handles = async (more: object) => (await list('megan', more)).rows.map(({ handle }) => handle);
    assert.deepEqual(await handles({ search: ' FABRI' }), ['@fabrikam']);
    assert.deepEqual(await handles({ search: '@contoso' }), ['@contoso']);
    assert.deepEqual(await handles({ network: 'youtube' }), []);
    assert.deepEqual(await handles({ light: 'yellow', descending: true }), ['@fabrikam', '@contoso']);
    assert.deepEqual(await handles({ light: 'green' }), []);
    assert.deepEqual(await handles({ owner: story.player('isaiah').id }), []);
    assert.deepEqual(await handles({ owner: story.player('megan').id }), ['@contoso', '@fabrikam']);
    await story.player('megan').says('share @marketing fabrikam');
    const [group] = (await list('megan')).groups;
    assert.equal(group?.name, 'Marketing');
    assert.deepEqual(await handles({ group: group?.id }), ['@fabrikam']);
  });

  it('goes on after the last row of the page before', async () => {
    const first = await list('megan', { most: 1 });
    assert.deepEqual([first.rows.length, first.total, first.rows[0]?.handle], [1, 2, '@contoso']);
    const second = await list('megan', { most: 1, after: first.next });
    assert.deepEqual([second.rows[0]?.handle, second.total, second.next], ['@fabrikam', 2, undefined]);
    // Counted once.
    assert.deepEqual([Object.keys(first.counts), second.counts], [['owned', 'shared', 'ownerless'], {}]);
  });

  it('shows all profiles to admins, and to nobody else', async () => {
    const all = await list('alex', { list: 'all' });
    assert.deepEqual([all.isAdmin, all.total, all.counts.all?.total], [true, 2, 2]);
    const refused = await does('megan', { kind: 'browse', list: 'all' });
    assert(refused.type === 'refused');
    assert.match(refused.text, /^Only an admin can do that\./);
  });

  it('opens a profile with its sign-ins and history, which others do not see', async () => {
    const own = await shown('megan', 'contoso');
    assert.deepEqual(
      own.signIns?.map(({ name, state }) => [name, state]),
      [['Megan Bowen', 'Works']],
    );
    const history = await asks('megan', own.history?.data);
    assert(history.type === 'view' && history.view.kind === 'history');
    assert.match(JSON.stringify(history.view.entries), /shared it with Isaiah Langer/);
    const other = await shown('isaiah', 'contoso');
    assert.deepEqual([other.signIns, other.history], [undefined, undefined]);
    assert.deepEqual((await shown('alex', 'contoso')).signIns?.length, 1);
  });

  it('shows who was told of what happened, and what happened before, to its beginning', async () => {
    const megan = story.player('megan');
    for (let n = 0; n < 8; n++) {
      await megan.says('share adele@contoso.example contoso');
      await megan.says('unshare adele@contoso.example contoso');
    }
    const page = async (data: unknown) => {
      const answer = await asks('megan', data);
      assert(answer.type === 'view' && answer.view.kind === 'history');
      return answer.view;
    };
    const first = await page((await shown('megan', 'contoso')).history?.data);
    const entries = [...first.entries];
    for (let { more } = first; more; ) {
      const next = await page(more.data);
      entries.push(...next.entries);
      more = next.more;
    }
    assert(first.more && first.entries.length < entries.length);
    assert.match(entries.at(-1)?.what ?? '', /^added/);
    // Also where a page ends between what happened and who was told of it.
    const shared = entries.filter(({ what }) => /sharing it with Adele|shared it with Adele/.test(what));
    assert.deepEqual(new Set(shared.map(({ told }) => told)), new Set(['Told Adele Vance.']));
    assert.deepEqual([shared.length, entries.filter(({ who }) => who === 'Social Profiles')], [16, []]);
  });

  it('does what its buttons say: asks first, then does it, once, and for nobody else', async () => {
    const asked = await asks('megan', press(await shown('megan', 'fabrikam'), 'Delete'));
    assert(asked.type === 'card' && asked.said === undefined);
    const yes = [...cardParts(asked.card)].find((part) => part.verb === 'yes')?.data;
    assert.equal((await asks('isaiah', yes)).type, 'refused');
    const done = await asks('megan', yes);
    assert(done.type === 'card');
    assert.match(done.said ?? '', /fabrikam/);
    assert.equal((await asks('megan', yes)).type, 'refused');
    assert.deepEqual(
      (await list('megan')).rows.map(({ handle }) => handle),
      ['@contoso'],
    );
  });

  it('starts a sign-in, and finishes it with the code of its page', async () => {
    const offered = await does('megan', { kind: 'add', type: 'x-user' });
    assert(offered.type === 'card');
    const open = [...cardParts(offered.card)].find((part) => part.type === 'Action.OpenUrl');
    const page = await new Browser().signIn(String(open?.url), 'fabrikam');
    const [, code] = /code (\d{3} \d{3})/.exec(page) ?? [];
    const done = await asks('megan', { do: { kind: 'code', digits: '' }, code });
    assert(done.type === 'view' && done.view.kind === 'profile', JSON.stringify(done));
    assert.match(done.view.done ?? '', /fabrikam/);
  });

  it('answers in the same words for what is not there and what one may not see', async () => {
    const { id } = await shown('megan', 'fabrikam');
    const hidden = await does('adele', { kind: 'show', profile: { id } });
    assert.deepEqual(hidden, await does('adele', { kind: 'show', profile: { id: 'nothing-at-all' } }));
    assert.equal(hidden.type, 'refused');
  });

  it('answers a refusal in words, and what is no operation too', async () => {
    for (const data of [null, 5, [], {}, { do: { kind: 'format' } }, { do: { kind: 'help', more: 1 } }, { do: 1 }]) {
      const answer = await asks('megan', data);
      assert(answer.type === 'refused');
      assert.match(answer.text, /\w+ \w+/);
    }
  });

  it('saves a list as a table that a spreadsheet does not run', async () => {
    const { profiles } = story.store;
    const [one] = await profiles.find(world.tenant.id, { access: `owner:${story.player('megan').id}` });
    assert(one);
    const evil = { ...one, version: one.version + 1, name: '=HYPERLINK("http://evil.example";"Click")' };
    assert(await profiles.replace(evil, one.version));
    const { type, csv } = await asks<{ type: string; csv: string }>(
      'megan',
      { do: { kind: 'browse', list: 'owned', search: one.handle } },
      'table',
    );
    assert.equal(type, 'csv');
    const [head, row, ...rest] = csv.split('\r\n');
    assert.equal(head, '\ufeffProfile,Name,Type,Owners,Shared with,Health,Days left,To you');
    assert(
      row?.startsWith(`'@${one.handle},"'=HYPERLINK(""http://evil.example"";""Click"")",X profile,Megan Bowen,`),
      row,
    );
    assert.deepEqual(rest, ['']);
    assert.equal((await asks('megan', { do: { kind: 'browse', list: 'all' } }, 'table')).type, 'refused');
    assert.equal((await asks('megan', { do: { kind: 'help' } }, 'table')).type, 'refused');
  });

  it('gives admins the roles and rules as forms, and says what they mean', async () => {
    const roles = await does('alex', { kind: 'roles' });
    assert(roles.type === 'view' && roles.view.kind === 'roles');
    const admin = roles.view.people.find(({ id }) => id === story.player('alex').id);
    assert.deepEqual([admin?.admin, admin?.name], [true, 'Alex Wilber']);
    assert.equal(roles.view.others, 'Everyone else is a Responder.');
    const policy = await does('alex', { kind: 'policy', setting: 'cool-off', value: '5' });
    assert(policy.type === 'view' && policy.view.kind === 'policy');
    const row = policy.view.rows.find(({ setting }) => setting === 'cool-off');
    assert.deepEqual([row?.value, row?.form], ['5', { kind: 'count', most: 365 }]);
    assert.match(row?.sentence ?? '', /5 days/);
    assert.equal((await does('megan', { kind: 'policy' })).type, 'refused');
  });

  it('says what came of a yes to a post, and shows the post to whoever says it too late', async () => {
    const [megan, chris] = [story.player('megan'), story.player('chris.green')];
    await megan.says('share chris.green@contoso.example contoso with approval');
    await chris.says('post contoso "Hello"');
    await chris.clicks('Send');
    const parts = [...cardParts(megan.looksAtChat().message().cards)];
    const yes = parts.find(({ verb }) => verb === 'approvePost')?.data;
    const done = await asks('megan', yes);
    assert(done.type === 'card' && done.id === undefined);
    assert.match(done.said ?? '', /^You said yes/);
    const late = await asks('megan', yes);
    assert(late.type === 'card' && late.id === 'refusal-postDecided' && late.said === undefined);
    assert.match(JSON.stringify(late.card), /Approved by Megan Bowen/);
  });

  it('finds people for the share picker', async () => {
    const found = await asks<{ value: object }>('megan', { dataset: 'principals', queryText: 'alex' }, 'search');
    assert.match(JSON.stringify(found.value), /Alex/);
    const odd = await asks<{ value: object }>('megan', { dataset: 'secrets', queryText: 'a' }, 'search');
    assert.deepEqual(odd.value, { results: [] });
  });

  it('finds people, and no groups, for an admin who gives roles and owns nothing, also as a Reader', async () => {
    const titles = async (who: string, queryText: string) => {
      type Found = { value: { results: { title: string }[] } };
      const { value } = await asks<Found>(who, { dataset: 'people', queryText }, 'search');
      return value.results.map(({ title }) => title);
    };
    assert.match((await titles('alex', 'patti')).join(), /^Patti Fernandez/);
    assert.deepEqual(await titles('alex', 'marketing'), []);
    const { id } = story.player('alex');
    await does('alex', { kind: 'role', who: { person: id }, role: 'reader' });
    assert.match((await titles('alex', 'patti')).join(), /^Patti Fernandez/);
    await does('alex', { kind: 'role', who: { person: id }, role: 'responder' });
    assert.deepEqual(await titles('adele', 'patti'), []);
  });

  it('does not forget how Teams reaches a person, nor their name when the token has none', async () => {
    const { people } = story.store;
    const before = await people.get(world.tenant.id, story.player('megan').id);
    assert(before?.teamsId && before.serviceUrl && before.chat);
    await does('megan', { kind: 'help' });
    await nameless(before.id);
    const { teamsId, serviceUrl, chat, name } = (await people.get(world.tenant.id, before.id)) ?? {};
    assert.equal(name, 'Megan Bowen');
    assert.deepEqual(
      { teamsId, serviceUrl, chat },
      { teamsId: before.teamsId, serviceUrl: before.serviceUrl, chat: before.chat },
    );
  });
});

function* cardParts(node: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(node)) for (const one of node) yield* cardParts(one);
  else if (typeof node === 'object' && node !== null) {
    yield node as Record<string, unknown>;
    for (const value of Object.values(node)) yield* cardParts(value);
  }
}
