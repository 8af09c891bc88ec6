import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { Story } from './story.js';

describe('in a channel', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('the same words work, with a mention of the bot and of the team', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share @Marketing contoso', { in: 'Announcements', mentions: ['Marketing'] });
    megan.sees('Shared with Marketing');
    megan.seesNot('You own it', 'Remove', 'Delete');
    await ben.says('show contoso', { in: 'Announcements' });
    ben.sees('I answered you in our personal chat.');
    ben.looksAtChat().sees('@contoso', 'Shared with you through Marketing');
  });

  it('what depends on who asks is answered in their own chat, and the channel gets one line', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    for (const words of ['profiles', 'show contoso', 'health', 'history contoso', 'claims']) {
      await megan.says(words, { in: 'Announcements' });
      megan.sees('I answered you in our personal chat.');
      megan.seesNot('contoso');
      assert.equal(megan.message().cards.length, 0, words);
    }
    megan.looksAtChat().sees('Nothing waits for your decision');
  });

  it('a button there shows each what they may see, and nobody else', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share @Marketing contoso', { in: 'Announcements', mentions: ['Marketing'] });
    const card = megan.message();
    await ben.says('help');
    await ben.looksAt(card).clicks('Show');
    ben.sees('Shared with you through Marketing by Megan Bowen');
    megan.looksAt(card).seesNot('Shared with you');
  });

  it('people are shared with by mention', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share @Ben Walters contoso', { in: 'Announcements', mentions: ['Ben Walters'] });
    megan.sees('Shared with Ben Walters');
    await ben.says('profiles shared');
    ben.sees('@contoso');
  });

  it('what is for one person goes to their own chat, with one line in the channel', async () => {
    const megan = story.player('megan');
    await megan.says('add x', { in: 'Announcements' });
    megan.sees('I sent you the sign-in link in our personal chat');
    megan.seesNot('http');
    megan.looksAtChat().sees('Add an X profile');
  });

  it('a code is not accepted where others see it', async () => {
    const megan = story.player('megan');
    await megan.says('code 123456', { in: 'Announcements' });
    megan.sees('only in our personal chat');
  });

  it('a click by someone else is judged by who they are, and the card stays', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share @Marketing contoso', { in: 'Announcements', mentions: ['Marketing'] });
    const card = megan.message();
    await megan.clicks('Show');
    const { verb, data } = megan.action('Share');
    await ben.says('help');
    await ben.clicksOn(card, String(verb), data as Record<string, unknown>);
    const view = card.views[ben.id];
    assert.match(view?.note?.text ?? '', /Only an owner/);
    assert.equal(view?.card, undefined);
  });

  it('a change by a click is shown to all', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share ben@contoso.example contoso', { in: 'Announcements' });
    const { id } = megan.message();
    await megan.clicks('Show');
    await megan.clicks('Stop sharing with Ben Walters');
    await ben.says('help', { in: 'Announcements' });
    const seen = story.sandbox.connector.transcript('19:announcements@thread.tacv2').find((one) => one.id === id);
    assert.match(JSON.stringify(seen?.cards), /No longer shared with Ben Walters/);
  });
});

describe('roles', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('a Reader is told who can raise the role, whatever they ask about profiles', async () => {
    const [lynne, ben, megan] = [story.player('lynne'), story.player('ben'), story.player('megan')];
    await megan.adds('contoso');
    await lynne.says('role ben@contoso.example reader');
    lynne.sees('Ben Walters is a Reader now');
    for (const words of ['profiles', 'show contoso', 'show nothing', 'add x', 'claim contoso']) {
      await ben.says(words);
      ben.sees('As a Reader', 'Lynne Robbins');
    }
    await ben.says('help');
    ben.sees('You are a Reader');
  });

  it('a Reader asks for access, an admin says not now or yes, and the Reader hears it', async () => {
    const [lynne, ben] = [story.player('lynne'), story.player('ben')];
    await lynne.says('role ben@contoso.example reader');
    ben.looksAtChat().sees('You are a Reader now', 'Lynne Robbins changed that');
    await ben.says('profiles');
    await ben.clicks('Request access');
    ben.sees('I asked Lynne Robbins and Alex Wilber to make you a Responder');
    await ben.says('request access');
    ben.sees('You asked for that already');
    lynne.looksAtChat().sees('Ben Walters asks to work with profiles');
    await lynne.clicks('Not now');
    ben.looksAtChat().sees('You stay a Reader for now');
    await ben.says('request access');
    await lynne.looksAtChat().clicks('Make a Responder');
    ben.looksAtChat().sees('You are a Responder now');
    await ben.says('profiles');
    ben.sees('Your profiles');
  });

  it('are given by admins only; whom the settings name stays an admin', async () => {
    const [lynne, ben] = [story.player('lynne'), story.player('ben')];
    await ben.says('role ben@contoso.example manager');
    ben.sees('Only an admin', 'Lynne Robbins');
    await lynne.says('role lynne@contoso.example no-admin');
    lynne.sees('Lynne Robbins is named as an admin in the settings of this bot');
    await lynne.says('role ben@contoso.example admin');
    lynne.sees('Ben Walters is an admin now');
    await ben.says('roles');
    ben.sees('Ben Walters', 'Lynne Robbins');
    await lynne.says('role ben@contoso.example no-admin');
    await ben.says('roles');
    ben.sees('Only an admin');
  });

  it('are listed, however many there are; that a card does not hold them all is said', async () => {
    const lynne = story.player('lynne');
    const tenant = world.tenant.id;
    const give = (n: number) =>
      story.store.people.insert({ tenant, id: `p${n}`, version: 1, name: `Person ${n}`, role: 'manager', outbox: [] });
    for (let n = 10; n < 58; n += 1) await give(n);
    await lynne.says('roles');
    lynne.sees('Person 10', 'Person 57', 'Everyone else is a Responder.');
    for (let n = 58; n < 260; n += 1) await give(n);
    await lynne.says('roles');
    lynne.sees('Person 10', 'More people than these have a role of their own. All others are Responders.');
  });

  it('two admins who remove each other at the same moment leave one', async () => {
    const [lynne, ben, megan] = [story.player('lynne'), story.player('ben'), story.player('megan')];
    for (let round = 0; round < 5; round++) {
      await lynne.says('role ben@contoso.example admin');
      await lynne.says('role megan@contoso.example admin');
      await Promise.all([
        ben.says('role megan@contoso.example no-admin'),
        megan.says('role ben@contoso.example no-admin'),
      ]);
      const words = [ben.words(), megan.words()];
      assert.equal(words.filter((said) => said.includes('is no longer an admin')).length, 1, words.join());
      assert.equal(
        words.filter((said) => /Only an admin|You are no longer an admin/.test(said)).length,
        1,
        words.join(),
      );
      const refused = await story.store.audit.find(world.tenant.id, { outcome: 'refused', what: 'adminOnly' });
      assert.equal(refused.length, round + 1, 'the other was refused, once in each round');
    }
  });
});
