import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { world } from '../../src/sandbox/world.js';
import { markdownToHtml } from '../../src/web/pages/card/markdown.js';
import { launchBrowser, screenshot } from './browser.js';
import { type ChatSandbox, startChatSandbox } from './sandbox.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the chat page', () => {
  let browser: Browser;
  let sandbox: ChatSandbox;
  let context: BrowserContext;
  let page: Page;
  let outside: string[];

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    sandbox = await startChatSandbox();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    context.setDefaultTimeout(5_000);
    outside = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(sandbox.address) && !request.url().startsWith('data:')) outside.push(request.url());
    });
    context.on('weberror', (error) => assert.fail(error.error()));
    page = await open('alex');
  });
  afterEach(async () => {
    await context.close();
    await sandbox.stop();
  });

  /** The page in a tab of its own, as this person. */
  async function open(person: string): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(`${sandbox.address}/#as=${person}`);
    await tab.getByRole('treeitem', { name: /^Social Profiles/ }).waitFor();
    return tab;
  }
  const box = (tab: Page) => tab.getByRole('textbox', { name: 'Type a message' });
  const say = async (tab: Page, text: string) => {
    await box(tab).click();
    await tab.keyboard.type(text);
    await tab.keyboard.press('Enter');
  };
  const log = (tab: Page) => tab.getByRole('log');
  const message = (tab: Page) => tab.locator('[data-message]').last();
  const card = async (tab: Page): Promise<Locator> => {
    await say(tab, 'card');
    const shown = tab.getByRole('group', { name: 'Vote card' });
    await shown.waitFor();
    return shown;
  };
  const goTo = (tab: Page, name: RegExp) => tab.getByRole('treeitem', { name }).click();

  it('sends what is typed and shows the answer, with its markdown and nothing else of it', async () => {
    await say(page, '<img src=x onerror=alert(1)> & more');
    await log(page).getByText('You said').waitFor();
    const answer = message(page);
    assert.equal(await answer.locator('strong').textContent(), '<img src=x onerror=alert(1)> & more');
    assert.equal(await answer.getByRole('link', { name: 'More' }).getAttribute('href'), 'https://example.com');
    assert.equal(await page.locator('.log img').count(), 0);
    assert.deepEqual(outside, []);
  });

  it('breaks the line on Shift+Enter and sends on Enter', async () => {
    await box(page).click();
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    assert.equal(sandbox.bot.heard.filter(({ type }) => type === 'message').length, 0);
    await page.keyboard.press('Enter');
    await log(page).getByText('You said').waitFor();
    assert.equal(sandbox.bot.heard.at(-1)?.text, 'one\ntwo');
  });

  it('offers first things to say, and says the one that is pressed', async () => {
    await page.getByRole('button', { name: 'help' }).click();
    await log(page).getByText('You said help').waitFor();
  });

  it('answers a click in place, for the one who clicked, with what was typed in the card', async () => {
    const shown = await card(page);
    await shown.getByRole('textbox', { name: 'Note' }).fill('because');
    await shown.getByRole('button', { name: 'Only me' }).click();
    await page.getByText('Seen by Alex Wilber').waitFor();
    assert.equal(await shown.count(), 0);
    assert.equal(await page.locator('[data-message]').count(), 2);
    const value = sandbox.bot.heard.at(-1)?.value as { action: { data: object; verb: string }; trigger: string };
    assert.deepEqual(value.action.data, { n: 1, note: 'because' });
    assert.equal(value.trigger, 'manual');
  });

  it('shows words and refusals under the card, which stays', async () => {
    const shown = await card(page);
    await shown.getByRole('button', { name: 'Whisper' }).click();
    await page.getByRole('status').filter({ hasText: 'Only you read this.' }).waitFor();
    await shown.getByRole('button', { name: 'Refuse' }).click();
    await page.getByRole('alert').filter({ hasText: 'That is not allowed.' }).waitFor();
    assert.ok(await shown.isVisible());
  });

  it('turns the buttons off while a click is under way', async () => {
    const shown = await card(page);
    sandbox.bot.delayMs = 400;
    await shown.getByRole('button', { name: 'Whisper' }).click();
    await shown.locator('fluent-spinner').waitFor();
    assert.ok(await shown.getByRole('button', { name: 'Vote' }).isDisabled());
    await page.getByText('Only you read this.').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Vote' }).isEnabled());
  });

  it('keeps a keyboard user in the card that they press a button of', async () => {
    const shown = await card(page);
    await shown.getByRole('button', { name: 'Only me' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Seen by Alex Wilber').waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.card') !== null);
  });

  it('shows an update to everyone who looks, and an answer to nobody else', async () => {
    const other = await open('megan');
    await goTo(page, /^Planning/);
    await goTo(other, /^Planning/);
    await box(page).click();
    await page.keyboard.type('@Soc');
    await page.keyboard.press('Enter');
    await page.keyboard.type('card');
    await page.keyboard.press('Enter');
    await other.getByText('0 votes so far.').waitFor();
    await page.getByRole('button', { name: 'Vote' }).click();
    await page.getByText('Thank you, Alex Wilber').waitFor();
    await other.getByText('1 votes so far.').waitFor();
    assert.equal(await other.getByText('Thank you').count(), 0);
  });

  it('runs the refresh of a card for those it names, when they open the conversation', async () => {
    const connector = sandbox.connector;
    const planning = connector.placeCalled('Planning');
    await connector.say({
      from: '29:alex',
      in: planning,
      text: '@Social Profiles card',
      mentions: ['Social Profiles'],
    });
    const adele = await open('adele');
    await goTo(adele, /^Planning/);
    await adele.getByText('Seen by Adele Vance').waitFor();
    const { value } = sandbox.bot.heard.filter(({ type }) => type === 'invoke').at(-1) ?? {};
    assert.equal((value as { trigger: string }).trigger, 'automatic');
    const isaiah = await open('isaiah');
    await goTo(isaiah, /^Planning/);
    await isaiah.getByText('0 votes so far.').waitFor();
  });

  it('asks the bot for choices while one types, and sends what was picked', async () => {
    const shown = await card(page);
    const input = shown.getByRole('combobox', { name: 'With whom' });
    await input.click();
    await page.keyboard.type('mark');
    await page.getByRole('option', { name: 'Marketing EMEA' }).click();
    await page.keyboard.type('sal');
    await page.getByRole('option', { name: 'Sales' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shown.getByRole('button', { name: 'Vote' }).click();
    await page.getByText('Thank you').waitFor();
    const { value } = sandbox.bot.heard.filter(({ name }) => name === 'adaptiveCard/action').at(-1) ?? {};
    const { action } = value as { action: { data: Record<string, unknown> } };
    assert.equal(action.data.with, 'group:Marketing EMEA,group:Sales');
  });

  it('keeps secondary actions behind "..."', async () => {
    const shown = await card(page);
    await shown.getByRole('button', { name: 'More options' }).click();
    assert.deepEqual(await troubles(page), []);
    await page.getByRole('menuitem', { name: 'Later' }).click();
    await page.getByText('Seen by Alex Wilber').waitFor();
  });

  it('opens links of a card in a new tab', async () => {
    const shown = await card(page);
    await context.route('https://example.com/**', (route) => route.fulfill({ body: 'elsewhere' }));
    const [tab] = await Promise.all([context.waitForEvent('page'), shown.getByText('Open', { exact: true }).click()]);
    assert.equal(tab.url(), 'https://example.com/');
  });

  it('lets one person be another, with drafts kept and a mark where something waits', async () => {
    await box(page).click();
    await page.keyboard.type('half a thought');
    await sandbox.connector.say({ from: '29:megan', text: 'hello' });
    await page.getByRole('button', { name: /^Be Megan Bowen, \d waiting/ }).click();
    await log(page).getByText('You said hello').waitFor();
    await page.getByRole('button', { name: /^You are Megan Bowen/ }).click();
    await page.getByRole('menuitemradio', { name: /^Alex Wilber/ }).click();
    assert.equal(await box(page).textContent(), 'half a thought');
    assert.equal(await page.getByRole('button', { name: /^Be Megan Bowen/ }).count(), 0);
  });

  it('has channels with threads, where a mention reaches the bot and nothing else does', async () => {
    await goTo(page, /^General, Marketing/);
    const post = page.getByRole('textbox', { name: 'Start a new post' });
    await post.click();
    await page.keyboard.type('good morning');
    await page.keyboard.press('Enter');
    await page.getByText('good morning').waitFor();
    await page.getByRole('button', { name: 'Reply' }).click();
    await page.keyboard.type('@social');
    await page.getByRole('option', { name: 'Social Profiles, App' }).click();
    await page.keyboard.type('share @mark');
    await page.getByRole('option', { name: 'Marketing, Team' }).click();
    await page.keyboard.type('acme');
    await page.keyboard.press('Enter');
    const thread = page.locator('[data-thread]');
    await thread.getByText('You said').waitFor();
    assert.equal(await thread.count(), 1);
    const heard = sandbox.bot.heard.filter(({ type }) => type === 'message');
    assert.equal(heard.length, 1);
    assert.equal(heard[0]?.text, '<at>Social Profiles</at>&nbsp;share <at>Marketing</at> acme\n');
    const root = await thread.getAttribute('data-thread');
    assert.equal(heard[0]?.conversation.id, `${world.teams[0]?.id};messageid=${root}`);
  });

  it('keeps everything over a reload and over a restart', async () => {
    await card(page);
    await page.getByRole('button', { name: 'Only me' }).click();
    await page.getByText('Seen by Alex Wilber').waitFor();
    await page.reload();
    await page.getByText('Seen by Alex Wilber').waitFor();
    await sandbox.connector.close();
    const again = await startChatSandbox({ dataDir: sandbox.dataDir });
    try {
      await page.goto(`${again.address}/#as=alex`);
      await page.getByText('Seen by Alex Wilber').waitFor();
    } finally {
      await again.stop();
    }
  });

  it('says so when the bot cannot be reached', async () => {
    sandbox.bot.stop();
    await say(page, 'anyone there?');
    await page.getByText('The app cannot be reached').waitFor();
  });

  it('keeps what is said while the server is away, and sends it when it is there again', async () => {
    await page.route('**/sandbox/api/say', (route) => route.abort());
    await say(page, 'said too early');
    await page.getByText('Not sent yet').waitFor();
    await page.unroute('**/sandbox/api/say');
    await page.reload();
    await page.locator('[data-message]').filter({ hasText: 'said too early' }).first().waitFor();
    await page.reload();
    await page.locator('[data-message]').filter({ hasText: 'said too early' }).first().waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem('sandbox-unsent')), '[]');
  });

  it('sends once what was kept, from several tabs at the same time, and loses nothing that is kept meanwhile', async () => {
    const [other, asked] = [await open('alex'), [] as string[]];
    await context.route('**/sandbox/api/say', (route) => route.abort());
    await say(page, 'said first');
    await page.getByText('Not sent yet').waitFor();
    await context.unroute('**/sandbox/api/say');
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await context.route('**/sandbox/api/say', async (route) => {
      asked.push(/said first|said meanwhile/.exec(route.request().postData() ?? '')?.[0] ?? '');
      await answered;
      await route.continue();
    });
    await Promise.all([page.reload(), other.reload()]);
    await page.waitForFunction(() => document.activeElement?.id === 'compose');
    await page.evaluate(() => {
      const kept = localStorage.getItem('sandbox-unsent') ?? '';
      const more = kept.replace('[', '').replace('said first', 'said meanwhile');
      localStorage.setItem('sandbox-unsent', `${kept.slice(0, -1)},${more}`);
    });
    answer();
    await page.waitForFunction(() => localStorage.getItem('sandbox-unsent') === '[]');
    assert.deepEqual(asked, ['said first', 'said meanwhile']);
  });

  it('begins in the box one writes in, and has a way past everything before it', async () => {
    await page.reload();
    const box = page.getByRole('textbox', { name: 'Type a message' });
    await box.waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'compose');
    await page.getByRole('link', { name: 'Skip to the message box' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'compose');
  });

  it('leads from its menu to the pretend networks and the company, and resets what was dialled', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    for (const name of [/^Pretend networks/, /^Pretend company/, /^Reset/])
      await page.getByRole('menuitem', { name }).waitFor();
    await page.getByRole('menuitem', { name: /^Reset/ }).click();
    await page.getByRole('menuitem', { name: /^Reset/ }).waitFor({ state: 'detached' });
  });

  it('is walked by keyboard alone', async () => {
    await page.getByRole('treeitem', { name: /^Social Profiles/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Planning' }).waitFor();
    await page.getByRole('button', { name: /^You are/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^You are Megan Bowen/ }).waitFor();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`has no serious trouble for axe, in ${scheme} colours`, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await card(page);
      await page.getByRole('button', { name: 'Refuse' }).click();
      await page.getByRole('alert').filter({ hasText: 'not allowed' }).waitFor();
      await goTo(page, /^General, Marketing/);
      await page.getByRole('textbox', { name: 'Start a new post' }).click();
      await page.keyboard.type('@');
      await page.getByRole('option', { name: 'Marketing, Team' }).waitFor();
      assert.deepEqual(await troubles(page), []);
      await page.keyboard.press('Escape');
      await goTo(page, /^Social Profiles/);
      await page.getByRole('combobox', { name: 'With whom' }).click();
      await page.getByRole('option', { name: 'Sales' }).waitFor();
      assert.deepEqual(await troubles(page), []);
      await page.getByRole('button', { name: /^You are/ }).click();
      assert.deepEqual(await troubles(page), []);
      await screenshot(page, `chat-${scheme}`);
    });
  }

  it('fits a window 400 pixels wide', async () => {
    await page.setViewportSize({ width: 400, height: 760 });
    await card(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 400);
    const overflow = await page.locator('.log').evaluate((log) => log.scrollWidth - log.clientWidth);
    assert.equal(overflow, 0);
    await page.getByRole('button', { name: 'All chats' }).click();
    await goTo(page, /^Planning/);
    await page.getByRole('heading', { name: 'Planning' }).waitFor();
    assert.deepEqual(await troubles(page), []);
  });
});

