import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readKeys } from './vault.js';

/**
 * The text of TOKEN_KEYS for a try-out: kept in `dir`/token-keys, which only its owner may read, and made the first time.
 * Whoever starts at the same moment gets the same keys. Throws an Error when the file does not hold keys.
 */
export async function ensureKeyFile(dir: string): Promise<string> {
  const file = join(dir, 'token-keys');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const kept = await readKeyFile(file);
  if (kept !== undefined) return kept;
  await publish(file, `k1:${randomBytes(32).toString('base64')}\n`);
  const made = await readKeyFile(file);
  if (made === undefined) throw new Error(`${file} vanished while it was made.`);
  return made;
}

/** Written whole under another name first: a name that exists always has the keys in it, also after a crash. */
async function publish(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file).catch(onlyIf('EEXIST')); // link never overwrites: the first one wins
  } finally {
    await rm(draft, { force: true });
  }
}

async function readKeyFile(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(onlyIf('ENOENT'));
  if (text === undefined) return undefined;
  await chmod(file, 0o600);
  try {
    readKeys(text.trim());
  } catch (cause) {
    throw new Error(`${file} does not hold keys. Put the right ones back, or remove it to start with new ones.`, {
      cause,
    });
  }
  return text.trim();
}

function onlyIf(code: string): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code !== code) throw error;
    return undefined;
  };
}
