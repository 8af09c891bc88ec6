import assert from 'node:assert/strict';
import { findings } from './axe.js';
import { screenshot } from './browser.js';
import type { ChatTab } from './chatTab.js';
import { MegansChat } from './megansChat.js';

describe('"Post this", in a browser', () => {
  let chat: MegansChat;
  let megan: ChatTab;

  before(async () => {
    chat = await MegansChat.open();
    megan = chat.megan;
    await megan.says('help Our new bikes are here');
  });
  after(() => chat?.close());

  const dialog = () => megan.page.getByRole('dialog', { name: 'Post this' });
  const more = () =>
    megan.page
      .locator('[data-message]')
      .filter({ hasText: 'Our new bikes' })
      .first()
      .getByRole('button', { name: 'More options' });

  it('opens by keyboard, keeps the focus in it, and Escape leads back', async () => {
    await more().focus();
    await megan.page.keyboard.press('Enter');
    await megan.page.getByRole('menuitem', { name: 'Post this' }).waitFor();
    await screenshot(megan.page, 'post-this-1-menu');
    await megan.page.keyboard.press('Enter');
    const text = dialog().getByRole('textbox', { name: 'Text' });
    await text.waitFor();
    assert.equal(await text.inputValue(), 'help Our new bikes are here');
    for (let press = 0; press < 12; press++) {
      await megan.page.keyboard.press('Tab');
      const isInside = await megan.page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
      );
      assert(isInside, `after ${press + 1} presses of Tab the focus left the dialog`);
    }
    await megan.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await more().evaluate((one) => one === document.activeElement), true);
  });

  it('shows the form, light and dark, and sends the preview to the own chat', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await megan.page.emulateMedia({ colorScheme });
      await more().click();
      await megan.page.getByRole('menuitem', { name: 'Post this' }).click();
      await dialog().getByRole('button', { name: 'Preview' }).waitFor();
      await screenshot(megan.page, `post-this-2-${colorScheme}`);
      assert.deepEqual(await findings(megan.page), []);
      if (colorScheme === 'light') await dialog().getByRole('button', { name: 'Close' }).click();
    }
    await dialog().getByRole('textbox', { name: 'Text' }).fill('Our new bikes are here');
    await dialog().getByRole('button', { name: 'Preview' }).click();
    await dialog().getByText('Nothing goes out before you press Send there.').waitFor();
    await screenshot(megan.page, 'post-this-3-done');
    await megan.page.keyboard.press('Escape');
    await (await megan.sees('Preview of your post')).getByRole('button', { name: 'Send', exact: true }).waitFor();
  });
});
