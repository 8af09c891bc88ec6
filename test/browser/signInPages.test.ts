import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Story } from '../stories/story.js';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab, signInButton, signsIn } from './chatTab.js';

/** The pictures that a person sees nothing of. */
const broken = (page: Page) =>
  page.locator('li img').evaluateAll(async (all) => {
    const pictures = all as HTMLImageElement[];
    if (pictures.length === 0) return ['there is none'];
    await Promise.all(pictures.map((one) => one.decode().catch(() => undefined)));
    return pictures.filter(({ naturalWidth }) => naturalWidth === 0).map(({ src }) => src);
  });

describe('the page with the code of a sign-in, in a browser', () => {
  let browser: Browser;
  let story: Story;

  before(async () => {
    [browser, story] = await Promise.all([launchBrowser(), Story.open()]);
  });
  after(async () => {
    await browser?.close();
    await story?.close();
  });

  async function context(colorScheme: 'light' | 'dark', width: number): Promise<BrowserContext> {
    const made = await browser.newContext({ viewport: { width, height: 760 }, colorScheme, locale: 'en-GB' });
    await made.grantPermissions(['clipboard-read', 'clipboard-write']);
    made.setDefaultTimeout(60_000);
    return made;
  }

  it('copies it, leads back, shows it again when it is loaded again, and the card takes it', async () => {
    const opened = await context('light', 1280);
    const chat = await ChatTab.open(opened, story.app.address, 'megan');
    await chat.says('add x');
    const card = await chat.sees('Add an X profile');
    const page = await chat.opens(signInButton(card));
    const code = await signsIn(page, 'contoso');
    await page.getByRole('button', { name: 'Copy the code' }).click();
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied.replaceAll(/\D/g, ''), code);
    const back = await page.getByRole('link', { name: 'Back to Teams' }).getAttribute('href');
    assert.equal(new URL(back ?? '', page.url()).origin, new URL(story.app.address).origin);
    await page.reload();
    await page.getByText(/^code \d{3} \d{3}$/).waitFor();
    assert.equal((await page.locator('#code').textContent())?.replaceAll(/\D/g, ''), code);
    await card.getByRole('textbox', { name: 'Code from the page' }).fill(copied);
    await card.getByRole('button', { name: 'Finish' }).click();
    await chat.sees('@contoso (X profile) is added');
    await opened.close();
  });

  for (const [scheme, width] of [
    ['light', 320],
    ['dark', 360],
  ] as const) {
    it(`fits a phone: ${scheme}, ${width} pixels wide, the list of Pages too`, async () => {
      const opened = await context(scheme, width);
      const megan = story.player('megan');
      await megan.says('add facebook page');
      const page = await opened.newPage();
      await page.goto(megan.link());
      await page.getByRole('button', { name: /^Continue to / }).click();
      await page.getByRole('radio', { name: /Alex Wilber/ }).check();
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByText('Which Page do you want to keep here?').waitFor();
      await screenshot(page, `pages-${scheme}-${width}`);
      assert.deepEqual(await broken(page), []);
      assert.deepEqual(await findings(page), []);
      await page.getByRole('button', { name: /^Save all/ }).click();
      await page.getByText(/^code \d{3} \d{3}$/).waitFor();
      await screenshot(page, `code-${scheme}-${width}`);
      assert.deepEqual(await findings(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert(wide <= 0, `${wide} pixels too wide`);
      await opened.close();
    });
  }
});
