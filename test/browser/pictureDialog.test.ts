import assert from 'node:assert/strict';
import type { Browser, FrameLocator, Locator } from 'playwright-core';
import sharp from 'sharp';
import { videoFile } from '../contract/videoFiles.js';
import { Story } from '../stories/story.js';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab } from './chatTab.js';
import { MegansChat } from './megansChat.js';

const picture = async (colour: string) => ({
  name: 'bike.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 40, height: 30, channels: 3, background: colour } })
    .png()
    .toBuffer(),
});

describe('choosing pictures in a dialog, in a browser', () => {
  let chat: MegansChat;
  let megan: ChatTab;

  before(async () => {
    chat = await MegansChat.open();
    megan = chat.megan;
  });
  after(() => chat?.close());

  const dialog = () => megan.page.getByRole('dialog', { name: 'Pictures' });
  const inside = (): FrameLocator => dialog().frameLocator('iframe');
  async function opens(card: Locator): Promise<void> {
    await card.getByRole('button', { name: 'Choose here' }).click();
    await inside().getByRole('button', { name: 'Show me the preview' }).waitFor();
  }
  /** Posts from a channel, and presses Pictures on the preview: gives the card that leads to the page. */
  async function asks(text: string): Promise<Locator> {
    await megan.goesTo(/^General/);
    await megan.says({ mention: 'Social Profiles' }, ` post contoso "${text}"`);
    await megan.sees('I showed it to you in our personal chat');
    await megan.goesTo(/^Social Profiles/);
    const preview = await megan.sees(text);
    const card = megan.page.locator(`[data-message="${await preview.getAttribute('data-message')}"]`);
    await preview.getByRole('button', { name: 'Pictures' }).click();
    await card.getByText('Choose pictures for your post').waitFor();
    return card;
  }

  it('shows the page, light, dark and on a phone', async () => {
    const card = await asks('How it looks');
    const size = megan.page.viewportSize() ?? { width: 1280, height: 900 };
    for (const colorScheme of ['light', 'dark'] as const) {
      await megan.page.emulateMedia({ colorScheme });
      await screenshot(megan.page, `picture-dialog-1-card-${colorScheme}`);
      await opens(card);
      await screenshot(megan.page, `picture-dialog-2-${colorScheme}`);
      assert.deepEqual(await findings(megan.page), []);
      const frame = megan.page.frames().find((one) => one.url().includes('/compose/'));
      assert.deepEqual(await findings(frame ?? assert.fail('no frame')), []);
      await dialog().getByRole('button', { name: 'Close' }).click();
      await dialog().waitFor({ state: 'detached' });
    }
    await megan.page.setViewportSize({ width: 390, height: 844 });
    await opens(card);
    await screenshot(megan.page, 'picture-dialog-3-phone');
    await dialog().getByRole('button', { name: 'Close' }).click();
    await megan.page.setViewportSize(size);
    await megan.page.emulateMedia({ colorScheme: 'light' });
  });

  it('asked for in a channel, says in the dialog what is wrong, closes when it is done, and the preview has it', async () => {
    const card = await asks('Blue bikes');
    await opens(card);
    const file = inside().getByLabel('File').first();
    await file.setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('MZ') });
    await inside().getByRole('button', { name: 'Show me the preview' }).click();
    await inside().getByText('Picture 1: That is not a picture that can be sent').waitFor();
    await file.setInputFiles(await picture('#36c'));
    await inside().getByLabel('What it shows, in words').first().fill('A blue bike');
    await inside().getByRole('button', { name: 'Show me the preview' }).click();
    await dialog().waitFor({ state: 'detached' });
    await card.getByText('A blue bike').waitFor();
    await card.getByRole('button', { name: 'Send', exact: true }).waitFor();
    assert.match((await card.textContent()) ?? '', /Preview of your post[\s\S]*Blue bikes/);
    assert(await megan.page.evaluate(() => document.activeElement?.closest('[data-message]') !== null));
    await screenshot(megan.page, 'picture-dialog-4-preview');
  });

  it('says in the dialog why not', async () => {
    const card = await asks('Red bikes');
    await megan.page.route('**/sandbox/api/task', async (route) => {
      const asked = route.request().postDataJSON() as { data: { do: object } };
      const data = { ...asked.data, do: { kind: 'pictures', posting: 'another' } };
      await route.continue({ postData: JSON.stringify({ ...asked, data }) });
    });
    await card.getByRole('button', { name: 'Choose here' }).click();
    await megan.page.getByRole('dialog').getByText('That post is not there, or not yours to see.').waitFor();
    await screenshot(megan.page, 'picture-dialog-5-refused');
    assert.deepEqual(await findings(megan.page), []);
    await megan.page.keyboard.press('Escape');
    await megan.page.unroute('**/sandbox/api/task');
  });

  it('is a link in the dialog where the page is at another address', async () => {
    await asks('Other bikes');
    const other = await ChatTab.open(chat.context, chat.sandbox.address.replace('localhost', '127.0.0.1'), 'megan');
    await (await other.sees('Choose pictures for your post')).getByRole('button', { name: 'Choose here' }).click();
    const page = await other.opens(other.page.getByRole('dialog').getByRole('link', { name: 'Open the page' }));
    await page.getByText('Other bikes').waitFor();
    assert.deepEqual(await findings(other.page), []);
    await page.close();
    await other.page.close();
  });

  /** The page, framed by a page at this address. */
  async function around(address: string, text: string) {
    const card = await asks(text);
    const link = await megan.opens(card.getByRole('link', { name: 'Choose in the browser' }));
    await link.getByRole('button', { name: 'Show me the preview' }).waitFor();
    const page = link.url();
    await link.close();
    // What is framed here is on this computer, and browsers ask about that.
    await chat.context.grantPermissions(['local-network-access'], { origin: new URL(address).origin });
    const outer = await chat.context.newPage();
    const body = `<iframe title="x" style="width:600px;height:600px" src="${page}"></iframe>`;
    await outer.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
    await outer.goto(address);
    return outer;
  }

  it('works in a frame of Teams: what its form sends is still known for its own', async () => {
    const teams = await around('https://teams.microsoft.com/around', 'Green bikes');
    const frame = teams.frameLocator('iframe');
    await frame
      .getByLabel('File')
      .first()
      .setInputFiles(await picture('#c33'));
    await frame.getByLabel('What it shows, in words').first().fill('A red bike');
    await frame.getByRole('button', { name: 'Show me the preview' }).click();
    // Nobody speaks teams-js around it here, so the words stay.
    await frame.getByText('Close this window: the card in Teams shows it.').waitFor();
    await teams.close();
    await megan.sees('A red bike');
  });

  it('is shown in no frame of anybody else', async () => {
    const blocked = chat.context.waitForEvent('requestfailed', (request) => request.url().includes('/compose/'));
    const other = await around('https://teams.microsoft.com.contoso.example/around', 'Grey bikes');
    assert.equal((await blocked).failure()?.errorText, 'net::ERR_BLOCKED_BY_RESPONSE');
    await other.close();
  });
});

