import assert from 'node:assert/strict';
import { later } from './publishingKit.js';
import { type Player, Story } from './story.js';

describe('a post with a profile of another network', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    story = await Story.open();
    megan = story.player('megan');
    await story.player('lynne').says('policy undo 0');
  });
  afterEach(() => story.close());

  const page = async () => {
    const { url } = megan.action('Open the post');
    return (await fetch(String(url))).text();
  };

  it('a Facebook Page: counted by its rule, sent, and found after a lost answer', async () => {
    await megan.adds('Megan Bowen', 'facebook-page', ['Contoso']);
    await megan.says('post contoso "Hello Facebook"');
    megan.sees('(Facebook Page)', '14 of 63,206', 'Ready');
    await megan.clicks('Send');
    megan.sees('Your post is out');
    assert.match(await page(), /Hello Facebook/);
    story.sandbox.networks.fault('facebook', { kind: 'pleaseRetry', times: 1 });
    await megan.says('post contoso "Please retry"');
    await megan.clicks('Send');
    await later(story, { minutes: 0.1 });
    await later(story, { minutes: 1 });
    await megan.says('posts');
    megan.sees('Please retry', 'Sent');
  });

  it('a LinkedIn member: nobody can look for it, so a person says whether it is there', async () => {
    await megan.adds('Megan Bowen', 'linkedin-member');
    story.sandbox.networks.fault('linkedin', { kind: 'lostAnswer', times: 1 });
    await megan.says('post "Megan Bowen" "Little [text] with (signs) and \\\\ slashes"');
    await megan.clicks('Send');
    const card = megan.message();
    await later(story, { minutes: 1 });
    megan.looksAt(card).sees('Please have a look', 'shows its posts to people only', 'then say whether it is there');
    await megan.clicks('It is there');
    megan.sees('Your post is out');
    await megan.says('history "Megan Bowen"');
    megan.sees('was shown the post of Megan Bowen');
  });

  it('a LinkedIn member: a post that LinkedIn calls the same is shown to the person who looks', async () => {
    await megan.adds('Megan Bowen', 'linkedin-member');
    story.sandbox.networks.fault('linkedin', { kind: 'lostAnswer', times: 1 });
    await megan.says('post "Megan Bowen" "There after all"');
    await megan.clicks('Send');
    const card = megan.message();
    await later(story, { minutes: 1 });
    megan.looksAt(card);
    await megan.clicks('Not there');
    await megan.clicks('Send again');
    await later(story, { minutes: 1 });
    megan.looksAt(card).sees('Please have a look');
    assert.deepEqual(megan.buttons(), ['It is 1', 'It is another', 'Not there', 'Open LinkedIn', 'Open 1']);
    const { url } = megan.action('Open 1');
    assert.match(await (await fetch(String(url))).text(), /There after all/);
    await megan.clicks('It is 1');
    megan.sees('Your post is out');
    assert.equal(megan.action('Open the post').url, url);
  });

  it('a LinkedIn member: a post that is known to be another one is not shown as this one', async () => {
    await megan.adds('Megan Bowen', 'linkedin-member');
    for (const _ of ['first', 'second']) {
      await megan.says('post "Megan Bowen" "Twins"');
      await megan.clicks('Send');
    }
    const card = megan.message();
    await later(story, { minutes: 0.6 });
    await later(story, { minutes: 1 });
    megan.looksAt(card).sees('Please have a look');
    assert.deepEqual(megan.buttons(), ['It is there', 'Not there', 'Open LinkedIn']);
  });

  it('a LinkedIn member: what is not there can be sent once more', async () => {
    await megan.adds('Megan Bowen', 'linkedin-member');
    story.sandbox.networks.fault('linkedin', { kind: 'lostRequest', times: 1 });
    await megan.says('post "Megan Bowen" "Lost"');
    await megan.clicks('Send');
    const card = megan.message();
    await later(story, { minutes: 1 });
    megan.looksAt(card);
    await megan.clicks('Not there');
    megan.sees('Not there', 'Somebody looked, and it is not there.');
    assert.deepEqual(megan.buttons(), ['It is there', 'Send again', 'Open LinkedIn']);
    await megan.clicks('Send again');
    await later(story, { minutes: 0.1 });
    megan.looksAt(card).sees('Your post is out');
  });

  it('a type that publishes videos alone says what is missing', async () => {
    await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
    await megan.says('post Contoso "Hello YouTube"');
    megan.sees('Cannot go out like this', 'It needs a video there. Press Video and choose one.');
    assert(!megan.buttons().includes('Send'));
  });
});
