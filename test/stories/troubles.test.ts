import assert from 'node:assert/strict';
import { StoreDown } from '../../src/store/store.js';
import { Story } from './story.js';

describe('when something around the bot is in trouble', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('a store that is down gets a short apology with a reference, and it works again by itself', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const { people, profiles } = story.store;
    const [get, find] = [people.get, profiles.find];
    people.get = profiles.find = async () => {
      throw new StoreDown('gone');
    };
    await megan.says('profiles');
    megan.sees("I can't reach my memory just now, so nothing was changed.", /reference [0-9A-F]{6}/);
    await megan.clicksOn(megan.message(), 'help', { do: { kind: 'profiles', list: 'mine' } });
    megan.sees(/I can't reach my memory/);
    [people.get, profiles.find] = [get, find];
    await megan.says('profiles');
    megan.sees('@contoso');
  });

  it('a bug gets an apology with a reference, and says nothing of itself', async () => {
    const megan = story.player('megan');
    await megan.says('help');
    const { people } = story.store;
    const { get } = people;
    people.get = async () => {
      throw new TypeError('secret detail of the inside');
    };
    await megan.says('profiles');
    people.get = get;
    megan.sees('Something went wrong on my side', /reference [0-9A-F]{6}/);
    megan.seesNot('secret detail');
  });

  it('a reply that the channel refuses for a moment is sent again when it says, once', async () => {
    const megan = story.player('megan');
    await megan.says('help');
    const { connector } = story.sandbox;
    connector.faults.set({ match: 'send', status: 429, retryAfter: 1, times: 1 });
    const before = connector.transcript(connector.personal(megan.id)).length;
    const started = performance.now();
    await megan.says('profiles');
    assert(performance.now() - started >= 1000, 'it waits as it was told');
    assert.equal(connector.transcript(connector.personal(megan.id)).length, before + 2);
    megan.sees('Your profiles');
  });

  it('an entry of ADMINS that names nobody is in the log from the start, before anybody asks anything', async () => {
    const lines: string[] = [];
    const ADMINS = 'alex@contoso.example,gone@contoso.example,aaaaaaaa-0000-4000-8000-0000000000ff';
    const other = await Story.open({ ADMINS, LOG_LEVEL: 'info' }, { write: (line) => void lines.push(line) });
    await other.settled();
    await other.close();
    const said = lines.map((line) => JSON.parse(line) as { msg: string; nobody?: string[]; admins?: number });
    assert.deepEqual(
      said.filter(({ msg }) => msg.includes('ADMINS')).map(({ nobody, admins }) => nobody ?? admins),
      [['gone@contoso.example', 'aaaaaaaa-0000-4000-8000-0000000000ff'], 1],
    );
  });

  it('what waits to be carried out shows in the metrics', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const waiting = async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${story.app.metricsPort}/metrics`)).text();
      return Number(/^socialprofiles_outbox_entries (\d+)$/m.exec(metrics)?.[1]);
    };
    assert.equal(await waiting(), 0);
    const { profiles } = story.store;
    const [profile] = await profiles.find('11111111-1111-4111-8111-111111111111', {});
    assert(profile);
    const entry = { id: 'waits', kind: 'dropGrant' as const, profile: profile.id, person: 'nobody', at: new Date() };
    const next = { ...profile, version: profile.version + 1, outbox: [entry], outboxSince: new Date() };
    await profiles.replace(next, profile.version);
    assert.equal(await waiting(), 1);
  });

  it('an activity of nobody, or of another organisation, changes nothing', async () => {
    const megan = story.player('megan');
    const outcome = await story.sandbox.connector.say({ from: megan.id, text: 'profiles' });
    const { activity } = outcome;
    assert(activity);
    const post = (change: object) =>
      fetch(`${story.app.address}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...activity, id: `other-${Math.random()}`, ...change }),
      });
    const { aadObjectId: _, ...from } = activity.from as Record<string, unknown>;
    assert.equal((await post({ from })).status, 200);
    megan.sees("I can't tell who you are");
    const elsewhere = '99999999-9999-4999-8999-999999999999';
    const conversation = { ...(activity.conversation as object), tenantId: elsewhere };
    const foreign = await post({ conversation, channelData: { tenant: { id: elsewhere } } });
    assert.equal(foreign.status, 403);
    assert.equal(await foreign.text(), '');
    assert.equal((await post({ conversation })).status, 403);
    assert.equal((await post({ type: 'somethingNew' })).status, 200);
    assert.equal((await post({ channelId: 'webchat' })).status, 403);
  });

  it('what was delivered before a restart is not done again after it', async () => {
    let megan = story.player('megan');
    await megan.adds('contoso');
    const first = await story.sandbox.connector.say({ from: megan.id, text: 'share @marketing contoso' });
    await story.settled();
    assert(first.activity);
    story = await story.restart();
    megan = story.player('megan');
    const { connector } = story.sandbox;
    const before = connector.transcript(connector.personal(megan.id)).length;
    const address = `${story.app.address.replace('localhost', '127.0.0.1')}/connector`;
    await connector.redeliver({ ...first.activity, serviceUrl: address });
    await story.settled();
    assert.equal(connector.transcript(connector.personal(megan.id)).length, before);
    await megan.says('history contoso');
    assert.equal(megan.words().split('shared it with Marketing').length, 2);
  });
});
