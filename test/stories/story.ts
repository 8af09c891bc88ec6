import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DestinationStream } from 'pino';
import { type App, startApp } from '../../src/app.js';
import type { GivenFile } from '../../src/sandbox/connector/files.js';
import type { CardJson, Message } from '../../src/sandbox/connector/types.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { world } from '../../src/sandbox/world.js';
import { readSettings } from '../../src/settings.js';
import type { Collections } from '../../src/store/collections.js';
import { sweepOnce } from '../../src/sweeps/sweeps.js';
import { actionsIn, wordsSeenBy } from './cardWords.js';
import { refusedOn } from './dryPress.js';

/** `ms`: how far a story is ahead of the present, or of the moment at which its time stands still. */
type Ahead = { ms: number; stands?: number };
const presentOf = ({ ms, stands = Date.now() }: Ahead): Date => new Date(stands + ms);

/** The bot and its pretend surroundings, started as `npm start` starts them, on a free port with a folder of its own. */
export class Story {
  constructor(
    readonly app: App,
    readonly sandbox: Sandbox,
    readonly folder: string,
    private readonly env: Record<string, string>,
    private readonly ahead: Ahead,
    private readonly log?: DestinationStream,
    private readonly limits?: 'real',
  ) {}

  /** `limits`: people are held to what they may ask in a minute. Else they do a day's work in a second. */
  static async open(env: Record<string, string> = {}, log?: DestinationStream, limits?: 'real'): Promise<Story> {
    const folder = await mkdtemp(join(tmpdir(), 'story-'));
    return Story.start(folder, env, { ms: 0 }, log, limits);
  }

  /** On a copy of what another release left, at the moment it was left. */
  static async openCopy(of: string, at: Date): Promise<Story> {
    const folder = await mkdtemp(join(tmpdir(), 'story-'));
    await cp(of, folder, { recursive: true });
    return Story.start(folder, { MONGODB_URI: '' }, { ms: at.getTime() - Date.now() });
  }

  private static async start(
    folder: string,
    env: Record<string, string>,
    ahead: Ahead,
    log?: DestinationStream,
    limits?: 'real',
  ): Promise<Story> {
    const settings = readSettings({
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      SWEEP_SECONDS: '3600',
      METRICS_PORT: '0',
      ...storeOf(folder),
      ...env,
    });
    const clock = () => presentOf(ahead);
    const many = { most: 1_000_000, forMs: 60_000 };
    const wide = { ask: many, look: many, search: many, directory: many, link: many, record: many };
    const app = await startApp(settings, {
      clock,
      ...(limits ? {} : { allowances: wide }),
      ...(log ? { log } : {}),
      ...(await otherAdapter()),
    });
    assert(app.sandbox, 'without credentials the sandbox runs');
    return new Story(app, app.sandbox, folder, env, ahead, log, limits);
  }

  /** What is kept, read and written as every part of the bot does. */
  get store(): Collections {
    return this.app.services.collections;
  }

  /** The present of the bot and of everything around it. */
  now(): Date {
    return presentOf(this.ahead);
  }

  /** A person of the pretend company, by the first part of their sign-in name. */
  player(name: string): Player {
    const found = world.people.find(({ teamsId }) => teamsId === `29:${name}`);
    assert(found, `nobody is called ${name}`);
    return new Player(this, found.id, found.name);
  }

  /** Everything after the answers is done: outbox relayed, cards updated. */
  settled(): Promise<void> {
    return this.app.settled();
  }

  /** Time passes, for the bot and everything around it. */
  passes({ minutes = 0, days = 0 }: { minutes?: number; days?: number }): void {
    this.ahead.ms += minutes * 60_000 + days * 86_400_000;
  }

  /** From now on time passes only when the story says so: a slow machine changes nothing. */
  standsStill(): void {
    this.ahead.stands = Date.now();
  }

  /** Scheduled work runs once, with what comes of it. */
  async sweeps(): Promise<void> {
    await sweepOnce(this.app.services, 'story');
    await this.settled();
  }

  /** On the same port: what is kept of conversations names it. `meanwhile` happens while nothing runs. */
  async restart(meanwhile: () => Promise<void> = async () => undefined): Promise<Story> {
    await this.app.stop();
    await meanwhile();
    return Story.start(this.folder, { ...this.env, PORT: String(this.app.port) }, this.ahead, this.log, this.limits);
  }

