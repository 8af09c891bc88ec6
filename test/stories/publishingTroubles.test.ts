import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import { world } from '../../src/sandbox/world.js';
import { idOf, inDays, later, openStory, shownOnX, toldTo } from './publishingKit.js';
import type { Player, Story } from './story.js';

describe('when the network does not answer as it should', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    ({ story, megan } = await openStory());
  });
  afterEach(() => story.close());

  const sends = async (text: string) => {
    await megan.says(`post contoso "${text}"`);
    await megan.clicks('Send');
  };
  const dial = (kind: string, more: { times?: number; seconds?: number } = { times: 1 }) =>
    story.sandbox.networks.fault('x', { kind: kind as never, ...more });

  for (const kind of ['lostAnswer', 'postedError', 'pleaseRetry']) {
    it(`a post whose answer is lost (${kind}) is looked for, found, and not sent again`, async () => {
      dial(kind);
      await sends('Is it there?');
      megan.sees('Looking for it', 'did not say whether it is there', 'never send it again by myself');
      assert.deepEqual(await shownOnX(story), ['Is it there?']);
      await later(story, { minutes: 1 });
      megan.looksAt(postCard()).sees('Your post is out', 'Sent');
      assert.deepEqual(await shownOnX(story), ['Is it there?']);
      assert(toldTo(story, 'megan').some((title) => title.startsWith('Your post with @contoso (X profile) is out')));
      megan.looksAtChat().seesNot('http');
      const page = await fetch(String(megan.action('Open it on X').url));
      assert.match(await page.text(), /Is it there\?/);
    });
  }

  it('a post that never arrived is looked for four times, and a person may send it once more', async () => {
    dial('lostRequest');
    await sends('Lost on the way');
    for (const minutes of [0.1, 0.6, 2, 10]) {
      megan.sees('Looking for it');
      await later(story, { minutes });
    }
    await later(story, { minutes: 1 });
    megan.looksAt(postCard()).sees('Your post needs a look', 'Not there', 'I looked four times');
    await megan.clicks('Send again');
    megan.sees('Your post is out');
    assert.deepEqual(await shownOnX(story), ['Lost on the way']);
  });

  it('a post with only the beginning of a lost one is shown to a person, who says what it is', async () => {
    const text = 'The quarterly numbers are in, and they are better than anybody here dared to hope for';
    dial('lostRequest');
    await sends(text);
    await later(story, { minutes: 0.1 });
    const lost = postCard();
    await sends(text.slice(0, 60));
    for (const minutes of [0.6, 2, 10, 1]) await later(story, { minutes });
    // It is known to be another post.
    megan.looksAt(lost).sees('Not there', 'I looked four times');
    const cut = await story.store.intents.find(world.tenant.id, { state: 'sent' });
    // As if no other intent had made it.
    for (const { id } of cut) await story.store.intents.delete(world.tenant.id, id);
    await megan.clicks('Look again');
    await later(story, { minutes: 1 });
    megan.looksAt(lost).sees('Please have a look', 'one or more have its beginning');
    assert.deepEqual(megan.buttons(), ['It is 1', 'Not there', 'Look again', 'Open 1']);
    await megan.clicks('It is 1');
    megan.sees('Your post is out');
  });

  it('what the network shows late is looked for again before anybody is told that it is gone', async () => {
    dial('showsLate', { times: 1, seconds: 180 });
    await sends('Comes late');
    await later(story, { minutes: 2 });
    await later(story, { minutes: 6 });
    assert.deepEqual(await shownOnX(story), ['Comes late']);
    megan.sees('Your post is out', 'Sent');
  });

  it('the same text once more is refused by the network, and says so', async () => {
    await sends('Twins');
    await megan.says('post contoso "Twins"');
    megan.sees('Megan Bowen has posted this very text with it');
    await megan.clicks('Send');
    await later(story, { minutes: 0.6 });
    megan.looksAt(postCard()).sees('Did not go out', 'X refused it');
    assert.deepEqual(await shownOnX(story), ['Twins']);
  });

  it('"too fast" holds every post to this network until the time it says; then they go out by themselves', async () => {
    dial('rateLimited', { times: 1, seconds: 300 });
    await sends('First');
    megan.looksAt(postCard()).sees('Waits', 'X asks us to wait until');
    await sends('Second');
    await later(story, { minutes: 0.6 });
    megan.looksAt(postCard()).sees('Waits', 'X asks us to wait until');
    assert.deepEqual(await shownOnX(story), []);
    await later(story, { minutes: 6 });
    await later(story, { minutes: 1 });
    assert.deepEqual((await shownOnX(story)).sort(), ['First', 'Second']);
  });

  it('without credit nothing is lost: it waits, and is tried again', async () => {
    dial('noCredits');
    await sends('Broke');
    megan.looksAt(postCard()).sees('Waits', 'The plan of this app at X is used up', 'An admin has to top it up');
    assert.deepEqual(await shownOnX(story), []);
  });

  it('a sign-in that was revoked makes it wait until an owner renews, and says so', async () => {
    // Right after a sign-in a network may not know it yet; that is another story.
    story.passes({ minutes: 5 });
    dial('revoked', {});
    await sends('No way in');
    megan.looksAt(postCard()).sees('Waits', 'No sign-in of @contoso (X profile) works just now');
    assert(toldTo(story, 'megan').some((title) => title.startsWith('Your post with @contoso (X profile) waits')));
    megan.looksAtChat();
    assert.deepEqual(megan.buttons(), ['Renew my sign-in', 'Look at it']);
    story.sandbox.networks.fault('x', undefined);
    await megan.says('renew contoso');
    await megan.says(`code ${await megan.signsInAs('contoso')}`);
    await later(story, { minutes: 16 });
    megan.looksAt(postCard()).sees('Its time passed before it could go out');
    await megan.clicks('Send now');
    await later(story, { minutes: 0.6 });
    megan.sees('Your post is out');
    assert.deepEqual(await shownOnX(story), ['No way in']);
  });

  it('a post that is dropped after it was taken is missed within minutes, and its author hears of it', async () => {
    dial('dropped');
    await sends('Now you see me');
    megan.sees('Your post is out');
    await later(story, { minutes: 2 });
    await later(story, { minutes: 6 });
    megan.looksAt(postCard()).sees('Not there any more');
    assert(toldTo(story, 'megan').some((title) => title.includes('is not there any more')));
  });

  it('a text that the network cut is noticed', async () => {
    dial('cut');
    await sends('This sentence is cut in its middle by the network');
    await later(story, { minutes: 2 });
    megan.looksAt(postCard()).sees('Shown in another way than it was sent');
  });

  it('what went well is compared after a minute and after a day, and nobody hears of it', async () => {
    await sends('All is well');
    await later(story, { minutes: 2 });
    await later(story, { days: 1 });
    const [intent] = await story.store.intents.find(world.tenant.id, {});
    assert.deepEqual([intent?.state, intent?.looks, intent?.due, intent?.differs], ['sent', 2, undefined, undefined]);
    assert.equal(toldTo(story, 'megan').filter((title) => title.startsWith('Your post with')).length, 0);
  });

  /** The card of the post, which is changed in place wherever the talk has gone on to. */
  function postCard() {
    const messages = story.sandbox.connector.transcript(story.sandbox.connector.personal(megan.id));
    const found = messages.findLast(
      ({ cards }) => JSON.stringify(cards).includes('Your post') && JSON.stringify(cards).includes('"emphasis"'),
    );
    return found ?? assert.fail('no card of a post');
  }
});

