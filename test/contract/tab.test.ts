import assert from 'node:assert/strict';
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
    for (const path of ['operation', 'search']) {
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
});

describe('the tab', () => {
  let story: Story;
  before(async () => {
    story = await Story.open();
  });
  after(() => story.close());

  type Answer = { type: string; value: unknown };
  const cardType = 'application/vnd.microsoft.card.adaptive';

  /** Sends as the page does, with a token from the pretend company. */
  async function asks(who: string, data: unknown, path = 'operation'): Promise<Answer> {
    const { id, name } = story.player(who);
    const token = await story.sandbox.company.tabTokens.issue({ id, name }, world.bot.id.slice(3));
    const answer = await post(token, data, path);
    await story.settled();
    return answer;
  }

  async function post(token: string, data: unknown, path = 'operation'): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${story.app.port}/tab/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ data, timeZone: 'Europe/Berlin' }),
    });
    assert.equal(response.status, 200);
    return (await response.json()) as Answer;
  }

  /** As a token without a name does. */
  async function nameless(id: string): Promise<void> {
    const token = await story.sandbox.company.tabTokens.issue({ id, name: '' }, world.bot.id.slice(3));
    await post(token, { do: { kind: 'help' } });
    await story.settled();
  }
  const does = (who: string, operation: object) => asks(who, { do: operation });

  /** The data of the button with this title, wherever it is in the card. */
  function buttonOf({ value }: Answer, title: string): Record<string, unknown> {
    const found = [...cardParts(value)].find((part) => part.title === title && part.type === 'Action.Execute');
    assert(found, `no button ${title} in ${JSON.stringify(value)}`);
    return found.data as Record<string, unknown>;
  }

  it('shows the same lists as the chat', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('profiles');
    const { type, value } = await does('megan', { kind: 'profiles', list: 'mine' });
    assert.equal(type, cardType);
    assert.deepEqual(value, megan.card());
    assert(!JSON.stringify(await does('alex', { kind: 'profiles', list: 'mine' })).includes('contoso'));
  });

  it('opens a profile, and does what its buttons say: asks first, then does it, once', async () => {
    const opened = await does('megan', { kind: 'show', profile: { words: 'contoso' } });
    const asked = await asks('megan', buttonOf(opened, 'Delete'));
    const yes = [...cardParts(asked.value)].find((part) => part.verb === 'yes')?.data;
    const stranger = await asks('alex', yes);
    assert.notEqual(stranger.type, cardType);
    assert.match(JSON.stringify((await asks('megan', yes)).value), /contoso/);
    assert.notEqual((await asks('megan', yes)).type, cardType);
    assert(!JSON.stringify(await does('megan', { kind: 'profiles', list: 'mine' })).includes('@contoso'));
  });

  it('starts a sign-in that the chat can finish', async () => {
    const megan = story.player('megan');
    const offered = await does('megan', { kind: 'add', type: 'x-user' });
    const open = [...cardParts(offered.value)].find((part) => part.type === 'Action.OpenUrl');
    const page = await new Browser().signIn(String(open?.url), 'contoso');
    const code = /code (\d{3}) (\d{3})/.exec(page)?.slice(1).join('');
    await megan.says(`code ${code}`);
    megan.sees('contoso');
  });

  it('answers a refusal in words, and what is no card data too', async () => {
    const { type, value } = await does('adele', { kind: 'show', profile: { words: 'contoso' } });
    assert.notEqual(type, cardType);
    assert.match(String(value), /\w/);
    for (const data of [null, 5, [], {}, { do: { kind: 'format' } }, { do: { kind: 'help', more: 1 } }, { do: 1 }]) {
      const answer = await asks('megan', data);
      assert.notEqual(answer.type, cardType);
      assert.match(String(answer.value), /\w+ \w+/);
    }
  });

  it('finds people for the share picker', async () => {
    const { value } = await asks('megan', { dataset: 'principals', queryText: 'alex' }, 'search');
    assert.match(JSON.stringify(value), /Alex/);
    assert.deepEqual((await asks('megan', { dataset: 'secrets', queryText: 'a' }, 'search')).value, { results: [] });
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
