import { isDeepStrictEqual } from 'node:util';
import { MongoClient, type Collection as MongoCollection, MongoServerError } from 'mongodb';
import { compareRows, readAfter, readLimit, readSort, readWhere, type Test } from '../conditions.js';
import { checkKey } from '../copy.js';
import {
  type Collection,
  type CollectionSpec,
  type Files,
  type FindOptions,
  type Store,
  StoreDown,
  type StoredDoc,
  StoreUnknown,
  ValueTaken,
  type Where,
} from '../store.js';
import { MongoFiles, type PartRow } from './files.js';
import { afterFilter, byId, byVersion, cutLists, type Row, toDoc, toFilter, toRow } from './rows.js';
import { reached } from './trouble.js';

const defaultDatabase = 'socialprofiles';
const duplicateKey = 11000;
const noSuchCollection = 26;

/**
 * The store on a MongoDB server (4.4 or newer), in the database that the address names, else `socialprofiles`. Connects with
 * the first call, and again by itself; until then every call throws StoreDown with its cause.
 * @throws Error when the address cannot be read
 */
export async function openMongoStore(uri: string): Promise<Store> {
  return new MongoStore(createClient(uri), /^[^:]+:\/\/[^/]+\/[^?]/.test(uri) ? undefined : defaultDatabase);
}

function createClient(uri: string): MongoClient {
  try {
    return new MongoClient(uri, {
      appName: 'social-profiles-for-teams',
      ignoreUndefined: true,
      serverSelectionTimeoutMS: 3000,
      connectTimeoutMS: 3000,
      waitQueueTimeoutMS: 3000,
      socketTimeoutMS: 20_000,
      minPoolSize: 1,
    });
  } catch (error) {
    // The driver's words may repeat parts of the address, and so a password.
    const name = error instanceof Error ? error.name : 'unknown';
    throw new Error(`MONGODB_URI cannot be read (${name}). It has the form mongodb://host:port/database.`);
  }
}

class MongoStore implements Store {
  readonly isAlone = false;
  #client: MongoClient;
  #database: string | undefined;

  constructor(client: MongoClient, database: string | undefined) {
    this.#client = client;
    this.#database = database;
  }

  async collection<T extends StoredDoc>(spec: CollectionSpec): Promise<Collection<T>> {
    const rows = this.#client.db(this.#database).collection<Row>(spec.name);
    await reached(async () => {
      for (const { fields, unique } of spec.indexes) {
        const keys = Object.fromEntries(['tenant', ...fields].map((field) => [field, 1] as const));
        await rows.createIndex(keys, unique ? { unique } : {});
      }
      // The one index without the tenant: MongoDB deletes by time only with an index of that field alone.
      if (spec.expires) await rows.createIndex({ [spec.expires]: 1 }, { expireAfterSeconds: 0 });
    });
    return new MongoDocs<T>(rows);
  }

  async files(): Promise<Files> {
    const rows = this.#client.db(this.#database).collection<PartRow>('fileParts');
    await reached(() => rows.createIndex({ tenant: 1, file: 1, part: 1 }, { unique: true }));
    return new MongoFiles(rows);
  }

  async *all(name: string): AsyncIterable<StoredDoc> {
    const cursor = this.#client.db(this.#database).collection<Row>(name).find({});
    for (;;) {
      const row = await reached(() => cursor.next());
      if (!row) return;
      yield toDoc(row) as StoredDoc;
    }
  }

