import assert from 'node:assert/strict';
import { withAccess } from '../../src/rules/derived.js';
import { withCaring } from '../../src/rules/signins/caring.js';
import type { Profile, SealedGrant } from '../../src/rules/types.js';
import { world } from '../../src/sandbox/world.js';
import { countCalls } from './storeCounts.js';
import { Story } from './story.js';

/** A profile that somebody else shares with everyone, with the sign-in that keeps it alive. */
async function keep(
  story: Story,
  n: number,
  more: Partial<Profile> = {},
  state: SealedGrant['state'] = 'good',
): Promise<void> {
  const now = story.now();
  const { id } = story.player('ben');
  const tenant = world.tenant.id;
  const owner = { id, name: 'Ben Walters' };
  const profile = withAccess({
    ...{ tenant, id: `p${n}`, version: 1, revision: 1, type: 'x-user', externalId: `many-${n}` },
    ...{ handle: `shop_${String(n).padStart(4, '0')}`, name: `Shop ${n}` },
    ...{ owners: [{ ...owner, since: now }], claims: [], allowed: {}, access: [], outbox: [] },
    shares: [{ principal: { kind: 'everyone' }, by: owner, at: now }],
    ...more,
  });
  const grant: SealedGrant = {
    ...{ tenant, id: `${profile.id}:${id}`, version: 1, profile: profile.id, type: 'x-user', since: now },
    ...{ externalId: profile.externalId, person: id, personName: owner.name, state, scopes: [], sealed: 's' },
  };
  await story.store.profiles.insert(withCaring(profile, [grant], now) ?? profile);
  await story.store.grants.insert(grant);
}

