import { h, icon, sync } from '../../../web/pages/card/dom.js';
import type { Message } from '../../connector/types.js';
import type { ChatConversation } from '../types.js';
import { Compose } from './compose.js';
import { showHints } from './hints.js';
import { icons } from './icons.js';
import type { Model } from './model.js';

/** A channel: posts, each with its replies and a place to reply. */
export class Threads {
  readonly #model: Model;
  readonly #conversation: ChatConversation;
  readonly #welcome: HTMLElement;
  readonly #posts = new Map<string, { element: HTMLElement; foot: HTMLElement; list: HTMLElement }>();

  constructor(model: Model, conversation: ChatConversation) {
    this.#model = model;
    this.#conversation = conversation;
    this.#welcome = showHints(model);
  }

  show(log: HTMLElement, draw: (message: Message) => HTMLElement): void {
    const { messages } = this.#model.open;
    const roots = [...new Set(messages.map(({ root, id }) => root ?? id))];
    const posts = roots.map((root) => {
      const post = this.#post(root);
      const inThread = messages.filter((one) => (one.root ?? one.id) === root);
      sync(post.list, inThread.map(draw));
      return post.element;
    });
    sync(log, posts.length > 0 ? posts : [this.#welcome]);
  }

  #post(root: string) {
    const known = this.#posts.get(root);
    if (known) return known;
    const list = h('div', { class: 'thread-messages' });
    const foot = h('div', { class: 'thread-foot' });
    const element = h(
      'section',
      { class: 'thread', 'data-thread': root, 'aria-label': `Thread ${this.#posts.size + 1}` },
      list,
      foot,
    );
    const post = { element, foot, list };
    this.#posts.set(root, post);
    this.#offerReply(foot, root);
    return post;
  }

  #offerReply(foot: HTMLElement, root: string): void {
    const open = () => {
      const compose = new Compose(this.#model, this.#conversation, root, () => undefined);
      foot.replaceChildren(compose.element);
      compose.focus();
    };
    foot.replaceChildren(
      h('button', { type: 'button', class: 'reply', onclick: open }, icon(icons.reply, 16), 'Reply'),
    );
  }
}
