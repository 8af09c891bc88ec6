import { randomBytes } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import type { Events, WebAnswer } from './exchange.js';

/** On every answer; a handler's own headers win. */
export function securityHeaders(isHttps: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'cache-control': 'no-store',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

export function answer(response: ServerResponse, { status, headers = {}, body, parts, events }: WebAnswer): void {
  // The other side left meanwhile. A stream would never hear of its end.
  if (response.destroyed) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (events) stream(response, events);
  else if (parts) pass(response, parts);
  else send(response, status, body);
}

function send(response: ServerResponse, status: number, body: WebAnswer['body']): void {
  const [bytes, type] = encode(body);
  if (bytes !== undefined && !response.hasHeader('content-type')) response.setHeader('content-type', type);
  // What 304 leaves out is not empty: it is unchanged.
  if (status !== 304) response.setHeader('content-length', bytes?.byteLength ?? 0);
  response.end(bytes);
}

/** Whoever asks for the head alone has nothing read for them. A side that leaves, or bytes that are gone, end it half way. */
function pass(response: ServerResponse, { length, bytes }: NonNullable<WebAnswer['parts']>): void {
  response.setHeader('content-length', length);
  if (response.req.method === 'HEAD') return void response.end();
  // restify answers for whoever has not begun when their handler is done.
  response.flushHeaders();
  pipeline(Readable.from(bytes), response).catch(() => response.destroy());
}

/** Proxies end a silent connection after a minute or so. */
const beatMs = 25_000;

/** https://html.spec.whatwg.org/multipage/server-sent-events.html; a comment now and then keeps it open. */
function stream(response: ServerResponse, events: Events): void {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  // nginx would keep what is sent until there is more of it.
  response.setHeader('x-accel-buffering', 'no');
  response.flushHeaders();
  // What is written between an end and its 'close' is an error that nobody could catch.
  const write = (text: string) => void (response.destroyed || response.writableEnded || response.write(text));
  const beat = setInterval(() => write(':\n\n'), beatMs);
  const over = events(
    (event) => write(`event: ${event}\ndata:\n\n`),
    () => response.end(),
  );
  response.once('close', () => {
    clearInterval(beat);
    over();
  });
}

/** What HTTP calls it, and a number that the log knows: never why. */
export function answerError(response: ServerResponse, status: number, reference?: string): void {
  if (response.headersSent) return void response.destroy();
  const code = STATUS_CODES[status] ?? 'Error';
  answer(response, { status, body: { code, ...(reference ? { reference } : {}) } });
}

/** Short enough to read out on the phone. */
export function referenceFor(): string {
  return randomBytes(4).toString('hex');
}

/**
 * What restify answers by itself (404, 405 ...) and what goes wrong inside it says no more than its status. The callback
 * that it hands along is left alone: restify would then answer a second time.
 */
export function hideErrors(server: Server, log: Logger): void {
  server.on('restifyError', (raw: Request, response: Response, error: Error & { statusCode?: number }) => {
    const status = error.statusCode ?? 500;
    const reference = status >= 500 ? referenceFor() : undefined;
    if (reference) log.error({ err: error, reference, method: raw.method }, 'a request failed');
    answerError(response, status, reference);
  });
}

function encode(body: WebAnswer['body']): [Uint8Array | undefined, string] {
  if (body === undefined) return [undefined, ''];
  if (typeof body === 'string') return [Buffer.from(body), 'text/plain; charset=utf-8'];
  if (body instanceof Uint8Array) return [body, 'application/octet-stream'];
  return [Buffer.from(JSON.stringify(body)), 'application/json; charset=utf-8'];
}
