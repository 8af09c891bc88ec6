import { realTimeMs } from '../../platform/clock.js';
import { readLimit, readSort, readWhere } from '../conditions.js';
import { checkKey, checkVersion, copyDoc } from '../copy.js';
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
import { openRows, type Rows } from './dataFile.js';
import { idKey, makeRow, type Row } from './keys.js';
import { matching, planQuery, type Query } from './query.js';

/** One nedb file, or none. Reads go to nedb as they come; writes wait for each other, so that look-and-write is one step. */
export class EmbeddedCollection<T extends StoredDoc> implements Collection<T> {
  #rows: Rows<T>;
  #spec: CollectionSpec;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #writesSinceCompaction = 0;
  /** Set by a failed write: memory and file may differ until the file is written anew. */
  #fileIsBehind = false;
  #closed = false;

  private constructor(spec: CollectionSpec, rows: Rows<T>) {
    this.#spec = spec;
    this.#rows = rows;
  }

  /** `path` undefined: memory only. Throws an Error when the file holds lines that cannot be read. */
  static async open<T extends StoredDoc>(
    spec: CollectionSpec,
    path: string | undefined,
  ): Promise<EmbeddedCollection<T>> {
    return new EmbeddedCollection<T>(spec, await openRows<T>(spec, path));
  }

  async get(tenant: string, id: string): Promise<T | undefined> {
    checkKey(tenant, id);
    const [row] = await this.#read({ _id: idKey(tenant, id) }, [], 1);
    return row && copyDoc(row.doc);
  }

  async find(tenant: string, where: Where, options: FindOptions = {}): Promise<T[]> {
    checkKey(tenant, 'any');
    const tests = readWhere(where);
    const limit = readLimit(options);
    const rows = await this.#read(planQuery(this.#spec, tenant, tests), readSort(options), limit);
    return rows.map(({ doc }) => copyDoc(doc));
  }

  /** Of every tenant. */
  all(): T[] {
    return this.#rows.getAllData().map(({ doc }) => copyDoc(doc));
  }

  async insert(doc: T): Promise<boolean> {
    const row = makeRow(this.#spec, copyDoc(doc));
    return this.#write(async () => {
      try {
        await this.#rows.insertAsync(row);
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    });
  }

  async replace(doc: T, expected: number): Promise<boolean> {
    const row = makeRow(this.#spec, copyDoc(doc));
    checkVersion(expected);
    if (doc.version === expected) throw new TypeError('A replaced document needs a new version.');
    return this.#write(async () => {
      try {
        const query = { _id: row._id, 'doc.version': expected };
        return (await this.#rows.updateAsync(query, row, {})).numAffected === 1;
      } catch (error) {
        throw isTaken(error) ? new ValueTaken(`${this.#spec.name} has the new values already.`) : error;
      }
    });
  }

  async take(tenant: string, id: string, where: Where = {}): Promise<T | undefined> {
    checkKey(tenant, id);
    const query = matching({ _id: idKey(tenant, id) }, readWhere(where));
    return this.#write(async () => {
      const row = await this.#rows.findOneAsync(query);
      if (!row) return undefined;
      await this.#rows.removeAsync({ _id: row._id }, {});
      return copyDoc(row.doc);
    });
  }

  async delete(tenant: string, id: string, expected?: number): Promise<boolean> {
    checkKey(tenant, id);
    if (expected !== undefined) checkVersion(expected);
    const query = { _id: idKey(tenant, id), ...(expected === undefined ? {} : { 'doc.version': expected }) };
    return this.#write(async () => (await this.#rows.removeAsync(query, {})) === 1);
  }

  /** Removes what has expired and rewrites the file without the lines that no longer count. */
  async tidy(): Promise<void> {
    if (this.#spec.expires) {
      await this.#write(() => this.#rows.removeAsync({ expires: { $lt: realTimeMs() } }, { multi: true }));
    }
    const superfluous = this.#writesSinceCompaction > Math.max(1000, this.#rows.getAllData().length / 2);
    if (superfluous || this.#fileIsBehind) await this.#write(() => this.#compact());
  }

  /** Waits for writes under way and flushes to the disk. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const flushed = this.#write(async () => {
      if (this.#writesSinceCompaction > 0) await this.#compact();
    });
    this.#closed = true;
    await flushed;
  }

  async #read(query: Query, sort: [string, 1 | -1][], limit: number | undefined): Promise<Row<T>[]> {
    if (this.#closed) throw new StoreDown('The store is closed.');
    const cursor = this.#rows.findAsync(query);
    if (sort.length > 0) cursor.sort(Object.fromEntries(sort.map(([field, direction]) => [`doc.${field}`, direction])));
    // nedb names a document once for each element of a list within a range, so those come before the limit.
    const rows = distinct(await cursor);
    return limit === undefined ? rows : rows.slice(0, limit);
  }

  #write<R>(action: () => Promise<R>): Promise<R> {
    if (this.#closed) return Promise.reject(new StoreDown('The store is closed.'));
    const result = this.#lastWrite.then(async () => {
      try {
        if (this.#fileIsBehind) await this.#compact();
        const changed = await action();
        if (changed) this.#writesSinceCompaction += 1;
        return changed;
      } catch (error) {
        if (error instanceof ValueTaken) throw error;
        this.#fileIsBehind = true;
        // Memory has it, and the next write puts it into the file.
        throw new StoreUnknown('The data folder could not be written.', { cause: error });
      }
    });
    this.#lastWrite = result.catch(() => undefined);
    return result;
  }

  async #compact(): Promise<void> {
    await this.#rows.compactDatafileAsync();
    this.#writesSinceCompaction = 0;
    this.#fileIsBehind = false;
  }
}

function distinct<R extends { _id: string }>(rows: R[]): R[] {
  return [...new Map(rows.map((row) => [row._id, row])).values()];
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'errorType' in error && error.errorType === 'uniqueViolated';
}
