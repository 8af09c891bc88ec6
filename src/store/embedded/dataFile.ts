import { appendFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { isPlain } from '../conditions.js';

/**
 * A file of one line of JSON for each write: `{"_id", "doc"}`, or `{"_id", "$$deleted": true}`; of several lines with one
 * `_id` the last counts. A date is `{"$$date": milliseconds}`. Release 0.1.0 wrote it by way of nedb, whose lines on
 * indexes are passed over.
 */
export type Line = { _id: string; doc?: unknown; $$deleted?: true };

const lineEnd = 0x0a;
const chunkBytes = 256 * 1024;
/** Of its owner alone. */
const mode = 0o600;
/** What is written anew and then takes the file's place. */
const asideOf = (path: string) => `${path}~`;

/**
 * Reads all lines, oldest first; makes the file when there is none. A last line that a crash left half written is cut
 * off: nobody was told that it was stored. @throws Error when another line cannot be read
 */
export async function readLines(path: string, onLine: (line: Line) => void): Promise<void> {
  const file = await openFile(path);
  await rm(asideOf(path), { force: true });
  try {
    const { size } = await file.stat();
    let rest: Buffer = Buffer.alloc(0);
    for (let at = 0; at < size; ) {
      const buffer = Buffer.alloc(Math.min(chunkBytes, size - at));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      rest = eachLine(Buffer.concat([rest, buffer.subarray(0, bytesRead)]), (text) => readLine(path, text, onLine));
    }
    if (rest.length > 0) await file.truncate(size - rest.length);
  } finally {
    await file.close();
  }
}

/** What is there; else what was to take its place when a crash came; else a new one. */
async function openFile(path: string): Promise<FileHandle> {
  const reading = () => open(path, 'r+', mode);
  const noSuchFile = (next: () => Promise<FileHandle>) => (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return next();
    throw error;
  };
  const fromAside = () => rename(asideOf(path), path).then(reading);
  return reading().catch(noSuchFile(() => fromAside().catch(noSuchFile(() => open(path, 'wx+', mode)))));
}

/** Hands over whole lines; gives back what is behind the last one. */
function eachLine(bytes: Buffer, onText: (text: string) => void): Buffer {
  let start = 0;
  for (let stop = bytes.indexOf(lineEnd); stop !== -1; stop = bytes.indexOf(lineEnd, start)) {
    if (stop > start) onText(bytes.toString('utf8', start, stop));
    start = stop + 1;
  }
  return bytes.subarray(start);
}

function readLine(path: string, text: string, onLine: (line: Line) => void): void {
  let line: unknown;
  try {
    line = JSON.parse(text);
    if (!isPlain(line)) throw new TypeError('not an object');
  } catch (cause) {
    throw new Error(`${path} cannot be read whole. Put back a copy of it, or move it away to start without.`, {
      cause,
    });
  }
  if (typeof line._id === 'string') onLine(line as Line);
}

export const appendLines = (path: string, text: string): Promise<void> => appendFile(path, text, { mode });

/** Writes the file anew, on the disk before it takes the old one's place. */
export async function rewriteFile(path: string, lines: Iterable<string>): Promise<void> {
  const file = await open(asideOf(path), 'w', mode);
  try {
    let text = '';
    for (const line of lines) {
      text += line;
      if (text.length < chunkBytes) continue;
      await file.write(text);
      text = '';
    }
    await file.write(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(asideOf(path), path);
}

export function lineOf(id: string, doc: object | undefined): string {
  const line: Line = doc ? { _id: id, doc } : { _id: id, $$deleted: true };
  return `${JSON.stringify(line, writeDate)}\n`;
}

/** JSON makes text of a date before it asks. */
function writeDate(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const own = this[name];
  return own instanceof Date ? { $$date: own.getTime() } : value;
}
