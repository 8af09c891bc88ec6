import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { ChatTab } from './chatTab.js';
import { StartedSandbox } from './started.js';

/** A sandbox and a browser of their own, in which Megan has her chat with the bot open, and an X profile. */
export class MegansChat {
  private constructor(
    readonly browser: Browser,
    readonly sandbox: StartedSandbox,
    readonly context: BrowserContext,
    readonly megan: ChatTab,
  ) {}

  static async open(patienceMs = 30_000): Promise<MegansChat> {
    const browser = await launchBrowser();
    let sandbox: StartedSandbox | undefined;
    try {
      sandbox = await StartedSandbox.start();
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
      context.setDefaultTimeout(patienceMs);
      const megan = await ChatTab.open(context, sandbox.address, 'megan');
      await megan.adds('contoso');
      return new MegansChat(browser, sandbox, context, megan);
    } catch (error) {
      await sandbox?.remove();
      await browser.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.sandbox.remove();
    await this.browser.close();
  }
}
