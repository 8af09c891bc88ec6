import type { TabFacet, TabList, TabRow } from '../../../operations/core/tabViews.js';
import { ask, Trouble, type Wish } from './api.js';

export type ListName = TabList['list'];
export type Filter = { network?: string; light?: string; owner?: string; group?: string; search?: string };

const pageSize = 100;
/** What is shown anew after a change, at one time. */
const mostRefreshed = 1_000;

/** The list that is shown: its rows as far as they were looked at, and what it is filtered by. */
export class ListModel {
  list: ListName = 'owned';
  filter: Filter = {};
  descending = false;
  rows: TabRow[] = [];
  page: TabList | undefined;
  #asked = 0;
  #more: Promise<void> | undefined;
  readonly #shown: () => void;

  constructor(shown: () => void) {
    this.#shown = shown;
  }

  get isFiltered(): boolean {
    return Object.keys(this.filter).length > 0;
  }

  /** What a table of this list is asked with. */
  wish(more: Wish = {}): Wish {
    const order = this.descending ? { descending: true } : {};
    return { do: { kind: 'browse', list: this.list, ...order, ...this.filter, ...more } };
  }

  /** From its beginning; an answer that came too late is dropped. @throws Trouble */
  load(): Promise<void> {
    return this.#load(pageSize);
  }

  /** The same rows as they are now. @throws Trouble */
  refresh(): Promise<void> {
    return this.#load(Math.min(mostRefreshed, Math.max(pageSize, this.rows.length)));
  }

  /** The rows after those that are there, once at a time. @throws Trouble */
  more(): Promise<void> {
    const { next } = this.page ?? {};
    if (!next) return Promise.resolve();
    this.#more ??= this.#next(next).finally(() => {
      this.#more = undefined;
    });
    return this.#more;
  }

  async #load(most: number): Promise<void> {
    const asked = ++this.#asked;
    const page = await this.#page({ most });
    if (asked !== this.#asked) return;
    this.page = page;
    this.rows = page.rows;
    this.#shown();
  }

  async #next(after: NonNullable<TabList['next']>): Promise<void> {
    const asked = this.#asked;
    const page = await this.#page({ most: pageSize, after });
    if (asked !== this.#asked) return;
    const known = new Set(this.rows.map(({ id }) => id));
    const { counts = {}, owners = [], groups = [] } = this.page ?? {};
    this.page = { ...page, counts, owners: together(owners, page.owners), groups: together(groups, page.groups) };
    this.rows = [...this.rows, ...page.rows.filter(({ id }) => !known.has(id))];
    this.#shown();
  }

  async #page(more: Wish): Promise<TabList> {
    const answer = await ask(this.wish(more));
    if (answer.type === 'view' && answer.view.kind === 'list') return answer.view;
    throw new Trouble(answer.type === 'refused' ? answer.text : 'The list cannot be shown now.');
  }
}

/** What the rows before name, and these, by name. */
const together = (before: readonly TabFacet[], more: readonly TabFacet[]): TabFacet[] =>
  [...new Map([...before, ...more].map((one) => [one.id, one])).values()].sort((a, b) => a.name.localeCompare(b.name));
