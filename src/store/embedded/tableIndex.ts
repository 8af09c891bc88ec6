import sortedBtree from 'sorted-btree';
import bulk from 'sorted-btree/extended/bulkLoad.js';
import type { Index as IndexSpec, StoredDoc } from '../store.js';
import { keysOf, uniqueKey } from './keys.js';

// The package is CommonJS, with its class as `default`.
const { default: BTree } = sortedBtree;
export type Row<T extends StoredDoc> = { doc: T };
export type Tree<T extends StoredDoc> = InstanceType<typeof BTree<string, Row<T>>>;

/** Code units, not words of a language: keys are made for it (keys.ts). */
const byUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const nodeSize = 64;

/** One index of one tenant: made when it is first asked for, and kept from then on, so that opening stays quick. */
export class Index<T extends StoredDoc> {
  readonly fields: readonly string[];
  readonly isUnique: boolean;
  #rows: ReadonlyMap<string, Row<T>>;
  #tree: Tree<T> | undefined;
  #everyRowOnce = true;

  constructor({ fields, unique = false }: IndexSpec, rows: ReadonlyMap<string, Row<T>>) {
    // Every key ends with the id.
    this.fields = fields.filter((field) => field !== 'id');
    this.isUnique = unique;
    this.#rows = rows;
  }

  get tree(): Tree<T> {
    this.#tree ??= this.#build();
    return this.#tree;
  }

  /** False once its first field held a list, or was not there: a row may be in it several times, or not at all. */
  get everyRowOnce(): boolean {
    return this.tree && this.#everyRowOnce;
  }

  /** Whether it is unique and has the values of this document for another one. @throws TypeError */
  isTaken(doc: T): boolean {
    if (!this.isUnique) return false;
    const key = uniqueKey(this.fields, doc);
    const found = this.tree.getPairOrNextHigher(key);
    return found?.[0].startsWith(key) === true && found[1].doc.id !== doc.id;
  }

  /** A document took the place of another one, was added, or is gone. */
  move(row: Row<T>, before: T | undefined, after: T | undefined): void {
    if (!this.#tree) return;
    const old = before ? this.#keys(before) : [];
    const fresh = after ? this.#keys(after) : [];
    for (const key of old) if (!fresh.includes(key)) this.#tree.delete(key);
    for (const key of fresh) if (!old.includes(key)) this.#tree.set(key, row);
  }

  #build(): Tree<T> {
    const pairs: { key: string; row: Row<T> }[] = [];
    for (const row of this.#rows.values()) for (const key of this.#keys(row.doc)) pairs.push({ key, row });
    if (pairs.length === 0) return new BTree<string, Row<T>>([], byUnits, nodeSize);
    pairs.sort((a, b) => byUnits(a.key, b.key));
    const [keys, rows] = [pairs.map(({ key }) => key), pairs.map(({ row }) => row)];
    return bulk.bulkLoad(keys, rows, nodeSize, byUnits);
  }

  #keys(doc: T): string[] {
    const keys = keysOf(this.fields, doc, this.isUnique);
    if (keys.length !== 1) this.#everyRowOnce = false;
    return keys;
  }
}
