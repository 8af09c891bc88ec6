import { button, h } from '../../../web/pages/card/dom.js';
import type { ChatTab } from '../types.js';
import { api } from './api.js';
import { greeting, Host } from './host.js';
import type { DeepLink, Model } from './model.js';
import { onTheme, theme } from './theme.js';

const teamsTheme = () => (theme() === 'dark' ? 'dark' : 'default');

/** The tabs of the app beside its chat. A tab is somebody else's page in a frame: it is told who looks, as Teams would. */
export class Tabs {
  readonly element: HTMLElement;
  readonly #root: HTMLElement;
  readonly #person: string;
  #frame: HTMLIFrameElement | undefined;
  /** Where a deep link led, until somebody goes elsewhere. */
  #wanted: DeepLink | undefined;
  readonly #forget: () => void;
  readonly #host = new Host(
    () => this.#frame,
    (func, args) => this.#does(func, args),
  );

  constructor(root: HTMLElement, model: Model) {
    this.#root = root;
    this.#person = model.me.id;
    const choices = [undefined, ...model.state.tabs];
    const buttons = choices.map((tab) =>
      button(tab?.name ?? 'Chat', () => this.#goes(tab, buttons), { appearance: 'subtle', class: 'tab' }),
    );
    this.element = h('nav', { class: 'tabs', 'aria-label': `Tabs of ${model.state.bot.name}` }, ...buttons);
    this.#wanted = model.takeTab();
    this.#open(
      choices.find((tab) => tab && tab.name === this.#wanted?.name),
      buttons,
    );
    this.#forget = onTheme(() => this.#host.post({ func: 'themeChange', args: [teamsTheme()] }));
  }

  /** Back to the chat. */
  close(): void {
    this.#host.close();
    this.#forget();
    this.#show(undefined);
  }

  #goes(tab: ChatTab | undefined, buttons: HTMLElement[]): void {
    this.#wanted = undefined;
    this.#open(tab, buttons);
  }

  #open(tab: ChatTab | undefined, buttons: HTMLElement[]): void {
    this.#show(tab);
    const name = tab?.name ?? 'Chat';
    for (const one of buttons) one.setAttribute('aria-current', one.textContent === name ? 'page' : 'false');
  }

  #show(tab: ChatTab | undefined): void {
    this.#frame?.remove();
    this.#frame = tab && h('iframe', { class: 'tab-frame', src: tab.address, title: tab.name });
    if (this.#frame) this.#root.append(this.#frame);
    this.#root.classList.toggle('shows-tab', tab !== undefined);
  }

  async #does(func: string, args: unknown[]): Promise<unknown[] | undefined> {
    switch (func) {
      case 'initialize':
        return greeting('content');
      case 'getContext':
        return [
          {
            ...{ theme: teamsTheme(), locale: 'en-gb', frameContext: 'content', userObjectId: this.#person },
            subEntityId: this.#wanted?.page,
          },
        ];
      case 'authentication.getAuthToken':
        return api.tabToken({ person: this.#person }).then(
          ({ token }) => [true, token],
          (error: Error) => [false, error.message],
        );
      case 'executeDeepLink':
        if (/^https?:/.test(String(args[0]))) window.open(String(args[0]), '_blank', 'noopener,noreferrer');
        return [true];
      default:
        return undefined;
    }
  }
}
