import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { findings } from './axe.js';
import { screenshot } from './browser.js';
import type { ChatTab } from './chatTab.js';
import { MegansChat } from './megansChat.js';

describe('the share picker, in a browser', () => {
  let chat: MegansChat;
  let megan: ChatTab;

  before(async () => {
    chat = await MegansChat.open(60_000);
    megan = chat.megan;
  });
  after(() => chat?.close());

  const press = (card: Locator, name: string) => card.getByRole('button', { name, exact: true }).click();

  it('offers people and groups while one types, shows whom the picks reach, and shares once', async () => {
    await megan.says('share contoso');
    const card = await megan.sees('Share @contoso');
    await card.getByRole('combobox', { name: 'People and groups' }).click();
    await megan.page.keyboard.type('mar');
    await megan.page.getByRole('option', { name: /^Marketing \(Team/ }).click();
    await megan.page.keyboard.type('dieg');
    await megan.page.getByRole('option', { name: /^Diego Siciliani/ }).click();
    await megan.page.keyboard.press('Escape');
    await press(card, 'Review');
    await megan.sees('6 people gain access, 1 of them a guest.');
    await screenshot(megan.page, 'picker-1-review');
    assert.deepEqual(await findings(megan.page), []);
    await press(await megan.sees('with Marketing and Diego Siciliani?'), 'Share with 2 people and groups');
    await megan.sees('Shared with Marketing, Diego Siciliani. That is 6 people, 1 of them a guest.');
    await screenshot(megan.page, 'picker-2-shared');
  });

  it('says that nobody is picked, and goes back from the review with what was picked', async () => {
    await megan.says('share contoso');
    await press(await megan.sees('Share @contoso'), 'Review');
    const card = await megan.sees('Nobody is picked yet.');
    await screenshot(megan.page, 'picker-3-nobody');
    assert.deepEqual(await findings(megan.page), []);
    await card.getByRole('combobox', { name: 'People and groups' }).click();
    await megan.page.keyboard.type('chris g');
    await megan.page.getByRole('option', { name: /^Chris Green \(Finance/ }).click();
    await megan.page.keyboard.press('Escape');
    await press(await megan.sees('Share @contoso'), 'Review');
    await press(await megan.sees('with Chris Green?'), 'Change');
    await press(await megan.sees('Not offered while you type?'), 'Review');
    await press(await megan.sees('with Chris Green?'), 'Share with Chris Green');
    await megan.sees('Shared with Chris Green.');
  });
});
