import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { Browser, Story } from './story.js';

describe('a profile of the organisation', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('is added by signing in on the network, with a code that ties browser and chat', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    megan.sees('Add an X profile', 'Nobody here ever sees the password');
    const code = await megan.signsInAs('contoso');
    await megan.says(`code ${code}`);
    megan.sees('@contoso (X profile) is added, and you own it', 'Valid', 'Megan Bowen');
    await megan.says('profiles');
    megan.sees('@contoso', 'You own it');
  });

  it('is added after choosing what kind it is', async () => {
    const megan = story.player('megan');
    await megan.says('add');
    megan.sees('What do you want to add?', 'X profile');
    await megan.clicks('Add: X profile');
    megan.sees('Sign in to X');
  });

  it('is shared with a team, seen by its members, and no longer after that', async () => {
    const [megan, ben, adele] = [story.player('megan'), story.player('ben'), story.player('adele')];
    await megan.adds('contoso');
    await megan.says('share @marketing contoso');
    megan.sees('Shared with Marketing', 'Marketing');
    await ben.says('profiles');
    ben.sees('@contoso', 'Shared with you through Marketing by Megan Bowen');
    await adele.says('profiles');
    adele.seesNot('@contoso');
    await adele.says('show contoso');
    adele.sees('You have no profile called "contoso"');
    await megan.says('unshare @marketing contoso');
    megan.sees('Stop sharing @contoso (X profile) with Marketing?', '5 people lose access, 1 of them a guest');
    await megan.clicks('Stop sharing');
    megan.sees('No longer shared with Marketing');
    await ben.says('profiles');
    ben.seesNot('@contoso');
  });

  it('is offered at a slip of its name, for what one may do with it', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share ben@contoso.example contoso');
    await megan.says('delete contosi');
    megan.sees('You have no profile called "contosi"', 'Did you mean @contoso (X profile)?');
    await megan.clicks('@contoso (X profile)');
    megan.sees('Delete @contoso (X profile)?');
    await megan.says('post contosi "Hello"');
    await megan.clicks('@contoso (X profile)');
    megan.sees('Preview of your post', 'Hello');
    await ben.says('delete contosi');
    ben.sees('Did you mean @contoso (X profile)?');
    assert.deepEqual(ben.buttons(), ['My profiles'], 'no button that would be refused');
    await ben.says('show contosi');
    await ben.clicks('@contoso (X profile)');
    ben.sees('Shared with you by Megan Bowen');
  });

  it('is shared with a person, who is told, until an end that counts where the sharer is', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await ben.says('help');
    await megan.says('share ben@contoso.example contoso until 2030-01-31');
    megan.sees('until Thursday, 31 January 2030'.replace('Thursday', 'Thursday'));
    ben.looksAtChat().sees('Megan Bowen shared @contoso (X profile) with you', 'You can publish and react');
    await ben.clicks('Show it');
    ben.sees('Shared with you by Megan Bowen until Thursday, 31 January 2030');
    await megan.says('share ben@contoso.example contoso until yesterday');
    megan.sees('That end is in the past.');
    await megan.says('share ben@contoso.example contoso for 1 hour');
    megan.sees('Shared with Ben Walters until', 'now; before, it was until 31 January 2030.');
  });

  it('for an hour ends an hour after the click that shares, however long the card stood open', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.adds('contoso_support');
    const lasts = async () => {
      const shared = (await story.store.profiles.find(world.tenant.id, {})).flatMap(({ shares }) => shares);
      const ends = shared.map(({ at, until }) => (Number(until) - Number(at)) / 60_000);
      return ends.map(Math.round);
    };
    await megan.says('share x:contoso_support for 1 hour');
    const [, value = ''] = /"value":"(\d{4}-\d{2}-\d{2})"/.exec(JSON.stringify(megan.message().cards)) ?? [];
    assert.notEqual(value, '');
    story.passes({ minutes: 5 });
    await megan.clicks('Review', { who: `person:${story.player('ben').id}`, until: value });
    story.passes({ minutes: 5 });
    await megan.clicks('Share with Ben Walters');
    megan.sees('Shared with Ben Walters until');
    assert.deepEqual(await lasts(), [60]);
    await megan.says('share ben@contoso.example conto for 1 hour');
    story.passes({ minutes: 5 });
    await megan.clicks(megan.buttons()[0] ?? '');
    megan.sees('Shared with Ben Walters until');
    assert((await lasts()).every((minutes) => minutes === 60));
  });

  it('is shared with everyone only after a yes that says how many people that is', async () => {
    const [megan, diego] = [story.player('megan'), story.player('diego')];
    await megan.adds('contoso');
    await megan.says('share everyone contoso');
    megan.sees('10 people gain access');
    megan.seesNot('10 people gain access, 1 of them a guest');
    await diego.says('profiles');
    diego.seesNot('@contoso');
    await megan.looksAtChat().clicks('Share with everyone');
    megan.sees('Shared with everyone');
    await diego.says('profiles');
    diego.sees('@contoso', 'through everyone');
  });

  it('asks which of two people named alike is meant, and carries on with the choice', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('share "Chris Green" contoso');
    megan.sees('Who is "Chris Green"?', 'Finance', 'Marketing');
    const finance = megan.buttons();
    assert(finance.length >= 2);
    await megan.clicks('Choose Chris Green, Finance · cgreen2@contoso.example');
    megan.sees('Shared with Chris Green');
  });

  it('is deleted after a yes, for everyone, and the other people are told', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await ben.says('help');
    await megan.says('share ben@contoso.example contoso');
    await megan.says('delete contoso');
    megan.sees('Delete @contoso (X profile)?', 'Shared with: Ben Walters');
    const question = megan.message();
    const { verb, data } = megan.action('Delete it');
    await megan.clicks('Delete it');
    megan.sees('@contoso (X profile) is deleted');
    ben.looksAtChat().sees('Megan Bowen deleted @contoso');
    await ben.says('show contoso');
    ben.sees('You have no profile called "contoso"');
    await megan.clicksOn(question, String(verb), data as Record<string, unknown>);
    megan.sees('answered already');
    await megan.adds('contoso');
    megan.sees('@contoso (X profile) is added');
  });

  it('asks again when it changed since the question', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('delete contoso');
    const question = megan.message();
    const { verb, data } = megan.action('Delete it');
    await megan.says('share @marketing contoso');
    await megan.clicksOn(question, String(verb), data as Record<string, unknown>);
    const view = question.views[megan.id]?.card;
    assert.match(JSON.stringify(view), /now it is shared with Marketing/);
    await megan.says('show contoso');
    megan.sees('@contoso');
  });

  it('is left by its last owner after a yes, and claimed by someone who can sign in to it', async () => {
    const [megan, adele] = [story.player('megan'), story.player('adele')];
    await megan.adds('contoso');
    await megan.says('leave contoso');
    megan.sees('without an owner?');
    await megan.clicks('Leave it');
    await adele.says('profiles');
    adele.sees('Without an owner', '@contoso');
    await adele.says('claim contoso');
    adele.sees('Become an owner of @contoso');
    const wrong = await new Browser().signIn(String(adele.action('Sign in to X').url), 'fabrikam');
    assert.match(wrong, /You signed in to @fabrikam \(X profile\), but this is about @contoso/);
    await adele.says('claim contoso');
    await adele.says(`code ${await adele.signsInAs('contoso')}`);
    adele.sees('You own @contoso (X profile) now', 'You own it');
  });

  it('is asked about where none is named, with those for which it would work', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.adds('contoso', 'insta');
    await megan.says('delete');
    megan.sees('Which profile?', 'X profile', 'Instagram account');
    await megan.clicks('Choose @contoso (X profile)');
    megan.sees('Delete @contoso (X profile)?');
  });

  it('keeps a history that owners and admins may read', async () => {
    const [megan, ben, lynne] = [story.player('megan'), story.player('ben'), story.player('lynne')];
    await megan.adds('contoso');
    await megan.says('share @marketing contoso');
    await ben.says('delete contoso');
    ben.sees('Only an owner of @contoso (X profile) can do that', 'Megan Bowen');
    await megan.says('history contoso');
    megan.sees('added it', 'shared it with Marketing', 'tried "delete", which was refused');
    await lynne.says('history contoso');
    lynne.sees('added it');
    await ben.says('history contoso');
    ben.sees('for its owners and for admins');
  });

  it('outlives a removed sign-in, and is renewed by a new one', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('forget contoso');
    megan.sees('Remove the last sign-in');
    await megan.clicks('Remove my sign-in');
    megan.sees('The profile stays', 'Not valid');
    await megan.says('renew contoso');
    await megan.says(`code ${await megan.signsInAs('contoso')}`);
    megan.sees('Your sign-in is renewed', 'Valid');
  });

  it('is still there after a restart', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    story = await story.restart();
    const again = story.player('megan');
    await again.says('profiles');
    again.sees('@contoso', 'Valid');
  });
});
