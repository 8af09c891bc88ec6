/**
 * The one interface to stored things. Small on purpose, so that MongoDB and the embedded store can promise the same.
 * Every call names the tenant; there is no call without it.
 */
export type StoredDoc = { tenant: string; id: string; version: number };

export type Scalar = string | number | boolean | Date;
/** One of `in`; on a list field also all of `with`, and none of `without`. */
export type OneOf = { in: readonly Scalar[]; with?: readonly Scalar[]; without?: readonly Scalar[] };
/**
 * A condition on one field. On an array field a condition holds when it holds for one of its elements (a range with two
 * ends is for fields that hold one value). A range holds only for values of its own kind: text, number or Date. `prefix`
 * holds for text that begins with it. A field that is not there meets no condition.
 */
export type Condition = Scalar | OneOf | { prefix: string } | { gt?: Scalar; gte?: Scalar; lt?: Scalar; lte?: Scalar };
/** All conditions must hold. Keys are field names of the document (top level only). */
export type Where = Readonly<Record<string, Condition>>;

/** The last document of the page before: its value of the sort field, and its id. */
export type After = { value: Scalar; id: string };
/**
 * With `sort`, equal documents follow each other by id. `after`, with one sort field that every document has, begins behind
 * a document, also when that one is gone. With an index of the fields asked for, then the sort field, a page costs what it
 * holds, however many documents there are.
 */
export type FindOptions = { sort?: Readonly<Record<string, 1 | -1>>; limit?: number; after?: After };

/** What is read may be the store's own copy, frozen: a change is a new document. */
export interface Collection<T extends StoredDoc> {
  get(tenant: string, id: string): Promise<T | undefined>;
  find(tenant: string, where: Where, options?: FindOptions): Promise<T[]>;
  /** How many there are, counted up to `atMost` and no further. */
  count(tenant: string, where: Where, atMost: number): Promise<number>;
  /** False when the id, or a unique index, is taken already. */
  insert(doc: T): Promise<boolean>;
  /**
   * Writes `doc`, which must carry another version, if the stored one still has `expected` as its version. False when it
   * has not, or is gone. Throws ValueTaken when a unique index has the new values for another document.
   */
  replace(doc: T, expected: number): Promise<boolean>;
  /** Finds by id (and conditions) and deletes, in one step: only one caller gets it. */
  take(tenant: string, id: string, where?: Where): Promise<T | undefined>;
  /** With `expected`, only that version. False when there was nothing to delete. */
  delete(tenant: string, id: string, expected?: number): Promise<boolean>;
}

/** `fields` of a compound index, after the tenant, which every index starts with. */
export type Index = { fields: readonly string[]; unique?: boolean };
export type CollectionSpec = {
  name: string;
  indexes: readonly Index[];
  /** A Date field after which the store may delete the document. It only cleans up: readers check the date themselves. */
  expires?: string;
};

/** One part of a file. A file is written and read in parts, so that none is ever in memory whole. */
export type FilePart = { tenant: string; file: string; part: number };

/** What is too large for a document. It knows nothing of what the bytes mean; whoever writes them seals them. */
export interface Files {
  /** Writes a part. One that is there stays as it is: what was looked at is what is sent. */
  add(of: FilePart, bytes: Uint8Array): Promise<void>;
  /** Writes a part over what was there: the same, sealed anew. */
  put(of: FilePart, bytes: Uint8Array): Promise<void>;
  get(of: FilePart): Promise<Buffer | undefined>;
  /** Takes all parts away. Doing it twice does no harm. */
  drop(tenant: string, file: string): Promise<void>;
}

export interface Store {
  /** No other process can use this store at the same time. */
  readonly isAlone: boolean;
  files(): Promise<Files>;
  collection<T extends StoredDoc>(spec: CollectionSpec): Promise<Collection<T>>;
  /** All documents of a collection, of every tenant: for migrations alone. None when there is no such collection. */
  all(name: string): AsyncIterable<StoredDoc>;
  /** Forgets a collection with all that is in it: for migrations alone. */
  drop(name: string): Promise<void>;
  /** Rejects when the store cannot be reached within `timeoutMs`. */
  ready(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * The store did not answer, and nothing was written. A surprise, not a refusal: the caller answers with an apology and a
 * reference number.
 */
export class StoreDown extends Error {}

/** The store did not answer, and a write may have been done all the same: read back before saying anything of it. */
export class StoreUnknown extends StoreDown {}

/** The store has no time; it was asked more than once. Nothing was written. */
export class StoreBusy extends StoreDown {}

/** A replace would have given a document values that a unique index has for another one. */
export class ValueTaken extends Error {}