  async close(): Promise<void> {
    await this.app.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** With STORY_AGENTS_SDK the turns are those of the Microsoft 365 Agents SDK. */
async function otherAdapter() {
  if (!process.env.STORY_AGENTS_SDK) return {};
  return { adapter: (await import('../contract/agentsAdapter.js')).createAgentsAdapter };
}

/** Stories marked to run against MongoDB too use a database of their own there. */
export function storeOf(folder: string): Record<string, string> {
  const uri = process.env.STORY_MONGODB_URI;
  if (!uri) return {};
  const url = new URL(uri);
  url.pathname = `/story${folder.replaceAll(/\W/g, '').slice(-12)}`;
  return { MONGODB_URI: url.href };
}

export const channel = (name: string): string => {
  for (const team of world.teams) {
    if (team.name === name) return team.id;
    const found = team.channels.find((one) => one.name === name);
    if (found) return found.id;
  }
  return world.groupChats.find((one) => one.name === name)?.id ?? assert.fail(`no place called ${name}`);
};

export class Player {
  /** Where they said something last, and what the bot answered there. */
  private place: string;
  private looked: Message | undefined;

  constructor(
    private readonly story: Story,
    readonly id: string,
    readonly name: string,
  ) {
    this.place = story.sandbox.connector.personal(id);
  }

  /** Types something: in the personal chat, or with `in` in a channel or group chat (mentioning the bot there). */
  async says(
    text: string,
    { in: place, mentions = [], files = [] }: { in?: string; mentions?: string[]; files?: GivenFile[] } = {},
  ): Promise<void> {
    this.looked = undefined;
    const { connector } = this.story.sandbox;
    this.place = place ? channel(place) : connector.personal(this.id);
    const said = place ? `@${world.bot.name} ${text}` : text;
    const outcome = await connector.say({
      from: this.id,
      in: this.place,
      text: said,
      mentions: [...(place ? [world.bot.name] : []), ...mentions],
      files,
    });
    assert.equal(outcome.status, 200);
    await this.story.settled();
  }

  /** Back to the personal chat, without saying anything. */
  looksAtChat(): this {
    this.looked = undefined;
    this.place = this.story.sandbox.connector.personal(this.id);
    return this;
  }

  /** Turns to one message, wherever it is. */
  looksAt(message: Message): this {
    this.looked = message;
    return this;
  }

  /** The message they turned to, else the bot's latest where they are. */
  message(): Message {
    if (this.looked) return this.looked;
    const found = this.story.sandbox.connector
      .transcript(this.place)
      .findLast((one) => one.from === 'bot' && !one.isDeleted);
    return found ?? assert.fail(`${this.name} sees nothing from the bot`);
  }

  /** The latest card as this person sees it. */
  card(): CardJson {
    const message = this.message();
    return message.views[this.id]?.card ?? message.cards[0] ?? assert.fail(`no card: ${message.text}`);
  }

  /** Every word of the latest message as this person sees it, with the line under the card. */
  words(): string {
    return wordsSeenBy(this.message(), this.id);
  }

  sees(...wanted: (string | RegExp)[]): void {
    const words = this.words();
    for (const one of wanted) {
      const fits = typeof one === 'string' ? words.includes(one) : one.test(words);
      assert(fits, `${this.name} does not see ${String(one)} in:\n${words}`);
    }
  }

  seesNot(...unwanted: string[]): void {
    const words = this.words();
    for (const one of unwanted) assert(!words.includes(one), `${this.name} sees ${one} in:\n${words}`);
  }

  buttons(): string[] {
    return actionsIn(this.card()).map(({ title }) => String(title));
  }

  /** Presses a button of the latest card, by its title, or by its tooltip where several share one. */
  async clicks(title: string, boxes: Record<string, string> = {}): Promise<void> {
    const action = this.action(title);
    await this.clicksOn(this.message(), String(action.verb), { ...(action.data as object), ...boxes });
  }

  async clicksOn(message: Message, verb: string, data: Record<string, unknown>): Promise<void> {
    const outcome = await this.story.sandbox.connector.click({ from: this.id, message: message.id, verb, data });
    assert.equal(outcome.status, 200);
    await this.story.settled();
  }

  /** Buttons of the latest card that would be refused if they were pressed now. None of them is pressed. */
  refused(): Promise<string[]> {
    return refusedOn(this.story.app.services, this.id, this.card());
  }

  action(title: string): CardJson {
    const found = actionsIn(this.card()).find((one) => one.title === title || one.tooltip === title);
    return found ?? assert.fail(`no button ${title}, only ${this.buttons().join(', ')}`);
  }

  /** Follows the link of the latest card in a browser, signs in as `account`, and gives the code the page shows. */
  async signsInAs(account: string, pages: readonly string[] = []): Promise<string> {
    const page = await new Browser().signIn(this.link(), account, { pages });
    return /code (\d{3}) (\d{3})/.exec(page)?.slice(1).join('') ?? assert.fail(`no code on:\n${page}`);
  }

  /** The address behind the sign-in button of the latest card. */
  link(): string {
    const { url } = actionsIn(this.card()).find((one) => one.type === 'Action.OpenUrl') ?? assert.fail('no link');
    return String(url);
  }

  /** The whole way of adding a profile: words, sign-in (with Pages to pick, where there are some), code. */
  async adds(account: string, type = 'x', pages: readonly string[] = []): Promise<void> {
    await this.says(`add ${type}`);
    await this.says(`code ${await this.signsInAs(account, pages)}`);
    if (pages.length === 0) this.sees(account);
  }
}

/** A browser with a cookie jar and no scripts: enough for the link pages and the pretend networks' consent pages. */
export class Browser {
  private readonly jar = new Map<string, string>();
  location = '';
  /** Where an address leads instead: for somebody who meddles with the way back. */
  detour = (url: string): string => url;
  /** The page on which Pages were picked last. */
  picker = '';
  /** Every address it was sent to, answered or not. */
  readonly visited: string[] = [];

  cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async open(url: string, form?: URLSearchParams): Promise<{ status: number; text: string; headers: Headers }> {
    let next: { url: string; form?: URLSearchParams } = form ? { url, form } : { url };
    for (let hop = 0; hop < 10; hop++) {
      this.visited.push(next.url);
      const response = await fetch(next.url, {
        method: next.form ? 'POST' : 'GET',
        redirect: 'manual',
        headers: {
          cookie: this.cookies(),
          ...(next.form
            ? { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(next.url).origin }
            : {}),
        },
        ...(next.form ? { body: next.form.toString() } : {}),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
        this.jar.set(name, value);
      }
      this.location = next.url;
      const to = response.headers.get('location');
      if (!to || response.status < 300 || response.status >= 400) {
        const text = await response.text();
        const refreshed = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(text)?.[1];
        if (!refreshed) return { status: response.status, text, headers: response.headers };
        next = { url: this.detour(new URL(refreshed.replaceAll('&amp;', '&'), next.url).href) };
        continue;
      }
      next = { url: this.detour(new URL(to, next.url).href) };
    }
    return assert.fail('too many redirects');
  }

  /** Continue, choose the account on the consent page, allow (or cancel), come back, and pick Pages where asked. */
  async signIn(
    url: string,
    account: string,
    { decision = 'allow', pages = [] }: { decision?: 'allow' | 'cancel'; pages?: readonly string[] } = {},
  ): Promise<string> {
    await this.open(url);
    const consent = await this.open(url, new URLSearchParams());
    const rows = [...consent.text.matchAll(/name="account" value="([^"]+)"[\s\S]*?<\/label>/g)];
    const radio = rows.find(([row]) => row.includes(account));
    assert(radio?.[1], `no account ${account} on the consent page:\n${consent.text}`);
    const form = new URLSearchParams({ account: radio[1], decision });
    for (const [box] of consent.text.matchAll(/<input type="(?:checkbox|hidden)"[^>]*>/g)) {
      const [name, value] = [/name="([^"]+)"/.exec(box)?.[1], /value="([^"]+)"/.exec(box)?.[1]];
      if (name && value && /checked|hidden/.test(box)) form.append(name, value);
    }
    return this.picks((await this.open(this.location, form)).text, pages);
  }

  /** Picks these Pages, where the page that it sees asks which; else it stays there. */
  async picks(picker: string, pages: readonly string[]): Promise<string> {
    const action = /<form method="post" action="(\/link\/[\w-]+)">/.exec(picker)?.[1];
    if (!action) return picker;
    this.picker = picker;
    const form = new URLSearchParams();
    for (const [row] of picker.matchAll(/<li[\s\S]*?<\/li>/g)) {
      const value = /value="([^"]+)"/.exec(row)?.[1];
      // A mark may stand behind the name.
      if (value && pages.some((page) => row.includes(`>${page}<`) || row.includes(`>${page} <b`)))
        form.append('account', value);
    }
    return (await this.open(new URL(action, this.location).href, form)).text;
  }
}
