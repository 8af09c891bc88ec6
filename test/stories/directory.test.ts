import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { type Player, Story } from './story.js';

const groupCalled = (name: string) => world.groups.find((group) => group.name === name)?.id ?? assert.fail(name);

describe('sharing by the directory', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    story = await Story.open();
    megan = story.player('megan');
    await megan.adds('contoso');
  });
  afterEach(() => story.close());

  it('names a group by alias or name, and says how many people that is, guests apart', async () => {
    await megan.says('share @marketing contoso');
    megan.sees('Shared with Marketing. That is 5 people, 1 of them a guest.', '· 5 people, 1 of them a guest');
    await megan.says('share "Marketing EMEA" contoso');
    megan.sees('Shared with Marketing EMEA. That is 1 person.');
  });

  it('counts people in nested groups once, and lets them in', async () => {
    const [isaiah, ben, diego, alex] = ['isaiah', 'ben', 'diego', 'alex'].map((name) => story.player(name));
    assert(isaiah && ben && diego && alex);
    await megan.says('share @spokespeople contoso');
    megan.sees('Shared with Spokespeople. That is 4 people.');
    for (const inside of [isaiah, ben, diego]) {
      await inside.says('profiles shared');
      inside.sees('@contoso', 'through Spokespeople');
    }
    await alex.says('profiles shared');
    alex.seesNot('@contoso');
  });

  it('by mail address finds that very person, guests marked', async () => {
    await megan.says('share mia@fabrikam.example contoso');
    megan.sees('Shared with Mia Agency (guest).');
    await megan.says('show contoso');
    megan.sees('Mia Agency (guest)');
  });

  it('offers near names when nobody is called that', async () => {
    await megan.says('share "Ben Walther" contoso');
    megan.sees('Nobody called "Ben Walther"', 'Ben Walters');
    await megan.says('share "Bne Walters" contoso');
    megan.sees('Near it: Ben Walters');
    await megan.says('share @marketting contoso');
    megan.sees('Near it: Marketing');
  });

  it('asks which of two groups named alike is meant', async () => {
    story.sandbox.company.addGroup({ name: 'Press', alias: 'press-eu', kind: 'security', people: [megan.id] });
    story.sandbox.company.addGroup({ name: 'Press', alias: 'press-us', mail: 'press-us@contoso.example' });
    await megan.says('share @press contoso');
    megan.sees('Who is "@press"?', 'press-us@contoso.example');
    await megan.clicks('Choose Press, Security group · press-eu');
    megan.sees('Shared with Press');
  });

  it('with a group of 3,000 people answers quickly, with about how many they are', async () => {
    const { company } = story.sandbox;
    const people = Array.from({ length: 3_000 }, (_, n) =>
      company.addPerson({ name: `Agent ${n}`, userType: n < 40 ? 'Guest' : 'Member' }),
    );
    const group = company.addGroup({ name: 'Call Centre', people });
    company.requests.length = 0;
    await megan.says('share "Call Centre" contoso');
    megan.sees('Shared with Call Centre. That is about 3,000 people, 40 of them guests.');
    const counting = company.requests.filter(({ path }) => path.includes(group) && path.includes('transitiveMembers'));
    assert(counting.length <= 3, `${counting.length} calls to count`);
  });

  it('with a group that hides its members says so, and which permission shows them', async () => {
    const { company } = story.sandbox;
    const group = company.addGroup({ name: 'Quiet Club', people: [] });
    company.hideMembers(group);
    await megan.says('share "Quiet Club" contoso');
    megan.sees(
      'Shared with Quiet Club. That is an unknown number of people (hidden members).',
      'Who is in Quiet Club is hidden from this bot, so its members may not see this profile.',
      'An administrator can grant it Member.Read.Hidden.',
      '· an unknown number of people (hidden members)',
    );
    megan.seesNot('0 people');
  });

  it('in a channel takes mentions of the team, of a tag and of a channel', async () => {
    const chris = story.player('chris.green');
    await megan.says('share @Marketing contoso', { in: 'Announcements', mentions: ['Marketing'] });
    megan.sees('Shared with Marketing');
    await megan.says('unshare @Marketing contoso', { in: 'Announcements', mentions: ['Marketing'] });
    await megan.looksAtChat().clicks('Stop sharing');
    await megan.says('share @writers contoso', { in: 'Announcements', mentions: ['writers'] });
    megan.sees('Shared with Ben Walters, Chris Green');
    await chris.says('profiles shared');
    chris.sees('@contoso');
    await megan.says('share @Agency contoso', { in: 'Announcements', mentions: ['Agency'] });
    megan.sees('Shared with Marketing', "Agency is a shared channel, so its members differ from the team's");
  });

  it('knows the team of a channel that it was never told about', async () => {
    const { teams } = story.store;
    for (const team of await teams.find(world.tenant.id, {})) await teams.delete(team.tenant, team.id);
    await megan.says('share @Marketing contoso', { in: 'Announcements', mentions: ['Marketing'] });
    megan.sees('Shared with Marketing');
    const kept = await teams.find(world.tenant.id, {});
    assert.deepEqual(
      kept.map(({ group }) => group),
      [groupCalled('Marketing')],
    );
  });
});

