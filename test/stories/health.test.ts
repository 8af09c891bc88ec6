import assert from 'node:assert/strict';
import { withAccess } from '../../src/rules/derived.js';
import { withCaring } from '../../src/rules/signins/caring.js';
import type { NetworkId, Profile, SealedGrant } from '../../src/rules/types.js';
import { world } from '../../src/sandbox/world.js';
import { Browser, Story } from './story.js';

const tenant = world.tenant.id;

describe('the health of profiles', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  /** The titles of what the bot wrote to somebody, in order. */
  const toldTo = (name: string) =>
    story.sandbox.connector
      .transcript(story.sandbox.connector.personal(story.player(name).id))
      .filter((one) => one.from === 'bot')
      .map((one) => one.summary ?? '');

  it('is well when two sign-ins keep everything alive, and says so', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('health');
    megan.sees('Your one profile needs care', 'Only your sign-in keeps it alive', 'Invite a second owner');
    await megan.says('share ben@contoso.example contoso');
    await ben.says('claim contoso');
    await ben.says(`code ${await ben.signsInAs('contoso')}`);
    await megan.says('health');
    megan.sees('All is well: none of 1 profile needs care');
    await megan.says('show contoso');
    megan.sees('2 sign-ins keep it alive', 'Last call that worked: just now');
  });

  it('invites a second owner with one button', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('health');
    await megan.clicks('Invite: @contoso (X profile)');
    megan.sees('Invite an owner of @contoso');
    await megan.clicks('Review', { who: `person:${story.player('adele').id}` });
    megan.sees('Invite Adele Vance to own @contoso (X profile)?');
    await megan.clicks('Invite Adele Vance');
    megan.sees('Invited Adele Vance');
  });

  it('of a sign-in that the network ended is told to its owner once, and renewed with the button', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await story.sweeps();
    story.sandbox.networks.fault('x', { kind: 'revoked' });
    story.passes({ days: 2 });
    await story.sweeps();
    await story.sweeps();
    story.sandbox.networks.fault('x', undefined);
    megan.looksAtChat().sees('Your sign-in to @contoso (X profile) does not work any more', 'Nothing can be published');
    const told = toldTo('megan').filter((title) => title.includes('does not work any more'));
    assert.equal(told.length, 1);
    await megan.clicks('Renew');
    await megan.says(`code ${await megan.signsInAs('contoso')}`);
    megan.sees('Your sign-in is renewed', 'Valid');
    await megan.says('history contoso');
    megan.sees('ended the sign-in of Megan Bowen');
  });

  it('turning yellow is told to the owner whose sign-in is the last', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share ben@contoso.example contoso');
    await ben.says('claim contoso');
    await ben.says(`code ${await ben.signsInAs('contoso')}`);
    await story.sweeps();
    await ben.says('forget contoso');
    await story.sweeps();
    megan.looksAtChat().sees('Only one sign-in keeps @contoso (X profile) alive', 'It is yours');
    assert(megan.buttons().includes('Invite an owner'));
    ben.looksAtChat().sees('Only one sign-in keeps @contoso (X profile) alive', 'It is not yours');
    assert(ben.buttons().includes('Renew'));
  });

  it('of a sign-in that a person has to renew is told at 30 and 45 days, and 14, 7, 3 and 1 before the end', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'facebook-user');
    const days: number[] = [];
    for (let day = 1; day <= 61; day++) {
      story.passes({ days: 1 });
      const before = toldTo('megan').length;
      await story.sweeps();
      await story.sweeps();
      if (toldTo('megan').length > before) days.push(day);
      assert(toldTo('megan').length <= before + 1, `one message on day ${day}`);
    }
    assert.deepEqual(days, [30, 45, 46, 53, 57, 59, 60]);
    megan.looksAtChat().sees(/has ended|does not work any more/);
    await megan.says('health');
    megan.sees('Not valid', 'Renew');
  });

  it('shows the days left as a bar, the most urgent first', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.adds('Alex Wilber', 'facebook-user');
    story.passes({ days: 55 });
    await megan.says('health');
    megan.sees('Ends in 5 days', '5 days left');
    const words = megan.words();
    assert(words.indexOf('Alex Wilber') < words.indexOf('@contoso'));
    assert(megan.buttons().indexOf('Renew') < megan.buttons().indexOf('Invite'));
  });

  it('that is not proven is never shown as fine, with when it is tried again', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    story.sandbox.networks.fault('x', { kind: 'error' });
    story.passes({ days: 2 });
    await story.sweeps();
    await megan.says('show contoso');
    megan.sees('Not proven', 'Trying again in', 'Last call that worked: 2 days ago');
    await megan.says('health');
    megan.sees('Trying again in');
    assert.equal(toldTo('megan').filter((title) => title.includes('does not work')).length, 0);
    story.sandbox.networks.fault('x', undefined);
    story.passes({ minutes: 30 });
    await story.sweeps();
    await megan.says('show contoso');
    megan.sees('Valid', 'Last call that worked: just now');
  });

  it('is kept by the sweep: what can be refreshed or swapped for a newer one does not end', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.adds('contoso', 'instagram');
    for (let day = 0; day < 100; day += 2) {
      story.passes({ days: 2 });
      await story.sweeps();
    }
    assert.deepEqual(
      toldTo('megan').filter((title) => /ends|ended|does not work/.test(title)),
      [],
    );
    await megan.says('profiles');
    megan.sees('Valid');
    megan.seesNot('Not valid');
  });

  it('of 500 profiles is answered in one page', async () => {
    const lynne = story.player('lynne');
    await lynne.says('help');
    await manyProfiles(story, 500);
    await lynne.says('health');
    lynne.sees(/(All|\d+ of) 500 profiles need care/, 'Not valid');
    assert(JSON.stringify(lynne.card()).length < 28_000);
    const first = lynne.words();
    await lynne.clicks(lynne.buttons().find((title) => title.endsWith(' more')) ?? '');
    assert.notEqual(lynne.words(), first);
  });
});

