import { Binary, type Collection, type MongoServerError } from 'mongodb';
import { checkKey } from '../copy.js';
import type { FilePart, Files } from '../store.js';
import { reached } from './trouble.js';

const duplicate = 11000;

/** One part, in a document of its own: far below the 16 MB of one document. */
export type PartRow = {
  _id: { tenant: string; id: string };
  tenant: string;
  file: string;
  part: number;
  bytes: Binary;
};

/** Files in a collection of parts. Every filter names the tenant, so that a sharded cluster asks one shard. */
export class MongoFiles implements Files {
  #rows: Collection<PartRow>;

  constructor(rows: Collection<PartRow>) {
    this.#rows = rows;
  }

  async add(of: FilePart, bytes: Uint8Array): Promise<void> {
    const { file, part } = of;
    const row = { file, part, bytes: new Binary(bytes) };
    try {
      await reached(() => this.#rows.updateOne(keyOf(of), { $setOnInsert: row }, { upsert: true }));
    } catch (error) {
      // Somebody wrote it at the same moment.
      if ((error as MongoServerError).code !== duplicate) throw error;
    }
  }

  async put({ tenant, file, part }: FilePart, bytes: Uint8Array): Promise<void> {
    const row = { ...keyOf({ tenant, file, part }), file, part, bytes: new Binary(bytes) };
    await reached(() => this.#rows.replaceOne(keyOf(row), row, { upsert: true }));
  }

  async get(of: FilePart): Promise<Buffer | undefined> {
    const row = await reached(() => this.#rows.findOne(keyOf(of)));
    return row ? Buffer.from(row.bytes.buffer.subarray(0, row.bytes.position)) : undefined;
  }

  async drop(tenant: string, file: string): Promise<void> {
    checkKey(tenant, file);
    await reached(() => this.#rows.deleteMany({ tenant, file }));
  }
}

function keyOf({ tenant, file, part }: FilePart) {
  const id = `${file}:${part}`;
  checkKey(tenant, id);
  return { _id: { tenant, id }, tenant };
}