describe('what the chat page calls', () => {
  let sandbox: ChatSandbox;
  before(async () => {
    sandbox = await startChatSandbox();
  });
  after(() => sandbox.stop());
  const body = JSON.stringify({ person: '29:alex', conversation: 'a:personal-alex' });
  const post = (headers: Record<string, string>) =>
    fetch(`${sandbox.address}/sandbox/api/open`, { method: 'POST', headers, body });

  it('is refused to pages of other sites', async () => {
    assert.equal((await post({ origin: 'https://evil.example' })).status, 403);
    assert.equal((await post({ origin: sandbox.address })).status, 200);
  });

  it('is refused under a name that is not of this machine', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const headers = { host: 'evil.example' };
      request(`${sandbox.address}/`, { headers }, (response) => resolve(response.resume().statusCode)).end();
    });
    assert.equal(status, 403);
  });

  it('comes with a policy that allows scripts and styles from here only', async () => {
    const policy = (await fetch(`${sandbox.address}/`)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/);
  });
});

describe('words in messages and cards', () => {
  const shown: [string, string][] = [
    ['**bold** and *italic* and _this_', '<p><strong>bold</strong> and <em>italic</em> and <em>this</em></p>'],
    ['snake_case_name stays', '<p>snake_case_name stays</p>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['1. one\n2. two', '<ol><li>one</li><li>two</li></ol>'],
    ['a\nb', '<p>a<br>b</p>'],
    ['\\*not\\* \\[a\\](b)', '<p>*not* [a](b)</p>'],
    ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['Hi <at>Ann & Co</at>', '<p>Hi <span class="mention">Ann &#38; Co</span></p>'],
  ];
  for (const [text, html] of shown) {
    it(`shows ${JSON.stringify(text)} as it means`, () => assert.equal(markdownToHtml(text), html));
  }

  it('carries no quote out of an address', () => {
    const html = markdownToHtml('[x](https://a.example/"onmouseover="alert(1))');
    assert.doesNotMatch(html, /"onmouseover/);
  });
});

/** What axe finds that is serious or worse. */
async function troubles(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Found = { id: string; impact: string; nodes: { html: string; failureSummary: string }[] };
    const run = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Found[] }> } }).axe.run;
    const { violations } = await run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  });
}