describe('freezing', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    ({ story, megan } = await openStory());
    await story.player('lynne').says('role alex@contoso.example manager');
  });
  afterEach(() => story.close());

  it('stops everything of a profile at once, and says that nothing was on its way', async () => {
    await story.player('lynne').says('policy undo 60');
    await megan.says('post contoso "Held"');
    await megan.clicks('Send');
    const card = megan.message();
    await megan.says('post contoso "Shown before"');
    const shown = megan.message();
    await megan.says('freeze contoso');
    megan.sees('@contoso (X profile) is frozen: nothing goes out from now on', 'Nothing was on its way at that moment');
    await megan.says('show contoso');
    megan.sees('Frozen by Megan Bowen since', 'thaw contoso "why"');
    assert(!megan.buttons().includes('Post'));
    await later(story, { minutes: 2 });
    assert.deepEqual(await shownOnX(story), []);
    megan.looksAt(card).sees('Waits', '@contoso (X profile) is frozen');
    megan.looksAt(shown);
    await megan.clicks('Send');
    megan.sees('@contoso (X profile) is frozen: nothing goes out');
    await megan.says('post contoso "Another"');
    megan.sees('Frozen', 'It can be sent once two Managers or admins have thawed it');
    assert.deepEqual(megan.buttons(), ['Check again', 'Change', 'Pictures', 'Video', 'Cancel']);
  });

  it('ends with the yes of two Managers or admins, each with a reason; what waited goes out', async () => {
    const [lynne, alex] = [story.player('lynne'), story.player('alex')];
    await lynne.says('policy undo 60');
    await megan.says('share alex@contoso.example contoso');
    await megan.says('post contoso "After the thaw"');
    await megan.clicks('Send');
    await megan.says('freeze contoso');
    await megan.says('post contoso "Too early"');
    megan.sees('Frozen', 'Nothing goes out with it now', 'once two Managers or admins have thawed it');
    await megan.clicks('Cancel');
    await later(story, { minutes: 2 });
    await megan.says('thaw contoso "please"');
    megan.sees('Only Managers and admins can do that');
    await alex.says('thaw contoso');
    alex.sees('A thaw needs a reason');
    await alex.says('thaw contoso "false alarm"');
    alex.sees('Your yes is kept');
    await alex.says('thaw contoso "false alarm"');
    alex.sees('Your yes for @contoso (X profile) is there already');
    await later(story, { minutes: 1 });
    assert.deepEqual(await shownOnX(story), []);
    await lynne.says('thaw contoso "I looked too"');
    lynne.sees('@contoso (X profile) is thawed');
    await later(story, { minutes: 1 });
    assert.deepEqual(await shownOnX(story), ['After the thaw']);
    await megan.says('history contoso');
    megan.sees('froze it: nothing goes out', 'said yes to a thaw: false alarm', 'thawed it: I looked too');
  });

  it('of everything is for Managers and admins', async () => {
    await megan.says('freeze all');
    megan.sees('Only Managers and admins can do that');
    await story.player('alex').says('freeze all');
    story.player('alex').looksAtChat().sees('Everything is frozen');
    await megan.says('post contoso "No"');
    megan.sees('Frozen', 'Nothing goes out with it now');
    await story.player('alex').says('thaw all "over"');
    await story.player('lynne').says('thaw all "over"');
    await megan.clicks('Check again');
    await megan.clicks('Send');
    megan.sees('Your post is out');
  });

  it('as a drill measures how long it took, and thaws by itself', async () => {
    await megan.says('freeze contoso drill');
    await later(story, { minutes: 1 });
    megan
      .looksAtChat()
      .sees('The drill with @contoso (X profile) is over', /Nothing was on its way after \d+\.\d seconds/);
    await megan.says('post contoso "As before"');
    await megan.clicks('Send');
    megan.sees('Your post is out');
  });
});

