import assert from 'node:assert/strict';
import { Story } from './story.js';

describe('an owner who leaves the organisation', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
    // The list of changes starts now.
    await story.sweeps();
  });
  afterEach(() => story.close());

  const company = () => story.sandbox.company;

  it('when deleted, leaves the profile to be offered with a button, and who signs in becomes its owner', async () => {
    const [megan, ben, adele, alex] = ['megan', 'ben', 'adele', 'alex'].map((name) => story.player(name));
    assert(megan && ben && adele && alex);
    await story.player('lynne').says('role alex@contoso.example manager');
    for (const player of [ben, adele, alex]) await player.says('help');
    await megan.adds('contoso');
    await megan.says('share ben@contoso.example contoso');
    company().remove(megan.id);
    await story.sweeps();
    alex.looksAtChat().sees('@contoso (X profile) has no owner now', 'The account of Megan Bowen is deleted');
    adele.looksAtChat().seesNot('has no owner now');
    ben.looksAtChat().sees('@contoso (X profile) has no owner now', 'If you can sign in to it, become its owner');
    await ben.clicks('Become an owner');
    ben.sees('Become an owner of @contoso');
    await ben.says(`code ${await ben.signsInAs('contoso')}`);
    ben.sees('You own @contoso (X profile) now', 'Valid');
    await ben.says('history contoso');
    ben.sees('The directory', 'ended the ownership of Megan Bowen, whose account is deleted');
  });

  it('when deleted, leaves what was shared with a big group to its members whom the bot knows, but no Reader', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    const people = Array.from({ length: 200 }, (_, n) => company().addPerson({ name: `Agent ${n}` }));
    const centre = company().addGroup({ name: 'Call Centre', people: [...people, ben.id] });
    await megan.says('share "Call Centre" contoso');
    const adele = story.player('adele');
    company().addToGroup(centre, adele.id);
    await story.player('lynne').says('role adele@contoso.example reader');
    await adele.says('help');
    await ben.says('profiles shared');
    ben.sees('@contoso');
    company().remove(megan.id);
    await story.sweeps();
    ben.looksAtChat().sees('@contoso (X profile) has no owner now');
    adele.looksAtChat().seesNot('@contoso');
  });

  it('when disabled, stays an owner for seven days without their sign-in being used', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await ben.says('help');
    await megan.says('share ben@contoso.example contoso');
    company().disable(megan.id);
    await story.sweeps();
    ben.looksAtChat().sees('@contoso (X profile) is about to lose its last owner', 'disabled in the directory');
    await ben.says('show contoso');
    ben.sees('Owner until', 'their account is disabled', 'Not valid', 'Their sign-in is not used any more');
    await megan.says('share @sales contoso');
    megan.sees('Your account is switched off in the directory');
    story.passes({ days: 6 });
    await story.sweeps();
    await ben.says('show contoso');
    ben.sees('Owner until');
    story.passes({ days: 2 });
    await story.sweeps();
    ben.looksAtChat().sees('@contoso (X profile) has no owner now');
    await ben.says('profiles ownerless');
    ben.sees('@contoso');
  });

  it('changes nothing any more, from the moment the account is disabled', async () => {
    const lynne = story.player('lynne');
    await lynne.adds('contoso');
    company().disable(lynne.id);
    const changes = [
      ...[
        'add x',
        'share @sales contoso',
        'share contoso',
        'unshare @sales contoso',
        'renew contoso',
        'forget contoso',
      ],
      ...['leave contoso', 'delete contoso', 'claim contoso', 'withdraw contoso', 'allow messages contoso'],
      ...['deny messages contoso', 'object contoso', 'role ben@contoso.example manager', 'policy cool-off 1'],
    ];
    for (const words of changes) {
      await lynne.says(words);
      lynne.sees('Your account is switched off in the directory');
    }
    // Once the directory has said so, nothing is read any more either.
    await lynne.says('show contoso');
    lynne.seesNot('You own it');
  });

  it('who comes back within the window is an owner as before', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    company().disable(megan.id);
    await story.sweeps();
    company().enable(megan.id);
    await story.sweeps();
    megan.looksAtChat().sees('You still own @contoso');
    story.passes({ days: 8 });
    await story.sweeps();
    await megan.says('show contoso');
    megan.sees('You own it', 'Valid');
    megan.seesNot('Owner until');
  });

  it('is told to the other owners, and nobody else', async () => {
    const [megan, ben, alex] = [story.player('megan'), story.player('ben'), story.player('alex')];
    await megan.adds('contoso');
    await alex.says('help');
    await megan.says('share ben@contoso.example contoso');
    await ben.says('claim contoso');
    await ben.says(`code ${await ben.signsInAs('contoso')}`);
    company().remove(megan.id);
    await story.sweeps();
    ben.looksAtChat().sees('Megan Bowen no longer owns @contoso', 'You are its only owner now');
    alex.looksAtChat().seesNot('contoso');
    await ben.says('show contoso');
    ben.sees('You own it', 'Valid');
    assert.equal(ben.words().match(/\nOwner\n/g)?.length, 1);
  });

  it('can be removed by an admin before the window is over, but not once they are back', async () => {
    const [megan, lynne] = [story.player('megan'), story.player('lynne')];
    await megan.adds('contoso');
    company().disable(megan.id);
    await story.sweeps();
    await lynne.says('show contoso');
    company().enable(megan.id);
    await lynne.clicks('End the ownership of Megan Bowen now');
    lynne.sees('The account of Megan Bowen works again');
    company().disable(megan.id);
    await lynne.says('show contoso');
    await lynne.clicks('End the ownership of Megan Bowen now');
    lynne.sees('Megan Bowen is no longer an owner', 'No owner');
  });

  it('is noticed however the news comes: twice, out of order, or only in a full list', async () => {
    const [megan, ben, lynne] = [story.player('megan'), story.player('ben'), story.player('lynne')];
    await megan.adds('contoso');
    await megan.says('share ben@contoso.example contoso');
    await megan.says('share alex@contoso.example contoso');
    company().repeatDelta(true);
    company().disable(megan.id);
    company().enable(megan.id);
    await story.sweeps();
    await megan.says('show contoso');
    megan.seesNot('Owner until');
    company().repeatDelta(false);
    company().staleDelta(410);
    company().remove(megan.id);
    company().remove(ben.id);
    await story.sweeps();
    company().staleDelta(undefined);
    await lynne.says('show contoso');
    lynne.sees('No owner');
    lynne.seesNot('Ben Walters');
  });

  it('is given the window when the directory suddenly knows nobody: it may be the wrong one', async () => {
    const [megan, lynne] = [story.player('megan'), story.player('lynne')];
    await megan.adds('contoso');
    company().staleDelta(410);
    company().remove(megan.id);
    await story.sweeps();
    company().staleDelta(undefined);
    await lynne.says('show contoso');
    lynne.sees('Megan Bowen', 'Owner until');
  });

  it('is taken up again when the directory was down', async () => {
    const [megan, lynne] = [story.player('megan'), story.player('lynne')];
    await megan.adds('contoso');
    company().remove(megan.id);
    company().down(true);
    await story.sweeps();
    await lynne.says('profiles ownerless');
    lynne.seesNot('@contoso');
    company().down(false);
    await story.sweeps();
    await lynne.says('profiles ownerless');
    lynne.sees('@contoso');
  });
});

