import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import sharp from 'sharp';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab } from './chatTab.js';
import { StartedSandbox } from './started.js';

describe('a picture attached in the chat, in a browser', () => {
  let browser: Browser;
  let sandbox: StartedSandbox;
  let context: BrowserContext;

  before(async () => {
    browser = await launchBrowser();
    sandbox = await StartedSandbox.start();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(30_000);
  });
  after(async () => {
    await context?.close();
    await sandbox?.remove();
    await browser?.close();
  });

  it('can be taken off again, is in the preview, and gets its words in the form', async () => {
    const megan = await ChatTab.open(context, sandbox.address, 'megan');
    await megan.adds('contoso');
    const buffer = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#36c' } })
      .jpeg()
      .toBuffer();
    const choose = (name: string) =>
      megan.page.locator('input[data-attach]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
    await choose('wrong.jpg');
    await choose('bike.jpg');
    await megan.page.getByRole('button', { name: 'Take off wrong.jpg' }).click();
    await screenshot(megan.page, 'attach-1-chosen');
    assert.deepEqual(await findings(megan.page), []);
    await megan.says('post contoso "New bikes"');
    const preview = await megan.sees('No words yet (60 × 40');
    await preview.getByRole('img', { name: 'A picture without words' }).waitFor();
    assert.equal(await megan.page.getByRole('list', { name: 'Attached files' }).count(), 0);
    await preview.getByRole('button', { name: 'Change' }).click();
    const box = megan.page.getByRole('textbox', { name: 'Picture 1: what it shows, in words' });
    await box.fill('A blue bike');
    await screenshot(megan.page, 'attach-2-form');
    assert.deepEqual(await findings(megan.page), []);
    await megan.page.getByRole('button', { name: 'Preview' }).click();
    await megan.sees('A blue bike (60 × 40');
    await screenshot(megan.page, 'attach-3-preview');
  });

  it('is sent once, with its words, however fast Enter is pressed again', async () => {
    const alex = await ChatTab.open(context, sandbox.address, 'alex');
    const buffer = Buffer.from('not read before the second Enter');
    await alex.page.locator('input[data-attach]').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer });
    const box = alex.page.getByRole('textbox', { name: 'Type a message' });
    await box.fill('help me');
    await box.evaluate((element) => {
      const enter = () => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      element.dispatchEvent(enter());
      element.dispatchEvent(enter());
    });
    const said = alex.page.locator('[data-message]').filter({ hasText: 'help me' });
    await said.first().waitFor();
    await alex.says('profiles');
    assert.equal(await said.count(), 1);
  });
});
