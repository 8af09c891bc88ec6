/** Real screenshots for README.md and the user guide, made by driving the sandbox: docs/images/. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../test/browser/browser.js';
import { ChatTab } from '../test/browser/chatTab.js';
import { root } from '../test/browser/child.js';
import { StartedSandbox } from '../test/browser/started.js';

const folder = join(root, 'docs/images');
/** Where Contoso is, so that all times are of one zone. */
const here = { locale: 'en-GB', timezoneId: 'Europe/Berlin' };
/** A README is read on slow lines too. */
const mostBytes = 300_000;

const sandbox = await StartedSandbox.start();
const browser = await launchBrowser();
try {
  await mkdir(folder, { recursive: true });
  await prepare(browser);
  await guide(browser);
  await takeBoth('chat', 'Who has access');
  await publish(browser);
  await takeBoth('post', 'Preview of your post');
} finally {
  await browser.close();
  await sandbox.remove();
}

/** What was said before the picture is taken. */
async function prepare(browser: Browser): Promise<void> {
  const context = await browser.newContext(here);
  const tab = await ChatTab.open(context, sandbox.address, 'megan');
  await tab.adds('contoso');
  await tab.adds('contoso_support');
  await tab.says('profiles');
  await tab.sees('Your profiles');
  await tab.says('share @marketing contoso until 2030-01-31');
  await tab.sees('Shared with Marketing');
  await context.close();
}

/** One card for each task of the user guide that a picture helps with. */
async function guide(browser: Browser): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1120, height: 1400 },
    colorScheme: 'light',
    ...here,
  });
  const tab = await ChatTab.open(context, sandbox.address, 'megan');
  await tab.says('share contoso_support');
  const picker = await tab.sees('Share @contoso_support');
  await picker.getByRole('combobox', { name: 'People and groups' }).click();
  await tab.page.keyboard.type('mar');
  await tab.page.getByRole('option', { name: /^Marketing \(Team/ }).click();
  await tab.page.keyboard.press('Escape');
  await picker.getByRole('button', { name: 'Review', exact: true }).click();
  await cardPicture(await tab.sees('5 people gain access'), 'guide-share');
  await tab.says('history contoso');
  await cardPicture(await tab.sees('History of @contoso'), 'guide-history');
  await tab.says('show contoso');
  await cardPicture(await tab.sees('Who has access'), 'guide-profile');
  await tabPicture(tab.page);
  await context.close();
}

/** The list with the details of one profile beside it. */
async function tabPicture(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('button', { name: 'Profiles', exact: true }).click();
  const frame = page.locator('.tab-frame');
  const tab = page.frameLocator('.tab-frame');
  await tab.getByRole('row', { name: /^Pick @contoso / }).click();
  await tab.getByRole('complementary', { name: 'Details of @contoso' }).waitFor();
  const path = join(folder, 'guide-tab.png');
  await frame.screenshot({ path, animations: 'disabled' });
  console.log(path);
}

/** One post that is out, and the preview of another one, with a link that nobody meant. */
async function publish(browser: Browser): Promise<void> {
  const context = await browser.newContext(here);
  const tab = await ChatTab.open(context, sandbox.address, 'megan');
  const press = (name: string) => tab.latest().getByRole('button', { name, exact: true }).click();
  await tab.says('post contoso "Our new bikes are here. Come and try one on Friday!"');
  await tab.sees('Preview of your post');
  await press('Send');
  await tab.sees('Goes out at');
  await press('Send now');
  await tab.sees('Your post is out');
  await tab.says('post contoso "How they are built is in README.md"');
  await tab.sees('X makes a link of');
  await context.close();
}

async function cardPicture(message: Locator, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await message.locator('.card').first().screenshot({ path, animations: 'disabled' });
  console.log(path);
}

async function takeBoth(name: string, shows: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    const path = join(folder, `${name}-${scheme}.png`);
    await take(browser, scheme, path, shows);
    const { size } = await stat(path);
    if (size > mostBytes) throw new Error(`${path} has ${size} bytes, more than ${mostBytes}.`);
    console.log(`${path}: ${Math.round(size / 1024)} KB`);
  }
}

async function take(browser: Browser, colorScheme: 'light' | 'dark', path: string, shows: string): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1120, height: 860 },
    deviceScaleFactor: 1.5,
    colorScheme,
    ...here,
  });
  const { page } = await ChatTab.open(context, sandbox.address, 'megan');
  await page.getByText(shows).last().waitFor();
  await page.screenshot({ path, animations: 'disabled' });
  await context.close();
}
