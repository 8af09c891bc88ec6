import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { idOf, later, openStory, shownOnX, toldTo, until } from './publishingKit.js';
import { channel, type Player, type Story } from './story.js';

const marketing = world.groups.find(({ alias }) => alias === 'marketing')?.id ?? assert.fail();

describe('a post', () => {
  let story: Story;
  let megan: Player;
  const open = async (undo?: string) => {
    ({ story, megan } = await openStory(undo));
  };
  afterEach(() => story.close());

  it('is shown as it will be, and goes out once after Send, with a link', async () => {
    await open();
    await megan.says('post contoso "Hello from Teams"');
    megan.sees('Preview of your post', 'Hello from Teams', '16 of 280', 'Costs 0.015 USD', 'Ready');
    assert.deepEqual(await shownOnX(story), []);
    await megan.clicks('Send');
    megan.sees('Your post is out', 'Sent');
    assert.deepEqual(megan.buttons(), ['Open the post', 'Take back', 'Receipt'].sort().reverse());
    assert.deepEqual(await shownOnX(story), ['Hello from Teams']);
    const page = await fetch(String(megan.action('Open the post').url));
    assert.match(await page.text(), /Hello from Teams/);
    await megan.says('history contoso');
    megan.sees('asked to send a post', 'sent the post of Megan Bowen: http');
  });

  it('is held, says until when, and can be stopped', async () => {
    await open('20');
    await megan.says('post contoso "Too early"');
    await megan.clicks('Send');
    megan.sees('Your post is on its way', /Goes out at \d\d:\d\d(:\d\d)? \(/);
    await megan.clicks('Undo');
    megan.sees('Stopped: nothing went out');
    await later(story, { minutes: 1 });
    assert.deepEqual(await shownOnX(story), []);
  });

  it('that is held goes out by itself when its time comes', async () => {
    await open('1');
    await megan.says('post contoso "By itself"');
    await megan.clicks('Send');
    await until(async () => (await shownOnX(story)).length > 0);
    await story.settled();
    megan.sees('Your post is out');
  });

  it('is stopped by saying undo: what was sent last, while it is held', async () => {
    await open('20');
    await megan.says('post contoso "One"');
    await megan.clicks('Send');
    await megan.says('undo');
    megan.sees('Stopped: nothing went out', 'One');
    await megan.says('undo');
    megan.sees('Nothing of yours is held just now');
  });

  it('that is held goes out at once with Send now', async () => {
    await open('120');
    await megan.says('post contoso "Now please"');
    await megan.clicks('Send');
    await megan.clicks('Send now');
    megan.sees('Your post is out');
    assert.deepEqual(await shownOnX(story), ['Now please']);
  });

  it('is sent once, however often Send is pressed, and after that Undo is told the truth', async () => {
    await open();
    await megan.says('post contoso "Once"');
    const [message, send] = [megan.message(), megan.action('Send')];
    const press = () => megan.clicksOn(message, String(send.verb), send.data as Record<string, unknown>);
    await Promise.all([press(), press(), press()]);
    await press();
    assert.deepEqual(await shownOnX(story), ['Once']);
    await megan.clicksOn(message, 'undo', {
      do: { kind: 'undo', posting: (send.data as { do: { posting: string } }).do.posting },
    });
    megan.sees('is out already');
  });

  it('keeps its lines, quotes and signs byte for byte', async () => {
    await open();
    const text = 'Two lines:\n  "quoted" — and <b>tags</b> & 👩‍👩‍👧‍👦 …';
    await megan.says(`post contoso "${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}"`);
    await megan.clicks('Send');
    assert.deepEqual(await shownOnX(story), [text]);
  });

  it('that is too long says by how much, and cannot be sent', async () => {
    await open();
    await megan.says(`post contoso "${'a'.repeat(281)}"`);
    megan.sees('Cannot go out like this', 'The text is 1 too long: 281 of 280');
    assert(!megan.buttons().includes('Send'));
  });

  it('without any text, or with spaces only, cannot be sent', async () => {
    await open();
    await megan.says('post contoso "   "');
    megan.sees('There is no text');
    assert(!megan.buttons().includes('Send'));
  });

  it('with names that look like links says what they cost', async () => {
    await open();
    await megan.says('post contoso "Read README.md. See you on Teams.now"');
    megan.sees('X makes a link of "README.md"', 'X makes a link of "Teams.now"', 'Costs 0.20 USD');
  });

  it('of a hundred thousand signs is refused whole, not cut', async () => {
    await open();
    await megan.says(`post contoso "${'a'.repeat(100_000)}"`);
    megan.sees('more text than any network takes');
  });

  it('can be changed: the old preview sends nothing any more', async () => {
    await open();
    await megan.says('post contoso "First version"');
    const [old, send] = [megan.message(), megan.action('Send')];
    await megan.clicks('Change');
    megan.sees('New post');
    await megan.clicks('Preview', {
      profiles: await idOf(story, 'contoso'),
      text: 'Second version',
      date: '',
      time: '',
    });
    megan.sees('Preview of your post', 'Second version');
    await megan.clicksOn(old, String(send.verb), send.data as Record<string, unknown>);
    megan.sees('That preview was changed');
    await megan.clicks('Send');
    assert.deepEqual(await shownOnX(story), ['Second version']);
  });

  it('says in its form what is missing', async () => {
    await open();
    await megan.adds('fabrikam');
    await megan.says('post');
    await megan.clicks('Preview', { profiles: '', text: 'For nobody', date: '', time: '' });
    megan.sees('Choose at least one profile');
    await megan.clicks('Preview', { profiles: await idOf(story, 'contoso'), text: '', date: '', time: '' });
    megan.sees('Write what is to be published');
    await megan.clicks('Preview', {
      profiles: await idOf(story, 'contoso'),
      text: 'x',
      date: '2020-01-01',
      time: '09:00',
    });
    megan.sees('That time is over');
  });

  it('is written in a form: profiles, none chosen beforehand when there are several, and text', async () => {
    await open();
    await megan.adds('fabrikam');
    await megan.says('post');
    megan.sees('New post', '@contoso (X profile)', '@fabrikam (X profile)');
    const [contoso, fabrikam] = await Promise.all(['contoso', 'fabrikam'].map((handle) => idOf(story, handle)));
    await megan.clicks('Preview', { profiles: `${contoso},${fabrikam}`, text: 'To both', date: '', time: '' });
    megan.sees('Preview of your post', '@contoso', '@fabrikam', 'To both');
    await megan.clicks('Send');
    megan.sees('Your post is out');
    assert.deepEqual([await shownOnX(story), await shownOnX(story, 'fabrikam')], [['To both'], ['To both']]);
  });

  it('asked for in a channel is shown to its author alone', async () => {
    await open();
    await megan.says('post contoso "Said in public"', { in: 'Marketing' });
    megan.sees('I showed it to you in our personal chat');
    assert.deepEqual(await shownOnX(story), []);
    megan.looksAtChat().sees('Preview of your post', 'Said in public');
    await megan.clicks('Send');
    megan.sees('Your post is out');
    await megan.says('help', { in: 'Marketing' });
    const said = story.sandbox.connector.transcript(channel('Marketing')).map(({ summary }) => summary);
    assert.equal(said.filter((one) => one?.startsWith('Megan Bowen published with')).length, 1, said.join('\n'));
  });

  it('is taken back after a question that says what that costs', async () => {
    await open();
    await megan.says('post contoso "Oh no"');
    await megan.clicks('Send');
    await megan.clicks('Take back');
    megan.sees('Take this post with @contoso (X profile) back?', 'X charges 0.01 USD');
    await megan.clicks('Take it back');
    await story.settled();
    megan.sees('Your post was taken back');
    assert.deepEqual(await shownOnX(story), []);
    await megan.says('history contoso');
    megan.sees('took back a post of Megan Bowen');
  });

  it('is on the list of posts, with the button that fits', async () => {
    await open('60');
    await megan.says('post contoso "Waits a little"');
    await megan.clicks('Send');
    await megan.says('posts');
    megan.sees('Posts, newest first', 'Waits a little', 'Goes out');
    await megan.clicks('Undo');
    megan.sees('Stopped: nothing went out');
    await megan.says('posts contoso');
    megan.sees('Stopped');
  });

  it('leads back to the list it was opened from, which stays a list whatever becomes of the post', async () => {
    await open('0');
    await megan.says('post contoso "Hello"');
    await megan.clicks('Send');
    await story.settled();
    await megan.says('posts contoso');
    const list = megan.message();
    await megan.clicks('Look at it');
    megan.sees('Your post is out');
    await megan.clicks('Back');
    megan.sees('Posts, newest first');
    const [intent] = await story.store.intents.find(world.tenant.id, {});
    assert(intent);
    assert.notEqual(intent.card?.activity, list.id);
  });
});

describe('who publishes', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    ({ story, megan } = await openStory());
  });
  afterEach(() => story.close());

  it('is an owner, or somebody it is shared with, and nobody else', async () => {
    const ben = story.player('ben');
    await ben.says('post contoso "Not mine"');
    ben.sees('You have no profile called "contoso"');
    await megan.says('share ben@contoso.example contoso');
    await ben.says('post contoso "Shared with me"');
    await ben.clicks('Send');
    ben.sees('Your post is out');
    assert.deepEqual(await shownOnX(story), ['Shared with me']);
  });

  it('is nobody on their own whose share asks for an owner’s yes', async () => {
    const ben = story.player('ben');
    await megan.says('share ben@contoso.example contoso with approval');
    await ben.says('show contoso');
    assert(ben.buttons().includes('Post'), ben.buttons().join());
    await ben.says('post contoso "On my own"');
    await ben.clicks('Send');
    ben.sees('Your post waits for a yes');
    await later(story, { minutes: 10 });
    assert.deepEqual(await shownOnX(story), []);
  });

  it('is no admin for being one', async () => {
    const lynne = story.player('lynne');
    await lynne.says('post contoso "As admin"');
    lynne.sees('You can see', 'but not publish with it', 'Megan Bowen');
  });

  it('is asked again when it goes out: a share that was taken away meanwhile stops it, and its author hears why', async () => {
    const ben = story.player('ben');
    await story.player('lynne').says('policy undo 60');
    await megan.says('share ben@contoso.example contoso');
    await ben.says('post contoso "Just in time?"');
    await ben.clicks('Send');
    await megan.says('unshare ben@contoso.example contoso');
    await later(story, { minutes: 2 });
    assert.deepEqual(await shownOnX(story), []);
    ben
      .looksAtChat()
      .sees('Your post with @contoso (X profile) did not go out', 'You may not publish with it any more');
  });

  it('of a profile that is deleted meanwhile is told that nothing went out', async () => {
    const ben = story.player('ben');
    await story.player('lynne').says('policy undo 60');
    await megan.says('share ben@contoso.example contoso');
    await ben.says('post contoso "Gone"');
    await ben.clicks('Send');
    await megan.says('delete contoso');
    await megan.clicks('Delete it');
    await later(story, { minutes: 2 });
    assert.deepEqual(await shownOnX(story), []);
    assert(toldTo(story, 'ben').some((title) => title.startsWith('Your post with @contoso (X profile) is stopped')));
  });

  it('is a member of a group it is shared with, who left the group meanwhile: nothing goes out', async () => {
    const ben = story.player('ben');
    await story.player('lynne').says('policy undo 60');
    await megan.says('share @marketing contoso');
    story.sandbox.company.addToGroup(marketing, ben.id);
    await ben.says('post contoso "As one of Marketing"');
    await ben.clicks('Send');
    story.sandbox.company.removeFromGroup(marketing, ben.id);
    await later(story, { minutes: 2 });
    assert.deepEqual(await shownOnX(story), []);
    ben.looksAtChat().sees('did not go out', 'You may not publish with it any more');
  });

  it('is an owner whose account is switched off meanwhile: nothing goes out', async () => {
    await story.player('lynne').says('policy undo 60');
    await megan.says('post contoso "The last one"');
    await megan.clicks('Send');
    story.sandbox.company.disable(megan.id);
    await later(story, { minutes: 2 });
    const [intent] = await story.store.intents.find(world.tenant.id, {});
    assert.deepEqual([await shownOnX(story), intent?.state, intent?.why?.code], [[], 'refused', 'noRight']);
  });

  it('whose account is switched off meanwhile publishes nothing any more', async () => {
    const ben = story.player('ben');
    await story.player('lynne').says('policy undo 60');
    await megan.says('share ben@contoso.example contoso');
    await ben.says('post contoso "Left the company"');
    await ben.clicks('Send');
    story.sandbox.company.disable(ben.id);
    await later(story, { minutes: 2 });
    assert.deepEqual(await shownOnX(story), []);
  });
});
