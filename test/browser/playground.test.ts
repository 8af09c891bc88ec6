import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { world } from '../../src/sandbox/world.js';
import { launchBrowser, screenshot } from './browser.js';
import { signsIn } from './chatTab.js';
import { Child, root } from './child.js';
import { PlaygroundTab } from './playgroundTab.js';
import { StartedSandbox } from './started.js';

if (process.env.PLAYGROUND === '1') tellTheStory();
else {
  after('Playground', () => {
    console.log(
      "\n  The story in Microsoft's Agents Playground left out: set PLAYGROUND=1 to run it (it is fetched from npm, and its" +
        ' licence is for evaluation).',
    );
  });
}

function tellTheStory(): void {
  describe("Microsoft's Agents Playground", () => {
    const usual = createServer();
    let browser: Browser;
    let context: BrowserContext;
    let sandbox: StartedSandbox;
    let playground: Child;
    let tab: PlaygroundTab;

    before(async () => {
      // Its usual port is taken, so that it chooses another, as it does without a word.
      usual.listen(56150).once('error', () => undefined);
      browser = await launchBrowser();
      sandbox = await StartedSandbox.start();
      const script = join(root, 'build/scripts/playground.js');
      playground = new Child([process.execPath, script, '--no-browser'], { PORT: sandbox.port });
      const address = await playground.shows(/Open\s+(http:\/\/localhost:\d+)/);
      context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
      context.setDefaultTimeout(60_000);
      assert.notEqual(new URL(address).port, '56150');
      tab = await PlaygroundTab.open(context, address);
    });
    after(async () => {
      usual.close();
      await browser?.close();
      await playground?.interrupt().catch(() => playground.kill());
      await sandbox?.remove();
    });
    afterEach(async function () {
      if (this.currentTest?.isFailed()) await screenshot(tab.page, 'playground-failed');
    });

    it('adds a profile through the consent page and a code', async () => {
      await tab.goesTo('Personal Chat');
      await tab.says('add x');
      const card = await tab.sees('Add an X profile');
      await screenshot(tab.page, 'playground-1-add');
      const link = card.getByRole('link', { name: /Sign in to X/ });
      const [consent] = await Promise.all([context.waitForEvent('page'), link.click()]);
      const code = await signsIn(consent, 'contoso');
      await consent.close();
      await tab.says(`code ${code}`);
      await tab.sees('@contoso (X profile) is added, and you own it');
      await screenshot(tab.page, 'playground-2-added');
    });

    it('shares it with a team, shows it, and stops sharing by a click', async () => {
      await tab.says('share @marketing contoso');
      await tab.sees('Shared with Marketing');
      await tab.says('show contoso');
      const card = await tab.sees(/^(?![\s\S]*Shared with Marketing\.)[\s\S]*Who has access[\s\S]*Marketing/);
      await screenshot(tab.page, 'playground-3-shown');
      await card.getByRole('button', { name: /Remove|Stop sharing/ }).click();
      const asked = await tab.sees('Stop sharing @contoso (X profile) with Marketing?');
      await asked.getByRole('button', { name: 'Stop sharing', exact: true }).click();
      await tab.sees('No longer shared with Marketing');
      await screenshot(tab.page, 'playground-4-unshared');
    });

    it('answers a mention in a channel and in a group chat', async () => {
      await tab.goesTo('Marketing - Announcements');
      await tab.mentionsBot(world.bot.name, 'show contoso', 'Post');
      await tab.page
        .getByText(/in our personal chat/)
        .last()
        .waitFor({ timeout: 20_000 });
      await screenshot(tab.page, 'playground-5-channel');
      await tab.goesTo('Planning');
      await tab.mentionsBot(world.bot.name, 'profiles', 'Send Message');
      await tab.page
        .getByText(/in our personal chat/)
        .last()
        .waitFor({ timeout: 20_000 });
      await screenshot(tab.page, 'playground-6-group');
    });

    it('deletes it after a yes', async () => {
      await tab.goesTo('Personal Chat');
      await tab.says('delete contoso');
      const question = await tab.sees('Delete @contoso (X profile)?');
      await screenshot(tab.page, 'playground-7-delete');
      await question.getByRole('button', { name: 'Delete it' }).click();
      await tab.sees('@contoso (X profile) is deleted');
      await screenshot(tab.page, 'playground-8-deleted');
    });
  });
}
