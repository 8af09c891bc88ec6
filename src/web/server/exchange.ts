import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../platform/loopback.js';
import { BodyTooLarge, readBody } from '../../platform/requestBody.js';

/** One request, as handlers see it. `url` is what the client asked for; its host is the client's claim. */
export type WebRequest = {
  method: string;
  url: URL;
  /** The parts of the path that the route names. */
  params: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  /** The address at the other end of the socket. */
  remoteAddress: string;
  cookie(name: string): string | undefined;
  /** @throws BadBody when it is no JSON, packed, or larger than 256 KB */
  json(): Promise<unknown>;
  /** @throws BadBody when it is no form, packed, or larger than 256 KB */
  form(): Promise<URLSearchParams>;
  /** A form with files. @throws BadBody when it is none, packed, or larger than this */
  upload(mostBytes: number): Promise<FormData>;
  /** The body as it came: for checking a signature, or a part of a file. @throws BadBody when it is packed, or larger than this, or 256 KB */
  raw(mostBytes?: number): Promise<Buffer>;
};

/** An object as `body` is sent as JSON; a string as UTF-8 text of the content type in `headers` (else plain text). */
export type WebAnswer = {
  status: number;
  headers?: Readonly<Record<string, string | string[]>>;
  body?: string | Uint8Array | object;
  /** In place of a body: so many bytes, which are never in memory at once. */
  parts?: { length: number; bytes: AsyncIterable<Uint8Array> };
  /** In place of a body: server-sent events, for as long as the other side listens. */
  events?: Events;
};

/** Is given what sends one event by its name, and what ends the stream; gives back what to do once it is over. */
export type Events = (send: (event: string) => void, end: () => void) => () => void;

export type WebHandler = (request: WebRequest) => Promise<WebAnswer>;

/** The body cannot be used; `status` is what HTTP calls it. */
export class BadBody extends Error {
  constructor(readonly status: 400 | 413 | 415) {
    super(`body refused with ${status}`);
  }
}

const bodyLimitBytes = 256 * 1024;

export function webRequest(raw: IncomingMessage, url: URL, params: Record<string, string>): WebRequest {
  return {
    method: raw.method ?? '',
    url,
    params,
    headers: raw.headers,
    remoteAddress: raw.socket.remoteAddress ?? '',
    cookie: (name) => cookieOf(raw.headers.cookie, name),
    async json() {
      expectType(raw, 'application/json');
      const text = (await readBytes(raw)).toString('utf8');
      try {
        return JSON.parse(text) as unknown;
      } catch {
        throw new BadBody(400);
      }
    },
    async form() {
      expectType(raw, 'application/x-www-form-urlencoded');
      return new URLSearchParams((await readBytes(raw)).toString('utf8'));
    },
    async upload(mostBytes) {
      expectType(raw, 'multipart/form-data');
      const body = await readBytes(raw, mostBytes);
      const headers = { 'content-type': raw.headers['content-type'] ?? '' };
      return new Response(new Uint8Array(body), { headers }).formData().catch(() => {
        throw new BadBody(400);
      });
    },
    raw: (mostBytes) => readBytes(raw, mostBytes),
  };
}

/** Whether the other end of the socket is this machine, with no proxy in between that says otherwise. */
export function isFromHere({ remoteAddress, headers, url }: WebRequest): boolean {
  const isForwarded = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some((name) => name in headers);
  return isLoopbackHost(remoteAddress) && isLoopbackHost(url.hostname) && !isForwarded;
}

function expectType({ headers }: IncomingMessage, wanted: string): void {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== wanted) throw new BadBody(415);
}

async function readBytes(raw: IncomingMessage, mostBytes = bodyLimitBytes): Promise<Buffer> {
  try {
    return await readBody(raw, mostBytes);
  } catch (error) {
    // Else the client went away half way.
    throw new BadBody(error instanceof BodyTooLarge ? 413 : 400);
  }
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const parts = (header ?? '').split(';').map((part) => part.trim());
  const found = parts.find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
