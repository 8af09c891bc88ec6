import { realTime } from '../../platform/clock.js';
import { holds, readAfter, readLimit, readSort, readWhere } from '../conditions.js';
import { checkKey, checkVersion } from '../copy.js';
import {
  type Collection,
  type CollectionSpec,
  type FindOptions,
  StoreDown,
  type StoredDoc,
  StoreUnknown,
  ValueTaken,
  type Where,
} from '../store.js';
import { appendLines, lineOf, readLines, rewriteFile } from './dataFile.js';
import { frozenCopy, thawed } from './frozen.js';
import { rowsOf } from './plan.js';
import { Table } from './table.js';

const idOf = (tenant: string, id: string): string => JSON.stringify([tenant, id]);

/** One file, or none, and all of it in memory. A write looks and changes memory in one step, then waits for the file. */
export class EmbeddedCollection<T extends StoredDoc> implements Collection<T> {
  #spec: CollectionSpec;
  #path: string | undefined;
  #tables = new Map<string, Table<T>>();
  #lastWrite: Promise<unknown> = Promise.resolve();
  /** What the next append takes along, and that append. */
  #lines = '';
  #flush: Promise<void> | undefined;
  #writesSinceCompaction = 0;
  /** Set by a failed write: memory and file may differ until the file is written anew. */
  #fileIsBehind = false;
  #closed = false;

  private constructor(spec: CollectionSpec, path: string | undefined) {
    this.#spec = spec;
    this.#path = path;
  }

  /** `path` undefined: memory only. Throws an Error when the file holds lines that cannot be read. */
  static async open<T extends StoredDoc>(
    spec: CollectionSpec,
    path: string | undefined,
  ): Promise<EmbeddedCollection<T>> {
    const collection = new EmbeddedCollection<T>(spec, path);
    if (path) await collection.#load(path);
    return collection;
  }

