import assert from 'node:assert/strict';
import type { Message } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';
import { type VideoWanted, videoFile } from '../contract/videoFiles.js';
import { later, until } from './publishingKit.js';
import { type Player, Story } from './story.js';
import { addressFor, chooses, untilCarried, untilOut } from './videoKit.js';

/** A reel, 2 MB long. */
const reel = (wanted: VideoWanted = {}) => videoFile({ width: 1080, height: 1920, mediaBytes: 2_000_000, ...wanted });

describe('a reel on Instagram', () => {
  let story: Story;
  let megan: Player;
  async function open(undo = '0') {
    story = await Story.open();
    megan = story.player('megan');
    await story.player('lynne').says(`policy undo ${undo}`);
    await megan.adds('contoso', 'instagram');
  }
  afterEach(() => story.close());

  const shown = async () => {
    const page = await (await fetch(`${story.app.address}/www.instagram.com/contoso/`)).text();
    return [...page.matchAll(/Video: ([\d.]+ [KM]B)<\/p><p class="text">([\s\S]*?)<\/p>/g)].map(
      ([, size, text]) => `${text}: ${size}`,
    );
  };
  const media = () => story.store.media.find(world.tenant.id, {});
  const previewed = async (text: string, file = reel()) => chooses(story, megan, await addressFor(megan, text), file);

  it('is asked for nothing but the file, goes out once, and gets its own link', async () => {
    await open();
    await megan.says('post contoso "In motion"');
    megan.sees('It needs a picture or a video there. Press Pictures or Video and choose one.');
    await megan.clicks('Video');
    const address = String(megan.action('Choose in the browser').url);
    assert.doesNotMatch(await (await fetch(address)).text(), /name="(title|privacy|kids)"/);
    await chooses(story, megan, address, reel());
    megan.sees('In motion', '13 s, 1080 × 1920, 2.0 MB', 'Ready');
    assert.deepEqual(await shown(), []);
    const card = megan.message();
    await megan.clicks('Send');
    await untilOut(story, megan, card, 0.5);
    assert.deepEqual([await shown(), await media()], [['In motion: 2.0 MB'], []]);
    await later(story, { minutes: 2 });
    assert.match(String(megan.action('Open the post').url), /\/www\.instagram\.com\/p\/[\w-]+\/$/);
    assert(!megan.buttons().includes('Take back'));
  });

  it('has all but the last call done in the hold, and an undo leaves nothing there', async () => {
    await open('20');
    await previewed('Held');
    await megan.clicks('Send');
    await untilCarried(story);
    assert.deepEqual([await shown(), await media()], [[], []]);
    await megan.clicks('Undo');
    await later(story, { minutes: 1 });
    assert.deepEqual(await shown(), []);
    assert.deepEqual(await story.store.videos.find(world.tenant.id, {}), []);
  });

  it('of a length or form that Instagram does not take is refused in the preview, with the number', async () => {
    await open();
    await previewed('Too short', reel({ seconds: 2 }));
    megan.sees('Cannot go out like this', 'The video is 2 s long, and it has to be 3 s there. Choose a longer one.');
    await previewed('Too long', reel({ seconds: 960 }));
    megan.sees('The video is 16 min 0 s long, and 15 min 0 s are allowed there. Cut it, then choose it again.');
    await previewed('Odd', reel({ codec: 'av01' }));
    megan.sees('The video is in AV1, and H.264, HEVC and AAC are taken there. Save it as MP4');
    assert(!megan.buttons().includes('Send'));
  });

  for (const kind of ['lostAnswer', 'pleaseRetry', 'uploadLost', 'uploadForgotten', 'error'] as const) {
    it(`is out once after trouble on the way (${kind})`, async () => {
      await open('20');
      const card = await previewed('Once');
      story.sandbox.networks.fault('instagram', { kind, times: 1 });
      await megan.clicks('Send');
      await story.settled();
      await untilOut(story, megan, card, 1);
      assert.deepEqual(await shown(), ['Once: 2.0 MB']);
    });
  }

  it('that Instagram does not take ends with the reason', async () => {
    await open();
    const card = await previewed('Refused');
    story.sandbox.networks.fault('instagram', { kind: 'uploadRefused' });
    await megan.clicks('Send');
    await later(story, { minutes: 0.5 });
    megan
      .looksAt(card)
      .sees('Did not go out', 'Instagram refused the video: Instagram does not take a video of this form');
    assert.deepEqual([await shown(), await media()], [[], []]);
  });
});

