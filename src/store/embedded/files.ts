import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createShared } from '../../platform/cache.js';
import type { FilePart, Files } from '../store.js';

/** Names come from people's ids: hashed they are fit for every disk, and lead nowhere else. */
const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Each part a file of its own, of its owner alone, under `<tenant>/<file>/<part>`; never in memory whole. */
export function filesIn(folder: string): Files {
  const folderOf = (tenant: string, file: string) => join(folder, nameOf(tenant), nameOf(file));
  const pathOf = ({ tenant, file, part }: FilePart) => join(folderOf(tenant, file), String(part));
  /** One process has this store: of two that add the same part at once the first one counts. */
  const shared = createShared<void>();
  const put = async (of: FilePart, bytes: Uint8Array) => {
    await mkdir(folderOf(of.tenant, of.file), { recursive: true, mode: 0o700 });
    // Put in place whole: a crash leaves no half part.
    const aside = join(folderOf(of.tenant, of.file), `${randomUUID()}~`);
    await writeFile(aside, bytes, { mode: 0o600, flag: 'wx' });
    await rename(aside, pathOf(of));
  };
  return {
    put,
    add: (of, bytes) =>
      shared(pathOf(of), async () => {
        if (!(await stat(pathOf(of)).catch(noneIfMissing))) await put(of, bytes);
      }),
    get: (of) => readFile(pathOf(of)).catch(noneIfMissing),
    drop: (tenant, file) => rm(folderOf(tenant, file), { recursive: true, force: true }),
  };
}

function noneIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** For a store that lives in memory alone. */
export function filesInMemory(): Files {
  const files = new Map<string, Map<number, Buffer>>();
  const keyOf = ({ tenant, file }: Omit<FilePart, 'part'>) => JSON.stringify([tenant, file]);
  const partsOf = (of: FilePart) => {
    const parts = files.get(keyOf(of)) ?? new Map<number, Buffer>();
    files.set(keyOf(of), parts);
    return parts;
  };
  return {
    async add(of, bytes) {
      if (!partsOf(of).has(of.part)) partsOf(of).set(of.part, Buffer.from(bytes));
    },
    put: async (of, bytes) => void partsOf(of).set(of.part, Buffer.from(bytes)),
    get: async (of) => files.get(keyOf(of))?.get(of.part),
    drop: async (tenant, file) => void files.delete(keyOf({ tenant, file })),
  };
}
