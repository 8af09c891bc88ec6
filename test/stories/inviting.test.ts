import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { channel, Story } from './story.js';

describe('an owner who invites', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
    await who('adele').says('help');
  });
  afterEach(() => story.close());

  it('has said yes in advance: the invited signs in and owns it at once', async () => {
    const [megan, adele] = [who('megan'), who('adele')];
    await megan.says('invite "Adele Vance" contoso');
    megan.sees('Invited Adele Vance');
    adele.looksAtChat().sees('Megan Bowen asks you to become an owner of @contoso');
    await adele.clicks('Sign in to it');
    await adele.says(`code ${await adele.signsInAs('contoso')}`);
    adele.sees('You own @contoso (X profile) now');
    adele.seesNot('other owners can object');
    await adele.says('delete contoso');
    adele.sees('Delete @contoso (X profile)?');
    await megan.says('history contoso');
    megan.sees('became an owner by signing in, invited by Megan Bowen');
  });

  it('lets nobody else in, and the invited only for seven days', async () => {
    const [megan, adele, ben] = [who('megan'), who('adele'), who('ben')];
    await megan.says('invite adele@contoso.example contoso');
    await ben.says('claim contoso');
    ben.sees('You have no profile called "contoso"');
    await adele.says('show contoso');
    adele.sees('You have no profile called "contoso"');
    story.passes({ days: 7 });
    await adele.says('claim contoso');
    adele.sees('You have no profile called "contoso"');
  });
});

describe('the same account added by two people at the same moment', () => {
  it('is one profile that both own, each with a sign-in that can be used, renewed and removed', async () => {
    const story = await Story.open();
    try {
      for (const account of ['contoso', 'fabrikam']) {
        const [megan, ben] = [story.player('megan'), story.player('ben')];
        for (const player of [megan, ben]) await player.says('add x');
        const [first, second] = [await megan.signsInAs(account), await ben.signsInAs(account)];
        await Promise.all([megan.says(`code ${first}`), ben.says(`code ${second}`)]);
        megan.sees('own');
        ben.sees('own');
        await story.settled();
        const profiles = await story.store.profiles.find(world.tenant.id, { handle: account });
        assert.equal(profiles.length, 1);
        const grants = await story.store.grants.find(world.tenant.id, { profile: profiles[0]?.id ?? '' });
        assert.deepEqual(grants.map(({ person }) => person).sort(), [megan.id, ben.id].sort());
        await ben.says(`forget ${account}`);
        ben.sees('Your sign-in is removed');
      }
      const ids = (await story.store.profiles.find(world.tenant.id, {})).map(({ id }) => id);
      const grants = await story.store.grants.find(world.tenant.id, {});
      assert.deepEqual(
        grants.filter(({ profile }) => !ids.includes(profile)),
        [],
      );
    } finally {
      await story.close();
    }
  });
});

describe('a claim in the approvals channel', () => {
  it('reaches who may decide and is not in that team in their own chat too', async () => {
    const story = await Story.open();
    try {
      const [alex, adele, ben] = ['alex', 'adele', 'ben'].map((name) => story.player(name));
      assert(alex && adele && ben);
      await alex.says('approvals here', { in: 'Announcements' });
      await alex.looksAtChat().clicks('Post claims there');
      await adele.adds('contoso');
      await adele.says('share ben@contoso.example contoso');
      await ben.says('claim contoso');
      await ben.clicks('Ask the owners');
      const posted = story.sandbox.connector.transcript(channel('Announcements')).at(-1);
      assert.match(JSON.stringify(posted?.cards), /Ben Walters/);
      adele.looksAtChat().sees('Ben Walters wants to become an owner of @contoso');
      await adele.clicks('Approve');
      adele.sees('Approved by Adele Vance');
      alex.looksAtChat().seesNot('wants to become an owner');
    } finally {
      await story.close();
    }
  });
});
