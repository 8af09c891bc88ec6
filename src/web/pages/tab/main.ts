import '@fluentui/web-components/spinner.js';
import { app } from '@microsoft/teams-js';
import { drawCard } from '../card/card.js';
import { required } from '../card/dom.js';
import type { CardTheme } from '../card/hostConfig.js';
import { setLook } from '../card/look.js';
import { ask, Trouble } from './api.js';

/** teams-js waits a minute for a Teams that is not there (a window that another page opened). */
const initializeMs = 5_000;
const cardType = 'application/vnd.microsoft.card.adaptive';
const lists = { do: { kind: 'profiles', list: 'mine' } };

const said = required<HTMLElement>('#said');
const place = required<HTMLElement>('#card');
const home = required<HTMLButtonElement>('#lists');
/** Until Teams says, and outside it: what the system likes. */
let theme: CardTheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
let shown: Record<string, unknown> | undefined;

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
  app.registerOnThemeChangeHandler(look);
  home.addEventListener('click', () => void send(lists));
  look((await app.getContext()).app.theme);
  app.notifySuccess().catch(() => undefined);
  await send(lists);
  home.hidden = false;
}

/** Teams' names: `default`, `dark`, `contrast`, and `glass`, which is dark too. */
function look(name: string): void {
  theme = name === 'contrast' ? 'contrast' : name === 'dark' || name === 'glass' ? 'dark' : 'light';
  setLook(theme);
  if (shown) show(shown);
}

/** What a button sent goes to the bot; what comes back is a card in place of this one, or words above it. */
async function send(data: unknown): Promise<void> {
  try {
    const { type, value } = await ask('operation', data);
    if (type !== cardType) return say(String(value));
    say('');
    show(value as Record<string, unknown>);
    scrollTo({ top: 0 });
  } catch (error) {
    trouble(error);
  }
}

function show(card: Record<string, unknown>): void {
  shown = card;
  const drawn = drawCard(card, {
    theme,
    headingLevel: 2,
    name: String(card.speak ?? 'Card'),
    execute: ({ data }) => send(data),
    submit: send,
    find: search,
    open,
  });
  place.replaceChildren(drawn);
}

/** Teams opens it in a browser; a client that cannot leaves it to this page. */
function open(url: string): void {
  app.openLink(url).catch(() => window.open(url, '_blank', 'noopener,noreferrer'));
  const isSignIn = url.startsWith(new URL('../link/', location.href).href);
  if (isSignIn) say('Sign in on the page that opened. When it is done, "My profiles" shows what became of it.');
}

async function search(dataset: string, queryText: string) {
  try {
    const { value } = await ask('search', { dataset, queryText });
    return value as { results: { title: string; value: string }[] };
  } catch (error) {
    return { results: [], error: error instanceof Trouble ? error.message : 'The search did not work.' };
  }
}

function trouble(error: unknown): void {
  say(error instanceof Trouble ? error.message : 'Something went wrong on this page. Close the tab and open it again.');
  said.classList.add('is-error');
}

function say(text: string): void {
  said.textContent = text;
  said.classList.remove('is-error');
}
