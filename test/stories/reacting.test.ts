import assert from 'node:assert/strict';
import { later, openStory, until } from './publishingKit.js';
import { type Player, Story } from './story.js';

/** Somebody posts on X, and this is the link of it. */
async function postedOnX(story: Story, name: string, handle: string, text: string): Promise<string> {
  const player = story.player(name);
  await player.adds(handle);
  await player.says(`post ${handle} "${text}"`);
  await player.clicks('Send');
  return String(player.action('Open the post').url);
}

const pageOf = async (link: string) => (await fetch(link)).text();

describe('a reply by link', () => {
  let story: Story;
  let megan: Player;
  afterEach(() => story.close());

  it('shows what it answers and what it costs, goes out after Send, and stands under the post', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Great bikes, @contoso!');
    await megan.says(`reply ${link} "Thank you!"`);
    megan.sees('Preview of your reply', 'In answer to @fabrikam: Great bikes', 'Thank you!', 'Costs 0.01 USD', 'Ready');
    assert.doesNotMatch(await pageOf(link), /Thank you!/);
    await megan.clicks('Send');
    megan.sees('Your reply is out', 'Sent');
    assert.match(await pageOf(link), /Thank you!/);
    await megan.says('posts');
    megan.sees('Reply: Thank you!');
    await megan.says('history contoso');
    megan.sees('asked to send a reply', 'sent the reply of Megan Bowen: http');
  });

  it('without words opens a form, and the preview can be changed', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Great bikes, @contoso!');
    await megan.says(`reply ${link}`);
    megan.sees('Reply as @contoso (X profile)', '@fabrikam: Great bikes');
    await megan.clicks('Preview', { text: '  ' });
    megan.sees('Reply as @contoso');
    await megan.clicks('Preview', { text: 'First try' });
    megan.sees('Preview of your reply', 'First try');
    await megan.clicks('Change');
    await megan.clicks('Preview', { text: 'Second try' });
    await megan.clicks('Send');
    megan.sees('Your reply is out');
    assert.match(await pageOf(link), /Second try/);
    assert.doesNotMatch(await pageOf(link), /First try/);
  });

  it('is held, and undone', async () => {
    ({ story, megan } = await openStory('20'));
    await story.player('lynne').says('policy undo 0');
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Hello @contoso');
    await story.player('lynne').says('policy undo 20');
    await megan.says(`reply ${link} "Too early"`);
    await megan.clicks('Send');
    megan.sees('Your reply is on its way');
    await megan.says('undo');
    megan.sees('Stopped: nothing went out');
    await later(story, { minutes: 1 });
    assert.doesNotMatch(await pageOf(link), /Too early/);
  });

  it('where X lets nobody reply is refused before anything is typed', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Nobody is meant here');
    await megan.says(`reply ${link}`);
    megan.sees('X allows a reply only where the author mentioned or quoted this profile');
    await megan.says(`reply ${link.replace(/\d+$/, '1')}`);
    megan.sees('X shows nothing under this link');
  });

  it('says when a colleague has answered already, and as which profile', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Where are you, @contoso and @contoso_support?');
    await megan.says(`reply ${link} "Here!"`);
    await megan.clicks('Send');
    const ben = story.player('ben');
    await ben.adds('contoso_support');
    await ben.says(`reply ${link} "Here we are"`);
    ben.sees('Preview of your reply', 'Megan Bowen has replied to it as @contoso (X profile)');
    await ben.says(`reply ${link} "Here!" as contoso_support`);
    ben.sees('Megan Bowen has replied to it as @contoso (X profile)');
  });

  it('asks which profile when several could, or takes the one that is named', async () => {
    ({ story, megan } = await openStory());
    await megan.adds('contoso_support');
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Hello @contoso and @contoso_support');
    await megan.says(`reply ${link} "Hi!"`);
    megan.sees('Which profile?', '@contoso', '@contoso_support');
    await megan.clicks('Choose');
    megan.sees('Preview of your reply');
    await megan.says(`reply ${link} "Hi!" as contoso_support`);
    megan.sees('Preview of your reply', '@contoso_support (X profile)');
  });

  it('that a safe link or a short link leads to is found', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Hello @contoso');
    const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&amp;data=1`;
    await megan.says(`reply ${wrapped} "Hi"`);
    megan.sees('Preview of your reply');
    await megan.says('reply https://t.co/9x9 "Hi"');
    megan.sees('That short link leads to no post');
  });

  it('whose answer was lost is looked for, and never sent again by itself', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Hello @contoso');
    story.sandbox.networks.fault('x', { kind: 'lostAnswer', times: 1 });
    await megan.says(`reply ${link} "Once"`);
    await megan.clicks('Send');
    const card = megan.message();
    await later(story, { minutes: 0.1 });
    megan.looksAt(card).sees('Your reply is out');
    assert.equal((await pageOf(link)).split('>Once<').length - 1, 1);
  });

  it('is taken back', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Hello @contoso');
    await megan.says(`reply ${link} "Oh no"`);
    await megan.clicks('Send');
    await megan.clicks('Take back');
    megan.sees('X charges 0.01 USD');
    await megan.clicks('Take it back');
    await story.settled();
    megan.sees('Your reply was taken back');
    assert.doesNotMatch(await pageOf(link), /Oh no/);
  });

  it('stops with everything else while its profile is frozen', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Hello @contoso');
    await megan.says(`reply ${link} "Frozen?"`);
    const card = megan.message();
    await megan.says('freeze contoso');
    await megan.looksAt(card).clicks('Send');
    megan.sees('is frozen: nothing goes out');
    assert.doesNotMatch(await pageOf(link), /Frozen/);
  });
});

describe('a like or a repost by link', () => {
  let story: Story;
  let megan: Player;
  afterEach(() => story.close());

  it('that a network does not allow says why', async () => {
    ({ story, megan } = await openStory());
    await megan.says('like https://x.com/fabrikam/status/17');
    megan.sees('X took liking away from self-serve apps');
    await megan.adds('Megan Bowen', 'facebook-page', ['Contoso']);
    await megan.says('repost https://www.facebook.com/200000000000101/posts/1');
    megan.sees('Facebook has no call for sharing a post');
  });

  it('is shown, goes out, and is taken back', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Worth showing');
    await megan.says(`repost ${link}`);
    megan.sees('Preview of your repost', 'Shows to its followers', 'Costs 0.015 USD');
    assert.deepEqual(megan.buttons().sort(), ['Cancel', 'See the post', 'Send']);
    await megan.clicks('Send');
    megan.sees('Your repost is out');
    assert.match(await pageOf(link), /reposted once/);
    const card = megan.message();
    await megan.says(`repost ${link}`);
    megan.sees('Megan Bowen has reposted this post with it');
    await megan.clicks('Cancel');
    await megan.says('posts contoso');
    megan.sees('Repost, http');
    await megan.looksAt(card).clicks('Take back');
    megan.sees('Take this repost with', 'It is undone on the network.', 'It costs 0.015 USD');
    await megan.clicks('Take it back');
    await story.settled();
    assert.doesNotMatch(await pageOf(link), /reposted/);
  });

  it('whose answer was lost is made again: twice changes nothing', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Worth showing');
    await megan.says(`repost ${link}`);
    story.sandbox.networks.fault('x', { kind: 'error', times: 1 });
    await megan.clicks('Send');
    const card = megan.message();
    megan.looksAt(card).sees('Looking for it');
    assert.doesNotMatch(await pageOf(link), /reposted/);
    await later(story, { minutes: 0.1 });
    megan.looksAt(card).sees('Your repost is out');
    assert.match(await pageOf(link), /reposted once/);
  });

  it('that was lost is not made again while its profile is frozen', async () => {
    ({ story, megan } = await openStory());
    const link = await postedOnX(story, 'alex', 'fabrikam', 'Worth showing');
    await megan.says(`repost ${link}`);
    story.sandbox.networks.fault('x', { kind: 'error', times: 1 });
    await megan.clicks('Send');
    await megan.says('freeze contoso');
    await later(story, { minutes: 2 });
    assert.doesNotMatch(await pageOf(link), /reposted/);
  });

  it('is not for who may publish with no profile there, and no network is asked', async () => {
    ({ story, megan } = await openStory());
    const before = story.sandbox.networks.requests();
    await story.player('ben').says('repost https://t.co/abc');
    story.player('ben').sees('You may publish with no profile on X', 'Say "add" to add one');
    await megan.says('repost https://x.com/a/status/1 as nobody');
    megan.sees('You have no profile called "nobody"');
    await megan.says('repost https://www.linkedin.com/feed/update/urn:li:share:7 as contoso');
    megan.sees('That link leads to LinkedIn, and @contoso (X profile) is not there');
    await megan.says('like https://example.com/1');
    megan.sees('That is not a link to a post on X');
    assert.equal(story.sandbox.networks.requests(), before);
  });
});

describe('a reaction as a YouTube channel', () => {
  it('answers and likes a video by its link', async () => {
    const story = await Story.open();
    try {
      const megan = story.player('megan');
      await story.player('lynne').says('policy undo 0');
      await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
      const link = `${story.app.address}/www.youtube.com/watch?v=fabrikam001`;
      await megan.says(`reply ${link} "Well made!"`);
      megan.sees('Preview of your reply', 'In answer to Fabrikam: How Fabrikam is made', '10 of 10,000');
      await megan.clicks('Send');
      megan.sees('Your reply is out');
      assert.match(await pageOf(link), /Well made!/);
      await megan.says(`repost ${link}`);
      megan.sees('YouTube has no call for sharing');
    } finally {
      await story.close();
    }
  });
});

describe('a reaction as a Facebook Page', () => {
  let story: Story;
  let megan: Player;
  let link: string;
  beforeEach(async () => {
    story = await Story.open();
    megan = story.player('megan');
    await story.player('lynne').says('policy undo 0');
    await megan.adds('Megan Bowen', 'facebook-page', ['Contoso']);
    await megan.says('post contoso "News of ours"');
    await megan.clicks('Send');
    link = String(megan.action('Open the post').url);
  });
  afterEach(() => story.close());

  async function sends(done: string): Promise<void> {
    await megan.clicks('Send');
    megan.looksAt(megan.message());
    await until(
      () => megan.words().includes(done),
      () => story.settled(),
    );
    megan.sees(done);
  }

  it('likes and answers a post on the Page', async () => {
    await megan.says(`like ${link}`);
    megan.sees('Preview of your like', 'Likes Contoso', 'News of ours');
    await sends('Your like is there');
    assert.match(await pageOf(link), /liked once/);
    await megan.says(`reply ${link} "More to come"`);
    await sends('Your reply is out');
    assert.match(await pageOf(link), /More to come/);
  });

  it('to a link that hides its number is picked from the last posts', async () => {
    await megan.says('like https://www.facebook.com/contoso/posts/pfbid02AbC');
    megan.sees('Which post is it?', 'News of ours');
    await megan.clicks('This one');
    megan.sees('Preview of your like');
    await sends('Your like is there');
    assert.match(await pageOf(link), /liked once/);
  });

  it('is only for what stands on the Page', async () => {
    await megan.says('like https://www.facebook.com/200000000000999/posts/1');
    megan.sees('That post is not on this Page');
    await megan.says('like https://www.facebook.com/200000000000101/posts/1');
    megan.sees('Facebook shows nothing under this link');
  });
});