  async #load(path: string): Promise<void> {
    const docs = new Map<string, T>();
    await readLines(path, ({ _id, doc, $$deleted }) => {
      if ($$deleted) docs.delete(_id);
      else docs.set(_id, doc as T);
    });
    for (const doc of docs.values()) this.#tableOf(doc.tenant).put(thawed(doc) as T);
  }

  async get(tenant: string, id: string): Promise<T | undefined> {
    checkKey(tenant, id);
    this.#checkOpen();
    return this.#tables.get(tenant)?.rows.get(id)?.doc;
  }

  async find(tenant: string, where: Where, options: FindOptions = {}): Promise<T[]> {
    checkKey(tenant, 'any');
    const asked = { tests: readWhere(where), sort: readSort(options), after: readAfter(options) };
    const limit = readLimit(options) ?? Number.POSITIVE_INFINITY;
    this.#checkOpen();
    const found: T[] = [];
    for (const { doc } of this.#rows(tenant, asked)) {
      found.push(doc);
      if (found.length === limit) break;
    }
    return found;
  }

  async count(tenant: string, where: Where, atMost: number): Promise<number> {
    checkKey(tenant, 'any');
    const asked = { tests: readWhere(where), sort: [] };
    const most = readLimit({ limit: atMost });
    this.#checkOpen();
    let counted = 0;
    for (const _ of this.#rows(tenant, asked)) if (++counted === most) break;
    return counted;
  }

  /** Of every tenant. */
  all(): T[] {
    return [...this.#tables.values()].flatMap(({ rows }) => Array.from(rows.values(), ({ doc }) => doc));
  }

  async insert(doc: T): Promise<boolean> {
    const own = frozenCopy(doc);
    return this.#write(() => {
      const table = this.#tableOf(own.tenant);
      if (table.rows.has(own.id) || table.isTaken(own)) return undefined;
      table.put(own);
      return { result: true, line: lineOf(idOf(own.tenant, own.id), own) };
    }).then((written) => written ?? false);
  }

  async replace(doc: T, expected: number): Promise<boolean> {
    const own = frozenCopy(doc);
    checkVersion(expected);
    if (doc.version === expected) throw new TypeError('A replaced document needs a new version.');
    return this.#write(() => {
      const table = this.#tableOf(own.tenant);
      if (table.rows.get(own.id)?.doc.version !== expected) return undefined;
      if (table.isTaken(own)) throw new ValueTaken(`${this.#spec.name} has the new values already.`);
      table.put(own);
      return { result: true, line: lineOf(idOf(own.tenant, own.id), own) };
    }).then((written) => written ?? false);
  }

  async take(tenant: string, id: string, where: Where = {}): Promise<T | undefined> {
    checkKey(tenant, id);
    const tests = readWhere(where);
    return this.#remove(tenant, id, (doc) => holds(doc, tests));
  }

  async delete(tenant: string, id: string, expected?: number): Promise<boolean> {
    checkKey(tenant, id);
    if (expected !== undefined) checkVersion(expected);
    const gone = await this.#remove(tenant, id, ({ version }) => expected === undefined || version === expected);
    return gone !== undefined;
  }

  #remove(tenant: string, id: string, isMeant: (doc: T) => boolean): Promise<T | undefined> {
    return this.#write(() => {
      const table = this.#tables.get(tenant);
      const doc = table?.rows.get(id)?.doc;
      if (!table || !doc || !isMeant(doc)) return undefined;
      table.remove(id);
      return { result: doc, line: lineOf(idOf(tenant, id), undefined) };
    });
  }

  /** Removes what has expired and rewrites the file without the lines that no longer count. */
  async tidy(): Promise<void> {
    const { expires } = this.#spec;
    for (const [tenant] of expires ? this.#tables : []) {
      const past = { tests: readWhere({ [expires as string]: { lt: realTime() } }), sort: [] };
      const found = [...this.#rows(tenant, past)];
      // Together, so that the file is written once.
      await Promise.all(found.map(({ doc }) => this.delete(tenant, doc.id, doc.version)));
    }
    const held = [...this.#tables.values()].reduce((sum, { rows }) => sum + rows.size, 0);
    if (this.#writesSinceCompaction <= Math.max(1000, held / 2) && !this.#fileIsBehind) return;
    await this.#queued(() => this.#compact());
  }

  /** Waits for writes under way and flushes to the disk. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const flushed = this.#queued(async () => {
      if (this.#writesSinceCompaction > 0 || this.#fileIsBehind) await this.#compact();
    });
    this.#closed = true;
    await flushed;
  }

  #rows(tenant: string, asked: Parameters<typeof rowsOf<T>>[1]) {
    const table = this.#tables.get(tenant);
    return table ? rowsOf(table, asked) : [];
  }

  #tableOf(tenant: string): Table<T> {
    const table = this.#tables.get(tenant) ?? new Table<T>(this.#spec);
    this.#tables.set(tenant, table);
    return table;
  }

  #checkOpen(): void {
    if (this.#closed) throw new StoreDown('The store is closed.');
  }

  /**
   * Changes memory at once and then the file, in one go with all that was changed while the write before was under way.
   * `change` gives what to answer, and the line that the file gets; undefined: nothing was changed.
   */
  async #write<R>(change: () => { result: R; line: string } | undefined): Promise<R | undefined> {
    this.#checkOpen();
    if (this.#fileIsBehind) await this.#queued(() => this.#compact());
    const changed = change();
    if (!changed) return undefined;
    this.#writesSinceCompaction += 1;
    this.#lines += changed.line;
    this.#flush ??= this.#queued(() => this.#append());
    await this.#flush;
    return changed.result;
  }

  async #append(): Promise<void> {
    const lines = this.#lines;
    this.#lines = '';
    this.#flush = undefined;
    if (this.#path && lines !== '') await appendLines(this.#path, lines);
  }

  #queued<R>(action: () => Promise<R>): Promise<R> {
    if (this.#closed) return Promise.reject(new StoreDown('The store is closed.'));
    const result = this.#lastWrite.then(action).catch((cause: unknown) => {
      this.#fileIsBehind = true;
      // Memory has it, and the next write puts it into the file.
      throw new StoreUnknown('The data folder could not be written.', { cause });
    });
    this.#lastWrite = result.catch(() => undefined);
    return result;
  }

  async #compact(): Promise<void> {
    const docs = this.all();
    this.#lines = '';
    if (this.#path) await rewriteFile(this.#path, linesOf(docs));
    this.#writesSinceCompaction = 0;
    this.#fileIsBehind = false;
  }
}

function* linesOf(docs: readonly StoredDoc[]) {
  for (const doc of docs) yield lineOf(idOf(doc.tenant, doc.id), doc);
}
