import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab, signInButton, signsIn } from './chatTab.js';
import { StartedSandbox, startInVain } from './started.js';

describe('the sandbox, in a browser', () => {
  // A busy machine is slow; only what never comes is a failure.
  let browser: Browser;
  let sandbox: StartedSandbox;
  let context: BrowserContext;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    sandbox = await StartedSandbox.start();
    context = await newContext();
  });
  afterEach(async function () {
    const page = context?.pages().at(0);
    if (page && this.currentTest?.isFailed()) await screenshot(page, 'sandbox-failed');
    await context?.close();
    await sandbox?.remove();
  });

  async function newContext(colorScheme: 'light' | 'dark' = 'light'): Promise<BrowserContext> {
    const made = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme, locale: 'en-GB' });
    made.setDefaultTimeout(60_000);
    return made;
  }
  /** Without a person: as whom the page opens. */
  const chat = (person?: string) => ChatTab.open(context, sandbox.address, person);

  it('carries a profile from the first word to its end: added, shared with a team, no longer shared, deleted', async () => {
    const tab = await chat('megan');
    await screenshot(tab.page, 'sandbox-1-first');
    assert.deepEqual(await findings(tab.page), []);
    await tab.says('help all');
    await tab.sees('Stop sharing');
    await screenshot(tab.page, 'sandbox-2-help');
    assert.deepEqual(await findings(tab.page), []);

    await tab.says('add x');
    const link = await tab.sees('Add an X profile');
    await screenshot(tab.page, 'sandbox-3-add');
    const consent = await tab.opens(signInButton(link));
    await screenshot(consent, 'sandbox-4-link');
    assert.deepEqual(await findings(consent), []);
    const code = await signsIn(consent, 'contoso');
    await screenshot(consent, 'sandbox-5-code');
    assert.deepEqual(await findings(consent), []);
    await tab.says(`code ${code}`);
    await tab.sees('@contoso (X profile) is added, and you own it');
    await screenshot(tab.page, 'sandbox-6-added');

    await tab.says('share @marketing contoso');
    await tab.sees('Shared with Marketing');
    await screenshot(tab.page, 'sandbox-7-shared');
    await tab.becomes('Ben Walters');
    await tab.says('profiles');
    await tab.sees(/@contoso[\s\S]*through Marketing/);
    await screenshot(tab.page, 'sandbox-8-member');
    assert.deepEqual(await findings(tab.page), []);
    await tab.becomes('Adele Vance');
    await tab.says('profiles');
    assert.doesNotMatch((await tab.latest().textContent()) ?? '', /@contoso/);

    await tab.becomes('Megan Bowen');
    await tab.says('unshare @marketing contoso');
    const asked = await tab.sees('Stop sharing @contoso (X profile) with Marketing?');
    assert.deepEqual(await findings(tab.page), []);
    await asked.getByRole('button', { name: 'Stop sharing', exact: true }).click();
    await tab.sees('No longer shared with Marketing');
    await tab.becomes('Ben Walters');
    await tab.says('show contoso');
    await tab.sees('You have no profile called');
    await screenshot(tab.page, 'sandbox-9-not-found');

    await tab.becomes('Megan Bowen');
    await tab.says('delete contoso');
    const question = await tab.sees('Delete @contoso (X profile)?');
    await screenshot(tab.page, 'sandbox-10-delete');
    assert.deepEqual(await findings(tab.page), []);
    await question.getByRole('button', { name: 'Delete it' }).click();
    await tab.sees('@contoso (X profile) is deleted');
    await tab.says('profiles');
    assert.doesNotMatch((await tab.latest().textContent()) ?? '', /@contoso/);
    await screenshot(tab.page, 'sandbox-11-deleted');
  });

  it('works in a channel, by a mention of the bot and of the team, and shows each with a click what they may see', async () => {
    const megan = await chat('megan');
    await megan.adds('contoso');
    await megan.goesTo(/^Announcements, Marketing/);
    await megan.says({ mention: 'Social Profiles' }, 'share ', { mention: 'Marketing' }, 'contoso');
    const shared = await megan.sees('Shared with Marketing');
    await screenshot(megan.page, 'sandbox-12-channel');
    assert.deepEqual(await findings(megan.page), []);

    const ben = await chat('ben');
    await ben.goesTo(/^Announcements, Marketing/);
    await ben.sees('Shared with Marketing');
    const theirs = ben.latest();
    await theirs.getByRole('button', { name: /^Show/ }).click();
    await theirs.getByText(/Shared with you through Marketing by Megan Bowen/).waitFor();
    await screenshot(ben.page, 'sandbox-13-shown');
    assert.deepEqual(await findings(ben.page), []);
    assert.equal(await shared.getByText(/Shared with you through Marketing/).count(), 0);

    await ben.says({ mention: 'Social Profiles' }, 'show contoso');
    await ben.sees(/in our personal chat/);
  });

  it('shares by a mention of a person, who is told in their own chat', async () => {
    const megan = await chat('megan');
    await megan.adds('contoso');
    await megan.goesTo(/^Planning/);
    await megan.says({ mention: 'Social Profiles' }, 'share ', { mention: 'Adele Vance' }, 'contoso');
    await megan.sees('Shared with Adele Vance');
    await megan.becomes('Adele Vance');
    await megan.goesTo(/^Social Profiles/);
    await megan.sees('Megan Bowen shared @contoso (X profile) with you');
  });

  it('takes a newcomer through what the README says to try, without saying who they are', async () => {
    const tab = await chat();
    await tab.says('help');
    await tab.adds('contoso');
    await tab.says('share @marketing contoso');
    await tab.sees('Shared with Marketing');
    await tab.becomes('Ben Walters');
    await tab.says('profiles');
    await tab.sees(/@contoso[\s\S]*through Marketing/);
    await tab.says('claim contoso "I write the posts"');
    await (await tab.sees('Become an owner of @contoso')).getByRole('button', { name: 'Ask the owners' }).click();
    await tab.sees('Your claim of @contoso (X profile) waits');
    await tab.becomes('Alex Wilber');
    const claim = await tab.sees(/Ben Walters wants to become an owner of @contoso[\s\S]*I write the posts/);
    await screenshot(tab.page, 'sandbox-15-claim');
    assert.deepEqual(await findings(tab.page), []);
    await claim.getByRole('button', { name: 'Approve' }).click();
    await tab.sees('Approved by Alex Wilber');
    await tab.becomes('Ben Walters');
    await tab.sees('You own @contoso (X profile) now');
  });

  it('keeps everything over a reload and over a restart', async () => {
    const tab = await chat('megan');
    await tab.adds('contoso');
    await tab.page.reload();
    await tab.sees('@contoso (X profile) is added');
    sandbox = await sandbox.restart();
    const again = await chat('megan');
    await again.sees('@contoso (X profile) is added');
    await again.says('profiles');
    await again.sees(/@contoso[\s\S]*You own it/);
  });

  it('loses nothing that was answered when it is stopped at once, and stops within 5 seconds', async () => {
    const tab = await chat('megan');
    await tab.adds('contoso');
    await tab.says('share everyone contoso');
    await (await tab.sees('gain access')).getByRole('button', { name: 'Share with everyone' }).click();
    await tab.sees('Shared with everyone');
    const { code, tookMs } = await sandbox.interrupt();
    assert.equal(code, 0, sandbox.screen);
    assert(tookMs < 5000, `it took ${Math.round(tookMs)} ms`);
    sandbox = await StartedSandbox.start({ folder: sandbox.folder });
    const again = await chat('diego');
    await again.says('profiles');
    await again.sees(/@contoso[\s\S]*through everyone/);
    const megan = await chat('megan');
    await megan.says('history contoso');
    await megan.sees('shared it with everyone');
  });

  it('is drawn in dark colours for those who like them', async () => {
    await context.close();
    context = await newContext('dark');
    const tab = await chat('megan');
    await tab.adds('contoso');
    await tab.says('share @marketing contoso');
    await tab.sees('Shared with Marketing');
    await screenshot(tab.page, 'sandbox-14-dark');
    assert.deepEqual(await findings(tab.page), []);
  });
});