describe('the share picker', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    story = await Story.open();
    megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('share contoso');
  });
  afterEach(() => story.close());

  it('finds people and groups while one types, in one list, guests marked', async () => {
    const { connector } = story.sandbox;
    const look = async (queryText: string) => {
      const { results } = await connector.search({
        from: megan.id,
        message: megan.message().id,
        dataset: 'principals',
        queryText,
      });
      return results.map(({ title }) => title);
    };
    assert.deepEqual((await look('mar')).slice(0, 1), ['Marketing (Team · marketing@contoso.example)']);
    assert.deepEqual(await look('mia'), ['Mia Agency (Guest · Fabrikam Agency · mia@fabrikam.example)']);
    assert.equal((await look('chris')).length, 2);
    assert.deepEqual(await look('nobody at all'), []);
    assert.deepEqual(await look('every'), ['Everyone (Every Responder and Manager)']);
  });

  it('goes from picking to a review that says whom several picks reach together, and shares once', async () => {
    const [ben, isaiah] = [story.player('ben'), story.player('isaiah')];
    await ben.says('help');
    await megan.clicks('Review', { who: `group:${groupCalled('Marketing')}` });
    megan.sees('Share @contoso (X profile) with Marketing?', '5 people gain access, 1 of them a guest');
    await ben.says('profiles shared');
    ben.seesNot('@contoso');
    await megan.looksAtChat().clicks('Change');
    const two = `group:${groupCalled('Spokespeople')},person:${ben.id}`;
    await megan.clicks('Review', { who: two, until: '2030-01-31' });
    // Ben is in Marketing, in Spokespeople and picked by himself: he counts once.
    megan.sees('8 people gain access, 1 of them a guest', 'It ends on Thursday, 31 January 2030');
    await isaiah.says('profiles shared');
    isaiah.seesNot('@contoso');
    await megan.clicks('Share with 3 people and groups');
    megan.sees('Shared with Marketing, Spokespeople, Ben Walters', 'until Thursday, 31 January 2030');
    await isaiah.says('profiles shared');
    isaiah.sees('@contoso', 'until Thursday, 31 January 2030');
    const { audit } = story.store;
    const records = await audit.find(world.tenant.id, {});
    assert.equal(records.filter(({ operation, outcome }) => operation === 'share' && outcome === 'done').length, 1);
  });

  it('says that nobody is picked; lets go of a pick; and ends with Cancel', async () => {
    await megan.clicks('Review', {});
    megan.sees('Nobody is picked yet');
    await megan.clicks('Review', { who: `person:${story.player('ben').id}` });
    megan.sees('Ben Walters', '1 person gains access');
    await megan.clicks('Do not share with Ben Walters');
    megan.seesNot('Ben Walters');
    await megan.clicks('Cancel');
    megan.sees('You own it');
  });

  it('offers everyone, and asks before it shares with them', async () => {
    await megan.clicks('Review', { who: 'everyone' });
    megan.sees('10 people gain access');
    megan.seesNot('10 people gain access, 1 of them a guest');
    await megan.clicks('Share with everyone');
    megan.sees('Share @contoso (X profile) with everyone?');
    await megan.clicks('Share with everyone');
    megan.sees('Shared with everyone');
  });

  it('to invite offers people only', async () => {
    await megan.says('invite contoso');
    const search = { from: megan.id, message: megan.message().id, dataset: 'people', queryText: 'mar' };
    const { results } = await story.sandbox.connector.search(search);
    assert(results.every(({ value }) => value.startsWith('person:')));
  });

  it('is about, not exact, with a group that is too big to be read', async () => {
    const { company } = story.sandbox;
    const people = Array.from({ length: 2_100 }, (_, n) => company.addPerson({ name: `Agent ${n}` }));
    const group = company.addGroup({ name: 'Call Centre', people });
    await megan.clicks('Review', { who: `group:${group},person:${story.player('ben').id}` });
    megan.sees('about 2,101 people gain access');
  });
});

