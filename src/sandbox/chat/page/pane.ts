import { button, h, icon, sync } from '../../../web/pages/card/dom.js';
import type { Message } from '../../connector/types.js';
import type { ChatConversation } from '../types.js';
import { api } from './api.js';
import { Compose, type Heard } from './compose.js';
import { appFace, squareFace } from './faces.js';
import { Follow } from './follow.js';
import { showFirstThings, showHints } from './hints.js';
import { icons } from './icons.js';
import { drawMessage, keyOf } from './message.js';
import type { Model } from './model.js';
import { nameOf } from './rail.js';
import { refreshOpen } from './refresh.js';
import { Tabs } from './tabs.js';
import { onTheme } from './theme.js';
import { Threads } from './threads.js';
import { dayOf } from './times.js';

/** The open conversation: its head, its messages, the box to write in. */
export class Pane {
  readonly #model: Model;
  readonly #head = h('header', { class: 'pane-head' });
  readonly #log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: 0 });
  readonly #about = h('span', { class: 'subtle' });
  readonly #first = h('div', { class: 'first' });
  readonly #foot = h('div', { class: 'foot' });
  #welcome: HTMLElement | undefined;
  readonly #typing = h('div', { class: 'typing', role: 'status' });
  #drawn = new Map<string, { key: string; element: HTMLElement }>();
  readonly #days = new Map<string, HTMLElement>();
  readonly #root: HTMLElement;
  #tabs: Tabs | undefined;
  #threads: Threads | undefined;
  #shown = '';
  #status = '';
  #newest: string | undefined;
  readonly #follow = new Follow(this.#log);

