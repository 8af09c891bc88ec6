import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab } from './chatTab.js';
import { StartedSandbox } from './started.js';

describe('a claim, in a browser', () => {
  let browser: Browser;
  let sandbox: StartedSandbox;
  let context: BrowserContext;
  let tab: ChatTab;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    sandbox = await StartedSandbox.start();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(60_000);
  });
  afterEach(async function () {
    if (tab && this.currentTest?.isFailed()) await screenshot(tab.page, 'claims-failed');
    await context?.close();
    await sandbox?.remove();
  });

  const bot = { mention: 'Social Profiles' };
  const inChannel = () => tab.goesTo(/^Announcements, Marketing/);
  const inOwnChat = () => tab.goesTo(/^Social Profiles/);

  /** One tab, in which one newcomer is everybody in turn. */
  async function start(): Promise<void> {
    tab = await ChatTab.open(context, sandbox.address, 'megan');
    await tab.adds('contoso');
    await tab.says('share @marketing contoso');
    await tab.sees('Shared with Marketing');
    await tab.becomes('Alex Wilber');
    await inChannel();
    await tab.says(bot, 'approvals here');
    await inOwnChat();
    const question = await tab.sees('Post claims into Announcements?');
    await screenshot(tab.page, 'claims-1-approvals');
    await question.getByRole('button', { name: 'Post claims there' }).click();
    await tab.sees('Claims are posted into Announcements from now on');
  }

  async function asks(name: string, why: string): Promise<void> {
    await tab.becomes(name);
    await inOwnChat();
    await tab.says('claim contoso');
    const card = await tab.sees('Become an owner of @contoso');
    await card.getByRole('textbox', { name: /^Why/ }).fill(why);
    await card.getByRole('button', { name: 'Ask the owners' }).click();
    await tab.sees('waits for a decision until');
  }

  it('is asked for, seen by all in the channel, refused to a bystander, and approved by the owner', async () => {
    await start();
    await asks('Ben Walters', 'I answer on weekends');
    await inChannel();
    const theirs = await tab.sees('Ben Walters wants to become an owner of @contoso');
    await theirs.getByRole('button', { name: 'Withdraw my claim' }).waitFor();
    await screenshot(tab.page, 'claims-2-claimant');

    await tab.becomes('Alex Wilber');
    await inChannel();
    const seen = await tab.sees('Ben Walters wants to become an owner of @contoso');
    assert.equal(await seen.getByRole('button', { name: 'Approve' }).count(), 0);

    await tab.becomes('Megan Bowen');
    await inChannel();
    const card = await tab.sees('I answer on weekends');
    await card.getByRole('button', { name: 'Approve' }).waitFor();
    await screenshot(tab.page, 'claims-3-owner');
    assert.deepEqual(await findings(tab.page), []);
    await card.getByRole('button', { name: 'Approve' }).click();
    await tab.sees('Approved by Megan Bowen');
    await screenshot(tab.page, 'claims-4-approved');
    assert.deepEqual(await findings(tab.page), []);

    await tab.becomes('Ben Walters');
    await inChannel();
    await tab.sees('Approved by Megan Bowen');
    await inOwnChat();
    await tab.sees('You own @contoso (X profile) now');
    await tab.says('profiles');
    await tab.sees(/@contoso[\s\S]*You and 1 other own it/);
  });

  it('is declined with a reason that the claimant reads, also after the bot was restarted', async () => {
    await start();
    await asks('Ben Walters', 'Please');
    sandbox = await sandbox.restart();
    tab = await ChatTab.open(context, sandbox.address, 'megan');
    await inChannel();
    const card = await tab.sees('Ben Walters wants to become an owner of @contoso');
    await card.getByRole('textbox', { name: /^Reason/ }).fill('We are enough');
    await card.getByRole('button', { name: 'Decline' }).click();
    await tab.sees('Declined by Megan Bowen');
    await tab.becomes('Ben Walters');
    await inChannel();
    await tab.sees('We are enough');
  });
});
