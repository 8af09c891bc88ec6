import type { BrowserContext, Locator, Page } from 'playwright-core';

/** Microsoft's Agents Playground in a tab, by what its page shows. Its person is always the same one. */
export class PlaygroundTab {
  private constructor(readonly page: Page) {}

  static async open(context: BrowserContext, address: string): Promise<PlaygroundTab> {
    // Fonts and a script from elsewhere, which it does without.
    await context.route(
      (url) => url.hostname !== 'localhost' && url.hostname !== '127.0.0.1',
      (route) => route.abort(),
    );
    const page = await context.newPage();
    await page.goto(address);
    await page.getByText('Connected.').first().waitFor();
    return new PlaygroundTab(page);
  }

  async goesTo(chat: string): Promise<void> {
    await this.page.getByRole('treeitem', { name: chat }).click();
    await this.page.waitForTimeout(1_000);
  }

  /** The newest card that shows these words. In a channel the newest post is the first one. */
  card(text: string | RegExp): Locator {
    return this.page.locator('.ac-preview-panel > .ac-adaptiveCard').filter({ hasText: text }).last();
  }

  async sees(text: string | RegExp): Promise<Locator> {
    const found = this.card(text);
    await found.waitFor();
    return found;
  }

  async says(text: string): Promise<void> {
    await this.#types(text);
    await this.page.getByRole('button', { name: 'Send Message' }).click();
  }

  /** In a group chat or a channel, where the bot hears only what mentions it. */
  async mentionsBot(bot: string, text: string, send: string): Promise<void> {
    await this.#types(`@${bot.slice(0, 6)}`);
    // Enter would post the letters as they are.
    await this.page.getByRole('menuitem', { name: bot }).click();
    await this.page.keyboard.type(` ${text}`);
    await this.page.getByRole('button', { name: send, exact: true }).click();
  }

  async #types(text: string): Promise<void> {
    await this.page.locator('[role=textbox][data-lexical-editor=true]').first().click();
    await this.page.keyboard.type(text);
  }
}
