import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { WebHandler } from './exchange.js';

/** One file of a built page, the same for everybody. */
export function fileHandler(file: URL, type: string): WebHandler {
  let packed: { etag: string; body: Buffer } | undefined;
  return async ({ headers }) => {
    const content = await readFile(file).catch(() => undefined);
    if (!content) return { status: 404 };
    const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
    const fresh = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
    if (headers['if-none-match'] === etag) return { status: 304, headers: fresh };
    const whole = { status: 200, headers: { ...fresh, 'content-type': type }, body: content };
    if (!/\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))) return whole;
    if (packed?.etag !== etag) packed = { etag, body: gzipSync(content, { level: 9 }) };
    return { ...whole, headers: { ...whole.headers, 'content-encoding': 'gzip' }, body: packed.body };
  };
}
