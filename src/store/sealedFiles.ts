import type { FilePart, Files } from './store.js';
import { type About, type Vault, VaultError } from './vault.js';

/** Every part but the last has so many bytes. */
export const partBytes = 1024 * 1024;

/** Files of which each part is sealed, and opens as nothing but that part of that file. */
export type SealedFiles = {
  /** A part that is there stays as it is. */
  write(of: FilePart, bytes: Uint8Array): Promise<void>;
  /** Undefined: it is not there, or no key opens it. */
  read(of: FilePart): Promise<Buffer | undefined>;
  drop(tenant: string, file: string): Promise<void>;
  /** Seals a part with the first key, where another sealed it. `unreadable`: no key opens it, or it is gone. */
  reseal(of: FilePart): Promise<'anew' | 'already' | 'unreadable'>;
};

const aboutPart = ({ tenant, file, part }: FilePart): About => ({
  ...{ tenant, profile: '', person: '', purpose: 'video' },
  part: { file, number: part },
});

export function createSealedFiles(files: Files, vault: Vault): SealedFiles {
  return {
    write: (of, bytes) => files.add(of, vault.sealBytes(bytes, aboutPart(of))),
    async read(of) {
      const sealed = await files.get(of);
      return sealed && opened(() => vault.openBytes(sealed, aboutPart(of)));
    },
    drop: (tenant, file) => files.drop(tenant, file),
    async reseal(of) {
      const sealed = await files.get(of);
      const bytes = sealed && opened(() => vault.openBytes(sealed, aboutPart(of)));
      if (!sealed || !bytes) return 'unreadable';
      if (!vault.needsReseal(sealed)) return 'already';
      await files.put(of, vault.sealBytes(bytes, aboutPart(of)));
      return 'anew';
    },
  };
}

function opened<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}

/** Bytes from `from` to before `to` of a file, a part at a time; undefined when one of its parts is gone. */
export async function readRange(
  files: Pick<SealedFiles, 'read'>,
  { tenant, file }: Omit<FilePart, 'part'>,
  from: number,
  to: number,
): Promise<Buffer | undefined> {
  const found: Buffer[] = [];
  for (let part = Math.floor(from / partBytes); part * partBytes < to; part++) {
    const start = part * partBytes;
    const bytes = await files.read({ tenant, file, part });
    const wanted = bytes?.subarray(Math.max(0, from - start), to - start);
    if (!wanted || wanted.length !== Math.min(to, start + partBytes) - Math.max(from, start)) return undefined;
    found.push(wanted);
  }
  return Buffer.concat(found);
}
