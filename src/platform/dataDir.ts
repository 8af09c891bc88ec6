import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';

/**
 * Makes the folder that this process keeps its files in, so that each later step may count on it.
 * @throws Error with one sentence when there can be none
 */
export async function makeDataDir(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new Error(`The data folder ${folder} cannot be written to (${code}): set DATA_DIR to another folder.`, {
      cause: error,
    });
  }
}
