import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { world } from '../../src/sandbox/world.js';
import { Story } from '../stories/story.js';
import { findings } from './axe.js';
import { launchBrowser, screenshot } from './browser.js';
import { ChatTab, signsIn } from './chatTab.js';

describe('the tab, in a browser', () => {
  // A busy machine is slow; only what never comes is a failure.
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
    await tab.getByRole('button', { name: /^Mine/ }).waitFor();
    return tab;
  }

  const row = (tab: Frame, handle: string) => tab.getByRole('row', { name: new RegExp(`${handle} `) });

  /** Presses the row of a profile, and waits for its details. */
  async function shows(tab: Frame, handle: string): Promise<void> {
    await row(tab, handle).click();
    await tab.getByRole('complementary', { name: `Details of ${handle}` }).waitFor();
  }

  it('lists profiles, shows the details of one and shares it by the form that the chat has', async () => {
    const { page, tab } = await opened('megan');
    await row(tab, '@contoso').waitFor();
    await screenshot(page, 'tab-1-lists');
    assert.deepEqual([...(await findings(page)), ...(await findings(tab))], []);
    await shows(tab, '@contoso');
    await tab.getByText('History').click();
    await tab.getByText('Megan Bowen added it').waitFor();
    await screenshot(page, 'tab-2-profile');
    assert.deepEqual(await findings(tab), []);

    await tab.getByRole('button', { name: 'Share', exact: true }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByRole('combobox').fill('alex');
    await dialog.getByRole('option', { name: /^Alex/ }).first().click();
    await screenshot(page, 'tab-3-share');
    assert.deepEqual(await findings(tab), []);
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByRole('button', { name: /^Share with/ }).click();
    await tab
      .getByText(/Shared with Alex/)
      .first()
      .waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await story.settled();
    const alex = story.player('alex');
    await alex.says('profiles shared');
    alex.sees('contoso');
  });

  it('asks before it deletes, and takes no for an answer, and yes', async () => {
    await story.player('megan').adds('fabrikam');
    const { page, tab } = await opened('megan');
    const remove = async () => {
      await tab.getByRole('button', { name: 'More actions' }).click();
      await tab.getByRole('menuitem', { name: 'Delete' }).click();
      await tab.getByRole('button', { name: 'Cancel' }).waitFor();
    };
    await shows(tab, '@fabrikam');
    await remove();
    await screenshot(page, 'tab-4-confirm');
    assert.deepEqual(await findings(tab), []);
    await tab.getByRole('button', { name: 'Cancel' }).click();
    await tab.getByText('Nothing was changed').waitFor();
    await remove();
    await tab.locator('.ac-pushButton.style-destructive').click();
    await tab.getByText('@fabrikam (X profile) is deleted').waitFor();
    await row(tab, '@fabrikam').waitFor({ state: 'detached' });
    assert(await tab.getByRole('complementary').isHidden());
  });

  it('opens a sign-in in a window of its own, and takes the code of its page', async () => {
    const { chat, page, tab } = await opened('megan');
    await tab.getByRole('button', { name: 'Add a profile' }).click();
    await tab.getByText('What do you want to add?').waitFor();
    await tab.getByRole('dialog').locator('.ac-pushButton').first().click();
    const code = await signsIn(await chat.opens(tab.getByText('Sign in to X')), 'alexwilber');
    const box = tab.getByRole('dialog').getByRole('textbox', { name: /^Code from the page/ });
    await box.fill('12');
    await tab.getByRole('button', { name: 'Finish' }).click();
    await tab.getByText('A code has six digits').waitFor();
    await screenshot(page, 'tab-5-code');
    await box.fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await tab.getByRole('button', { name: 'Finish' }).click();
    await tab.getByText('@alexwilber (X profile) is added').waitFor();
    await row(tab, '@alexwilber').waitFor();
  });

  it('shares several profiles at once, and says what came of each', async () => {
    await story.player('megan').adds('contoso_support');
    const { page, tab } = await opened('megan');
    for (const handle of ['@contoso', '@contoso_support'])
      await tab.getByRole('checkbox', { name: `Pick ${handle}`, exact: true }).check();
    await tab.getByRole('button', { name: 'Share 2 profiles' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByRole('combobox').fill('sales');
    await dialog
      .getByRole('option', { name: /^Sales/ })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Share: 2 profiles' }).click();
    await dialog.locator('li.is-done').nth(1).waitFor();
    await screenshot(page, 'tab-6-several');
    assert.deepEqual(await findings(tab), []);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await row(tab, '@contoso_support').getByText('Sales').waitFor();
  });

  it('asks what each of several needs an answer for beside what came of the others', async () => {
    const { page, tab } = await opened('megan');
    for (const handle of ['@contoso', '@contoso_support'])
      await tab.getByRole('checkbox', { name: `Pick ${handle}`, exact: true }).check();
    await tab.getByRole('button', { name: 'Share 2 profiles' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByRole('combobox').fill('everyone');
    await dialog.getByRole('option', { name: /^Everyone/ }).click();
    await dialog.getByRole('button', { name: 'Share: 2 profiles' }).click();
    for (const handle of ['@contoso', '@contoso_support']) {
      await dialog.getByRole('button', { name: `Answer: ${handle}`, exact: true }).click();
      await dialog.getByRole('button', { name: /^Share with everyone/ }).click();
      await dialog.locator('li.is-done:focus', { hasText: `${handle}Shared with everyone` }).waitFor();
    }
    await screenshot(page, 'tab-6-answered');
    assert.deepEqual(await findings(tab), []);
    // As the tests after this one know them.
    const megan = story.player('megan');
    for (const handle of ['contoso', 'contoso_support']) {
      await megan.says(`unshare everyone ${handle}`);
      await megan.clicks('Stop sharing');
    }
  });

  it('shows as a refusal what was refused, beside the profile as it is', async () => {
    const { tab } = await opened('megan');
    await shows(tab, '@contoso');
    await context.route('**/tab/operation', async (route) => {
      const answer = await (await route.fetch()).json();
      if (answer.view?.kind !== 'profile') return route.fulfill({ json: answer });
      const view = { ...answer.view, done: 'It was changed meanwhile. Try again.' };
      await route.fulfill({ json: { ...answer, id: 'refusal-changedMeanwhile', view } });
    });
    await tab.getByRole('button', { name: /^Remove: .*Sales/ }).click();
    await tab
      .getByRole('dialog')
      .getByRole('button', { name: /^Stop sharing/ })
      .click();
    await tab.locator('#said.is-error #refusal-changedMeanwhile').waitFor();
  });

  it('shows the profile that was pressed last, whichever answer comes first', async () => {
    const { tab } = await opened('megan');
    const held: (() => void)[] = [];
    await context.route('**/tab/operation', async (route) => {
      const response = await route.fetch();
      const isFirst = held.length === 0 && route.request().postDataJSON().data.do.kind === 'show';
      if (isFirst) await new Promise<void>((resolve) => held.push(resolve));
      await route.fulfill({ response });
    });
    await row(tab, '@contoso').click();
    while (held.length === 0) await tab.waitForTimeout(20);
    await shows(tab, '@contoso_support');
    held[0]?.();
    await tab.waitForTimeout(500);
    assert(await tab.getByRole('complementary', { name: 'Details of @contoso_support' }).isVisible());
  });

  it('saves the list as a table', async () => {
    const { page, tab } = await opened('megan');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      tab.getByRole('button', { name: 'Save as a table' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'social-profiles.csv');
    const file = await readFile(await download.path(), 'utf8');
    assert.match(file, /'@contoso,Contoso,X profile,Megan Bowen,/);
  });

  it('shows what was changed in chat, by itself, to whom it concerns', async () => {
    const { tab } = await opened('patti');
    await tab.getByRole('button', { name: 'Shared with me (0)' }).click();
    await tab.getByText('Nobody shares a profile with you.').waitFor();
    const megan = story.player('megan');
    await megan.says('share patti@contoso.example contoso');
    await row(tab, '@contoso').waitFor();
    await shows(tab, '@contoso');
    await megan.says('unshare patti@contoso.example contoso');
    await tab.getByText('That profile is not there, or not yours to see.').waitFor();
    await row(tab, '@contoso').waitFor({ state: 'detached' });
  });

  it('tells an admin whether the bot is set up well', async () => {
    const { tab } = await opened('lynne');
    await tab.getByRole('button', { name: 'Roles and rules' }).click();
    await tab.getByRole('button', { name: 'Look it through' }).click();
    await tab.getByText('Right: settings').waitFor();
    await tab.getByText('Nothing is wrong.').waitFor();
    assert.deepEqual(await findings(tab), []);
  });

  it('has each head above its column, on a phone too', async () => {
    const { page, tab } = await opened('megan');
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      const lefts = (role: string) =>
        tab
          .locator(`.grid-row:has([role="${role}"]) >> nth=0`)
          .locator('.cell')
          .evaluateAll((all) =>
            all.flatMap((one) => {
              const { left, width: across } = one.getBoundingClientRect();
              return across > 0 ? [Math.round(left)] : [];
            }),
          );
      assert.deepEqual(await lefts('columnheader'), await lefts('gridcell'), `${width} pixels wide`);
    }
    await screenshot(page, 'tab-11-phone');
  });

  it('changes its look with Teams', async () => {
    const { page, tab } = await opened('megan');
    const look = () => tab.locator('html').getAttribute('data-theme');
    assert.equal(await look(), 'light');
    await page.getByRole('button', { name: /dark/i }).click();
    await tab.locator('html[data-theme="dark"]').waitFor();
    await shows(tab, '@contoso');
    await screenshot(page, 'tab-6-dark');
    assert.deepEqual(await findings(tab), []);
  });

  it('says in words what went wrong, and goes on after it', async () => {
    const { page, tab } = await opened('megan');
    await context.route('**/tab/operation', (route) => route.fulfill({ status: 401, body: '' }));
    const again = tab.getByRole('button', { name: /^Mine/ });
    await again.click();
    await tab.getByText('does not accept the sign-in that Teams gave').waitFor();
    await screenshot(page, 'tab-7-refused');
    assert.deepEqual(await findings(tab), []);
    await context.unroute('**/tab/operation');
    await context.route('**/tab/operation', (route) => route.abort());
    await again.click();
    await tab.getByText('cannot be reached now').waitFor();
    await context.unroute('**/tab/operation');
    await again.click();
    await tab.getByText('cannot be reached now').waitFor({ state: 'hidden' });
    await row(tab, '@contoso').waitFor();
  });

  it('outside Teams says what it is and leads back', async () => {
    const page = await context.newPage();
    await page.goto(`${address}/tab/profiles`);
    await page.getByText('it works inside Teams only').waitFor();
    assert.equal(
      await page.getByRole('link', { name: 'Open Social Profiles in Teams' }).getAttribute('href'),
      `${address}/#tab=Profiles`,
    );
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
      await tab.getByRole('row', { name: /@contoso / }).waitFor();
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
