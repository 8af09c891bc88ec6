import assert from 'node:assert/strict';
import type { Message } from '../../src/sandbox/connector/types.js';
import { videoFile } from '../contract/videoFiles.js';
import { later, openStory, shownOnX, until } from './publishingKit.js';
import type { Player, Story } from './story.js';
import { addressFor, chooses, heldPost, pageOf, untilCarried, untilOut, videosKept } from './videoKit.js';

/** Longer than a piece that goes out at once. */
const long = () => videoFile({ mediaBytes: 3_000_000 });

describe('a video on X', () => {
  let story: Story;
  let megan: Player;
  async function open(undo = '0') {
    ({ story, megan } = await openStory(undo));
  }
  afterEach(() => story.close());

  async function previewed(text: string, file = videoFile()): Promise<void> {
    await chooses(story, megan, await addressFor(megan, text), file);
    megan.sees(text);
  }
  const out = (card: Message) => untilOut(story, megan, card);
  const accountPage = async () => (await fetch(`${story.app.address}/x.com/contoso`)).text();
  const docs = () => videosKept(story);
  const carried = () => untilCarried(story);

  it('is asked for nothing but the file, goes out once with its text, and can be taken back', async () => {
    await open();
    const address = await addressFor(megan, 'In motion');
    const page = await (await fetch(address)).text();
    assert.doesNotMatch(page, /name="(title|privacy|kids)"/);
    await chooses(story, megan, address, long());
    megan.sees('In motion', '13 s, 1920 × 1080, 3.0 MB', '9 of 280', 'Ready');
    const card = megan.message();
    await megan.clicks('Send');
    await out(card);
    assert.match(await accountPage(), /Video: 3\.0 MB[\s\S]*In motion/);
    assert.deepEqual(await shownOnX(story), ['In motion']);
    // What X puts behind the text is no change of it.
    await later(story, { minutes: 2 });
    megan.looksAt(card).sees('Your post is out');
    await megan.clicks('Take back');
    await megan.clicks('Take it back');
    await until(
      async () => (await shownOnX(story)).length === 0,
      () => later(story, { minutes: 0.1 }),
    );
    await later(story, { minutes: 61 });
    assert.deepEqual(await docs(), []);
  });

  it('has all but the last call done in the hold, and an undo leaves nothing there', async () => {
    await open('20');
    await previewed('Held', long());
    await megan.clicks('Send');
    await carried();
    assert((await heldPost(story))?.sealedSession);
    assert.deepEqual(await shownOnX(story), []);
    await megan.clicks('Undo');
    await later(story, { minutes: 1 });
    assert.deepEqual([await shownOnX(story), await docs()], [[], []]);
  });

  for (const kind of ['lostAnswer', 'postedError', 'pleaseRetry'] as const) {
    it(`whose answer was lost (${kind}) is found, and not sent again`, async () => {
      await open('20');
      await previewed(`Once: ${kind}`);
      const card = megan.message();
      await megan.clicks('Send');
      await carried();
      story.sandbox.networks.fault('x', { kind, times: 1 });
      await out(card);
      assert.deepEqual(await shownOnX(story), [`Once: ${kind}`]);
    });
  }

  for (const kind of ['uploadLost', 'uploadForgotten', 'error'] as const) {
    it(`is carried on after trouble on the way (${kind})`, async () => {
      await open('20');
      await previewed('Trouble', long());
      story.sandbox.networks.fault('x', { kind, times: 1 });
      const card = megan.message();
      await megan.clicks('Send');
      await out(card);
      assert.deepEqual(await shownOnX(story), ['Trouble']);
    });
  }

  it('that X has forgotten when its time comes is carried over anew, and goes out once', async () => {
    await open('20');
    await previewed('Forgotten', long());
    const card = megan.message();
    await megan.clicks('Send');
    await carried();
    story.sandbox.networks.fault('x', { kind: 'uploadForgotten', times: 1 });
    await out(card);
    assert.match(await accountPage(), /Video: 3\.0 MB[\s\S]*Forgotten/);
    assert.deepEqual(await shownOnX(story), ['Forgotten']);
  });

  it('that X refuses ends with the reason', async () => {
    await open();
    await previewed('Refused');
    story.sandbox.networks.fault('x', { kind: 'uploadRefused' });
    const card = megan.message();
    await megan.clicks('Send');
    await until(
      async () => /Did not go out/.test(megan.looksAt(card).words()),
      () => later(story, { minutes: 0.1 }),
    );
    megan.looksAt(card).sees('X refused the video: X does not take this video.');
    assert.deepEqual([await shownOnX(story), await docs()], [[], []]);
  });

  it('that X would not take is refused in the preview, with the number that is wrong', async () => {
    await open();
    await previewed('Too long', videoFile({ seconds: 141 }));
    megan.sees('Cannot go out like this', 'The video is 2 min 21 s long, and 2 min 20 s are allowed there. Cut it');
    assert(!megan.buttons().includes('Send'));
    await previewed('Too wide', videoFile({ width: 1920, height: 600 }));
    megan.sees('The video is too wide: 1920 × 600');
    await previewed('Odd', videoFile({ codec: 'hvc1' }));
    megan.sees('The video is in HEVC, and H.264 and AAC are taken there.');
    await previewed('Fits', videoFile({ brand: 'qt  ', seconds: 140 }));
    megan.sees('Fits', 'Ready');
  });

  it('is taken off again, and the words alone are ready to go', async () => {
    await open();
    await previewed('Alone');
    megan.sees('1920 × 1080');
    assert(megan.buttons().includes('Send'));
    await megan.clicks('Video');
    await pageOf(String(megan.action('Choose in the browser').url)).done({ off: 'yes' });
    await story.settled();
    megan.sees('Alone', 'Ready');
    assert(!megan.words().includes('1920'));
  });
});