describe('npm start', () => {
  it('says where to look and what to try, and stops on Ctrl-C within 5 seconds', async () => {
    const sandbox = await StartedSandbox.start({ npm: true });
    try {
      for (const words of [
        `Open      ${sandbox.address}`,
        'help',
        'add x',
        'share @marketing contoso',
        'Ctrl-C stops it',
      ]) {
        assert(sandbox.screen.includes(words), `${words} is not on the first screen:\n${sandbox.screen}`);
      }
      const page = await fetch(sandbox.address);
      assert.equal(page.status, 200);
      const { tookMs } = await sandbox.interrupt();
      assert(tookMs < 5000, `it took ${Math.round(tookMs)} ms`);
      await assert.rejects(fetch(sandbox.address));
    } finally {
      await sandbox.remove();
    }
  });

  it('says in one sentence that the port is taken, and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const { code, screen } = await startInVain({ PORT: String(port) });
      assert.equal(code, 1, screen);
      assert.equal(
        screen.trim(),
        `Port ${port} is taken by another program: stop that one, or set PORT to another number.`,
      );
    } finally {
      other.close();
    }
  });

  it('says in one sentence that the data folder cannot be used, and ends with 1', async () => {
    const folder = fileURLToPath(import.meta.url);
    const { code, screen } = await startInVain({ PORT: '0', DATA_DIR: folder });
    assert.equal(code, 1, screen);
    assert.match(
      screen.trim(),
      /^The data folder .+ cannot be written to \(EEXIST\): set DATA_DIR to another folder\.$/,
    );
  });

  it('names every wrong setting at once, and ends with 1', async () => {
    const { code, screen } = await startInVain({ PORT: 'http', LOG_LEVEL: 'loud' });
    assert.equal(code, 1, screen);
    assert.match(screen, /1\. PORT must be[\s\S]*2\. LOG_LEVEL must be/);
  });
});
