import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { type Player, Story } from './story.js';

describe('rights come before names are looked up', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
  });
  afterEach(() => story.close());

  /** What the directory is asked while somebody acts, without what it says of themselves. */
  async function asked(by: Player, act: () => Promise<void>): Promise<string[]> {
    const { requests } = story.sandbox.company;
    requests.length = 0;
    await act();
    const graph = requests.filter(({ host }) => host.startsWith('graph.'));
    return graph.map(({ path }) => path).filter((path) => !path.includes(by.id));
  }

  const names = Array.from({ length: 20 }, (_, n) => `somebody${n}@contoso.example`).join(' ');

  it('somebody without the right to share makes the directory look up nobody', async () => {
    const ben = who('ben');
    for (const words of [
      `share ${names} contoso`,
      'share adele x:contoso',
      'role adele manager',
      'what if adele leaves',
    ]) {
      assert.deepEqual(await asked(ben, () => ben.says(words)), [], words);
    }
    await who('megan').says('share ben@contoso.example contoso');
    assert.deepEqual(await asked(ben, () => ben.says(`share ${names} contoso`)), []);
  });

  it('nor does a mention of a tag, before it is clear that they may share', async () => {
    const ben = who('ben');
    await ben.says('help', { in: 'Announcements' });
    const act = () => ben.says('share @writers contoso', { in: 'Announcements', mentions: ['writers'] });
    assert.deepEqual(await asked(ben, act), []);
  });

  it('nor is Teams asked whom a mention means, before it is clear that they may share', async () => {
    const { connector } = story.sandbox;
    const reads = async (name: string, words: string, mention: string) => {
      await who(name).says('help', { in: 'Announcements' });
      const before = connector.reads();
      await who(name).says(words, { in: 'Announcements', mentions: [mention] });
      return connector.reads() - before;
    };
    const mentions = ['Ben Walters', 'Announcements', 'writers'];
    await who('lynne').says('role chris.green@contoso.example reader');
    await who('megan').says('share ben@contoso.example contoso');
    // One with a share of it, and a Reader.
    for (const name of ['ben', 'chris.green']) {
      for (const mention of mentions) {
        for (const words of [`share @${mention} contoso`, `role @${mention} manager`])
          assert.equal(await reads(name, words, mention), 0, `${name}: ${words}`);
      }
    }
    assert.equal(await reads('megan', 'share @Ben Walters nowhere', 'Ben Walters'), 0);
    for (const mention of mentions) assert((await reads('megan', `share @${mention} contoso`, mention)) > 0, mention);
    story.sandbox.company.disable(who('megan').id);
    assert.equal(await reads('megan', 'share @writers contoso', 'writers'), 0);
  });

  it('asks which profile is meant with those who were mentioned', async () => {
    const [megan, ben] = [who('megan'), who('ben')];
    await megan.adds('contoso_support');
    await megan.says('share @Ben Walters conto', { in: 'Announcements', mentions: ['Ben Walters'] });
    // In her own chat nobody could tell any more who was mentioned in the channel.
    megan.looksAtChat();
    await megan.clicks(megan.buttons()[0] ?? '');
    megan.sees('Shared with Ben Walters');
    await ben.says('profiles shared');
    ben.sees('contoso');
  });

  it('one message has five names looked up at most', async () => {
    const megan = who('megan');
    assert.deepEqual(await asked(megan, () => megan.says(`share ${names} contoso`)), []);
    megan.sees('I look up 5 names at a time', 'mention people and teams with @');
  });

  it('what is hidden answers like what is not there, also with the directory down', async () => {
    const ben = who('ben');
    await who('megan').says('share @marketing contoso');
    story.sandbox.company.removeFromGroup(world.groups[0]?.id ?? '', ben.id);
    await ben.says('profiles');
    const [hidden] = await story.store.profiles.find(world.tenant.id, {});
    const button = ben.message();
    story.sandbox.company.down(true);
    const answers: string[] = [];
    for (const id of [hidden?.id, 'nothing']) {
      for (const kind of ['claim', 'show', 'share', 'history', 'delete']) {
        const operation = { kind, profile: { id }, ...(kind === 'share' ? { who: [{ words: 'adele' }] } : {}) };
        await ben.looksAt(button).clicksOn(button, 'op', { do: operation });
        answers.push(`${kind}: ${ben.words().split('\n').at(-1)}`);
      }
    }
    assert.deepEqual(answers.slice(0, 5), answers.slice(5));
    assert(
      answers.every((words) => words.includes('That profile is not there, or not yours to see.')),
      answers.join(),
    );
  });
});

