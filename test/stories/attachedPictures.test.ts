import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { world } from '../../src/sandbox/world.js';
import { idOf, later, openStory, shownOnX } from './publishingKit.js';
import type { Player, Story } from './story.js';

const draw = (colour = '#36c') =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
const file = async (more: { bytes?: Buffer; pasted?: boolean; name?: string } = {}) => ({
  ...{ bytes: more.bytes ?? (await draw()), type: 'image/jpeg', name: 'bike.jpg' },
  ...more,
});

describe('pictures attached to a message', () => {
  let story: Story;
  let megan: Player;
  afterEach(() => story.close());
  const kept = () => story.store.pictures.find(world.tenant.id, {});

  for (const [how, pasted] of [
    ['pasted into the message', true],
    ['attached as a file', false],
  ] as const) {
    it(`are in the preview when they are ${how}, and go out with the words of the form`, async () => {
      ({ story, megan } = await openStory());
      await megan.says('post contoso "New bikes"', { files: [await file({ pasted })] });
      megan.sees(
        'Preview of your post',
        'New bikes',
        'No words yet (40 × 30',
        'has no words for people who cannot see it',
      );
      assert.deepEqual(await shownOnX(story), []);
      await megan.clicks('Change');
      const profiles = await idOf(story, 'contoso');
      await megan.clicks('Preview', { profiles, text: 'New bikes', date: '', time: '', alt1: 'A blue bike' });
      megan.sees('A blue bike (40 × 30');
      await megan.clicks('Send');
      await later(story, { minutes: 0.1 });
      megan.sees('Your post is out');
      const out = await (await fetch(String(megan.action('Open the post').url))).text();
      assert.match(out, /<img class="picture" src="data:image\/jpeg;base64,[^"]+" alt="A blue bike">/);
    });
  }

  it('come in their order, and stay with the question which profile is meant', async () => {
    ({ story, megan } = await openStory());
    await megan.adds('contoso_support');
    const files = [await file(), await file({ bytes: await draw('#c33'), pasted: true })];
    await megan.says('post cont "Two"', { files });
    megan.sees('Which');
    await megan.clicks('Choose');
    megan.sees('Preview of your post', 'Two');
    const [intent] = await story.store.intents.find(world.tenant.id, { state: 'asked' });
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64url');
    assert.deepEqual(
      intent?.pictures?.map((picture) => picture.hash),
      files.map(({ bytes }) => hash(bytes)),
    );
  });

  it('stay with the form where the text is missing', async () => {
    ({ story, megan } = await openStory());
    await megan.says('post contoso', { files: [await file()] });
    megan.sees('New post', 'Picture 1: what it shows');
    const profiles = await idOf(story, 'contoso');
    await megan.clicks('Preview', { profiles, text: 'Now with words', date: '', time: '', alt1: 'A bike' });
    megan.sees('Preview of your post', 'Now with words', 'A bike (40 × 30');
  });

  it('open the form where nothing was said at all', async () => {
    ({ story, megan } = await openStory());
    await megan.says('', { files: [await file()] });
    megan.sees('New post', 'Picture 1: what it shows');
    assert.equal((await kept()).length, 1);
  });

  it('that Teams does not hand over at once are asked for again; a stored file is opened once', async () => {
    ({ story, megan } = await openStory());
    const { faults } = story.sandbox.connector;
    faults.set({ match: 'file', status: 403, times: 2 });
    await megan.says('post contoso "Again"', { files: [await file({ pasted: true })] });
    megan.sees('Preview of your post', 'Again');
    faults.set({ match: 'file', status: 403, times: 3 });
    await megan.says('post contoso "Never"', { files: [await file({ pasted: true })] });
    megan.sees('Teams did not hand over that file', 'press Pictures on the preview');
    assert.equal((await kept()).length, 1);
  });

  it('that cannot be sent are refused with the reason, and nothing is kept for later', async () => {
    ({ story, megan } = await openStory());
    await megan.says('post contoso "No"', { files: [await file({ bytes: Buffer.from('%PDF-1.7 not a picture') })] });
    megan.sees('That is not a picture that can be sent');
    const both = [await file(), await file({ bytes: Buffer.from('MZ') })];
    await megan.says('post contoso "No"', { files: both });
    megan.sees('Picture 2: That is not a picture');
    await story.player('lynne').says('policy picture 1');
    await megan.says('post contoso "Big"', { files: [await file({ bytes: Buffer.alloc(1_000_001) })] });
    megan.sees('each picture may have 1 MB');
    await story.player('lynne').says('policy picture 0');
    await megan.says('post contoso "None"', { files: [await file()] });
    megan.sees('Your organisation sends no pictures with posts');
    await megan.says('post contoso "Many"', { files: await Promise.all(Array.from({ length: 11 }, () => file())) });
    megan.sees('There are 11 files with it, and a post takes 10 at most');
    assert.deepEqual(await story.store.intents.find(world.tenant.id, {}), []);
    await later(story, { minutes: 61 });
    assert.deepEqual(await kept(), []);
  });

  it('are not taken in a channel, and not with a reply', async () => {
    ({ story, megan } = await openStory());
    await megan.says('post contoso "Here"', { in: 'Marketing', files: [await file({ pasted: true })] });
    megan.sees('Teams hands me files in our personal chat alone', 'press Pictures on the preview');
    await megan.says('reply https://x.com/adele/status/17 "Hi"', { files: [await file()] });
    megan.sees('Only posts go out with pictures');
    await megan.says('help', { files: [await file()] });
    megan.sees('Social profiles of your organisation');
    assert.deepEqual(await kept(), []);
  });

  it('of somebody who may not ask are not fetched', async () => {
    ({ story, megan } = await openStory());
    await story.player('lynne').says('role "Adele Vance" reader');
    const adele = story.player('adele');
    story.sandbox.connector.faults.set({ match: 'file', status: 503, times: 1 });
    await adele.says('post contoso "No"', { files: [await file({ pasted: true })] });
    adele.sees('As a Reader');
    await megan.says('post nobodyhere "No"', { files: [await file({ pasted: true })] });
    megan.sees('You have no profile called "nobodyhere"');
    const [profile] = await story.store.profiles.find(world.tenant.id, {});
    assert(profile);
    await story.store.profiles.replace(
      { ...profile, owners: [], access: ['everyone'], version: profile.version + 1 },
      profile.version,
    );
    await megan.says('post contoso "No owner"', { files: [await file({ pasted: true })] });
    megan.sees('but not publish with it');
    assert.equal(story.sandbox.connector.faults.all().length, 1);
  });
});