describe('an account that is renamed at its network', () => {
  for (const [type, account, old, next, pages] of [
    ['x', 'contoso', '@contoso', '@contoso_hq', []],
    ['facebook page', 'Alex Wilber', 'contososupport', 'contososupport_hq', ['Contoso Support']],
    ['instagram', 'contoso.events', '@contoso.events', '@contoso.events_hq', []],
    ['linkedin page', 'Alex Wilber', 'contoso-careers', 'contoso-careers_hq', ['Contoso Careers']],
    ['youtube', 'social@contoso.example', '@contoso', '@contoso_hq', []],
  ] as const) {
    it(`goes by its new name here too, is found by both, and its history says so: ${type}`, async () => {
      const story = await Story.open();
      try {
        const megan = story.player('megan');
        await megan.says(`add ${type}`);
        await megan.says(`code ${await megan.signsInAs(account, pages)}`);
        story.sandbox.networks.fault(type.split(' ')[0] as NetworkId, { kind: 'renamed' });
        story.passes({ days: 8 });
        await story.sweeps();
        await megan.says(`show ${old}`);
        megan.sees(next);
        await megan.says(`show ${next}`);
        megan.sees(next);
        await megan.says(`history ${next}`);
        megan.sees(`shows it renamed from ${old} to ${next}`);
      } finally {
        await story.close();
      }
    });
  }
});

describe('a network that asks to wait', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('is said on the page and in the chat, with a button that works from then on', async () => {
    const megan = story.player('megan');
    await megan.says('add facebook page');
    const link = megan.link();
    story.sandbox.networks.fault('facebook', { kind: 'rateLimited', seconds: 1200 });
    const page = await new Browser().signIn(link, 'Alex Wilber');
    assert.match(page, /Facebook asks us to wait\. Try again in 20 minutes/);
    await story.settled();
    story.sandbox.networks.fault('facebook', undefined);
    megan.looksAtChat().sees(/Facebook asks us to wait\. Try again in 20 minutes/);
    const again = megan.buttons()[0] ?? '';
    assert.match(again, /^Try again$/);
    await megan.clicks(again);
    megan.sees('asks us to wait');
    megan.seesNot('Sign in to Facebook');
    assert.match((await new Browser().open(link, new URLSearchParams())).text, /asks us to wait/);
    story.passes({ minutes: 21 });
    await megan.clicks(again);
    megan.sees('Sign in to Facebook');
  });

  it('is left alone by the sweep until then, without a mark against its sign-ins', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'facebook page', ['Contoso', 'Contoso Support', 'Contoso Careers']);
    story.passes({ days: 2 });
    story.sandbox.networks.fault('facebook', { kind: 'rateLimited', seconds: 3600 });
    await story.sweeps();
    story.sandbox.networks.fault('facebook', { kind: 'revoked' });
    story.passes({ minutes: 50 });
    await story.sweeps();
    const grants = await story.store.grants.find(tenant, {});
    assert.equal(grants.length, 3);
    assert(grants.every(({ state }) => state !== 'dead'));
    assert(grants.some(({ reason }) => reason === 'wait'));
  });
});

