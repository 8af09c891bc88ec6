import type { BrowserContext, Locator, Page } from 'playwright-core';

/** The chat page in a tab, as one of the company's people, driven by what a person sees: names, words, buttons. */
export class ChatTab {
  private constructor(readonly page: Page) {}

  static async open(context: BrowserContext, address: string, person?: string): Promise<ChatTab> {
    const page = await context.newPage();
    await page.goto(person ? `${address}/#as=${person}` : address);
    await page.getByRole('treeitem', { name: /^Social Profiles/ }).waitFor();
    return new ChatTab(page);
  }

  /** The newest message from the bot that shows these words. */
  answer(text: string | RegExp): Locator {
    return this.page.locator('[data-message][data-from="bot"]').filter({ hasText: text }).last();
  }

  /** The newest message from the bot. */
  latest(): Locator {
    return this.page.locator('[data-message][data-from="bot"]').last();
  }

  async sees(text: string | RegExp): Promise<Locator> {
    const found = this.answer(text);
    await found.waitFor();
    return found;
  }

  /** Words, and mentions: `{ mention: 'Marketing' }` is typed with @ and picked from the list. */
  async says(...parts: (string | { mention: string })[]): Promise<void> {
    const before = await this.#messages();
    await this.page.getByRole('textbox', { name: /^(Type a message|Start a new post)$/ }).click();
    for (const part of parts) {
      if (typeof part === 'string') await this.page.keyboard.type(part);
      else await this.#mentions(part.mention);
    }
    await this.page.keyboard.press('Enter');
    // What comes next waits for an answer, and must not take an older one for it.
    await this.page.waitForFunction((count) => {
      const all = [...document.querySelectorAll<HTMLElement>('[data-message]')];
      const added = all.filter((one) => !count.includes(one.dataset.message ?? ''));
      return added.some((one) => one.dataset.from === 'bot');
    }, before);
  }

  /** The whole way of adding an X profile. */
  async adds(account: string): Promise<void> {
    await this.says('add x');
    const tab = await this.opens(signInButton(await this.sees('Add an X profile')));
    await this.says(`code ${await signsIn(tab, account)}`);
    await this.sees(`@${account} (X profile) is added`);
    await tab.close();
  }

  async goesTo(place: RegExp): Promise<void> {
    await this.page.getByRole('treeitem', { name: place }).click();
    await this.page.getByRole('treeitem', { name: place, selected: true }).waitFor();
  }

  /** Switches to be somebody else, at the top of the page. */
  async becomes(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^You are / }).click();
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
    await this.page.getByRole('button', { name: new RegExp(`^You are ${name}`) }).waitFor();
  }

  /** Presses a link of the message and gives the tab that opens. */
  async opens(link: Locator): Promise<Page> {
    const [tab] = await Promise.all([this.page.context().waitForEvent('page'), link.click()]);
    await tab.waitForLoadState();
    return tab;
  }

  async #mentions(name: string): Promise<void> {
    await this.page.keyboard.type(`@${name.slice(0, 6)}`);
    await this.page
      .getByRole('option', { name: new RegExp(`^${name},`) })
      .first()
      .click();
  }

  #messages(): Promise<string[]> {
    return this.page
      .locator('[data-message]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.message ?? ''));
  }
}

/** Through the link page and the pretend network's consent page, as a person does it; gives the code on the last page. */
export async function signsIn(tab: Page, account: string): Promise<string> {
  await tab.getByRole('button', { name: /^Continue to / }).click();
  await tab.getByRole('radio', { name: new RegExp(` ${account} `) }).check();
  await tab.getByRole('button', { name: 'Allow' }).click();
  const shown = await tab.getByText(/^code \d{3} \d{3}$/).textContent();
  return (shown ?? '').replace(/\D/g, '');
}

/** However the client draws a button that opens an address. */
export const signInButton = (message: Locator): Locator =>
  message.getByRole('link', { name: /^Sign in to / }).or(message.getByRole('button', { name: /^Sign in to / }));
