import { open } from 'node:fs/promises';

const chunkBytes = 64 * 1024;

/**
 * Cuts off a last line that a crash left half written; nobody was told that it was stored. Does nothing when there is no
 * such file.
 */
export async function mendDataFile(path: string): Promise<void> {
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