describe('only whom the directory knows, with an account that works,', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
    await who('megan').says('share @marketing contoso');
    await who('ben').says('profiles');
  });
  afterEach(() => story.close());

  const refusals = async () => {
    const { audit } = story.store;
    return (await audit.find(world.tenant.id, { outcome: 'refused' })).map(({ operation, what }) => [operation, what]);
  };

  it('acts: not from the moment on in which it is disabled', async () => {
    const ben = who('ben');
    story.sandbox.company.disable(ben.id);
    await ben.says('claim contoso');
    ben.sees('Your account is switched off in the directory');
    assert.deepEqual(await refusals(), [['claim', 'disabled']]);
  });

  it('reads: not for more than five minutes after it was disabled', async () => {
    const ben = who('ben');
    story.sandbox.company.disable(ben.id);
    await ben.says('profiles');
    ben.sees('@contoso');
    story.passes({ minutes: 5 });
    for (const words of [
      'profiles',
      'show contoso',
      'health',
      'claims',
      'history contoso',
      'what if I leave',
      'add x',
    ]) {
      await ben.says(words);
      ben.sees('Your account is switched off in the directory');
      ben.seesNot('@contoso');
    }
  });

  it('reads and searches: somebody who is gone from it is refused, in words and in the picker', async () => {
    const megan = who('megan');
    await megan.says('share contoso');
    const picker = megan.message();
    story.sandbox.company.remove(megan.id);
    story.passes({ minutes: 5 });
    await megan.says('profiles');
    megan.sees("I can't tell who you are");
    const search = { from: megan.id, message: picker.id, dataset: 'principals', queryText: 'adele' };
    assert.deepEqual((await story.sandbox.connector.search(search)).results, []);
  });

  it('reads: nobody before the directory has spoken of them', async () => {
    const adele = who('adele');
    story.sandbox.company.down(true);
    await adele.says('profiles');
    adele.sees("Your organisation's directory does not answer");
    adele.seesNot('@contoso', 'Your profiles');
  });

  it('searches: in the picker only who has a profile to share', async () => {
    const [megan, ben] = [who('megan'), who('ben')];
    await megan.says('share contoso');
    await ben.says('profiles');
    const find = (player: Player) => {
      const search = { from: player.id, message: player.message().id, dataset: 'principals', queryText: 'adele' };
      return story.sandbox.connector.search(search);
    };
    assert.equal((await find(megan)).results?.length, 1);
    assert.deepEqual((await find(ben)).results, []);
  });
});

describe('a guest', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
  });
  afterEach(() => story.close());

  it('sees what is shared with them by name or group, and not what is shared with everyone', async () => {
    const [megan, mia] = [who('megan'), who('mia')];
    await megan.says('share everyone contoso');
    await megan.clicks('Share with everyone');
    await mia.says('profiles shared');
    mia.seesNot('@contoso');
    await megan.says('share mia@fabrikam.example contoso');
    await mia.says('profiles shared');
    mia.sees('@contoso');
  });

  it('looks nobody up', async () => {
    const [megan, mia] = [who('megan'), who('mia')];
    await mia.adds('fabrikam');
    story.sandbox.company.requests.length = 0;
    await mia.says('share "Adele Vance" fabrikam');
    mia.sees("As a guest of this organisation you can't look up its people");
    const looked = story.sandbox.company.requests.filter(
      ({ path }) => path.endsWith('/users') || path.endsWith('/groups'),
    );
    assert.deepEqual(looked, []);
    const [own] = await story.store.profiles.find(world.tenant.id, { handle: 'fabrikam' });
    const share = { kind: 'share', profile: { id: own?.id }, who: [{ person: megan.id }] };
    await mia.clicksOn(mia.message(), 'op', { do: share });
    mia.sees('Shared with Megan Bowen');
  });
});