describe('choosing a video in a dialog, in a browser', () => {
  let browser: Browser;
  let story: Story;
  before(async () => {
    browser = await launchBrowser();
    story = await Story.open();
    const megan = story.player('megan');
    await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
    await megan.says('post contoso "Bikes in motion"');
    await megan.clicks('Video');
  });
  after(async () => {
    await browser?.close();
    await story?.close();
  });

  it('sends it from there, and closes when it is done', async () => {
    const context = await browser.newContext();
    context.setDefaultTimeout(30_000);
    const megan = await ChatTab.open(context, story.app.address, 'megan');
    const card = await megan.sees('Choose a video for your post');
    const id = await card.getAttribute('data-message');
    await card.getByRole('button', { name: 'Choose here' }).click();
    const dialog = megan.page.getByRole('dialog', { name: 'Video' });
    const inside = dialog.frameLocator('iframe');
    const file = { name: 'bikes.mp4', mimeType: 'video/mp4', buffer: videoFile({ mediaBytes: 2_500_000 }) };
    await inside.getByLabel('File').setInputFiles(file);
    await inside.getByLabel('No, it is not made for children').check();
    await inside.getByRole('button', { name: 'Show me the preview' }).click();
    await dialog.waitFor({ state: 'detached' });
    await megan.page.locator(`[data-message="${id}"]`).getByText('Preview of your post').waitFor();
  });
});
