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
    megan.sees('(Instagram account)', 'Cannot go out like this', 'It needs a picture there. Press Pictures');
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