describe('a name', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
  });
  afterEach(() => story.close());

  it('of somebody whose account is switched off gives nothing to somebody of a like name', async () => {
    const [megan, lynne] = [who('megan'), who('lynne')];
    const { company } = story.sandbox;
    company.disable(company.addPerson({ name: "Pat O'Brien" }));
    company.addPerson({ name: "Patricia O'Brien" });
    await megan.says(`share "Pat O'Brien" contoso`);
    megan.sees("The account of Pat O'Brien is switched off");
    await lynne.says(`role "Pat O'Brien" admin`);
    lynne.seesNot('Patricia');
    await lynne.says('roles');
    lynne.seesNot('Patricia');
  });

  it('that only comes near asks, also when one comes near', async () => {
    const [megan, lynne] = [who('megan'), who('lynne')];
    story.sandbox.company.addPerson({ name: 'John Smithson' });
    await lynne.says('role "John Smiths" manager');
    lynne.sees('John Smithson');
    lynne.seesNot('is a Manager now');
    await megan.says('share "John Smiths" contoso');
    megan.sees('John Smithson');
    megan.seesNot('Shared with');
    await megan.says('share "john smithson" contoso');
    megan.sees('Shared with John Smithson');
  });

  it('takes back a share with somebody who is disabled or gone', async () => {
    const [megan, ben, adele] = [who('megan'), who('ben'), who('adele')];
    const { company } = story.sandbox;
    await megan.says('share ben@contoso.example adele@contoso.example contoso');
    company.disable(ben.id);
    company.remove(adele.id);
    await megan.says('unshare "Ben Walters" contoso');
    megan.sees('No longer shared with Ben Walters');
    await megan.says('unshare "adele vance" contoso');
    megan.sees('No longer shared with Adele Vance');
  });

  it('means the one it is shared with, where the directory has others of that name', async () => {
    const megan = who('megan');
    const { company } = story.sandbox;
    const [shared] = [
      company.addGroup({ name: 'Newsroom', people: [who('ben').id] }),
      company.addGroup({ name: 'Newsroom' }),
    ];
    const profile = (await story.store.profiles.find(world.tenant.id, {}))[0]?.id;
    await megan.says('show contoso');
    const button = megan.message();
    await megan.clicksOn(button, 'op', { do: { kind: 'share', profile: { id: profile }, who: [{ group: shared }] } });
    await megan.says('unshare Newsroom contoso');
    megan.sees('Stop sharing @contoso (X profile) with Newsroom?');
    await megan.clicks('Stop sharing');
    megan.sees('No longer shared with Newsroom');
  });
});

describe('an owner who came by signing in, while the others can still object,', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
    await who('megan').says('share ben@contoso.example adele@contoso.example contoso');
    await who('ben').says('claim contoso');
    await who('ben').says(`code ${await who('ben').signsInAs('contoso')}`);
    who('ben').sees('You own @contoso (X profile) now');
  });
  afterEach(() => story.close());

  it('does not make what others shared their own by sharing it again', async () => {
    const ben = who('ben');
    await ben.says('share adele@contoso.example contoso for 2 hours');
    ben.sees('You became an owner of @contoso (X profile) by signing in; this opens on');
    await ben.says('unshare adele@contoso.example contoso');
    ben.sees('You became an owner of @contoso (X profile) by signing in; this opens on');
    await who('adele').says('profiles shared');
    who('adele').sees('@contoso', 'Shared with you by Megan Bowen');
  });

  it('shares with fifty people at most, however they are put together', async () => {
    const ben = who('ben');
    const { company } = story.sandbox;
    const people = Array.from({ length: 51 }, (_, n) => company.addPerson({ name: `Agent ${n}` }));
    company.addGroup({ name: 'Call Centre', people });
    company.addGroup({ name: 'Day Shift', people: people.slice(0, 30) });
    company.addGroup({ name: 'Night Shift', people: people.slice(30) });
    await ben.says('share "Call Centre" contoso');
    ben.sees('this opens on', 'share with up to 50 people');
    await ben.says('share "Day Shift" contoso');
    ben.sees('Shared with Day Shift');
    await ben.says('share "Night Shift" contoso');
    ben.sees('this opens on');
  });

  it('neither invites nor switches what may be read', async () => {
    const ben = who('ben');
    for (const words of ['invite adele@contoso.example contoso', 'allow messages contoso', 'share everyone contoso']) {
      await ben.says(words);
      ben.sees('this opens on');
    }
  });
});

describe('a share with approval', () => {
  it('is shown as one, and what is written with it waits for an owner', async () => {
    const story = await Story.open();
    try {
      const [megan, ben] = [story.player('megan'), story.player('ben')];
      await megan.adds('contoso');
      await megan.says('share ben@contoso.example contoso with approval');
      megan.sees("What they publish needs an owner's yes", "May publish and react with an owner's yes");
      await ben.says('post contoso "Hello"');
      ben.sees('After Send it waits for the yes of Megan Bowen');
    } finally {
      await story.close();
    }
  });
});