describe('access by group', () => {
  let story: Story;
  let megan: Player;
  let ben: Player;
  beforeEach(async () => {
    story = await Story.open();
    [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share @marketing contoso');
  });
  afterEach(() => story.close());

  const groupCalls = () =>
    story.sandbox.company.requests.filter(({ path }) => path.endsWith('/getMemberGroups')).length;

  it('is lost within five minutes in lists, and at once when acting', async () => {
    await ben.says('profiles shared');
    ben.sees('@contoso');
    story.sandbox.company.removeFromGroup(groupCalled('Marketing'), ben.id);
    await ben.says('profiles shared');
    ben.sees('@contoso');
    await ben.says('claim contoso');
    ben.sees('That profile is not there, or not yours to see');
    story.passes({ minutes: 5 });
    await ben.says('profiles shared');
    ben.seesNot('@contoso');
    await ben.says('show contoso');
    ben.sees('You have no profile called "contoso"');
  });

  it('is gained by joining, without anybody sharing anew', async () => {
    const adele = story.player('adele');
    await adele.says('profiles shared');
    adele.seesNot('@contoso');
    story.sandbox.company.addToGroup(groupCalled('Marketing'), adele.id);
    story.passes({ minutes: 5 });
    await adele.says('profiles shared');
    adele.sees('@contoso', 'through Marketing');
  });

  it('is asked of the directory once in five minutes, also after a restart, and not for what does not need it', async () => {
    await ben.says('profiles');
    story.sandbox.company.requests.length = 0;
    for (const words of ['profiles', 'show contoso', 'profiles shared']) await ben.says(words);
    story = await story.restart();
    ben = story.player('ben');
    await ben.says('profiles');
    assert.equal(groupCalls(), 0);
    story.passes({ minutes: 6 });
    for (const words of ['help', 'profiles owned', 'profiles ownerless', 'roles', 'add']) await ben.says(words);
    assert.equal(groupCalls(), 0);
    await Promise.all([ben.says('profiles'), ben.says('profiles shared'), ben.says('show contoso')]);
    assert.equal(groupCalls(), 1);
  });

  it('with the directory down is shown as it was, with the time; acting is refused with the reason', async () => {
    await ben.says('profiles');
    story.passes({ minutes: 30 });
    story.sandbox.company.down(true);
    await ben.says('profiles');
    ben.sees('@contoso', 'The directory does not answer. Groups are shown as they were 30 minutes ago');
    await ben.says('show contoso');
    ben.sees(
      'Shared with you through Marketing',
      'The directory does not answer. Groups are shown as they were 30 minutes ago',
    );
    await megan.says('share @sales contoso');
    megan.sees("Your organisation's directory does not answer", 'Nothing was changed');
    await ben.says('claim contoso');
    ben.sees("Your organisation's directory does not answer");
    const adele = story.player('adele');
    await adele.says('profiles');
    adele.sees("Your organisation's directory does not answer");
    adele.seesNot('Your profiles');
    story.sandbox.company.down(false);
    story.passes({ minutes: 1 });
    await ben.says('profiles');
    ben.seesNot('does not answer');
  });
});
