import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Folders held by this very process: its own number in a lock may also be that of an earlier process. */
const held = new Set<string>();

/**
 * Makes this process the only one that uses the folder, until the returned function is called. Throws an Error with a
 * sentence for the operator when another living process has it. A lock left by a process that ended is taken over.
 */
export function lockFolder(dir: string): () => void {
  const file = join(dir, 'lock');
  const own = `${process.pid} ${startOf(process.pid) ?? ''}\n`;
  for (let tries = 0; tries < 5; tries += 1) {
    if (createLock(file, own)) return () => release(file, own);
    const found = readLock(file);
    if (found !== undefined && isAlive(file, found)) throw new Error(inUse(dir, found));
    if (found !== undefined) removeStale(file, found);
  }
  throw new Error(inUse(dir, readLock(file) ?? ''));
}

function inUse(dir: string, lock: string): string {
  const owner = lock.split(' ')[0] || 'unknown';
  return `The data folder ${dir} is in use by another process (number ${owner}). Stop that one first, or set DATA_DIR to another folder.`;
}

function createLock(file: string, own: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, own);
    closeSync(handle);
    held.add(file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive(file: string, lock: string): boolean {
  const [number = '', start = ''] = lock.trim().split(' ');
  const pid = Number(number);
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  if (pid === process.pid) return held.has(file);
  const now = startOf(pid);
  if (start !== '' && now !== undefined) return start === now;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/**
 * Two processes may find the same stale lock. Renaming lets one of them have it; whoever finds that it moved a newer lock
 * puts that one back.
 */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(file: string, own: string): void {
  held.delete(file);
  if (readLock(file) === own) rmSync(file, { force: true });
}

/**
 * When a process started, in ticks since the machine did, where the system tells (Linux, proc(5), field 22 of stat).
 * Process numbers are soon used again, in containers above all.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
