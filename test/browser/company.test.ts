import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { StartedSandbox } from './started.js';

describe('the page of the pretend company', () => {
  let browser: Browser;
  let sandbox: StartedSandbox;
  let context: BrowserContext;

  before(async () => {
    browser = await launchBrowser();
    sandbox = await StartedSandbox.start();
    context = await browser.newContext({ viewport: { width: 900, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(60_000);
  });
  after(async () => {
    await context?.close();
    await sandbox?.remove();
    await browser?.close();
  });

  it('lets people leave and come back, join groups, and the directory fail', async () => {
    const page = await context.newPage();
    await page.goto(`${sandbox.address}/sandbox/company`);
    await screenshot(page, 'company-1');
    assert.deepEqual(await findings(page), []);
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await press('Delete Megan Bowen');
    await page.getByText('Megan Bowen Marketing, deleted').waitFor();
    await press('Restore Megan Bowen');
    await press('Disable Ben Walters');
    await page.getByText('Ben Walters Marketing, disabled').waitFor();
    await page.getByLabel('Who joins or leaves Sales').selectOption({ label: 'Alex Wilber' });
    await press('Add to Sales');
    await page.getByText('Sales Adele Vance, Isaiah Langer, Alex Wilber').waitFor();
    await press('Let it fail');
    await page.getByText('It does not answer.').waitFor();
    await press('Let it answer');
    await page.getByText('It answers.').waitFor();
  });
});
