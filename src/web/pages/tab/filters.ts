import type { TabList } from '../../../operations/core/tabViews.js';
import { h } from '../card/dom.js';
import type { Filter } from './model.js';

const typingMs = 250;
const lights = [
  { id: 'green', name: 'Safe: two sign-ins or more' },
  { id: 'yellow', name: 'One sign-in' },
  { id: 'red', name: 'No sign-in works' },
];
type Field = Exclude<keyof Filter, 'search'>;
type Option = { id: string; name: string };

/** Search as one types, and what a list can be filtered by. */
export class Filters {
  readonly element = h('div', { class: 'filters', role: 'search' });
  readonly #search: HTMLInputElement;
  readonly #selects = new Map<Field, HTMLSelectElement>();
  readonly #clear: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: (filter: Filter) => void) {
    this.#search = h('input', {
      type: 'search',
      class: 'box',
      'aria-label': 'Search profiles',
      placeholder: 'Search',
      maxlength: 200,
    });
    this.#search.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.changed(this.filter), typingMs);
    });
    this.element.append(this.#search);
    const names: [Field, string][] = [
      ['network', 'Network'],
      ['light', 'Health'],
      ['owner', 'Owner'],
      ['group', 'Shared with'],
    ];
    for (const [field, name] of names) {
      const select = h('select', { class: 'box', 'aria-label': name, 'data-name': name });
      select.addEventListener('change', () => this.changed(this.filter));
      this.#selects.set(field, select);
      this.element.append(select);
    }
    this.#clear = h('fluent-button', { role: 'button', appearance: 'subtle', onclick: () => this.clear() }, 'Clear');
    this.element.append(this.#clear);
    this.#fill('light', lights);
  }

  get filter(): Filter {
    const picked = [...this.#selects].flatMap(([field, { value }]) => (value ? [[field, value] as const] : []));
    const search = this.#search.value.trim();
    return { ...Object.fromEntries(picked), ...(search ? { search } : {}) };
  }

  /** What there is to choose from in this list. */
  show({ networks, owners, groups }: TabList): void {
    this.#fill(
      'network',
      networks.map(({ id, label: name }) => ({ id, name })),
    );
    this.#fill('owner', owners);
    this.#fill('group', groups);
    this.#clear.hidden = Object.keys(this.filter).length === 0;
  }

  clear(): void {
    this.#search.value = '';
    for (const select of this.#selects.values()) select.value = '';
    this.changed({});
    this.#search.focus();
  }

  /** Another list may know none of the people and groups of this one. */
  forget(): void {
    for (const field of ['owner', 'group'] as const) {
      const select = this.#selects.get(field);
      if (select) select.value = '';
    }
  }

  /** What is chosen stays, also where nobody has it any more. */
  #fill(field: Field, options: readonly Option[]): void {
    const select = this.#selects.get(field);
    if (!select || select === document.activeElement) return;
    const chosen = select.value
      ? { id: select.value, name: select.selectedOptions[0]?.text ?? select.value }
      : undefined;
    const all = chosen && !options.some(({ id }) => id === chosen.id) ? [chosen, ...options] : options;
    const name = select.dataset.name ?? '';
    const any = h('option', { value: '' }, `${name}: any`);
    select.replaceChildren(any, ...all.map((one) => h('option', { value: one.id }, one.name)));
    select.value = chosen?.id ?? '';
  }
}
