import assert from 'node:assert/strict';
import type { Message } from '../../src/sandbox/connector/types.js';
import { videoFile } from '../contract/videoFiles.js';
import { later, until } from './publishingKit.js';
import { type Player, Story } from './story.js';
import { addressFor, chooses, heldPost, untilOut } from './videoKit.js';

/** Two parts, as LinkedIn takes them. */
const film = videoFile({ mediaBytes: 5_000_000 });

for (const { type, account, pages, handle, where } of [
  {
    ...{ type: 'linkedin page', account: 'Alex Wilber', pages: ['Contoso'], handle: 'linkedin:contoso' },
    where: 'company/contoso',
  },
  {
    ...{ type: 'linkedin member', account: 'Megan Bowen', pages: [], handle: 'linkedin:megan-bowen' },
    where: 'in/megan-bowen',
  },
]) {
  describe(`a video with a post of a ${type}`, () => {
    let story: Story;
    let megan: Player;
    async function open(undo = '0') {
      story = await Story.open();
      megan = story.player('megan');
      await story.player('lynne').says(`policy undo ${undo}`);
      await megan.adds(account, type, pages);
    }
    afterEach(() => story.close());

    const shown = async () => (await fetch(`${story.app.address}/www.linkedin.com/${where}`)).text();
    const titles = async () =>
      [...(await shown()).matchAll(/<h2 class="video">([\s\S]*?)<\/h2>/g)].map(([, title = '']) => title);
    async function previewed(text: string, file = film) {
      const address = await addressFor(megan, text, handle);
      const page = await (await fetch(address)).text();
      assert.match(page, /name="title"/);
      assert.doesNotMatch(page, /name="privacy"|name="kids"/);
      await chooses(story, megan, address, file);
      megan.sees(text);
    }
    const out = (card: Message) => untilOut(story, megan, card);

    it('is carried over in the hold, processed, and goes out once with its title', async () => {
      await open('20');
      await previewed('In motion');
      megan.sees('"Bikes" (13 s, 1920 × 1080, 5.0 MB)');
      const card = megan.message();
      await megan.clicks('Send');
      await until(
        async () => (await heldPost(story))?.sealedSession !== undefined,
        () => story.settled(),
      );
      assert.doesNotMatch(JSON.stringify(await heldPost(story)), /dms-uploads/);
      assert.deepEqual(await titles(), []);
      await out(card);
      assert.deepEqual(await titles(), ['Bikes']);
      assert.match(await shown(), /Video: 5\.0 MB[\s\S]*In motion/);
      await megan.clicks('Take back');
      await megan.clicks('Take it back');
      await until(
        async () => (await titles()).length === 0,
        () => later(story, { minutes: 0.1 }),
      );
    });

    for (const kind of ['uploadLost', 'uploadForgotten', 'error'] as const) {
      it(`is carried on after trouble on the way (${kind})`, async () => {
        await open();
        await previewed('Trouble');
        story.sandbox.networks.fault('linkedin', { kind, times: 1 });
        const card = megan.message();
        await megan.clicks('Send');
        await story.settled();
        await out(card);
        assert.deepEqual(await titles(), ['Bikes']);
      });
    }

    it('that LinkedIn refuses or cannot read ends with the reason', async () => {
      await open();
      await previewed('Refused');
      story.sandbox.networks.fault('linkedin', { kind: 'uploadRefused' });
      const card = megan.message();
      await megan.clicks('Send');
      await later(story, { minutes: 0.5 });
      megan.looksAt(card).sees('Did not go out', 'LinkedIn refused the video: LinkedIn does not take this video.');
      assert.deepEqual(await titles(), []);
    });

    it('is judged by what LinkedIn takes', async () => {
      await open();
      await previewed('Too small', videoFile({ seconds: 2 }));
      megan.sees('it has to have 75 KB there', 'it has to be 3 s there', 'Cannot go out like this');
      await previewed('The wrong kind', videoFile({ brand: 'qt  ', mediaBytes: 100_000 }));
      megan.sees('The video is a MOV file, and MP4 is taken there.');
    });
  });
}
