import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../../platform/requestBody.js';

/** One request to a pretend network, read whole, so that each network is a plain function from call to reply. */
export type Call = {
  method: string;
  /** The real host that is meant: `api.x.com`. */
  host: string;
  /** The path on that host, decoded no further. */
  path: string;
  query: URLSearchParams;
  /** Form or JSON body; nested JSON values are left as text. */
  fields: URLSearchParams;
  /** The bytes of a file that came along, by the field it was in. */
  files: ReadonlyMap<string, Buffer>;
  /** The body as it came. */
  body: Buffer;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Where the pretend networks are reached, without a slash at the end. */
  origin: string;
};

/** `isLost`: the connection ends without an answer. */
export type Reply = {
  status: number;
  headers?: Record<string, string>;
  json?: unknown;
  html?: string;
  /** A picture. */
  svg?: string;
  isLost?: true;
};

/** Thrown by a pretend network to answer at once. */
export class Refused extends Error {
  constructor(readonly reply: Reply) {
    super(`refused with ${reply.status}`);
  }
}

/** A picture in base64, and what is around it. */
const limit = 12_000_000;
/** Of a file by itself: Meta takes a video in one piece. */
const fileLimit = 1_000_000_000;

/** Reads a request whole. The first path part is the real host. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const [, host = '', ...rest] = url.pathname.split('/');
  const isFile = bare.test(request.headers['content-type'] ?? '');
  const read = readBody(request, isFile ? fileLimit : limit).catch((error: unknown) => {
    throw error instanceof BodyTooLarge ? new Refused({ status: 413, json: { error: 'too large' } }) : error;
  });
  const body = await read;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
  const { fields, files } = await formOf(body, headers['content-type'] ?? '');
  return {
    method: request.method ?? 'GET',
    host: host.toLowerCase(),
    path: `/${rest.join('/')}`,
    query: url.searchParams,
    fields,
    files,
    body,
    headers,
    origin: url.origin,
  };
}

const bare = /^(?:video\/|application\/octet-stream)/;

/** A form with files, where it is one. */
async function formOf(body: Buffer, type: string): Promise<Pick<Call, 'fields' | 'files'>> {
  const files = new Map<string, Buffer>();
  // Bytes are no words.
  if (bare.test(type)) return { fields: new URLSearchParams(), files };
  if (!type.startsWith('multipart/')) return { fields: fieldsOf(body.toString('utf8'), type), files };
  const fields = new URLSearchParams();
  const form = await new Response(new Uint8Array(named(body)), { headers: { 'content-type': type } }).formData();
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') fields.set(name, value);
    else files.set(name, Buffer.from(await value.arrayBuffer()));
  }
  return { fields, files };
}

const nameless = /(name="[^"\r\n]*")(\r\nContent-Type: application\/octet-stream\r\n)/g;

/** twitter-api-v2 gives its files no name; without one they would be read as words. */
const named = (body: Buffer): Buffer =>
  body.includes('filename=')
    ? body
    : Buffer.from(body.toString('latin1').replace(nameless, '$1; filename="part"$2'), 'latin1');

/** Real clients send JSON where the books say form, and the other way round: both are taken. */
function fieldsOf(body: string, type: string): URLSearchParams {
  if (!type.includes('json')) return new URLSearchParams(body);
  const fields = new URLSearchParams();
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null) return fields;
    for (const [name, value] of Object.entries(json)) {
      fields.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
  } catch {
    // An empty or broken body has no fields.
  }
  return fields;
}

export function bearerOf(call: Call): string | undefined {
  return /^bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
}

export function writeReply(response: ServerResponse, reply: Reply): void {
  if (reply.isLost) {
    response.destroy();
    return;
  }
  const { html, svg, json } = reply;
  const type = svg !== undefined ? 'image/svg+xml' : html === undefined ? 'application/json' : 'text/html';
  const page = svg ?? html;
  response.writeHead(reply.status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    ...(page === undefined ? {} : pageHeaders),
    ...reply.headers,
  });
  response.end(page ?? (json === undefined ? '' : JSON.stringify(json)));
}

/** No `form-action`: browsers would hold it against the way back to the app, which is another origin. */
const pageHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
};

export const json = (status: number, body: unknown, headers?: Record<string, string>): Reply => ({
  status,
  json: body,
  ...(headers ? { headers } : {}),
});

export const redirect = (to: URL): Reply => ({ status: 302, headers: { location: to.href } });
