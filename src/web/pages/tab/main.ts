import '@fluentui/web-components/button.js';
import '@fluentui/web-components/spinner.js';
import { app } from '@microsoft/teams-js';
import { required } from '../card/dom.js';
import type { CardTheme } from '../card/hostConfig.js';
import { setLook } from '../card/look.js';
import { App } from './app.js';
import { listen } from './live.js';
import { say } from './say.js';

/** teams-js waits a minute for a Teams that is not there (a window that another page opened). */
const initializeMs = 5_000;

/** Until Teams says, and outside it: what the system likes. */
let theme: CardTheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

setLook(theme);
if (await isInTeams()) await start();
else {
  say('');
  required<HTMLElement>('#outside').hidden = false;
}

async function isInTeams(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, initializeMs, false));
  const up = app.initialize().then(
    () => true,
    () => false,
  );
  return Promise.race([up, late]);
}

async function start(): Promise<void> {
  const page = new App(() => theme, open);
  app.registerOnThemeChangeHandler((name) => {
    look(name);
    page.redraw();
  });
  const context = await app.getContext();
  look(context.app.theme);
  app.notifySuccess().catch(() => undefined);
  await page.start(profileIn(context.page.subPageId));
  void listen(() => void page.changed());
}

/** What a link names: `profile:<id>`. It is a hint, like a button: what may be seen is decided by each request. */
function profileIn(subPage: string | undefined): string | undefined {
  return /^profile:([\w:.-]{1,100})$/.exec(subPage ?? '')?.[1];
}

/** Teams' names: `default`, `dark`, `contrast`, and `glass`, which is dark too. */
function look(name: string): void {
  theme = name === 'contrast' ? 'contrast' : name === 'dark' || name === 'glass' ? 'dark' : 'light';
  setLook(theme);
}

/** Teams opens it in a browser; a client that cannot leaves it to this page. */
function open(url: string): void {
  app.openLink(url).catch(() => window.open(url, '_blank', 'noopener,noreferrer'));
}