describe('an organisation with many profiles', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('is paged through in one order, forth and back, with what there is in all', async () => {
    for (let n = 0; n < 14; n += 1) await keep(story, n);
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('profiles shared');
    megan.sees('1–6 of 14', '@shop_0000', '@shop_0005');
    megan.seesNot('@shop_0006', 'Back', '@contoso');
    await megan.clicks('8 more');
    megan.sees('7–12 of 14', '@shop_0006', '@shop_0011');
    await megan.clicks('2 more');
    megan.sees('13–14 of 14', '@shop_0012', '@shop_0013');
    assert(!megan.buttons().some((title) => title.endsWith('more')));
    // One of the page before is gone meanwhile: nothing is left out or shown twice.
    await story.store.profiles.delete(world.tenant.id, 'p7');
    await megan.clicks('Back');
    megan.sees('@shop_0005', '@shop_0006', '@shop_0008', '@shop_0011');
    await megan.clicks('Back');
    megan.sees('1–6 of 13', '@shop_0000', '@shop_0005');
    await megan.says('profiles');
    megan.sees('You own', '@contoso', '1–6 of 13');
  });

  it('has those of one network on their own pages', async () => {
    for (let n = 0; n < 8; n += 1) await keep(story, n, n === 3 ? { type: 'youtube-user' } : {});
    const megan = story.player('megan');
    await megan.says('profiles shared youtube');
    megan.sees('@shop_0003');
    megan.seesNot('@shop_0002', ' of ');
    await megan.says('profiles shared x');
    megan.sees('1–6 of 7');
    await megan.clicks('1 more');
    megan.sees('7–7 of 7', '@shop_0007');
  });

  it('counts what has ended no more, before the sweep tidies it away', async () => {
    for (let n = 0; n < 8; n += 1) {
      const by = { id: 'ben', name: 'Ben' };
      const until = new Date(story.now().getTime() + 60_000);
      const shares: Profile['shares'] = [{ principal: { kind: 'everyone' }, by, at: story.now(), until }];
      await keep(story, n, n < 5 ? { shares } : {});
    }
    const megan = story.player('megan');
    await megan.says('profiles shared');
    megan.sees('1–6 of 8');
    story.passes({ minutes: 2 });
    await megan.says('profiles shared');
    megan.sees('@shop_0005', '@shop_0007');
    megan.seesNot('@shop_0004', ' of ');
  });

  it('finds by whole names first, then by the beginning of a word, then by any part, and knows near ones', async () => {
    await keep(story, 1, { handle: 'contoso_emea', name: 'Contoso Emea' });
    await keep(story, 2, { handle: 'emea', name: 'All of Emea' });
    await keep(story, 3, { handle: 'NorthwindFrance', name: 'Northwind' });
    const megan = story.player('megan');
    await megan.says('show emea');
    megan.sees('@emea', 'All of Emea');
    await megan.says('show france');
    megan.sees('@NorthwindFrance');
    await megan.says('show thwind');
    megan.sees('@NorthwindFrance');
    await megan.says('show contosso_emea');
    megan.sees('You have no profile called "contosso_emea"', '@contoso_emea');
    await megan.says('show al');
    megan.sees('All of Emea');
  });

  it('says what needs care most urgent first, page by page, as many as there are', async () => {
    for (let n = 0; n < 9; n += 1) await keep(story, n, {}, n < 8 ? 'dead' : 'good');
    for (let n = 9; n < 12; n += 1) await keep(story, n, { owners: [] }, 'dead');
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.says('health');
    megan.sees('11 of 12 profiles need care, most urgent first. 1–6 of 11.', '@shop_0000', '@shop_0005', 'Not valid');
    megan.seesNot('@shop_0006', '@shop_0009', 'Back');
    await megan.clicks('5 more');
    megan.sees('7–11 of 11.', '@shop_0006', '@shop_0007', '@shop_0011', 'No owner');
    megan.seesNot('@shop_0008');
    await megan.clicks('Back');
    megan.sees('@shop_0000', '@shop_0005', '1–6 of 11');
    await ben.says('what if I leave');
    ben.sees('9 of 9 profiles they own would go dark', '@shop_0000');
  });

  it('shows an admin what needs care although it is shared with them', async () => {
    await keep(story, 0);
    const lynne = story.player('lynne');
    await lynne.says('health');
    lynne.sees('Your one profile needs care.', '@shop_0000', 'One sign-in');
    await story.player('megan').says('health');
    story.player('megan').seesNot('@shop_0000');
  });

  it('says of more than 500 that there are 500+, wherever it counts', async () => {
    const ben = story.player('ben');
    const second = { id: story.player('megan').id, name: 'Megan Bowen', since: story.now() };
    const both = [{ id: ben.id, name: 'Ben Walters', since: story.now() }, second];
    for (let n = 0; n < 4; n += 1) await keep(story, n, { owners: both }, 'dead');
    for (let n = 4; n < 510; n += 1) await keep(story, n);
    const megan = story.player('megan');
    await megan.says('health');
    megan.sees('4 of 500+ profiles need care', '500+ · One sign-in', '4 · Not valid');
    await ben.says('what if I leave');
    ben.sees('500+ of 500+ profiles they own would go dark', 'Would have no owner (15 of 500+)');
    for (let n = 4; n < 9; n += 1) await story.store.profiles.delete(world.tenant.id, `p${n}`);
    for (let n = 510; n < 528; n += 1) await keep(story, n, { owners: both }, 'dead');
    await ben.says('what if I leave');
    ben.sees('Would have no sign-in that works (15 of 22)');
  });

  it('costs no more documents to read with ten times as many profiles', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const asked = [
      ...['profiles', 'profiles shared', 'profiles all', 'profiles x', 'show contoso', 'show x:contoso'],
      ...['show shop_0007', 'show shop', 'show hop 7', 'show nothing like it', 'share', 'claim', 'post'],
      ...['health', 'claims', 'what if ben@contoso.example leaves', 'roles'],
    ];
    const readFor = async (words: string) => {
      const counting = countCalls(story.store);
      await megan.says(words);
      await story.settled();
      return counting.stop().reduce((sum, { docs }) => sum + docs, 0);
    };
    for (let n = 0; n < 200; n += 1) await keep(story, n);
    const before = new Map<string, number>();
    for (const words of asked) before.set(words, await readFor(words));
    for (let n = 200; n < 2_000; n += 1) await keep(story, n);
    for (const words of asked) {
      const [few, many] = [before.get(words) ?? 0, await readFor(words)];
      assert.ok(many <= few + 10 && many < 300, `${words}: ${few} documents, then ${many}`);
    }
  });
});