  async drop(name: string): Promise<void> {
    await reached(() => this.#client.db(this.#database).dropCollection(name)).catch((error: unknown) => {
      if (!(error instanceof MongoServerError && error.code === noSuchCollection)) throw error;
    });
  }

  async ready(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StoreDown(`MongoDB did not answer within ${timeoutMs} ms.`)), timeoutMs);
    });
    const ping = reached(() => this.#client.db(this.#database).command({ ping: 1 }));
    await Promise.race([ping, late]).finally(() => clearTimeout(timer));
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

class MongoDocs<T extends StoredDoc> implements Collection<T> {
  #rows: MongoCollection<Row>;

  constructor(rows: MongoCollection<Row>) {
    this.#rows = rows;
  }

  async get(tenant: string, id: string): Promise<T | undefined> {
    return toDoc<T>(await reached(() => this.#rows.findOne(byId(tenant, id))));
  }

  async find(tenant: string, where: Where, options: FindOptions = {}): Promise<T[]> {
    checkKey(tenant, 'any');
    const tests = readWhere(where);
    const [limit, sort, after] = [readLimit(options), readSort(options), readAfter(options)];
    const [first] = sort;
    const isPage = limit !== undefined && first !== undefined;
    const behind = after && first ? [afterFilter(first, after)] : [];
    const read = async (part: readonly Test[]) => {
      const filter = { $and: [{ tenant }, toFilter(tenant, part), ...behind] };
      return reached(() => {
        const cursor = this.#rows.find(filter);
        if (sort.length > 0) cursor.sort(sort);
        if (limit !== undefined) cursor.limit(limit);
        return cursor.toArray();
      });
    };
    const pages = await Promise.all((isPage ? cutLists(tests) : [tests]).map(read));
    return joined(pages, sort, limit).map((row) => toDoc<T>(row) as T);
  }

  async count(tenant: string, where: Where, atMost: number): Promise<number> {
    checkKey(tenant, 'any');
    const filter = { tenant, ...toFilter(tenant, readWhere(where)) };
    const limit = readLimit({ limit: atMost }) as number;
    return reached(() => this.#rows.countDocuments(filter, { limit }));
  }

  async insert(doc: T): Promise<boolean> {
    const row = toRow(doc);
    return this.#write(row, async () => {
      try {
        await this.#rows.insertOne(row);
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    });
  }

  async replace(doc: T, expected: number): Promise<boolean> {
    const row = toRow(doc);
    if (doc.version === expected) throw new TypeError('A replaced document needs a new version.');
    const filter = byVersion(doc.tenant, doc.id, expected);
    return this.#write(row, async () => {
      try {
        return (await this.#rows.replaceOne(filter, row)).matchedCount === 1;
      } catch (cause) {
        throw isTaken(cause) ? new ValueTaken(`${this.#rows.collectionName} has the new values already.`) : cause;
      }
    });
  }

  /** A write whose answer was lost is looked for: when the very document is there, it was done. */
  async #write(row: Row, write: () => Promise<boolean>): Promise<boolean> {
    try {
      return await reached(write);
    } catch (error) {
      if (!(error instanceof StoreUnknown)) throw error;
      const stored = await reached(() => this.#rows.findOne({ _id: row._id, tenant: row._id.tenant })).catch(
        () => null,
      );
      if (isDeepStrictEqual(stored, row)) return true;
      throw error;
    }
  }

  async take(tenant: string, id: string, where: Where = {}): Promise<T | undefined> {
    const filter = { $and: [byId(tenant, id), toFilter(tenant, readWhere(where))] };
    return toDoc<T>(await reached(() => this.#rows.findOneAndDelete(filter)));
  }

  async delete(tenant: string, id: string, expected?: number): Promise<boolean> {
    const filter = expected === undefined ? byId(tenant, id) : byVersion(tenant, id, expected);
    const result = await reached(() => this.#rows.deleteOne(filter));
    return result.deletedCount === 1;
  }
}

/** Pages of one order, which may hold the same rows, as one page. */
function joined(pages: Row[][], sort: [string, 1 | -1][], limit: number | undefined): Row[] {
  if (pages.length === 1) return pages[0] ?? [];
  const rows = new Map(pages.flat().map((row) => [row._id.id, row]));
  return [...rows.values()].sort((a, b) => compareRows(a, b, sort)).slice(0, limit);
}

function isTaken(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateKey;
}
