import { button, h, icon } from '../../../web/pages/card/dom.js';
import type { Mentionable, Part } from '../../connector/types.js';
import type { ChatConversation, ChatFile, SayRequest } from '../types.js';
import { api } from './api.js';
import { Attach } from './attach.js';
import { icons } from './icons.js';
import type { Model } from './model.js';
import { MentionPicker } from './picker.js';
import { keepUnsent } from './unsent.js';

/** How the app answered: its status, null while it is asked; or the server was away. */
export type Heard = number | null | 'kept' | 'lost';

/** Half-written messages, by person, conversation and thread. */
const drafts = new Map<string, Node[]>();

/** The box one writes in. Enter sends, Shift+Enter breaks the line, @ mentions. */
export class Compose {
  readonly element: HTMLElement;
  readonly #box: HTMLElement;
  readonly #picker: MentionPicker;
  /** As in Teams: in a chat with the app alone, files reach it. */
  readonly #attach: Attach | undefined;
  readonly #model: Model;
  readonly #conversation: ChatConversation;
  readonly #root: string | undefined;
  readonly #me: string;
  readonly #onTold: (status: Heard) => void;

  constructor(model: Model, conversation: ChatConversation, root: string | undefined, onTold: (status: Heard) => void) {
    this.#model = model;
    this.#conversation = conversation;
    this.#root = root;
    this.#me = model.me.id;
    this.#onTold = onTold;
    const label = labelOf(conversation, root);
    this.#box = h('div', {
      class: 'box',
      ...(root ? {} : { id: 'compose' }),
      contenteditable: 'true',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': label,
      'data-placeholder': label,
    });
    // In a chat with the app alone there is nobody to mention, as in Teams.
    const mentionables = conversation.kind === 'personal' ? [] : conversation.mentionables;
    this.#picker = new MentionPicker(this.#box, mentionables, (one, typed) => this.#mention(one, typed));
    this.#attach = conversation.kind === 'personal' ? new Attach() : undefined;
    const tools = h(
      'div',
      { class: 'tools' },
      this.#attach?.button,
      mentionables.length > 0 &&
        button('Mention', () => this.#begin(), { appearance: 'subtle', 'icon-only': true }, icon(icons.mention)),
      button(
        'Send',
        () => void this.#send(),
        { appearance: 'subtle', 'icon-only': true, class: 'send' },
        icon(icons.send),
      ),
    );
    this.element = h('div', { class: 'compose' }, this.#box, tools, this.#picker.element, this.#attach?.list);
    this.#box.append(...(drafts.get(this.#key) ?? []));
    this.#box.addEventListener('keydown', (event) => this.#key_(event));
    this.#box.addEventListener('input', () => this.#typed());
    this.#box.addEventListener('paste', (event) => pastePlain(event));
    this.#showEmpty();
  }

  focus(): void {
    this.#box.focus();
  }

  get #key(): string {
    return `${this.#me} ${this.#conversation.id} ${this.#root ?? ''}`;
  }

  #key_(event: KeyboardEvent): void {
    if (event.isComposing || this.#picker.key(event)) return;
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (event.shiftKey) document.execCommand('insertLineBreak');
    else void this.#send();
  }

  #typed(): void {
    if (this.#box.textContent === '') this.#box.replaceChildren();
    this.#keep();
    this.#picker.typed();
  }

  #keep(): void {
    drafts.set(
      this.#key,
      [...this.#box.childNodes].map((node) => node.cloneNode(true)),
    );
    this.#showEmpty();
  }

  #showEmpty(): void {
    this.#box.classList.toggle('is-empty', this.#box.childNodes.length === 0);
  }

  #begin(): void {
    this.#box.focus();
    toEnd(this.#box);
    document.execCommand('insertText', false, this.#box.textContent && !/\s$/.test(this.#box.textContent) ? ' @' : '@');
  }

  /** Puts a mention in place of the typed `@...`. */
  #mention(one: Mentionable, typed: Range): void {
    const chip = h('span', { class: 'mention', contenteditable: 'false', 'data-mention': one.id }, one.name);
    const space = document.createTextNode(' ');
    typed.deleteContents();
    typed.insertNode(space);
    typed.insertNode(chip);
    getSelection()?.collapse(space, 1);
    this.#keep();
  }

  async #send(): Promise<void> {
    const parts = partsIn(this.#box);
    const isNothing = parts.every((part) => typeof part === 'string' && part.trim() === '');
    if (isNothing && (this.#attach?.isEmpty ?? true)) return;
    const reading = this.#attach?.take();
    // Before anything is waited for: a second Enter finds nothing left to send.
    this.#box.replaceChildren();
    this.#keep();
    const place = this.#root ? `${this.#conversation.id};messageid=${this.#root}` : this.#conversation.id;
    this.#onTold(null);
    const request = { from: this.#me, in: place, parts: isNothing ? [''] : parts };
    await this.#say(request, reading);
    this.#model.goTo(this.#model.open.id);
  }

  async #say(words: SayRequest, reading?: Promise<ChatFile[]>): Promise<void> {
    let request = words;
    try {
      const files = await reading;
      if (files?.length) request = { ...words, files };
      const { status } = await api.say(request);
      this.#onTold(status);
    } catch (error) {
      // `fetch` fails with this alone where nobody answers: then nothing was said yet.
      const isAway = error instanceof TypeError;
      this.#onTold(isAway && keepUnsent(request) ? 'kept' : 'lost');
    }
  }
}

function labelOf(conversation: ChatConversation, root: string | undefined): string {
  if (root) return 'Reply';
  return conversation.kind === 'channel' ? 'Start a new post' : 'Type a message';
}

/** What is in the box, with its mentions. */
function partsIn(box: HTMLElement): Part[] {
  const parts: Part[] = [];
  const add = (text: string) => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else parts.push(text);
  };
  const walk = (node: Node): void => {
    if (node instanceof HTMLElement && node.dataset.mention) parts.push({ mention: node.dataset.mention });
    else if (node instanceof HTMLBRElement) add('\n');
    else if (node.nodeType === Node.TEXT_NODE) add((node.textContent ?? '').replace(/\u00a0/g, ' '));
    else for (const child of node.childNodes) walk(child);
  };
  walk(box);
  const trimmed = parts.map((part, at) =>
    typeof part === 'string' && at === parts.length - 1 ? part.trimEnd() : part,
  );
  return trimmed.filter((part) => part !== '');
}

function pastePlain(event: ClipboardEvent): void {
  event.preventDefault();
  document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '');
}

function toEnd(box: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(box);
  range.collapse(false);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}