describe('a post at a time', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    ({ story, megan } = await openStory());
  });
  afterEach(() => story.close());

  it('says when it goes out, with zone and offset, and goes out then', async () => {
    const zone = 'Europe/Berlin';
    const at = DateTime.now().setZone(zone).plus({ hours: 3 }).startOf('minute');
    await megan.says(`post contoso "Planned" at ${at.toFormat('yyyy-MM-dd HH:mm')}`);
    megan.sees('It goes out at', `${at.toFormat('HH:mm')} (${zone}, UTC${at.toFormat('ZZ')})`);
    await megan.clicks('Send at that time');
    megan.sees('Your post is planned', 'Goes out at');
    await later(story, { minutes: 170 });
    assert.deepEqual(await shownOnX(story), []);
    await later(story, { minutes: 11 });
    megan.sees('Your post with @contoso (X profile) is out');
    assert.deepEqual(await shownOnX(story), ['Planned']);
  });

  it('in the past is refused', async () => {
    await megan.says('post contoso "Late" at 2020-01-01 09:00');
    megan.sees('That time is over');
  });

  it('that is not understood says how it is written', async () => {
    await megan.says('post contoso "When" at blue moon');
    megan.sees('is not a time I understand', 'at friday 9:00');
  });

  it('that would not go out says so a day and an hour before, to its author and the owners', async () => {
    const ben = story.player('ben');
    await megan.says('share ben@contoso.example contoso');
    await ben.says(`post contoso "Soon" at ${inDays(story, 3)}`);
    await ben.clicks('Send at that time');
    await megan.says('unshare ben@contoso.example contoso');
    await later(story, { days: 2.6 });
    assert(
      toldTo(story, 'ben').some((title) => title.includes('A planned post with @contoso (X profile) would not go out')),
    );
    assert(
      toldTo(story, 'megan').some((title) =>
        title.includes('A planned post with @contoso (X profile) would not go out'),
      ),
    );
  });

  it('can be changed in the form, which shows it again', async () => {
    const [at] = inDays(story, 3).split(' ');
    await megan.says(`post contoso "Soon" at ${at} 12:00`);
    await megan.clicks('Change');
    assert.equal(JSON.stringify(megan.card()).includes(at ?? '?'), true);
    await megan.clicks('Preview', {
      profiles: await idOf(story, 'contoso'),
      text: 'Soon',
      date: at ?? '',
      time: '13:30',
    });
    megan.sees('13:30');
  });
});
