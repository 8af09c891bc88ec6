import assert from 'node:assert/strict';
import sharp from 'sharp';
import { world } from '../../src/sandbox/world.js';
import { later, until } from './publishingKit.js';
import { type Player, Story } from './story.js';

const draw = (height = 30, type: 'png' | 'jpeg' = 'jpeg') =>
  sharp({ create: { width: 40, height, channels: 4, background: { r: 50, g: 100, b: 200, alpha: 0.5 } } })
    .toFormat(type)
    .toBuffer();
const file = async (height?: number, type?: 'png' | 'jpeg') => ({
  ...{ bytes: await draw(height, type), type: `image/${type ?? 'jpeg'}`, name: 'bike' },
});

describe('a post on Instagram', () => {
  let story: Story;
  let megan: Player;
  const media = () => story.store.media.find(world.tenant.id, {});
  const shown = async () => {
    const page = await (await fetch(`${story.app.address}/www.instagram.com/contoso/`)).text();
    return [...page.matchAll(/<p class="text">([\s\S]*?)<\/p>/g)].map(([, text]) => text);
  };
  async function open(undo = '0') {
    story = await Story.open();
    megan = story.player('megan');
    await story.player('lynne').says(`policy undo ${undo}`);
    await megan.adds('contoso', 'instagram');
  }
  afterEach(() => story.close());

  it('needs a picture, of a form that Instagram takes', async () => {
    await open();
    await megan.says('post contoso "Words alone"');
    megan.sees(
      '(Instagram account)',
      'Cannot go out like this',
      'It needs a picture or a video there. Press Pictures or Video',
    );
    assert(!megan.buttons().includes('Send'));
    await megan.says('post contoso "Too high"', { files: [await file(100)] });
    megan.sees('The picture is too high: 40 × 100, and its width may be 0.8 to 1.91 times its height. Cut it');
    await megan.says('post contoso "Fits"', { files: [await file(), await file()] });
    megan.sees('Fits', '4 of 2,200', 'Ready');
    megan.seesNot('cut to the form');
    await megan.says('post contoso "Differ"', { files: [await file(), await file(40)] });
    megan.sees('Ready', 'The pictures have different forms. All are cut to the form of the first there.');
  });

  it('goes out with its pictures, which nobody can fetch before or after, and gets its own link', async () => {
    await open();
    await megan.says('post contoso "New bikes"', { files: [await file(), await file(40, 'png')] });
    await megan.clicks('Send');
    await later(story, { minutes: 0.1 });
    megan.sees('Your post is out');
    assert.deepEqual(await media(), []);
    // Its id does not tell its link: known from the first look on.
    assert.match(String(megan.action('Open the post').url), /\/www\.instagram\.com\/contoso\/$/);
    await later(story, { minutes: 2 });
    const { url } = megan.action('Open the post');
    assert.match(String(url), /\/www\.instagram\.com\/p\/[\w-]+\/$/);
    const page = await (await fetch(String(url))).text();
    assert.match(page, /New bikes[\s\S]*data:image\/jpeg[\s\S]*data:image\/jpeg/);
    // What the network lets nobody do is not offered.
    assert(!megan.buttons().includes('Take back'));
  });

  it('has all but the last call done in the hold, and an undo leaves nothing there', async () => {
    await open('20');
    await megan.says('post contoso "Held"', { files: [await file()] });
    await megan.clicks('Send');
    const carried = async () => (await story.store.intents.find(world.tenant.id, { state: 'held' }))[0]?.uploads;
    await until(
      async () => (await carried()) !== undefined,
      () => story.settled(),
    );
    assert.deepEqual([await shown(), await media()], [[], []]);
    await megan.clicks('Undo');
    await later(story, { minutes: 1 });
    assert.deepEqual(await shown(), []);
  });

  it('whose answer was lost is found, and not sent again', async () => {
    await open();
    for (const kind of ['lostAnswer', 'postedError', 'pleaseRetry'] as const) {
      story.sandbox.networks.fault('instagram', { kind, times: 1 });
      await megan.says(`post contoso "Once: ${kind}"`, { files: [await file()] });
      await megan.clicks('Send');
      const card = megan.message();
      await later(story, { minutes: 0.1 });
      await until(
        () => later(story, { minutes: 0.5 }).then(() => /Your post is out/.test(megan.looksAt(card).words())),
        () => story.settled(),
      );
      assert.equal((await shown()).filter((text) => text === `Once: ${kind}`).length, 1, kind);
    }
  });

  it('that never arrived is not there, and a person sends it again with the same container', async () => {
    await open();
    story.sandbox.networks.fault('instagram', { kind: 'lostRequest', times: 1 });
    await megan.says('post contoso "Never arrived"', { files: [await file()] });
    await megan.clicks('Send');
    const card = megan.message();
    await until(
      async () => (await story.store.intents.find(world.tenant.id, { state: 'notSent' })).length > 0,
      () => later(story, { minutes: 11 }),
    );
    megan.looksAt(card).sees('Not there');
    assert.deepEqual(await shown(), []);
    await megan.clicks('Send again');
    await until(
      async () => (await shown()).length > 0,
      () => later(story, { minutes: 0.1 }),
    );
    assert.deepEqual(await shown(), ['Never arrived']);
  });

  it('whose picture Instagram refuses ends with the reason', async () => {
    await open();
    story.sandbox.networks.fault('instagram', { kind: 'uploadRefused' });
    await megan.says('post contoso "Refused"', { files: [await file()] });
    const card = megan.message();
    await megan.clicks('Send');
    await later(story, { minutes: 0.5 });
    megan.looksAt(card).sees('Did not go out', 'Instagram does not take a picture of this form');
    assert.deepEqual([await shown(), await media()], [[], []]);
  });
});

