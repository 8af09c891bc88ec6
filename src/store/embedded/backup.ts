import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { lockFolder } from './lock.js';

/**
 * Copies of the embedded store. Its files only grow, line by line, or are put in place whole, so that a file which is read
 * while the bot writes is what it was at one moment. What a document's outbox leads to is written after the document:
 * documents with an outbox are copied first, and a copy then has the entry or what came of it, or both, which does no harm.
 */
const first = ['schema', 'tenants', 'people', 'profiles', 'intents', 'linkouts', 'confirms'];

const manifest = z.strictObject({
  kind: z.literal('social-profiles-backup'),
  madeAt: z.iso.datetime(),
  files: z.record(z.string().regex(/^[a-z][a-z0-9-]*\.db$/i), z.strictObject({ lines: z.int(), sha256: z.string() })),
});
type Backup = z.infer<typeof manifest>;

const manifestFile = 'backup.json';
const storeOf = (dataDir: string) => join(dataDir, 'store');

/**
 * Copies the store of `dataDir` into the new folder `into`, while the bot runs or not. Keys are not in it.
 * @throws Error with a sentence, when there is no store, a line cannot be read, or `into` is there already
 */
export async function backUp(dataDir: string, into: string, now: Date): Promise<Backup> {
  const names = await filesIn(storeOf(dataDir));
  if (names.length === 0) throw new Error(`${dataDir} holds no store: set DATA_DIR as the bot has it.`);
  await makeNew(into);
  const files: Backup['files'] = {};
  for (const name of inOrder(names)) {
    const text = wholeLines(await readFile(join(storeOf(dataDir), name)));
    files[name] = { lines: countLines(name, text), sha256: sumOf(text) };
    await writeSafely(join(into, name), text);
  }
  const made: Backup = { kind: 'social-profiles-backup', madeAt: now.toISOString(), files };
  // Last: a folder without it is no whole copy.
  await writeSafely(join(into, manifestFile), Buffer.from(`${JSON.stringify(made, null, 2)}\n`));
  return made;
}

/**
 * Puts a copy into `dataDir`. A store that is there is kept beside it as `store.before-<time>`; nothing of the new one is in
 * place before all of it is.
 * @throws Error with a sentence, when the copy is not whole or the bot still runs
 */
export async function putBack(from: string, dataDir: string, now: Date): Promise<Backup> {
  const copy = await readBackup(from);
  const [store, aside] = [storeOf(dataDir), `${storeOf(dataDir)}.new`];
  await mkdir(store, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(store);
  try {
    await rm(aside, { recursive: true, force: true });
    await makeNew(aside);
    for (const [name, { sha256 }] of Object.entries(copy.files)) {
      const text = await readFile(join(from, name));
      if (sumOf(text) !== sha256) throw new Error(`${name} of the backup is not as it was made: take another backup.`);
      await writeSafely(join(aside, name), text);
    }
    const isUsed = (await filesIn(store)).length > 0;
    if (isUsed) await rename(store, `${store}.before-${now.toISOString().replaceAll(/[:.]/g, '-')}`);
    else await rm(store, { recursive: true, force: true });
    await rename(aside, store);
  } finally {
    unlock();
  }
  return copy;
}

/** @throws Error with a sentence, when the folder is no whole copy */
async function readBackup(from: string): Promise<Backup> {
  const text = await readFile(join(from, manifestFile), 'utf8').catch(() => undefined);
  const read = text === undefined ? undefined : manifest.safeParse(parsed(text));
  if (!read?.success) throw new Error(`${from} is no whole backup: its ${manifestFile} is missing or cannot be read.`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.db'));
}

function inOrder(names: readonly string[]): string[] {
  const rank = (name: string) => {
    const place = first.indexOf(name.slice(0, -'.db'.length));
    return place === -1 ? first.length : place;
  };
  return [...names].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Without a last line that is being written just now: nobody was told yet that it is stored. */
const wholeLines = (text: Buffer): Buffer => text.subarray(0, text.lastIndexOf(0x0a) + 1);

function countLines(name: string, text: Buffer): number {
  const lines = text.toString('utf8').split('\n').slice(0, -1);
  for (const line of lines) {
    if (line !== '' && parsed(line) === undefined) throw new Error(`${name} holds a line that cannot be read.`);
  }
  return lines.length;
}

const sumOf = (text: Buffer): string => createHash('sha256').update(text).digest('hex');

async function makeNew(folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new Error(`${folder} is there already: name another folder.`);
    throw error;
  });
}

/** On the disk, and for its owner alone. */
async function writeSafely(path: string, text: Buffer): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
