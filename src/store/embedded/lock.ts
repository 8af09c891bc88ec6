import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { realTime, realTimeMs } from '../../platform/clock.js';

/** Folders held by this very process: its own number in a lock may also be that of an earlier process. */
const held = new Set<string>();

/** Between containers that share a folder nobody can see the other's processes; a lock that is alive is touched. */
const touchEveryMs = 5_000;
const forgottenAfterMs = 20_000;

/**
 * Makes this process the only one that uses the folder, until the returned function is called. Throws an Error with a
 * sentence for the operator when another living process has it. A lock left by a process that ended is taken over.
 */
export function lockFolder(dir: string): () => void {
  const file = join(realpathSync(dir), 'lock');
  const own = `${process.pid} ${place()} ${startOf(process.pid) ?? ''}\n`;
  for (let tries = 0; tries < 5; tries += 1) {
    if (createLock(file, own)) return keep(file, own);
    const found = readLock(file);
    if (found !== undefined && isAlive(file, found)) throw new Error(inUse(dir, found));
    if (found !== undefined) removeStale(file, found);
  }
  throw new Error(inUse(dir, readLock(file) ?? ''));
}

function inUse(dir: string, lock: string): string {
  const [owner = '', where] = lock.split(' ');
  const wait = where === undefined || where === place() ? '' : ', wait 20 seconds if it ended just now';
  return (
    `The data folder ${dir} is in use by another process (number ${owner || 'unknown'}). ` +
    `Stop that one first${wait}, or set DATA_DIR to another folder.`
  );
}

function keep(file: string, own: string): () => void {
  held.add(file);
  const timer = setInterval(() => {
    const now = realTime();
    utimes(file, now, now, () => undefined); // when it fails, the next one may not
  }, touchEveryMs).unref();
  return () => {
    clearInterval(timer);
    held.delete(file);
    if (readLock(file) === own) rmSync(file, { force: true });
  };
}

function createLock(file: string, own: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, own);
    closeSync(handle);
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
  const [number = '', where = '', start = ''] = lock.trim().split(' ');
  const pid = Number(number);
  if (!Number.isSafeInteger(pid) || pid < 1) return isRecent(file); // just made and not yet written, or left broken
  if (where !== place()) return isRecent(file);
  const now = startOf(pid);
  if (start !== '' && now !== undefined) return start === now;
  if (pid === process.pid) return held.has(file);
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

function isRecent(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && Math.abs(realTimeMs() - stats.mtimeMs) < forgottenAfterMs;
}

/** The machine, and on Linux the space in which process numbers mean the same (pid_namespaces(7)). */
function place(): string {
  let space = '';
  try {
    space = readlinkSync('/proc/self/ns/pid');
  } catch {
    // not Linux: one space per machine
  }
  return `${hostname()}/${space}`;
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
