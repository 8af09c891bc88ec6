import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {}

/**
 * The whole body of a request. What really arrives is counted, since a length can be left out or wrong; the rest of a
 * body that is too large is not read. Rejects with the stream's own error when the client goes away half way.
 * @throws BodyTooLarge
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw new BodyTooLarge();
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > mostBytes) throw new BodyTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