describe('reading with a profile', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('is off until an owner allows it, knowing who will see what', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('share @marketing contoso');
    await megan.says('allow messages contoso');
    megan.sees(
      'Allow reading the private messages of @contoso (X profile)?',
      'Owners: Megan Bowen',
      'Shared with: Marketing',
    );
    await megan.clicks('Allow it');
    megan.sees('Reading its private messages is allowed', 'Read; Megan Bowen allowed it');
    await megan.says('allow messages contoso');
    megan.sees('is allowed already');
    await megan.says('show contoso');
    await megan.clicks('Stop reading messages');
    megan.sees('is switched off');
    await megan.says('deny messages contoso');
    megan.sees('is off already');
    await megan.says('history contoso');
    megan.sees('allowed reading its private messages', 'stopped reading its private messages');
  });

  it('is refused where the network does not let apps, with the reason', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'linkedin member');
    await megan.says('allow messages "Alex Wilber"');
    megan.sees('LinkedIn opens messages only to approved partners');
    await megan.says('show "Alex Wilber"');
    megan.sees('On LinkedIn it can publish text');
    assert(!megan.buttons().includes('Allow reading messages'));
  });

  it('is for owners to switch', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share @marketing contoso');
    await ben.says('allow messages contoso');
    ben.sees('Only an owner of @contoso (X profile) can do that');
  });
});

describe('a sign-in that is removed', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  const remaining = () => story.store.profiles.find(tenant, {});

  it('is ended at its network too, after the answer', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    assert.deepEqual(story.sandbox.networks.allowed(), ['x']);
    await megan.says('delete contoso');
    await megan.clicks('Delete it');
    assert.deepEqual(await story.store.grants.find(tenant, {}), []);
    assert.deepEqual(story.sandbox.networks.allowed(), []);
    assert.deepEqual(await remaining(), []);
  });

  it('leaves alone what another profile of the same person rests on, and goes with the last', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'facebook page', ['Contoso', 'Contoso Support']);
    await megan.says('delete facebook:contososupport');
    await megan.clicks('Delete it');
    assert.deepEqual(story.sandbox.networks.allowed(), ['facebook']);
    story.passes({ days: 2 });
    await story.sweeps();
    await megan.says('show facebook:contoso');
    megan.sees('Valid');
    megan.seesNot('Not valid');
    await megan.says('delete facebook:contoso');
    await megan.clicks('Delete it');
    assert.deepEqual(story.sandbox.networks.allowed(), []);
  });

  it('does not take along the sign-in of another owner to the same account', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('Contoso Media', 'youtube', ['Contoso How-to']);
    await megan.says('share ben@contoso.example contosohowto');
    await ben.says('claim contosohowto');
    await ben.says(`code ${await ben.signsInAs('Contoso Media')}`);
    await megan.says('forget contosohowto');
    story.passes({ days: 2 });
    await story.sweeps();
    await ben.says('show contosohowto');
    ben.sees('Valid', 'Only your sign-in keeps it alive');
  });

  it('is gone at once when the network is down, which is asked again a few times', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    story.sandbox.networks.fault('x', { kind: 'error' });
    await megan.says('delete contoso');
    await megan.clicks('Delete it');
    megan.sees('@contoso (X profile) is deleted');
    assert.deepEqual(await story.store.grants.find(tenant, {}), []);
    assert.equal((await remaining()).length, 1);
    for (let round = 0; round < 6; round++) {
      story.passes({ days: 1 });
      await story.sweeps();
    }
    assert.deepEqual(await remaining(), []);
  });
});

/** Profiles of many owners and ages, straight into the store. */
async function manyProfiles(story: Story, count: number): Promise<void> {
  const { profiles, grants } = story.store;
  const now = story.now();
  const dayMs = 86_400_000;
  for (let index = 0; index < count; index++) {
    const owner = { id: `owner-${index % 40}`, name: `Owner ${index % 40}`, since: now };
    const profile: Profile = withAccess({
      ...{ tenant, id: `many-${index}`, version: 1, revision: 1, type: 'x-user', externalId: `many-${index}` },
      ...{ handle: `brand${index}`, name: `Brand ${index}`, allowed: {}, access: [] },
      ...{ owners: index % 10 === 0 ? [] : [owner], shares: [], claims: [], outbox: [] },
    });
    const grant = {
      ...{ tenant, id: `many-${index}:${owner.id}`, version: 1, profile: profile.id, type: 'x-user' },
      ...{ person: owner.id, personName: owner.name, externalId: profile.externalId, scopes: [], since: now },
      ...{ state: index % 7 === 0 ? 'dead' : 'good', sealed: 'none' },
      ...(index % 3 === 0 ? { expiresAt: new Date(now.getTime() + (index % 60) * dayMs) } : {}),
    } as SealedGrant;
    await profiles.insert(withCaring(profile, [grant], now) ?? profile);
    await grants.insert(grant);
  }
}

describe('"Check now"', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('asks the network at once, and says what it said', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    story.sandbox.networks.fault('x', { kind: 'revoked' });
    await megan.says('show contoso');
    megan.sees('● Valid, one sign-in', 'Only your sign-in keeps it alive');
    story.passes({ days: 2 });
    await megan.clicks('Check now');
    megan.sees('Checked just now', '● Not valid', 'No sign-in works any more');
  });
});
