import { h } from './dom.js';

export type Choice = { title: string; value: string };
export type ComboboxOptions = {
  /** Always offered, filtered by what is typed. */
  choices: Choice[];
  /** Asks for more; absent: only `choices`. */
  find?: (text: string) => Promise<{ results: Choice[]; error?: string }>;
  isMulti: boolean;
  picked: Choice[];
  placeholder: string;
  onChange: () => void;
};

let count = 0;
const typingMs = 200;

/** A choice set one types into, as the ARIA pattern "combobox with list" has it. */
export class Combobox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #options: ComboboxOptions;
  readonly #list: HTMLElement;
  readonly #chips = h('span', { class: 'combo-chips' });
  readonly #id = `combo-${++count}`;
  #picked: Choice[];
  #shown: Choice[] = [];
  #active = -1;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ComboboxOptions) {
    this.#options = options;
    this.#picked = [...options.picked];
    this.#list = h('div', { id: this.#id, class: 'combo-list', role: 'listbox', tabindex: -1, hidden: true });
    this.input = h('input', {
      class: 'combo-input',
      role: 'combobox',
      type: 'text',
      autocomplete: 'off',
      placeholder: options.placeholder,
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.#id,
    });
    this.input.addEventListener('input', () => this.#typed());
    this.input.addEventListener('click', () => this.#typed());
    this.input.addEventListener('keydown', (event) => this.#key(event));
    this.input.addEventListener('blur', () => this.#left());
    this.element = h('div', { class: 'combo' }, h('div', { class: 'combo-box' }, this.#chips, this.input), this.#list);
    this.#showPicked();
  }

  get values(): string[] {
    return this.#picked.map(({ value }) => value);
  }

  label(ids: string): void {
    this.input.setAttribute('aria-labelledby', ids);
    this.#list.setAttribute('aria-labelledby', ids);
  }

  #typed(): void {
    if (!this.#options.isMulti && this.input.value !== this.#picked[0]?.title && this.#picked.length > 0) {
      this.#picked = [];
      this.#options.onChange();
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(), typingMs);
  }

  async #search(): Promise<void> {
    const text = this.#options.isMulti || !this.#picked[0] ? this.input.value.trim() : '';
    const fitting = this.#options.choices.filter(({ title }) => title.toLowerCase().includes(text.toLowerCase()));
    if (!this.#options.find) return this.#show(fitting, fitting.length > 0 ? '' : 'No results');
    const asked = ++this.#asked;
    if (fitting.length === 0) this.#show([], 'Searching…');
    const { results, error } = await this.#options
      .find(text)
      .catch((cause: Error) => ({ results: [], error: cause.message }));
    if (asked !== this.#asked) return;
    const known = new Set(fitting.map(({ value }) => value));
    const all = [...fitting, ...results.filter(({ value }) => !known.has(value))];
    this.#show(all, error ?? (all.length > 0 ? '' : 'No results'));
  }

  #show(choices: Choice[], note: string): void {
    this.#shown = choices.filter(({ value }) => !this.#options.isMulti || !this.values.includes(value));
    this.#active = -1;
    const rows = this.#shown.map(({ title }, at) =>
      h(
        'div',
        {
          id: `${this.#id}-${at}`,
          class: 'combo-option',
          role: 'option',
          'aria-selected': 'false',
          onmousedown: (event) => event.preventDefault(),
          onclick: () => this.#pick(at),
        },
        title,
      ),
    );
    this.#list.replaceChildren(...rows, ...(note ? [h('div', { class: 'combo-note', role: 'status' }, note)] : []));
    this.#toggle(true);
  }

  #toggle(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    this.input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) this.input.removeAttribute('aria-activedescendant');
  }

  #key(event: KeyboardEvent): void {
    const isOpen = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) this.#move(event.key === 'ArrowDown' ? 1 : -1);
      else void this.#search();
    } else if (event.key === 'Enter' && isOpen && this.#active >= 0) {
      event.preventDefault();
      this.#pick(this.#active);
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      this.#toggle(false);
    } else if (event.key === 'Backspace' && this.input.value === '' && this.#options.isMulti) {
      this.#drop(this.#picked.at(-1));
    }
  }

  #move(by: number): void {
    const { length } = this.#shown;
    if (length === 0) return;
    this.#active = (this.#active + by + length) % length;
    for (const [at, row] of [...this.#list.querySelectorAll('[role=option]')].entries()) {
      row.setAttribute('aria-selected', String(at === this.#active));
      if (at === this.#active) row.scrollIntoView({ block: 'nearest' });
    }
    this.input.setAttribute('aria-activedescendant', `${this.#id}-${this.#active}`);
  }

  #pick(at: number): void {
    const choice = this.#shown[at];
    if (!choice) return;
    this.#picked = this.#options.isMulti ? [...this.#picked, choice] : [choice];
    this.#asked++;
    this.#toggle(false);
    this.#showPicked();
    this.input.focus();
    this.#options.onChange();
  }

  #drop(choice: Choice | undefined): void {
    this.#picked = this.#picked.filter((one) => one !== choice);
    this.#showPicked();
    this.#options.onChange();
  }

  #left(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.#toggle(false);
  }

  #showPicked(): void {
    this.input.value = this.#options.isMulti ? '' : (this.#picked[0]?.title ?? this.input.value);
    const chips = this.#options.isMulti ? this.#picked : [];
    this.#chips.replaceChildren(
      ...chips.map((choice) =>
        h(
          'span',
          { class: 'combo-chip' },
          choice.title,
          h(
            'button',
            { type: 'button', 'aria-label': `Remove ${choice.title}`, onclick: () => this.#drop(choice) },
            '×',
          ),
        ),
      ),
    );
  }
}
