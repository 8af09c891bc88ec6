import type { CollectionSpec, StoredDoc } from '../store.js';
import { Index, type Row } from './tableIndex.js';

/** The documents of one tenant, with the indexes of the spec, one by id, and one by expiry where there is such a thing. */
export class Table<T extends StoredDoc> {
  readonly rows = new Map<string, Row<T>>();
  readonly indexes: readonly Index<T>[];

  constructor({ indexes, expires }: CollectionSpec) {
    const wanted = [...indexes, { fields: [] }, ...(expires ? [{ fields: [expires] }] : [])];
    this.indexes = wanted.map((index) => new Index(index, this.rows));
  }

  /** Whether a unique index has the values of this document for another one. */
  isTaken(doc: T): boolean {
    return this.indexes.some((index) => index.isTaken(doc));
  }

  /** Puts it in the place of what is there under its id. The document is the table's own from now on. */
  put(doc: T): void {
    const row = this.rows.get(doc.id) ?? { doc };
    const before = this.rows.has(doc.id) ? row.doc : undefined;
    row.doc = doc;
    this.rows.set(doc.id, row);
    for (const index of this.indexes) index.move(row, before, doc);
  }

  remove(id: string): void {
    const row = this.rows.get(id);
    if (!row) return;
    this.rows.delete(id);
    for (const index of this.indexes) index.move(row, row.doc, undefined);
  }
}
