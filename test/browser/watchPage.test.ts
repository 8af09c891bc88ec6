import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { videoFile } from '../contract/videoFiles.js';
import { Story } from '../stories/story.js';
import { pageOf } from '../stories/videoKit.js';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';

/** What says what it is stands at its end, as phones write it: a player has to come that far. */
const film = videoFile({ mediaBytes: 2_500_000 });

describe('the page where a video is watched, in a browser', () => {
  let browser: Browser;
  let story: Story;
  let page: Page;
  let address: string;
  before(async () => {
    browser = await launchBrowser();
    story = await Story.open();
    const [megan, chris] = [story.player('megan'), story.player('chris.green')];
    await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
    await megan.says('share chris.green@contoso.example contoso with approval');
    await chris.says('post contoso "The new bikes\nin motion"');
    await chris.clicks('Video');
    await pageOf(String(chris.action('Choose in the browser').url)).choose(film);
    await story.settled();
    await chris.clicks('Send');
    await megan.looksAtChat().clicks('Watch the video');
    address = String(megan.action('Watch the video').url);
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await browser?.close();
    await story?.close();
  });

  it('lets its player ask for every piece, up to the end, and nothing else', async () => {
    const ranges: string[] = [];
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('response', (response) => {
      if (response.url().endsWith('/video'))
        ranges.push(response.headers()['content-range'] ?? String(response.status()));
    });
    await page.goto(address);
    const player = page.locator('video');
    // The file shows nothing, and a player finds that out once it has read what it is.
    await player.evaluate(
      (video: HTMLVideoElement) =>
        new Promise<void>((done) => {
          if (video.error || video.readyState > 0) done();
          video.addEventListener('error', () => done());
          video.addEventListener('loadedmetadata', () => done());
        }),
    );
    assert.equal(ranges[0], `bytes 0-1048575/${film.length}`);
    assert(
      ranges.some((range) => range.endsWith(`-${film.length - 1}/${film.length}`)),
      ranges.join(),
    );
    assert.deepEqual(
      complaints.filter((one) => /Content Security Policy|refused/i.test(one)),
      [],
    );
    assert.deepEqual(await findings(page), []);
    await screenshot(page, 'watch-1');
  });
});