describe('a reaction on Instagram', () => {
  let story: Story;
  let megan: Player;
  afterEach(() => story.close());

  const pageOf = async (link: string) => (await fetch(link)).text();

  /** The link of a post of @contoso, known once it was looked at. */
  async function posted(undo = '0'): Promise<string> {
    story = await Story.open();
    megan = story.player('megan');
    await story.player('lynne').says('policy undo 0');
    await megan.adds('contoso', 'instagram');
    await megan.says('post contoso "New bikes"', { files: [await file()] });
    await megan.clicks('Send');
    await later(story, { minutes: 2 });
    await story.player('lynne').says(`policy undo ${undo}`);
    return String(megan.action('Open the post').url);
  }

  it('is a comment, and a comment on that one, each with its receipt by its link, and is taken back', async () => {
    const link = await posted();
    await megan.says(`reply ${link}?img_index=1 "Which one is yours?"`);
    megan.sees('Preview of your reply', 'In answer to @contoso: New bikes', '19 of 2,200', 'Ready');
    await megan.clicks('Send');
    megan.sees('Your reply is out');
    const comment = String(megan.action('Open the reply').url);
    assert.match(comment, /\/p\/[\w-]+\/c\/\d+\/$/);
    await later(story, { minutes: 0.1 });
    await megan.says(`reply ${comment} "Mine is blue"`);
    megan.sees('In answer to @contoso: Which one is yours?');
    await megan.clicks('Send');
    megan.sees('Your reply is out');
    assert.match(await pageOf(link), /Which one is yours\?[\s\S]*Mine is blue/);
    await megan.says(`prove ${comment}`);
    megan.sees('Receipt of a reply with', 'Which one is yours?', 'as written');
    await megan.says(`prove ${link}`);
    megan.sees('Receipt of a post with', 'New bikes');
    await megan.says(`prove ${link.replace(/\/p\/.*$/, '/p/nothing/')}`);
    megan.sees('No post of ours is known under that link');
    await megan.says('posts');
    await megan.clicks('Look at it');
    await megan.clicks('Take back');
    megan.sees('Answers to the comment are deleted with it');
    await megan.clicks('Take it back');
    await later(story, { minutes: 0.1 });
    assert.doesNotMatch(await pageOf(link), /Mine is blue/);
  });

  it('that cannot be is refused before anybody types: a like by this sign-in, a post of others, a story', async () => {
    const link = await posted();
    await megan.says(`like ${link}`);
    megan.sees('Instagram lets apps like only through a Facebook Page', 'You can open the post and like it there');
    await megan.says(`repost ${link}`);
    megan.sees('Instagram offers apps no call for sharing');
    await megan.says(`reply ${link.replace(/\/p\/.*$/, '/p/another/')}`);
    megan.sees('That post is not among the latest of this account, and Instagram lets apps react to no others');
    await megan.says('reply https://www.instagram.com/stories/contoso/33');
    megan.sees('Instagram lets apps do nothing with stories by link');
  });

  it('is held, and undone', async () => {
    const link = await posted('120');
    await megan.says(`reply ${link} "Too early"`);
    await megan.clicks('Send');
    await megan.says('undo');
    megan.sees('Stopped: nothing went out');
    await later(story, { minutes: 3 });
    assert.doesNotMatch(await pageOf(link), /Too early/);
  });

  it('whose answer was lost is found, and not sent again', async () => {
    const link = await posted();
    story.sandbox.networks.fault('instagram', { kind: 'lostAnswer', times: 1 });
    await megan.says(`reply ${link} "Once"`);
    await megan.clicks('Send');
    const card = megan.message();
    await until(
      () => /Your reply is out/.test(megan.looksAt(card).words()),
      () => later(story, { minutes: 0.1 }),
    );
    assert.equal((await pageOf(link)).split('>Once<').length - 1, 1);
  });
});
