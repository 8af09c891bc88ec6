import type { TabButton, TabHistory, TabProfile } from '../../../operations/core/tabViews.js';
import { h, icon } from '../card/dom.js';
import { attachMenu } from '../card/menu.js';
import type { Wish } from './api.js';
import { textOf } from './textOf.js';

export type PaneOptions = {
  press: (button: TabButton) => void;
  history: (data: Wish) => Promise<TabHistory | undefined>;
  copy: (link: string) => void;
  closed: () => void;
};

const closePath =
  'M4.2 4.2a.7.7 0 0 1 1 0L10 9l4.8-4.8a.7.7 0 1 1 1 1L11 10l4.8 4.8a.7.7 0 1 1-1 1L10 11l-4.8 4.8a.7.7 0 0 1-1-1L9 10 4.2 5.2a.7.7 0 0 1 0-1Z';

/** One profile beside the list: who has access, sign-ins, what may be read, its history, and all that can be done. */
export class Pane {
  readonly element = h('aside', { class: 'pane', 'aria-label': 'Details', hidden: true });
  readonly #options: PaneOptions;
  #shown: TabProfile | undefined;
  #isHistoryOpen = false;

  constructor(options: PaneOptions) {
    this.#options = options;
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.close();
    });
  }

  /** Whose details are shown. */
  get id(): string | undefined {
    return this.#shown?.id;
  }

  /** `toHeading`: whoever opened it goes on there. */
  show(view: TabProfile, toHeading: boolean): void {
    if (this.#shown?.id !== view.id) this.#isHistoryOpen = false;
    const isSame = JSON.stringify({ ...this.#shown, done: '' }) === JSON.stringify({ ...view, done: '' });
    this.#shown = view;
    this.element.hidden = false;
    if (!isSame) this.#draw(view);
    if (toHeading) this.element.querySelector<HTMLElement>('h2')?.focus();
  }

  close(): void {
    if (this.element.hidden) return;
    this.#shown = undefined;
    this.element.hidden = true;
    this.element.replaceChildren();
    this.#options.closed();
  }

  #draw(view: TabProfile): void {
    const at = focusedName(this.element);
    const { scrollTop } = this.element;
    this.element.setAttribute('aria-label', `Details of ${textOf(view.handle)}`);
    this.element.replaceChildren(
      this.#head(view),
      ...view.notes.map((note) => h('p', { class: 'note' }, textOf(note))),
      this.#actions(view),
      this.#section(
        'Who has access',
        view.access.map((row) => this.#row(row.name, row.detail, row.remove)),
      ),
      ...(view.signIns ? [signIns(view.signIns)] : []),
      ...(view.reading.length > 0
        ? [
            this.#section(
              'What may be read',
              view.reading.map((row) => this.#row(row.name, row.detail, row.switch)),
            ),
          ]
        : []),
      folded('What its network allows', h('ul', {}, ...view.abilities.map((line) => h('li', {}, textOf(line))))),
      ...(view.history ? [this.#history(view.history)] : []),
    );
    this.element.scrollTop = scrollTop;
    if (at) namedIn(this.element, at)?.focus();
  }

  #head(view: TabProfile): HTMLElement {
    const close = h(
      'fluent-button',
      {
        role: 'button',
        appearance: 'subtle',
        'icon-only': true,
        'aria-label': 'Close the details',
        onclick: () => this.close(),
      },
      icon(closePath),
    );
    const handle = textOf(view.handle);
    return h(
      'div',
      {},
      h(
        'div',
        { class: 'pane-head' },
        h('img', { src: view.icon, alt: view.iconAlt, width: 40, height: 40 }),
        h(
          'div',
          { class: 'names' },
          h('h2', { tabindex: -1 }, handle),
          h('span', { class: 'subtle' }, `${textOf(view.name)} · ${view.typeName}`),
        ),
        close,
      ),
      h(
        'p',
        {},
        h('span', { class: `light is-${view.health.colour}` }, view.health.word),
        ` ${textOf(view.health.sentence)}`,
      ),
      h('p', { class: 'subtle' }, `${textOf(view.standing)}.`),
    );
  }

  #actions(view: TabProfile): HTMLElement {
    const front = view.buttons.filter(({ secondary }) => !secondary);
    const rest = view.buttons.filter(({ secondary }) => secondary);
    const { url } = view;
    const items = [
      ...rest.map((one) => ({ title: one.title, act: () => this.#options.press(one) })),
      { title: 'Copy link', act: () => this.#options.copy(view.link) },
      ...(url ? [{ title: `Open on ${view.iconAlt}`, act: () => this.#options.press({ title: '', url }) }] : []),
    ];
    const more = h(
      'fluent-button',
      { role: 'button', size: 'small', 'icon-only': true, 'aria-label': 'More actions' },
      '…',
    );
    attachMenu(more, 'More actions', () => items.map(({ title, act }) => ({ content: [h('span', {}, title)], act })));
    return h('div', { class: 'actions' }, ...front.map((one, at) => this.#button(one, at === 0)), more);
  }

  #section(title: string, rows: HTMLElement[]): HTMLElement {
    const content = rows.length > 0 ? h('ul', { class: 'rows' }, ...rows) : h('p', { class: 'subtle' }, 'Nobody.');
    return h('section', {}, h('h3', {}, title), content);
  }

  #row(name: string, detail: string, press: TabButton | undefined): HTMLElement {
    const names = h(
      'span',
      { class: 'names' },
      h('strong', {}, textOf(name)),
      h('span', { class: 'subtle' }, textOf(detail)),
    );
    return h('li', {}, names, press && this.#button(press));
  }

  #button(one: TabButton, isFirst = false): HTMLElement {
    const { title, tooltip } = one;
    const appearance = isFirst ? 'primary' : undefined;
    const press = () => this.#options.press(one);
    // What is read out begins with what is seen.
    const label = tooltip ? `${title}: ${textOf(tooltip)}` : undefined;
    return h(
      'fluent-button',
      {
        role: 'button',
        size: 'small',
        appearance,
        'aria-label': label,
        onclick: press,
        class: one.style === 'destructive' ? 'is-destructive' : undefined,
      },
      title,
    );
  }

  #history(button: TabButton): HTMLElement {
    const place = h('div', { role: 'status' }, 'Looking…');
    const details = folded('History', place);
    const fill = async (data: Wish, before: HTMLElement[]) => {
      const found = await this.#options.history(data);
      if (!found) return place.replaceChildren('The history cannot be shown now. Close it and open it again.');
      const rows = [...before, ...found.entries.map(historyRow)];
      const { more } = found;
      place.replaceChildren(
        rows.length > 0 ? h('ul', { class: 'rows' }, ...rows) : h('p', {}, found.empty ?? ''),
        ...(more?.data
          ? [
              h(
                'fluent-button',
                { role: 'button', size: 'small', onclick: () => void fill(more.data as Wish, rows) },
                more.title,
              ),
            ]
          : []),
      );
    };
    details.addEventListener('toggle', () => {
      this.#isHistoryOpen = details.open;
      if (details.open) void fill(button.data as Wish, []);
    });
    details.open = this.#isHistoryOpen;
    return details;
  }
}

function signIns(rows: NonNullable<TabProfile['signIns']>): HTMLElement {
  const lines = rows.map(({ name, state, colour, detail }) =>
    h(
      'li',
      {},
      h('span', { class: 'names' }, h('strong', {}, textOf(name)), h('span', { class: 'subtle' }, textOf(detail))),
      h('span', { class: `light is-${colour}` }, state),
    ),
  );
  const none = h('p', { class: 'subtle' }, 'Nobody has signed in to it.');
  return h('section', {}, h('h3', {}, 'Sign-ins'), lines.length > 0 ? h('ul', { class: 'rows' }, ...lines) : none);
}

const historyRow = ({ when, who, what, refused, told }: TabHistory['entries'][number]): HTMLElement =>
  h(
    'li',
    { class: refused ? 'is-refused' : '' },
    h(
      'span',
      { class: 'names' },
      h('span', {}, `${textOf(who)} ${textOf(what)}`),
      told && h('span', { class: 'subtle' }, textOf(told)),
      h('span', { class: 'subtle' }, textOf(when)),
    ),
  );

function folded(title: string, content: HTMLElement): HTMLDetailsElement {
  return h('details', {}, h('summary', {}, h('h3', {}, title)), content);
}

/** By what it is called, so that somebody who works here by keyboard stays where they were. */
function focusedName(within: HTMLElement): string | undefined {
  const focused = document.activeElement;
  return focused && within.contains(focused) ? nameOf(focused) : undefined;
}

const nameOf = (element: Element) => element.getAttribute('aria-label') ?? element.textContent ?? '';

function namedIn(within: HTMLElement, name: string): HTMLElement | undefined {
  const all = within.querySelectorAll<HTMLElement>('h2, fluent-button, summary, a');
  return [...all].find((one) => nameOf(one) === name) ?? all[0];
}