describe('a group that is deleted', () => {
  it('loses its shares once it was missing on two days', async () => {
    const story = await Story.open();
    try {
      const megan = story.player('megan');
      const { company } = story.sandbox;
      await megan.adds('contoso');
      const group = company.addGroup({ name: 'Task Force', people: [megan.id] });
      await megan.says('share "Task Force" contoso');
      await story.sweeps();
      company.removeGroup(group);
      for (const still of [true, false]) {
        story.passes({ days: 1, minutes: 1 });
        await story.sweeps();
        await megan.says('show contoso');
        if (still) megan.sees('Task Force');
        else megan.seesNot('Task Force');
      }
    } finally {
      await story.close();
    }
  });
});

describe('what if somebody leaves', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('says which profiles would go dark and who could keep them alive, and changes nothing', async () => {
    const [megan, ben, lynne] = [story.player('megan'), story.player('ben'), story.player('lynne')];
    await megan.adds('contoso');
    await megan.adds('fabrikam');
    await megan.says('share ben@contoso.example contoso');
    await megan.says('share @marketing fabrikam');
    await ben.says('claim contoso');
    await ben.says(`code ${await ben.signsInAs('contoso')}`);
    await lynne.says('what if megan@contoso.example leaves');
    lynne.sees('If Megan Bowen leaves', '1 of 2 profiles', 'Would have no owner', '@fabrikam', 'Shared with Marketing');
    lynne.sees('Would stay alive', '1 other sign-in keeps it alive: Ben Walters', 'Nothing was changed');
    await megan.says('what if I leave?');
    megan.sees('If you leave', '@fabrikam');
    await ben.says('forget contoso');
    await ben.says('what if I leave');
    ben.sees('The one profile they own stays alive');
    await megan.says('show fabrikam');
    megan.sees('You own it', 'Valid');
  });

  it('is for admins, and for oneself', async () => {
    const ben = story.player('ben');
    for (const who of ['megan@contoso.example', 'nobody@contoso.example']) {
      await ben.says(`what if ${who} leaves`);
      ben.sees('Only an admin can do that', 'Lynne Robbins');
    }
    await ben.says('what if Ben Walters leaves');
    ben.sees('Only an admin can do that');
  });
});