  constructor(root: HTMLElement, model: Model) {
    this.#model = model;
    this.#root = root;
    root.replaceChildren(this.#head, this.#log, this.#first, this.#typing, this.#foot);
    model.onChange(() => this.#show());
    onTheme(() => this.#show());
    this.#show();
  }

  #show(): void {
    const { open, me } = this.#model;
    const which = `${me.id} ${open.id}`;
    const isOther = which !== this.#shown;
    if (isOther) this.#begin(which, open);
    const hadFocus = this.#focusedMessage();
    if (this.#threads) this.#threads.show(this.#log, (message) => this.#draw(message));
    else sync(this.#log, this.#chat(open));
    if (hadFocus) this.#restore(hadFocus);
    this.#showTyping(open);
    this.#showAbout(open);
    if (isOther || this.#isNewMine(open)) this.#follow.restart();
    this.#follow.keepUp();
    void refreshOpen(this.#model);
    this.#seen(open);
  }

  #begin(which: string, open: ChatConversation): void {
    this.#shown = which;
    this.#drawn.clear();
    this.#log.replaceChildren();
    const name = nameOf(this.#model, open);
    this.#log.setAttribute('aria-label', `Messages in ${name}`);
    this.#log.dataset.conversation = open.id;
    this.#log.classList.toggle('is-channel', open.kind === 'channel');
    const menu = () => document.body.classList.add('shows-rail');
    const picture = open.kind === 'personal' ? appFace(open.name, 32) : squareFace(this.#teamName(open), 32);
    this.#head.replaceChildren(
      button('All chats', menu, { appearance: 'subtle', 'icon-only': true, class: 'to-rail' }, icon(icons.menu)),
      picture,
      h('h2', {}, open.name),
      this.#about,
    );
    this.#tabs?.close();
    const hasTabs = open.kind === 'personal' && this.#model.state.tabs.length > 0;
    this.#tabs = hasTabs ? new Tabs(this.#root, this.#model) : undefined;
    if (this.#tabs) this.#head.append(this.#tabs.element);
    this.#threads = open.kind === 'channel' ? new Threads(this.#model, open) : undefined;
    const compose = new Compose(this.#model, open, undefined, (status) => this.#told(status));
    this.#foot.replaceChildren(compose.element);
    // One begins to write; but nobody who is in the list of chats is taken out of it.
    if (document.activeElement === null || document.activeElement === document.body) compose.focus();
    this.#first.replaceChildren(showFirstThings(this.#model));
    this.#welcome = showHints(this.#model);
    void api.open({ person: this.#model.me.id, conversation: open.id });
  }

  #teamName(open: ChatConversation): string {
    return this.#model.state.teams.find(({ id }) => id === open.team)?.name ?? open.name;
  }

  #showAbout(open: ChatConversation): void {
    const about = this.#aboutOf(open);
    if (this.#about.textContent !== about) this.#about.textContent = about;
    const isGreeted = open.messages.length > 0;
    const hasSpoken = open.messages.some(({ from }) => from === this.#model.me.id);
    this.#first.hidden = open.kind !== 'personal' || !isGreeted || hasSpoken;
  }

  #aboutOf(open: ChatConversation): string {
    if (open.kind === 'personal') return open.isBlocked ? 'Blocked: the app cannot write to you' : 'App';
    const people = `${open.members.length} people`;
    if (open.kind === 'groupChat') return people;
    const kind = open.channelKind === 'standard' ? '' : `, ${open.channelKind} channel`;
    return `${this.#teamName(open)}, ${people}${kind}`;
  }

  #chat(open: ChatConversation): HTMLElement[] {
    const { messages } = open;
    if (messages.length === 0 && this.#welcome) return [this.#welcome];
    let day = '';
    let before: Message | undefined;
    return messages.flatMap((message) => {
      const today = dayOf(message.at);
      const divider = today === day ? [] : [this.#divider(today)];
      const element = this.#draw(message);
      element.classList.toggle('is-next', divider.length === 0 && isNext(before, message));
      day = today;
      before = message;
      return [...divider, element];
    });
  }

  #divider(today: string): HTMLElement {
    const known = this.#days.get(today) ?? h('div', { class: 'day' }, h('span', {}, today));
    this.#days.set(today, known);
    return known;
  }

  /** Keeps what is drawn as long as it is true, so that half-filled inputs stay. */
  #draw(message: Message): HTMLElement {
    const key = keyOf(message, this.#model.me.id);
    const before = this.#drawn.get(message.id);
    if (before?.key === key) return before.element;
    const element = drawMessage(this.#model, message);
    this.#drawn.set(message.id, { key, element });
    return element;
  }

  #showTyping(open: ChatConversation): void {
    const isTyping =
      this.#model.isTyping(open.id) || open.messages.some(({ root }) => this.#model.isTyping(open.id, root));
    const text = isTyping ? `${this.#model.state.bot.name} is typing` : '';
    if (this.#typing.dataset.text === text + this.#status) return;
    this.#typing.dataset.text = text + this.#status;
    const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
    this.#typing.replaceChildren(...(text ? [dots, text] : [this.#status]));
  }

  /** Says it when the bot could not be told. */
  #told(status: Heard): void {
    const failed: Record<string, string> = {
      kept: 'Not sent yet: the app cannot be reached. It is kept, and sent when the app is there again.',
      lost: 'Lost: the app cannot be reached, and did not get it. Say it again later.',
      0: 'The app cannot be reached, and did not hear that. Is it running?',
      504: 'The app did not answer in time.',
    };
    this.#status =
      status === null || (typeof status === 'number' && status >= 200 && status < 300)
        ? ''
        : (failed[status] ?? `The app answered ${status}.`);
    this.#showTyping(this.#model.open);
  }

  #seen(open: ChatConversation): void {
    if (document.hidden || this.#model.unread(open, this.#model.me.id).length === 0) return;
    this.#model.saw(open);
    void api.open({ person: this.#model.me.id, conversation: open.id });
  }

  /** Somebody works in a card by keyboard: when the card is drawn anew, they stay in it. */
  #focusedMessage(): string | undefined {
    return (document.activeElement as HTMLElement | null)
      ?.closest<HTMLElement>('[data-message] .card')
      ?.closest<HTMLElement>('[data-message]')?.dataset.message;
  }

  #restore(message: string): void {
    if (document.activeElement !== document.body) return;
    const card = this.#log.querySelector<HTMLElement>(`[data-message="${message}"] .card`);
    card?.setAttribute('tabindex', '-1');
    card?.focus({ preventScroll: true });
  }

  /** What I just wrote myself I want to see, and its answer. */
  #isNewMine(open: ChatConversation): boolean {
    const last = open.messages.at(-1);
    const isNew = last?.id !== this.#newest;
    this.#newest = last?.id;
    return isNew && last?.from === this.#model.me.id;
  }
}

/** Directly after one from the same sender: no name and picture again. */
function isNext(before: Message | undefined, message: Message): boolean {
  if (!before || before.from !== message.from) return false;
  return Date.parse(message.at) - Date.parse(before.at) < 5 * 60_000;
}
