import type { TabRow } from '../../../operations/core/tabViews.js';
import { h } from '../card/dom.js';
import { type GridRow, makeRow, slug } from './gridRow.js';

export type GridOptions = {
  open: (row: TabRow) => void;
  picked: () => void;
  /** The end of what is there comes into sight. */
  more: () => void;
  /** From A to Z, or back. */
  turn: () => void;
};

type Shown = { total: number; isMore: boolean; descending: boolean; label: string };

/** Rows drawn above and below what is in sight. */
const spare = 8;
const columns = ['Network', 'Owners', 'Shared with', 'Health', 'Days left'] as const;

/**
 * The list as an ARIA grid. Only the rows in sight are in the page, however many there are; one of them is in the tab
 * order, arrows move, Enter opens, Space picks.
 */
export class Grid {
  readonly element: HTMLElement;
  readonly #options: GridOptions;
  readonly #body = h('div', { class: 'grid-body', role: 'rowgroup' });
  readonly #scroller: HTMLElement;
  readonly #nameHead: HTMLElement;
  readonly #drawn = new Map<string, { element: HTMLElement; row: GridRow }>();
  readonly #picked = new Set<string>();
  #rows: readonly GridRow[] = [];
  #isWhole = true;
  #active = 0;
  #opened: string | undefined;

