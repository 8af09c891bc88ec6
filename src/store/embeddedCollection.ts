import nedb from '@seald-io/nedb';
import { compareText, readLimit, readSort, readWhere } from './conditions.js';
import { checkKey, checkVersion, copyDoc } from './copy.js';
import { mendDataFile } from './dataFile.js';
import { idKey, keyFields, makeRow, type Row } from './embeddedKeys.js';
import { matching, planQuery, type Query } from './embeddedQuery.js';
import {
  type Collection,
  type CollectionSpec,
  type FindOptions,
  StoreDown,
  type StoredDoc,
  ValueTaken,
  type Where,
} from './store.js';

// The package is CommonJS and is the class itself; its types say `default`.
const Datastore = nedb as unknown as typeof nedb.default;
type Datastore<T> = InstanceType<typeof nedb.default<T>>;

const fileOptions = {
  modes: { fileMode: 0o600, dirMode: 0o700 },
  // nedb ends a line also at these three, which JSON leaves as they are: a text that holds one would be lost.
  afterSerialization: (line: string) => line.replace(/[\x85\u2028\u2029]/g, (one) => `\\u${hex(one)}`),
  beforeDeserialization: (line: string) => line,
};

const hex = (one: string) => one.charCodeAt(0).toString(16).padStart(4, '0');

/** One nedb file, or none. Reads go to nedb as they come; writes wait for each other, so that look-and-write is one step. */
export class EmbeddedCollection<T extends StoredDoc> implements Collection<T> {
  #rows: Datastore<Row<T>>;
  #spec: CollectionSpec;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #writesSinceCompaction = 0;
  /** Set by a failed write: memory and file may differ until the file is written anew. */
  #fileIsBehind = false;
  #closed = false;

  private constructor(spec: CollectionSpec, rows: Datastore<Row<T>>) {
    this.#spec = spec;
    this.#rows = rows;
  }

  /** `path` undefined: memory only. Throws an Error when the file holds lines that cannot be read. */
  static async open<T extends StoredDoc>(
    spec: CollectionSpec,
    path: string | undefined,
  ): Promise<EmbeddedCollection<T>> {
    if (path) await mendDataFile(path);
    const place = path ? { filename: path, ...fileOptions } : { inMemoryOnly: true };
    const rows = new Datastore<Row<T>>({ ...place, corruptAlertThreshold: 0, compareStrings: compareText });
    await rows.loadDatabaseAsync().catch((cause: unknown) => {
      throw new Error(`${path} cannot be read whole. Put back a copy of it, or move it away to start without.`, {
        cause,
      });
    });
    const collection = new EmbeddedCollection<T>(spec, rows);
    await collection.#renewKeys();
    await collection.#ensureIndexes();
    return collection;
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
      await this.#write(() => this.#rows.removeAsync({ expires: { $lt: Date.now() } }, { multi: true }));
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
        throw new StoreDown('The data folder could not be written.', { cause: error });
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

  /** Keys are stored beside the documents; a newer version of this program may want others. */
  async #renewKeys(): Promise<void> {
    for (const row of this.#rows.getAllData()) {
      const renewed = makeRow(this.#spec, row.doc);
      if (JSON.stringify(renewed) !== JSON.stringify(row)) await this.#rows.updateAsync({ _id: row._id }, renewed, {});
    }
  }

  async #ensureIndexes(): Promise<void> {
    for (const field of keyFields(this.#spec)) {
      await this.#rows.ensureIndexAsync({ fieldName: `keys.${field}`, sparse: true });
    }
    for (const [number, index] of this.#spec.indexes.entries()) {
      if (index.unique)
        await this.#rows.ensureIndexAsync({ fieldName: `unique.u${number}`, unique: true, sparse: true });
    }
    if (this.#spec.expires) await this.#rows.ensureIndexAsync({ fieldName: 'expires', sparse: true });
  }
}

function distinct<R extends { _id: string }>(rows: R[]): R[] {
  return [...new Map(rows.map((row) => [row._id, row])).values()];
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'errorType' in error && error.errorType === 'uniqueViolated';
}
