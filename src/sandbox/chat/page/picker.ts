import { h, twoLines } from '../../../web/pages/card/dom.js';
import type { Mentionable } from '../../connector/types.js';

let count = 0;
const most = 7;

/** The list that opens after `@`. */
export class MentionPicker {
  readonly element: HTMLElement;
  readonly #box: HTMLElement;
  readonly #all: Mentionable[];
  readonly #pick: (one: Mentionable, typed: Range) => void;
  readonly #id = `mentions-${++count}`;
  #shown: Mentionable[] = [];
  #active = 0;

  constructor(box: HTMLElement, all: Mentionable[], pick: (one: Mentionable, typed: Range) => void) {
    this.#box = box;
    this.#all = all;
    this.#pick = pick;
    this.element = h('div', {
      class: 'picker',
      role: 'listbox',
      'aria-label': 'Mention',
      id: this.#id,
      tabindex: -1,
      hidden: true,
    });
    box.addEventListener('blur', () => this.#close());
  }

  /** Something was typed: show who fits what stands after the `@`. */
  typed(): void {
    const typed = typedMention();
    const text = typed?.toString().slice(1).toLowerCase();
    const fits = ({ name }: Mentionable) =>
      name.toLowerCase().startsWith(text ?? '') ||
      name
        .toLowerCase()
        .split(' ')
        .some((word) => word.startsWith(text ?? ''));
    this.#shown = text === undefined ? [] : this.#all.filter(fits).slice(0, most);
    this.#active = 0;
    if (this.#shown.length === 0) this.#close();
    else this.#show();
  }

  /** True when the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (this.element.hidden) return false;
    const acts: Record<string, () => void> = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => this.#choose(this.#active),
      Tab: () => this.#choose(this.#active),
      Escape: () => this.#close(),
    };
    const act = acts[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  }

  #show(): void {
    const rows = this.#shown.map((one, at) =>
      h(
        'div',
        {
          id: `${this.#id}-${at}`,
          class: 'picker-option',
          role: 'option',
          'aria-selected': String(at === this.#active),
          onmousedown: (event) => event.preventDefault(),
          onclick: () => this.#choose(at),
        },
        h('span', { class: `kind kind-${one.kind}`, 'aria-hidden': 'true' }, one.name.slice(0, 1)),
        twoLines(one.name, one.detail),
      ),
    );
    this.element.replaceChildren(...rows);
    this.element.hidden = false;
    this.#box.setAttribute('aria-controls', this.#id);
    this.#box.setAttribute('aria-activedescendant', `${this.#id}-${this.#active}`);
  }

  #move(by: number): void {
    this.#active = (this.#active + by + this.#shown.length) % this.#shown.length;
    this.#show();
  }

  #choose(at: number): void {
    const typed = typedMention();
    const one = this.#shown[at];
    this.#close();
    if (one && typed) this.#pick(one, typed);
  }

  #close(): void {
    this.element.hidden = true;
    this.#box.removeAttribute('aria-activedescendant');
    this.#box.removeAttribute('aria-controls');
  }
}

/** The `@...` just before the caret, when there is one. */
function typedMention(): Range | undefined {
  const selection = getSelection();
  const node = selection?.focusNode;
  if (!selection?.isCollapsed || node?.nodeType !== Node.TEXT_NODE) return undefined;
  const before = (node.textContent ?? '').slice(0, selection.focusOffset);
  const at = /(?:^|[\s\u00a0(])(@[^@\n]{0,40})$/.exec(before);
  if (!at?.[1]) return undefined;
  const range = document.createRange();
  range.setStart(node, before.length - at[1].length);
  range.setEnd(node, before.length);
  return range;
}
