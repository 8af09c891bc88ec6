import type { TabList, TabRow } from '../../../operations/core/tabViews.js';
import { h } from '../card/dom.js';
import { type BulkKind, bulkLimit, countWords } from './bulk.js';
import { Filters } from './filters.js';
import { Grid } from './grid.js';
import { type Filter, ListModel, type ListName } from './model.js';

export type ListViewOptions = {
  open: (row: TabRow) => void;
  bulk: (kind: BulkKind, rows: readonly TabRow[]) => void;
  shown: (page: TabList) => void;
  trouble: (error: unknown) => void;
};

const labels: Record<ListName, string> = {
  mine: 'Your profiles',
  owned: 'Profiles you own',
  shared: 'Profiles shared with you',
  ownerless: 'Profiles without an owner',
  all: 'All profiles of your organisation',
};
const empties: Record<ListName, string> = {
  mine: 'No profile here is yours to use yet. Add the first one by signing in to it.',
  owned: 'You own none yet. Add the first one by signing in to it, or claim one that has no owner.',
  shared: 'Nobody shares a profile with you.',
  ownerless: 'Every profile has an owner.',
  all: 'There is no profile yet. Add the first one by signing in to it.',
};

/** A list with its filters, its rows, and what can be done with those that are picked. */
export class ListView {
  readonly element = h('section', { class: 'list', 'aria-label': 'Profiles' });
  readonly model = new ListModel(() => this.#show());
  readonly grid: Grid;
  readonly #filters: Filters;
  readonly #count = h('p', { class: 'subtle count', role: 'status' });
  readonly #empty = h('p', { class: 'empty', hidden: true });
  readonly #bulk = h('div', { class: 'bulk', role: 'group', 'aria-label': 'With those picked', hidden: true });
  readonly #options: ListViewOptions;

  constructor(options: ListViewOptions) {
    this.#options = options;
    this.#filters = new Filters((filter) => void this.#filter(filter));
    this.grid = new Grid({
      open: options.open,
      picked: () => this.#showBulk(),
      more: () => void this.#load(() => this.model.more()),
      turn: () => {
        this.model.descending = !this.model.descending;
        void this.#fromTop();
      },
    });
    this.element.append(this.#filters.element, this.#count, this.#bulk, this.#empty, this.grid.element);
  }

  async goes(list: ListName): Promise<void> {
    if (this.model.list !== list) {
      this.#filters.forget();
      this.grid.unpick();
      this.model.list = list;
      this.model.filter = this.#filters.filter;
    }
    this.grid.toTop();
    await this.model.load();
  }

  #filter(filter: Filter): Promise<void> {
    this.model.filter = filter;
    return this.#fromTop();
  }

  #fromTop(): Promise<void> {
    this.grid.toTop();
    return this.#load(() => this.model.load());
  }

  async #load(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => this.#options.trouble(error));
  }

  #show(): void {
    const { page, rows, list, descending, isFiltered } = this.model;
    if (!page) return;
    const icons = new Map(page.networks.map(({ id, icon }) => [id, icon]));
    this.#filters.show(page);
    const count = page.isMore ? `${page.total}+ profiles` : countWords(page.total);
    this.#count.textContent = `${isFiltered ? `${count} ${page.total === 1 ? 'fits' : 'fit'}` : count}${page.note ? `. ${page.note}` : ''}`;
    this.#empty.textContent = isFiltered ? 'No profile fits. Clear the filters to see all.' : empties[list];
    this.#empty.hidden = page.total > 0;
    this.grid.element.hidden = page.total === 0;
    const withIcons = rows.map((row) => ({ ...row, icon: icons.get(row.network) ?? '' }));
    this.grid.show(withIcons, { total: page.total, isMore: page.isMore, descending, label: labels[list] });
    this.#options.shown(page);
  }

  #showBulk(): void {
    const rows = this.grid.pickedRows;
    this.#bulk.hidden = rows.length === 0;
    const act = (title: string, kind: BulkKind, open: readonly TabRow[]) =>
      open.length > 0 &&
      open.length <= bulkLimit &&
      h(
        'fluent-button',
        { role: 'button', size: 'small', onclick: () => this.#options.bulk(kind, open) },
        `${title} ${countWords(open.length)}`,
      );
    const tooMany = rows.length > bulkLimit ? ` Pick ${bulkLimit} at most.` : '';
    const buttons = [
      act(
        'Share',
        'share',
        rows.filter(({ mayShare }) => mayShare),
      ),
      act(
        'Invite owners to',
        'invite',
        rows.filter(({ mayInvite }) => mayInvite),
      ),
      h(
        'fluent-button',
        { role: 'button', size: 'small', appearance: 'subtle', onclick: () => this.grid.unpick() },
        'Pick none',
      ),
    ].filter((one) => one !== false);
    this.#bulk.replaceChildren(h('span', {}, `${countWords(rows.length)} picked.${tooMany}`), ...buttons);
  }
}
