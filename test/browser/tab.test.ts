import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { world } from '../../src/sandbox/world.js';
import { Story } from '../stories/story.js';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab, signsIn } from './chatTab.js';

describe('the tab, in a browser', function () {
  // A busy machine is slow; only what never comes is a failure.
  this.timeout(120_000);
  let browser: Browser;
  let story: Story;
  let context: BrowserContext;
  let address: string;

  before(async () => {
    [browser, story] = await Promise.all([launchBrowser(), Story.open()]);
    address = story.app.address;
    await story.player('megan').adds('contoso');
  });
  after(async () => {
    await browser?.close();
    await story?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    context.setDefaultTimeout(30_000);
  });
  afterEach(() => context.close());

  /** The tab beside the chat, in the sandbox's stand-in for Teams. */
  async function opened(person: string): Promise<{ chat: ChatTab; page: Page; tab: Frame }> {
    const chat = await ChatTab.open(context, address, person);
    return { chat, page: chat.page, tab: await toTab(chat.page) };
  }

  async function toTab(page: Page): Promise<Frame> {
    await page.getByRole('button', { name: 'Profiles', exact: true }).click();
    const tab = await (await page.waitForSelector('.tab-frame')).contentFrame();
    assert(tab);
    await tab.getByRole('button', { name: 'My profiles' }).waitFor();
    return tab;
  }

  /** Presses the row of a profile, and waits for its card. */
  async function shows(tab: Frame, handle: string): Promise<void> {
    await tab.locator('.ac-selectable').filter({ hasText: handle }).click();
    await tab.getByText('Who has access').waitFor();
  }

  it('shows the lists, opens a profile and shares it, as the cards in chat do', async () => {
    const { page, tab } = await opened('megan');
    await tab.getByText('@contoso').waitFor();
    await screenshot(page, 'tab-1-lists');
    assert.deepEqual([...(await findings(page)), ...(await findings(tab))], []);
    await shows(tab, '@contoso');
    await screenshot(page, 'tab-2-profile');
    assert.deepEqual(await findings(tab), []);

    await tab.getByRole('button', { name: 'Share', exact: true }).click();
    await tab.getByRole('combobox').fill('alex');
    await tab.getByRole('option', { name: /^Alex/ }).first().click();
    await screenshot(page, 'tab-3-share');
    await tab.locator('.ac-pushButton.style-positive').last().click();
    await tab
      .getByText(/Shared with Alex/)
      .first()
      .waitFor();
    await story.settled();
    const alex = story.player('alex');
    await alex.says('profiles shared');
    alex.sees('contoso');
  });

  it('asks before it deletes, and takes no for an answer, and yes', async () => {
    await story.player('megan').adds('fabrikam');
    const { page, tab } = await opened('megan');
    const remove = async () => {
      await shows(tab, '@fabrikam');
      await tab.locator('.ac-pushButton').filter({ hasText: '...' }).click();
      await tab.getByRole('menuitem', { name: 'Delete' }).click();
      await tab.getByRole('button', { name: 'Cancel' }).waitFor();
    };
    await remove();
    await screenshot(page, 'tab-4-confirm');
    assert.deepEqual(await findings(tab), []);
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await tab.getByText('Nothing was changed').waitFor();
    await tab.getByRole('button', { name: 'My profiles' }).click();
    await remove();
    await tab.locator('.ac-pushButton.style-destructive').click();
    await tab.getByText('@fabrikam (X profile) is deleted').waitFor();
  });

  it('opens a sign-in in a window of its own, and shows the new profile once its code was said', async () => {
    const { chat, page, tab } = await opened('megan');
    await tab.getByRole('button', { name: 'Add a profile' }).click();
    await tab.getByText('What do you want to add?').waitFor();
    await tab.locator('.ac-pushButton').first().click();
    const code = await signsIn(await chat.opens(tab.getByText('Sign in to X')), 'alexwilber');
    await page.getByRole('button', { name: 'Chat', exact: true }).click();
    await chat.says(`code ${code}`);
    await (await toTab(page)).getByText('@alexwilber').waitFor();
  });

  it('changes its look with Teams', async () => {
    const { page, tab } = await opened('megan');
    const look = () => tab.locator('html').getAttribute('data-theme');
    assert.equal(await look(), 'light');
    await page.getByRole('button', { name: /dark/i }).click();
    await tab.locator('html[data-theme="dark"]').waitFor();
    await tab.locator('.ac-selectable').filter({ hasText: '@contoso' }).waitFor();
    await screenshot(page, 'tab-6-dark');
    assert.deepEqual(await findings(tab), []);
  });

  it('says in words what went wrong, and goes on after it', async () => {
    const { page, tab } = await opened('megan');
    await context.route('**/tab/operation', (route) => route.fulfill({ status: 401, body: '' }));
    await tab.getByRole('button', { name: 'My profiles' }).click();
    await tab.getByText('does not accept the sign-in that Teams gave').waitFor();
    await screenshot(page, 'tab-7-refused');
    assert.deepEqual(await findings(tab), []);
    await context.unroute('**/tab/operation');
    await context.route('**/tab/operation', (route) => route.abort());
    await tab.getByRole('button', { name: 'My profiles' }).click();
    await tab.getByText('cannot be reached now').waitFor();
    await context.unroute('**/tab/operation');
    await tab.getByRole('button', { name: 'My profiles' }).click();
    await tab.getByText('cannot be reached now').waitFor({ state: 'hidden' });
    await tab.getByText('@contoso').waitFor();
  });

  it('outside Teams says what it is and leads back', async () => {
    const page = await context.newPage();
    await page.goto(`${address}/tab/profiles`);
    await page.getByText('it works inside Teams only').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Open Social Profiles in Teams' }).getAttribute('href'), '/');
    assert.deepEqual(await findings(page), []);
    await screenshot(page, 'tab-8-outside');
  });

  it('says so too in a window that another page opened, within seconds', async () => {
    const page = await context.newPage();
    await page.goto(`${address}/healthz`);
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate((to) => void window.open(to), `${address}/tab/profiles`),
    ]);
    await popup.getByText('it works inside Teams only').waitFor({ timeout: 15_000 });
  });

  describe('under the addresses of Teams itself', () => {
    const bot = 'https://social.contoso.example';

    /** A page at `host` that frames the tab and speaks Teams' side; the bot is behind an https address of its own. */
    async function framedBy(host: string): Promise<Page> {
      const megan = story.player('megan');
      await context.exposeFunction('token', () => story.sandbox.company.tabTokens.issue(megan, world.bot.id.slice(3)));
      await context.route(`${bot}/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        const headers = route.request().headers();
        // The bot of this test knows no other address than its own, so the proxy says what the bot expects to hear.
        const own = headers.origin ? { ...headers, origin: new URL(address).origin } : headers;
        const response = await route.fetch({ url: `${address}${pathname}`, headers: own });
        await route.fulfill({ response });
      });
      await context.route(`${host}/**`, (route) =>
        route.fulfill({ contentType: 'text/html', body: teamsPage(`${bot}/tab/profiles`) }),
      );
      const page = await context.newPage();
      await page.goto(`${host}/v2/`);
      return page;
    }

    it('works framed by Teams, in high contrast too', async () => {
      const page = await framedBy('https://teams.microsoft.com');
      const tab = page.frameLocator('iframe');
      await tab.getByText('@contoso').waitFor();
      assert.equal(await tab.locator('html').getAttribute('data-theme'), 'contrast');
      await screenshot(page, 'tab-9-contrast');
      const frame = page.frames().find((one) => one.url().startsWith(bot));
      assert(frame);
      assert.deepEqual(await findings(frame), []);
    });

    it('is not shown framed by anyone else', async () => {
      const page = await framedBy('https://teams.microsoft.com.evil.example');
      const frame = page.frames().find((one) => one !== page.mainFrame());
      assert(frame);
      // What a browser shows in place of a page that does not want to be framed there.
      await frame.waitForURL('chrome-error://**');
      assert.equal(await page.frameLocator('iframe').getByText('@contoso').count(), 0);
    });
  });
});

/** Teams' side of teams-js, as little of it as the tab needs. */
function teamsPage(tab: string): string {
  return `<!doctype html><html lang="en"><title>Teams</title><main><h1>Teams</h1>
<iframe src="${tab}" title="Profiles" width="900" height="700"></iframe></main><script>
const answers = {
  initialize: async () => ['content', 'web', '{"apiVersion":4,"supports":{}}', '2.0.0'],
  getContext: async () => [{ theme: 'contrast', locale: 'en-gb', frameContext: 'content' }],
  'authentication.getAuthToken': async () => [true, await token()],
};
addEventListener('message', async ({ source, origin, data: { id, uuidAsString, func } }) => {
  const args = await answers[func]?.();
  if (args) source.postMessage({ id, uuidAsString, args }, origin);
});
</script></html>`;
}
