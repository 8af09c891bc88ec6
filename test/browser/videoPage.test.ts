import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { world } from '../../src/sandbox/world.js';
import { videoFile } from '../contract/videoFiles.js';
import { Story } from '../stories/story.js';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';

describe('the page of a video, in a browser', () => {
  let browser: Browser;
  let story: Story;
  let page: Page;
  before(async () => {
    browser = await launchBrowser();
    story = await Story.open();
    const megan = story.player('megan');
    await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
    await megan.says('post contoso "The new bikes\nin motion"');
    await megan.clicks('Video');
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(String(megan.action('Choose in the browser').url));
  });
  after(async () => {
    await browser?.close();
    await story?.close();
  });

  const choose = (buffer: Buffer) =>
    page.getByLabel('File').setInputFiles({ name: 'bikes.mp4', mimeType: 'video/mp4', buffer });

  it('says why a file is none, stays open, sends a lost part again, and says when it is done', async () => {
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.getByLabel('Title').inputValue(), 'The new bikes');
    const show = page.getByRole('button', { name: 'Show me the preview' });
    await choose(Buffer.alloc(1000));
    await page.getByLabel('No, it is not made for children').check();
    await show.click();
    await page.getByText('That is not an MP4 or MOV video.').waitFor();
    assert.deepEqual(await findings(page), []);
    await screenshot(page, 'video-1-refused');
    let lost = 0;
    await page.route('**/video/1', (route) => (lost++ === 0 ? route.abort() : route.continue()));
    const file = videoFile({ mediaBytes: 2_500_000 });
    await choose(file);
    await show.click();
    await page.getByText('The video is in the preview. Nothing has gone out yet.').waitFor();
    await screenshot(page, 'video-2-done');
    assert.equal(lost, 2);
    const [doc] = await story.store.videos.find(world.tenant.id, {});
    const { title, privacy, madeForKids, bytes } = doc?.video ?? {};
    assert.deepEqual(
      { title, privacy, madeForKids, bytes },
      { title: 'The new bikes', privacy: 'private', madeForKids: false, bytes: file.length },
    );
  });
});
