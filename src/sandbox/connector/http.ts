import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../../platform/requestBody.js';
import type { RestAnswer } from './restAnswer.js';

/** The body as an object; `{}` when there is none or it is not one; undefined when it is far too big. */
export async function readJson(
  request: IncomingMessage,
  limit = 1024 * 1024,
): Promise<Record<string, unknown> | undefined> {
  try {
    const value: unknown = JSON.parse((await readBody(request, limit)).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    return error instanceof BodyTooLarge ? undefined : {};
  }
}

export function write(response: ServerResponse, { status, body }: RestAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(text);
}

/** A name that another site made point at this machine is not ours. */
export function isOwnHost(request: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
}

/** A page of another site, open in the same browser, must not act here. */
export function isOwnPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}
