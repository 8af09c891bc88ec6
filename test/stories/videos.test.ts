import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Message } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';
import { type VideoWanted, videoFile } from '../contract/videoFiles.js';
import { idOf, later, until } from './publishingKit.js';
import { type Player, Story } from './story.js';
import {
  addressFor,
  channelPage,
  chooses,
  heldPost,
  pageOf,
  titlesOn,
  untilCarried,
  untilOut,
  videosKept,
} from './videoKit.js';

/** Longer than a piece that goes out at once. */
const long = (wanted: VideoWanted = {}) => videoFile({ mediaBytes: 5_000_000, ...wanted });

describe('a video on YouTube', () => {
  let story: Story;
  let megan: Player;
  async function open(undo = '0') {
    story = await Story.open();
    megan = story.player('megan');
    await story.player('lynne').says(`policy undo ${undo}`);
    await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
  }
  afterEach(() => story.close());

  async function pageFor(text: string) {
    const address = await addressFor(megan, text);
    megan.sees('Choose a video for your post', 'works once, for 10 minutes');
    return pageOf(address);
  }
  async function previewed(text: string, file = videoFile(), said = {}) {
    await chooses(story, megan, await addressFor(megan, text), file, said);
    megan.sees(text);
  }
  const docs = () => videosKept(story);
  const out = (card: Message) => untilOut(story, megan, card);

  it('is chosen on a page, shown in the preview with what was said of it, and goes out once', async () => {
    await open();
    await megan.says('post contoso "The new bikes\nin motion"');
    megan.sees('(YouTube channel)', 'Cannot go out like this', 'It needs a video there. Press Video and choose one.');
    assert(!megan.buttons().includes('Send') && !megan.buttons().includes('Pictures'));
    await megan.clicks('Video');
    const address = String(megan.action('Choose in the browser').url);
    const page = await (await fetch(address)).text();
    assert.match(page, /A post of <b>Megan Bowen<\/b>[\s\S]*up to 512 MB/);
    assert.match(page, /name="title"[^>]*value="The new bikes"/);
    assert.match(page, /value="private" selected/);
    assert.doesNotMatch(page, /checked/);
    const { status, body } = await pageOf(address).choose(long());
    assert.deepEqual([status, body.done], [200, 'The video is in the preview.']);
    await story.settled();
    megan.sees('"Bikes" (13 s, 1920 × 1080, 5.0 MB), for whoever has the link, not made for children', 'Ready');
    assert.deepEqual(await titlesOn(story), []);
    const card = megan.message();
    await megan.clicks('Send');
    await out(card);
    assert.match(
      await channelPage(story),
      /<h2 class="video">Bikes<\/h2>[\s\S]*Unlisted, 5.0 MB[\s\S]*The new bikes\nin motion/,
    );
    assert.deepEqual(await titlesOn(story), ['Bikes']);
    const shown = await fetch(String(megan.action('Open the post').url));
    assert.match(shown.url, /\/www\.youtube\.com\/watch\?v=[\w-]{11}$/);
    assert.match(await shown.text(), /Bikes/);
    await later(story, { minutes: 61 });
    assert.deepEqual(await docs(), []);
  });

  it('is deleted there when it is taken back', async () => {
    await open();
    await previewed('Taken back');
    const card = megan.message();
    await megan.clicks('Send');
    await out(card);
    await megan.clicks('Take back');
    megan.sees('The video is deleted for good, with its views and its comments.');
    await megan.clicks('Take it back');
    await until(
      async () => (await titlesOn(story)).length === 0,
      () => later(story, { minutes: 0.1 }),
    );
    megan.looksAt(card).sees('taken back');
    assert.deepEqual(await titlesOn(story), []);
  });

  it('has all but its last bytes carried over in the hold, and an undo leaves nothing there', async () => {
    await open('20');
    await previewed('Held', long());
    await megan.clicks('Send');
    await untilCarried(story);
    const session = (await heldPost(story))?.sealedSession;
    assert(session && !session.includes('googleapis'));
    assert.deepEqual(await titlesOn(story), []);
    await megan.clicks('Undo');
    await later(story, { minutes: 1 });
    assert.deepEqual(await titlesOn(story), []);
    assert.deepEqual(await docs(), []);
  });

  for (const kind of ['lostAnswer', 'postedError', 'pleaseRetry'] as const) {
    it(`whose answer was lost (${kind}) is asked for where it went, and is there once`, async () => {
      await open();
      await previewed(`Once: ${kind}`, long());
      story.sandbox.networks.fault('youtube', { kind, times: 1 });
      const card = megan.message();
      await megan.clicks('Send');
      await out(card);
      assert.deepEqual(await titlesOn(story), ['Bikes']);
    });
  }

  it('that never arrived whole is not there, and a person sends it again on the same way', async () => {
    await open();
    await previewed('Never arrived');
    story.sandbox.networks.fault('youtube', { kind: 'lostRequest', times: 1 });
    const card = megan.message();
    await megan.clicks('Send');
    await until(
      async () => (await story.store.intents.find(world.tenant.id, { state: 'notSent' })).length > 0,
      () => later(story, { minutes: 11 }),
    );
    megan.looksAt(card).sees('Not there');
    assert.deepEqual(await titlesOn(story), []);
    await megan.clicks('Send again');
    await out(card);
    assert.deepEqual(await titlesOn(story), ['Bikes']);
  });

  for (const kind of ['uploadLost', 'uploadForgotten', 'error'] as const) {
    it(`is carried on after trouble on the way (${kind})`, async () => {
      await open('20');
      await previewed('Trouble', long());
      story.sandbox.networks.fault('youtube', { kind, times: 1 });
      const card = megan.message();
      await megan.clicks('Send');
      await story.settled();
      await until(
        async () => (await titlesOn(story)).length > 0,
        () => later(story, { minutes: 1 }),
      );
      megan.looksAt(card).sees('Your post is out');
      assert.deepEqual(await titlesOn(story), ['Bikes']);
    });
  }

  it('that YouTube does not begin with ends with the reason', async () => {
    await open();
    await previewed('Refused');
    story.sandbox.networks.fault('youtube', { kind: 'uploadRefused' });
    const card = megan.message();
    await megan.clicks('Send');
    await later(story, { minutes: 0.5 });
    megan
      .looksAt(card)
      .sees('Did not go out', 'YouTube refused the video: YouTube takes no more videos of this channel today');
    assert.deepEqual(await docs(), []);
  });

  it('that cannot be sent is refused with the reason, and the page stays open', async () => {
    await open();
    await story.player('lynne').says('policy video 1');
    const page = await pageFor('Refused');
    const no = async (file: Buffer, said = {}) => {
      const { status, body } = await page.choose(file, said);
      assert.equal(status, 400);
      return body.sentence ?? '';
    };
    assert.match(await no(long()), /That video has 5\.0 MB, and 1 MB are allowed here/);
    assert.match(await no(randomBytes(100)), /That is not an MP4 or MOV video/);
    assert.match(await no(Buffer.alloc(0)), /There is no video yet/);
    assert.match(await no(videoFile().subarray(0, 900)), /broken or cut off/);
    assert.match(await no(videoFile(), { kids: '' }), /Something about the video is not said yet/);
    assert.match(await no(videoFile(), { privacy: 'mine' }), /Something about the video is not said yet/);
    assert.equal((await page.begin('many')).status, 400);
    await page.begin(2_000);
    assert.equal((await page.part(0, Buffer.alloc(1_999))).status, 400);
    assert.equal((await page.part(1, Buffer.alloc(2_000))).status, 400);
    assert.equal((await page.part('x', Buffer.alloc(2_000))).status, 400);
    assert.match(
      (await page.done({ title: 'x', privacy: 'public', kids: 'no' })).body.sentence ?? '',
      /did not arrive whole/,
    );
    assert.equal((await page.choose(videoFile())).status, 200);
    assert.equal((await page.choose(videoFile())).status, 410);
    await story.settled();
    assert.equal((await docs()).length, 1);
    await story.player('lynne').says('policy video 0');
    assert.match(
      await (await fetch(await addressFor(megan, 'None'))).text(),
      /Your organisation sends no videos with posts/,
    );
    assert.match((await (await pageFor('None')).choose(videoFile())).body.sentence ?? '', /sends no videos/);
  });

  it('is said anew without sending it again, and taken off', async () => {
    await open();
    await previewed('Anew');
    await megan.clicks('Video');
    let address = String(megan.action('Choose in the browser').url);
    assert.match(await (await fetch(address)).text(), /There is a video already, 13 s long[\s\S]*value="Bikes"/);
    const said = await pageOf(address).done({ title: 'A <better> title', privacy: 'public', kids: 'yes' });
    assert.equal(said.status, 200);
    await story.settled();
    megan.sees(
      'A <better> title',
      'public, made for children',
      'Cannot go out like this',
      'The title has < and > in it.',
    );
    await megan.clicks('Change');
    megan.sees('Video: "A <better> title"');
    await megan.clicks('Preview', { profiles: await idOf(story, 'contoso'), text: 'Other words', date: '', time: '' });
    megan.sees('Other words', 'A <better> title');
    await megan.clicks('Video');
    address = String(megan.action('Choose in the browser').url);
    assert.equal((await pageOf(address).done({ off: 'yes' })).body.done, 'The post has no video now.');
    await story.settled();
    megan.sees('It needs a video there');
  });

  it('is chosen from the page itself, by whoever was given it, while it is open', async () => {
    await open();
    const address = await addressFor(megan, 'Whose');
    const foreign = await pageOf(address, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }).begin(10);
    assert.equal(foreign.status, 403);
    const other = pageOf(`${address.slice(0, -4)}AAAA`);
    assert.equal((await other.begin(10)).status, 410);
    assert.equal((await other.part(0, Buffer.alloc(10))).status, 410);
    const page = pageOf(address);
    assert.equal((await page.begin(10)).status, 200);
    // Whoever began has the time that a slow line takes.
    story.passes({ minutes: 60 });
    assert.equal((await page.part(0, Buffer.alloc(10))).status, 200);
    await later(story, { minutes: 61 });
    assert.equal((await page.part(0, Buffer.alloc(10))).status, 410);
    assert.deepEqual(await docs(), []);
  });

  it('is part of what is approved, and is shown to whoever says yes', async () => {
    await open();
    await megan.says('share chris.green@contoso.example contoso with approval');
    const chris = story.player('chris.green');
    await chris.says('post contoso "Asks first"');
    await chris.clicks('Video');
    await pageOf(String(chris.action('Choose in the browser').url)).choose(videoFile());
    await story.settled();
    await chris.clicks('Send');
    megan.looksAtChat().sees('Asks first', '"Bikes" (13 s');
    await megan.clicks('Approve');
    await until(
      async () => (await titlesOn(story)).length > 0,
      () => later(story, { minutes: 0.1 }),
    );
    assert.deepEqual(await titlesOn(story), ['Bikes']);
  });
});
