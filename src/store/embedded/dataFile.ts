import { open } from 'node:fs/promises';
import nedb from '@seald-io/nedb';
import { compareText } from '../conditions.js';
import type { CollectionSpec, StoredDoc } from '../store.js';
import { keyFields, makeRow, type Row } from './keys.js';

// The package is CommonJS and is the class itself; its types say `default`.
const Datastore = nedb as unknown as typeof nedb.default;
export type Rows<T extends StoredDoc> = InstanceType<typeof nedb.default<Row<T>>>;

const fileOptions = {
  modes: { fileMode: 0o600, dirMode: 0o700 },
  // nedb ends a line also at these three, which JSON leaves as they are: a text that holds one would be lost.
  afterSerialization: (line: string) => line.replace(/[\x85\u2028\u2029]/g, (one) => `\\u${hex(one)}`),
  beforeDeserialization: (line: string) => line,
};

const hex = (one: string) => one.charCodeAt(0).toString(16).padStart(4, '0');

/** Opens a file, or none, with the indexes the spec asks for. Throws an Error when it holds a line that cannot be read. */
export async function openRows<T extends StoredDoc>(spec: CollectionSpec, path: string | undefined): Promise<Rows<T>> {
  if (path) await mendDataFile(path);
  const place = path ? { filename: path, ...fileOptions } : { inMemoryOnly: true };
  const rows: Rows<T> = new Datastore<Row<T>>({ ...place, corruptAlertThreshold: 0, compareStrings: compareText });
  await rows.loadDatabaseAsync().catch((cause: unknown) => {
    throw new Error(`${path} cannot be read whole. Put back a copy of it, or move it away to start without.`, {
      cause,
    });
  });
  await renewKeys(spec, rows);
  await ensureIndexes(spec, rows);
  return rows;
}

/** Keys and indexes are stored beside the documents; another version of this program may want others. */
async function renewKeys<T extends StoredDoc>(spec: CollectionSpec, rows: Rows<T>): Promise<void> {
  const stale = rows
    .getAllData()
    .map((row) => ({ row, renewed: makeRow(spec, row.doc) }))
    .filter(({ row, renewed }) => JSON.stringify(renewed) !== JSON.stringify(row));
  if (stale.length === 0) return;
  for (let number = 0; number < indexLimit; number += 1) await rows.removeIndexAsync(`unique.u${number}`);
  for (const { row, renewed } of stale) await rows.updateAsync({ _id: row._id }, renewed, {});
}

async function ensureIndexes<T extends StoredDoc>(spec: CollectionSpec, rows: Rows<T>): Promise<void> {
  if (spec.indexes.length > indexLimit) throw new TypeError(`A collection has up to ${indexLimit} indexes.`);
  for (const field of keyFields(spec)) await rows.ensureIndexAsync({ fieldName: `keys.${field}`, sparse: true });
  for (const [number, index] of spec.indexes.entries()) {
    if (index.unique) await rows.ensureIndexAsync({ fieldName: `unique.u${number}`, unique: true, sparse: true });
  }
  if (spec.expires) await rows.ensureIndexAsync({ fieldName: 'expires', sparse: true });
}

const indexLimit = 16;

const chunkBytes = 64 * 1024;

/**
 * Cuts off a last line that a crash left half written; nobody was told that it was stored. Does nothing when there is no
 * such file.
 */
async function mendDataFile(path: string): Promise<void> {
  const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return;
  try {
    const { size } = await file.stat();
    let end = size;
    const buffer = Buffer.alloc(chunkBytes);
    while (end > 0) {
      const start = Math.max(0, end - chunkBytes);
      await file.read(buffer, 0, end - start, start);
      const newline = buffer.subarray(0, end - start).lastIndexOf(0x0a);
      if (newline !== -1) {
        end = start + newline + 1;
        break;
      }
      end = start;
    }
    if (end < size) await file.truncate(end);
  } finally {
    await file.close();
  }
}
