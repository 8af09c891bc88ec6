import assert from 'node:assert/strict';
import type { Browser, Frame, Page } from 'playwright-core';
import { listingOf } from '../../src/rules/listing.js';
import type { Profile } from '../../src/rules/types.js';
import { world } from '../../src/sandbox/world.js';
import { Story } from '../stories/story.js';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab } from './chatTab.js';

const many = 10_000;
const atOnce = 200;

describe('the tab by keyboard alone, with 10,000 profiles', () => {
  // A busy machine is slow; only what never comes is a failure.
  let browser: Browser;
  let story: Story;
  let page: Page;
  let tab: Frame;

  before(async () => {
    [browser, story] = await Promise.all([launchBrowser(), Story.open()]);
    await story.player('megan').adds('contoso');
    await owns(many - 1);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(60_000);
    ({ page } = await ChatTab.open(context, story.app.address, 'megan'));
    await page.getByRole('button', { name: 'Profiles', exact: true }).focus();
    await page.keyboard.press('Enter');
    const frame = await (await page.waitForSelector('.tab-frame')).contentFrame();
    assert(frame);
    tab = frame;
  });
  after(async () => {
    await browser?.close();
    await story?.close();
  });

  /** Megan owns this many more, as if she had added them. */
  async function owns(count: number): Promise<void> {
    const { profiles } = story.store;
    const [one] = await profiles.find(world.tenant.id, { access: `owner:${story.player('megan').id}` });
    assert(one);
    const copy = (n: number): Profile => {
      const { outboxSince: _, ...rest } = one;
      const name = `Brand ${String(n).padStart(5, '0')}`;
      const named = {
        ...rest,
        id: `many-${n}`,
        externalId: `many-${n}`,
        handle: name.replace(' ', '').toLowerCase(),
        name,
      };
      const [owner] = named.owners;
      assert(owner);
      // One of the first page has a second owner.
      const owners = n === 5 ? [owner, { ...owner, id: story.player('isaiah').id, name: 'Isaiah Langer' }] : [owner];
      return { ...named, owners, outbox: [], ...listingOf(named) };
    };
    for (let n = 1; n <= count; n += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, count - n + 1) }, (_, at) => copy(n + at));
      await Promise.all(some.map((profile) => profiles.insert(profile)));
    }
  }

  /** Presses Tab until what has the focus is called this. */
  async function tabsTo(name: RegExp, key = 'Tab'): Promise<void> {
    const seen: string[] = [];
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press(key);
      const focused = await tab.evaluate(() => {
        const { activeElement: one } = document;
        const labels = one?.getAttribute('aria-labelledby')?.split(' ') ?? [];
        const labelled = labels.map((id) => document.getElementById(id)?.textContent).join(' ');
        const role = one?.getAttribute('role') ?? one?.tagName.toLowerCase();
        return `${role}: ${(one?.getAttribute('aria-label') ?? (labelled || one?.textContent) ?? '').trim()}`;
      });
      if (name.test(focused)) return;
      seen.push(focused.slice(0, 40));
    }
    assert.fail(`Tab never came to ${name}: ${seen.join(' | ')}`);
  }
  const types = (text: string) => page.keyboard.type(text);
  const press = (key: string) => page.keyboard.press(key);

  it('shows how many there are, and draws only those in sight', async () => {
    await tab.getByText('500+ profiles').waitFor();
    const grid = tab.getByRole('grid');
    // More than anybody counts.
    assert.equal(await grid.getAttribute('aria-rowcount'), '-1');
    const drawn = await tab.getByRole('row').count();
    assert(drawn > 5 && drawn < 60, `${drawn} rows`);
    assert.deepEqual(await findings(tab), []);
  });

  it('goes through the list with arrows, page by page, and fetches what comes next', async () => {
    await tabsTo(/^row: @?brand00001/);
    await press('End');
    // The end of what is there: more is fetched, and the same row keeps the focus.
    await tab.locator('[role=row][aria-rowindex="101"]:focus').waitFor();
    await tab.locator('[role=row][aria-rowindex="102"]').waitFor();
    await press('ArrowDown');
    await tab.locator('[role=row][aria-rowindex="102"]:focus').waitFor();
    await press('Home');
    await tab.locator('[role=row][aria-rowindex="2"]:focus').waitFor();
    assert.deepEqual(await tab.getByLabel('Owner', { exact: true }).locator('option').allTextContents(), [
      ...['Owner: any', 'Isaiah Langer', 'Megan Bowen'],
    ]);
    await tab.getByRole('button', { name: 'Mine (500+)' }).waitFor();
  });

  it('finds one of them as one types, and opens it', async () => {
    await tabsTo(/: Search profiles$/, 'Shift+Tab');
    await types('brand 07777');
    await tab.getByText('1 profile fits').waitFor();
    await tabsTo(/^row: @brand07777/);
    await press('Enter');
    await tab.getByRole('complementary', { name: 'Details of @brand07777' }).waitFor();
    assert.equal(await tab.evaluate(() => document.activeElement?.textContent), '@brand07777');
  });

  it('shares it with a group', async () => {
    await tabsTo(/: Share$/);
    await press('Enter');
    const dialog = tab.getByRole('dialog');
    await dialog.waitFor();
    await tabsTo(/^combobox: /);
    await types('sales');
    await dialog
      .getByRole('option', { name: /^Sales/ })
      .first()
      .waitFor();
    await press('ArrowDown');
    await press('Enter');
    await dialog.locator('.combo-chip').waitFor();
    // How many people that is stands there before anything is shared.
    for (let n = 0; n < 3 && (await dialog.isVisible()); n++) {
      await tabsTo(/^button: (Review|Share)/);
      await press('Enter');
      await tab.locator('.is-busy').waitFor({ state: 'detached' });
    }
    await tab
      .getByText(/Shared with Sales/)
      .first()
      .waitFor();
    await story.settled();
    const isaiah = story.player('isaiah');
    await isaiah.says('profiles shared');
    isaiah.sees('brand07777');
  });

  it('sees a claim made in chat appear, and approves it', async () => {
    await tabsTo(/: Waiting for me/, 'Shift+Tab');
    await press('Enter');
    await tab.getByText('Nothing waits for your decision').waitFor();
    const isaiah = story.player('isaiah');
    await isaiah.says('claim brand07777 "I write for it"');
    await isaiah.clicks('Ask the owners');
    await tab
      .getByText(/Isaiah Langer/)
      .first()
      .waitFor();
    await screenshot(page, 'tab-10-waiting');
    await tabsTo(/^button: Look at it/);
    await press('Enter');
    await tab.getByRole('dialog').waitFor();
    await tab
      .getByRole('dialog')
      .getByRole('button', { name: /^Approve/ })
      .focus();
    await press('Enter');
    await tab.getByRole('dialog').waitFor({ state: 'hidden' });
    await story.settled();
    const { owners } = (await story.store.profiles.get(world.tenant.id, 'many-7777')) ?? assert.fail();
    assert.deepEqual(owners.map(({ name }) => name).sort(), ['Isaiah Langer', 'Megan Bowen']);
  });
});