describe('a video on a Facebook Page', () => {
  let story: Story;
  let alex: Player;
  async function open(undo = '0') {
    story = await Story.open();
    alex = story.player('alex');
    await story.player('lynne').says(`policy undo ${undo}`);
    await alex.adds('Alex Wilber', 'facebook-page', ['Contoso']);
  }
  afterEach(() => story.close());

  const shown = async () => {
    const page = await (await fetch(`${story.app.address}/www.facebook.com/200000000000101`)).text();
    return [...page.matchAll(/(?:<h2 class="video">([^<]*)<\/h2>)?<p class="handle">Video: ([^<]*)<\/p>/g)].map(
      ([, title = 'no title', size]) => `${title}: ${size}`,
    );
  };
  const film = videoFile({ mediaBytes: 5_000_000 });
  const previewed = async (text: string, said = {}) => chooses(story, alex, await addressFor(alex, text), film, said);
  const out = (card: Message) => untilOut(story, alex, card, 0.5);

  it('is asked for a title at most, goes out once, and is deleted when it is taken back', async () => {
    await open();
    const address = await addressFor(alex, 'In motion');
    const page = await (await fetch(address)).text();
    assert.match(page, /name="title"/);
    assert.doesNotMatch(page, /name="(privacy|kids)"/);
    await chooses(story, alex, address, film);
    alex.sees('In motion', '"Bikes" (13 s, 1920 × 1080, 5.0 MB)', 'Ready');
    assert.deepEqual(await shown(), []);
    const card = alex.message();
    await alex.clicks('Send');
    await out(card);
    assert.deepEqual(await shown(), ['Bikes: 5.0 MB']);
    assert.match(String(alex.action('Open the post').url), /\/www\.facebook\.com\/200000000000101\/videos\/\d+$/);
    await alex.clicks('Take back');
    await alex.clicks('Take it back');
    await until(
      async () => (await shown()).length === 0,
      () => later(story, { minutes: 0.1 }),
    );
    alex.looksAt(card).sees('taken back');
  });

  it('goes without a title, too; in the hold nobody sees it, and an undo leaves nothing there', async () => {
    await open('20');
    await previewed('Held', { title: '' });
    await alex.clicks('Send');
    await untilCarried(story);
    assert.deepEqual(await shown(), []);
    await alex.clicks('Undo');
    await later(story, { minutes: 1 });
    assert.deepEqual(await shown(), []);
    await previewed('Goes', { title: '' });
    const card = alex.message();
    await alex.clicks('Send');
    await out(card);
    assert.deepEqual(await shown(), ['no title: 5.0 MB']);
  });

  for (const kind of ['lostAnswer', 'pleaseRetry', 'uploadLost', 'uploadForgotten', 'error'] as const) {
    it(`is out once after trouble on the way (${kind})`, async () => {
      await open('20');
      const card = await previewed('Once');
      story.sandbox.networks.fault('facebook', { kind, times: 1 });
      await alex.clicks('Send');
      await story.settled();
      await out(card);
      assert.deepEqual(await shown(), ['Bikes: 5.0 MB']);
    });
  }

  it('that is no MP4 is refused in the preview; one that Facebook does not take ends with the reason', async () => {
    await open();
    await chooses(story, alex, await addressFor(alex, 'MOV'), videoFile({ brand: 'qt  ' }));
    alex.sees('Cannot go out like this', 'The video is a MOV file, and MP4 is taken there.');
    const card = await previewed('Refused');
    story.sandbox.networks.fault('facebook', { kind: 'uploadRefused' });
    await alex.clicks('Send');
    await later(story, { minutes: 0.5 });
    alex.looksAt(card).sees('Did not go out', 'Facebook refused the video: Facebook does not take this video.');
    assert.deepEqual(await shown(), []);
  });
});
