import { button, h } from '../../../web/pages/card/dom.js';
import type { ChatTab } from '../types.js';
import { api } from './api.js';
import type { DeepLink, Model } from './model.js';
import { onTheme, theme } from './theme.js';

/** What teams-js posts to the window around it, and how it is answered: by the same ids. */
type Request = { id: number; uuidAsString?: string; func: string; args?: unknown[] };

const teamsTheme = () => (theme() === 'dark' ? 'dark' : 'default');
/** What a client of today says it can do; a tab asks before it uses more. */
const runtime = JSON.stringify({ apiVersion: 4, isLegacyTeams: false, supports: {} });

/** The tabs of the app beside its chat. A tab is somebody else's page in a frame: it is told who looks, as Teams would. */
export class Tabs {
  readonly element: HTMLElement;
  readonly #root: HTMLElement;
  readonly #person: string;
  #frame: HTMLIFrameElement | undefined;
  /** Where a deep link led, until somebody goes elsewhere. */
  #wanted: DeepLink | undefined;
  readonly #forget: () => void;
  readonly #hear = (event: MessageEvent) => void this.#answer(event);

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
    addEventListener('message', this.#hear);
    this.#forget = onTheme(() => this.#post({ func: 'themeChange', args: [teamsTheme()] }));
  }

  /** Back to the chat. */
  close(): void {
    removeEventListener('message', this.#hear);
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

  async #answer({ source, data }: MessageEvent): Promise<void> {
    if (!this.#frame?.contentWindow || source !== this.#frame.contentWindow) return;
    const { id, uuidAsString, func, args } = data as Request;
    const answer = await this.#does(func, args ?? []);
    if (answer) this.#post({ id, uuidAsString, args: answer });
  }

  async #does(func: string, args: unknown[]): Promise<unknown[] | undefined> {
    switch (func) {
      case 'initialize':
        return ['content', 'web', runtime, '2.0.0'];
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

  #post(message: object): void {
    this.#frame?.contentWindow?.postMessage(message, location.origin);
  }
}
