import type { TabList } from '../../../operations/core/tabViews.js';
import { h, required, sync } from '../card/dom.js';

export type ViewName = 'owned' | 'shared' | 'ownerless' | 'all' | 'claims' | 'rules';
type View = { name: ViewName; title: string; isForAdmins?: true };

const views: readonly View[] = [
  { name: 'owned', title: 'Mine' },
  { name: 'shared', title: 'Shared with me' },
  { name: 'ownerless', title: 'Without an owner' },
  { name: 'all', title: 'All', isForAdmins: true },
  { name: 'claims', title: 'Waiting for me' },
  { name: 'rules', title: 'Roles and rules', isForAdmins: true },
];

/** The lists, each with how many profiles are on it, and what else the page shows. */
export class Views {
  readonly #nav = required<HTMLElement>('#views');
  readonly #buttons = new Map<ViewName, HTMLElement>();

  constructor(goes: (view: ViewName) => void) {
    for (const { name } of views) {
      const press = () => goes(name);
      this.#buttons.set(
        name,
        h('fluent-button', { role: 'button', appearance: 'subtle', class: 'view', onclick: press }),
      );
    }
  }

  show({ counts, isAdmin }: TabList, current: ViewName): void {
    this.#nav.hidden = false;
    const shown = views.filter(({ isForAdmins }) => isAdmin || !isForAdmins);
    for (const { name, title } of shown) {
      const { total: count, isMore } = counts[name as keyof typeof counts] ?? {};
      const button = this.#buttons.get(name);
      if (button) button.textContent = count === undefined ? title : `${title} (${count}${isMore ? '+' : ''})`;
    }
    sync(
      this.#nav,
      shown.flatMap(({ name }) => this.#buttons.get(name) ?? []),
    );
    this.marks(current);
  }

  marks(current: ViewName): void {
    for (const [name, button] of this.#buttons)
      button.setAttribute('aria-current', name === current ? 'page' : 'false');
  }
}