  constructor(options: GridOptions) {
    this.#options = options;
    const head = h('div', { class: 'grid-row grid-head', role: 'row', 'aria-rowindex': 1 }, this.#headCell('Pick'));
    const turn = h('button', { type: 'button', class: 'sort', onclick: () => options.turn() }, 'Profile');
    this.#nameHead = this.#headCell('Profile', turn);
    head.append(this.#nameHead, ...columns.map((name) => this.#headCell(name, name)));
    this.#scroller = h(
      'div',
      { class: 'grid-scroll' },
      h('div', { class: 'grid-top', role: 'rowgroup' }, head),
      this.#body,
    );
    this.element = h('div', { class: 'grid', role: 'grid', 'aria-label': 'Profiles', 'aria-multiselectable': 'true' });
    this.element.append(this.#scroller);
    this.#scroller.addEventListener('scroll', () => this.#draw());
    this.#body.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
  }

  show(rows: readonly GridRow[], { total, isMore, descending, label }: Shown): void {
    const active = this.#rows[this.#active]?.id;
    this.#rows = rows;
    this.#isWhole = rows.length >= total && !isMore;
    const stays = rows.findIndex(({ id }) => id === active);
    this.#active = stays >= 0 ? stays : Math.min(this.#active, Math.max(0, rows.length - 1));
    for (const id of [...this.#picked]) if (!rows.some((row) => row.id === id)) this.#picked.delete(id);
    // -1: there are more than were counted.
    this.element.setAttribute('aria-rowcount', isMore ? '-1' : String(total + 1));
    this.element.setAttribute('aria-label', label);
    this.#nameHead.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    this.#draw();
    this.#options.picked();
  }

  toTop(): void {
    this.#active = 0;
    this.#scroller.scrollTop = 0;
  }

  /** Which row the details are of. */
  marks(id: string | undefined): void {
    this.#opened = id;
    this.#draw();
  }

  /** Back to the row one was at. */
  focus(): void {
    this.#scrollTo(this.#active);
    this.#elementAt(this.#active)?.focus();
  }

  unpick(): void {
    this.#picked.clear();
    this.#draw();
    this.#options.picked();
  }

  get pickedRows(): TabRow[] {
    return this.#rows.filter(({ id }) => this.#picked.has(id));
  }

  #headCell(name: string, ...children: (Node | string)[]): HTMLElement {
    const cell = h('div', { role: 'columnheader', class: `cell cell-${slug(name)}` });
    cell.append(...(children.length > 0 ? children : [h('span', { class: 'spoken' }, name)]));
    return cell;
  }

  /** Pixels; the style says it, since a phone has taller rows. */
  get #rowHeight(): number {
    return Number.parseFloat(getComputedStyle(this.element).getPropertyValue('--row')) || 48;
  }

  #draw(): void {
    const height = this.#rowHeight;
    const { scrollTop, clientHeight } = this.#scroller;
    const first = Math.max(0, Math.floor(scrollTop / height) - spare);
    const last = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / height) + spare);
    this.#body.style.height = `${this.#rows.length * height}px`;
    const wanted = new Map<string, number>();
    for (let at = first; at < last; at++) wanted.set(this.#rows[at]?.id ?? '', at);
    // It keeps the focus, wherever one scrolls.
    const active = this.#rows[this.#active];
    if (active) wanted.set(active.id, this.#active);
    for (const [id, { element }] of this.#drawn) {
      if (wanted.has(id)) continue;
      element.remove();
      this.#drawn.delete(id);
    }
    for (const [id, at] of [...wanted].sort((a, b) => a[1] - b[1])) this.#drawRow(id, at, height);
    if (last >= this.#rows.length && !this.#isWhole) this.#options.more();
  }

  #drawRow(id: string, at: number, height: number): void {
    const row = this.#rows[at];
    if (!row) return;
    const known = this.#drawn.get(id);
    const element = known && isSame(known.row, row) ? known.element : this.#makeRow(row);
    if (known && known.element !== element) {
      const hadFocus = known.element === document.activeElement;
      known.element.replaceWith(element);
      if (hadFocus) queueMicrotask(() => element.focus());
    } else if (!known) this.#body.append(element);
    this.#drawn.set(id, { element, row });
    element.style.transform = `translateY(${at * height}px)`;
    element.setAttribute('aria-rowindex', String(at + 2));
    element.setAttribute('tabindex', at === this.#active ? '0' : '-1');
    element.setAttribute('aria-selected', String(this.#picked.has(id)));
    element.classList.toggle('is-opened', id === this.#opened);
    const box = element.querySelector('input');
    if (box) box.checked = this.#picked.has(id);
  }

  #makeRow(row: GridRow): HTMLElement {
    return makeRow(row, {
      pick: () => this.#pick(row.id),
      open: () => this.#open(this.#indexOf(row.id)),
      moved: () => this.#moved(this.#indexOf(row.id)),
    });
  }

  #indexOf(id: string): number {
    return Math.max(
      0,
      this.#rows.findIndex((row) => row.id === id),
    );
  }

  #elementAt(at: number): HTMLElement | undefined {
    return this.#drawn.get(this.#rows[at]?.id ?? '')?.element;
  }

  #open(at: number): void {
    const row = this.#rows[at];
    if (!row) return;
    this.#moved(at);
    this.#options.open(row);
  }

  #pick(id: string): void {
    if (!this.#picked.delete(id)) this.#picked.add(id);
    this.#draw();
    this.#options.picked();
  }

  #moved(at: number): void {
    if (at === this.#active) return;
    this.#active = at;
    this.#draw();
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / this.#rowHeight) - 1);
    const at = this.#active;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.#rows.length - 1,
    }[event.key];
    if (to !== undefined) {
      this.#moved(Math.max(0, Math.min(this.#rows.length - 1, to)));
      this.focus();
    } else if (event.key === 'Enter') this.#open(at);
    else if (event.key === ' ') this.#pick(this.#rows[at]?.id ?? '');
    else return;
    event.preventDefault();
  }

  #scrollTo(at: number): void {
    const height = this.#rowHeight;
    const head = (this.#scroller.firstElementChild as HTMLElement).offsetHeight;
    const { scrollTop, clientHeight } = this.#scroller;
    if (at * height < scrollTop) this.#scroller.scrollTop = at * height;
    else if ((at + 1) * height + head > scrollTop + clientHeight) {
      this.#scroller.scrollTop = (at + 1) * height + head - clientHeight;
    }
    this.#draw();
  }
}

/** A row that was fetched anew is another one with the same words. */
const isSame = (before: GridRow, row: GridRow) => before === row || JSON.stringify(before) === JSON.stringify(row);
