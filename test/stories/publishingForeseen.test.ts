import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { inDays, later, openStory, shownOnX, toldTo } from './publishingKit.js';
import type { Player, Story } from './story.js';

const wouldNot = 'A planned post with @contoso (X profile) would not go out';

describe('a planned post that would not go out any more', () => {
  let story: Story;
  let megan: Player;
  let ben: Player;
  beforeEach(async () => {
    ({ story, megan } = await openStory());
    ben = story.player('ben');
    await megan.says('share ben@contoso.example contoso');
    // Right after a sign-in a network may not know it yet; that is another story.
    story.passes({ minutes: 5 });
  });
  afterEach(() => story.close());

  const plans = async (who: Player, days: number) => {
    await who.says(`post contoso "Planned" at ${inDays(story, days)}`);
    const card = who.message();
    await who.clicks('Send at that time');
    await story.sweeps();
    return card;
  };
  const warnings = (name: string) => toldTo(story, name).filter((title) => title.startsWith(wouldNot)).length;

  it('because the share ends before it says so right after Send, and an owner can mend it with one click', async () => {
    await megan.says('share ben@contoso.example contoso for 2 days');
    const card = await plans(ben, 6);
    ben.looksAt(card).sees('As things stand it would not go out');
    ben.looksAtChat().sees(wouldNot, 'Ask an owner to share it with you until then');
    assert.deepEqual(ben.buttons(), ['Look at it']);
    megan.looksAtChat().sees(wouldNot, 'Ben Walters may not publish with it at that time');
    assert.deepEqual([warnings('ben'), warnings('megan')], [1, 1]);
    await megan.clicks('Share it with Ben Walters');
    await later(story, { minutes: 1 });
    ben.looksAt(card).seesNot('would not go out');
    await later(story, { days: 6 });
    await later(story, { minutes: 1 });
    assert.equal(warnings('ben'), 1);
  });

  it('because the share was taken away says so soon, and not again a day and an hour before', async () => {
    await plans(ben, 6);
    assert.deepEqual([warnings('ben'), warnings('megan')], [0, 0]);
    await megan.says('unshare ben@contoso.example contoso');
    await later(story, { minutes: 1 });
    assert.deepEqual([warnings('ben'), warnings('megan')], [1, 1]);
    for (let day = 0; day < 7; day++) await later(story, { days: 0.9 });
    await story.sweeps();
    assert.deepEqual([warnings('ben'), warnings('megan'), await shownOnX(story)], [1, 1, []]);
    assert(toldTo(story, 'ben').some((title) => title.includes('did not go out')));
  });

  it('because its sign-in died leads to renewing, and goes out once that is done', async () => {
    await plans(ben, 6);
    story.sandbox.networks.fault('x', { kind: 'revoked' });
    await later(story, { days: 2 });
    await later(story, { minutes: 1 });
    megan.looksAtChat().sees(wouldNot, 'Renew yours');
    ben.looksAtChat().sees(wouldNot, 'An owner has to renew theirs');
    assert.deepEqual(ben.buttons(), ['Look at it']);
    assert.deepEqual([warnings('ben'), warnings('megan')], [1, 1]);
    story.sandbox.networks.fault('x', undefined);
    await megan.clicks('Renew my sign-in');
    await megan.says(`code ${await megan.signsInAs('contoso')}`);
    const [planned] = await story.store.intents.find(world.tenant.id, { state: 'held' });
    await later(story, { minutes: ((planned?.at?.getTime() ?? 0) - story.now().getTime()) / 60_000 + 1 });
    assert.equal(warnings('ben'), 1);
    assert.deepEqual(await shownOnX(story), ['Planned']);
  });

  it('because its only owner starts leaving says so in the next round', async () => {
    await plans(ben, 60);
    story.sandbox.company.disable(megan.id);
    await later(story, { minutes: 1 });
    await later(story, { minutes: 1 });
    ben.looksAtChat().sees(wouldNot, 'has no owner at that time');
    assert.equal(warnings('ben'), 1);
  });

  it('because its author became a Reader, or left, tells the owners', async () => {
    await plans(ben, 6);
    await story.player('lynne').says('role ben@contoso.example reader');
    await later(story, { minutes: 1 });
    megan.looksAtChat().sees(wouldNot, 'Ben Walters is a Reader now');
    await story.player('lynne').says('role ben@contoso.example responder');
    story.sandbox.company.disable(ben.id);
    await later(story, { minutes: 1 });
    await later(story, { minutes: 1 });
    megan.looksAtChat().sees(wouldNot, 'The account of Ben Walters does not work any more');
  });

  it('because it is frozen leads to the profile', async () => {
    await plans(ben, 6);
    await megan.says('freeze contoso');
    await later(story, { minutes: 1 });
    ben.looksAtChat().sees(wouldNot, 'Two Managers or admins have to thaw it before then');
    assert.deepEqual(ben.buttons(), ['Show it', 'Look at it']);
  });

  it('because everything is frozen says so, and a drill says nothing', async () => {
    const card = await plans(ben, 6);
    await ben.says('freeze contoso drill');
    await later(story, { minutes: 1 });
    await later(story, { minutes: 1 });
    assert.equal(warnings('ben'), 0);
    await story.player('lynne').says('freeze all');
    await later(story, { minutes: 1 });
    ben.looksAt(card).sees('As things stand it would not go out', 'The profile is frozen');
    assert.equal(warnings('megan'), 1);
  });
});

describe('a preview that nobody sent', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    ({ story, megan } = await openStory());
  });
  afterEach(() => story.close());

  it('is a draft in the list of posts, also when its card never arrived, and is sent or dropped from there', async () => {
    story.sandbox.connector.faults.set({ match: 'send', status: 403, times: 1 });
    await megan.says('post contoso "Never seen"');
    megan.seesNot('Preview of your post');
    await megan.says('posts');
    megan.sees('Never seen', 'Draft, not sent; kept until');
    await megan.clicks('Look at it');
    megan.sees('Preview of your post', 'Never seen');
    assert.deepEqual(megan.buttons(), ['Send', 'Change', 'Pictures', 'Video', 'Cancel', 'Back']);
    await megan.clicks('Send');
    megan.sees('Your post is out');
    assert.deepEqual(await shownOnX(story), ['Never seen']);
    await megan.says('post contoso "Dropped"');
    await megan.says('posts contoso');
    megan.sees('Dropped', 'Draft, not sent');
    await megan.clicks('Look at it');
    await megan.clicks('Cancel');
    await megan.says('posts');
    megan.seesNot('Draft');
  });

  it('is seen by its author alone, and is gone after a day', async () => {
    const ben = story.player('ben');
    await megan.says('share ben@contoso.example contoso');
    await megan.says('post contoso "Mine alone"');
    await ben.says('posts contoso');
    ben.seesNot('Mine alone');
    await later(story, { days: 1.01 });
    await megan.says('posts');
    megan.seesNot('Mine alone', 'Draft');
  });
});
