import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'restify';
import { isLoopbackHost } from '../../platform/loopback.js';
import { answerError } from './answers.js';
import { isForeign } from './origin.js';

/** Missing in @types/restify: runs before all of restify; false means answered. */
type First = { first(handler: (raw: RawRequest, response: ServerResponse) => boolean): void };
type RawRequest = IncomingMessage & { getUrl?: () => unknown };
export type Guards = {
  common: Readonly<Record<string, string>>;
  loopbackHostsOnly: boolean;
  /** Where browsers reach this server; undefined: at whatever host they name. */
  origin: string | undefined;
};

/**
 * What must not reach restify 12: an odd Host header or target makes it throw outside every handler, which ends the process;
 * a packed body would show its size too late; an upgrade would leave a socket open. A change that a page of another site asks
 * for is refused for every route.
 */
export function guard(server: Server, { common, loopbackHostsOnly, origin }: Guards): void {
  (server as unknown as First).first((raw, response) => {
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
    const url = urlOf(raw);
    if (!url) return refuse(response, 400);
    if (loopbackHostsOnly && !isLoopbackHost(url.hostname)) return refuse(response, 421);
    if (isForeign(raw, origin)) return refuse(response, 403);
    const packing = raw.headers['content-encoding'];
    if (packing !== undefined && packing.toLowerCase() !== 'identity') return refuse(response, 415);
    return true;
  });
  server.server.removeAllListeners('upgrade');
  server.server.on('upgrade', (_raw: IncomingMessage, socket: Duplex) => {
    socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
}

function refuse(response: ServerResponse, status: number): false {
  response.setHeader('connection', 'close');
  answerError(response, status);
  return false;
}

const hostForm = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * As restify itself will read it, so that what passes here passes there. Undefined when host or path are not what they
 * seem: parsing would change them (`/link/%2e%2e/readyz`, `0x7f.1`), so what was checked would not be what is routed.
 */
function urlOf(raw: RawRequest): URL | undefined {
  try {
    const url = raw.getUrl?.();
    return url instanceof URL && hasPlainHost(raw, url) && hasPlainTarget(raw.url ?? '', url) ? url : undefined;
  } catch {
    return undefined;
  }
}

function hasPlainHost({ headers, rawHeaders }: RawRequest, { hostname }: URL): boolean {
  const named = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  const { host } = headers;
  // HTTP/1.0 may leave it out.
  if (host === undefined) return named.length === 0;
  return named.length === 1 && hostForm.test(host) && host.replace(/:\d+$/, '').toLowerCase() === hostname;
}

function hasPlainTarget(target: string, { pathname, hash }: URL): boolean {
  return target.startsWith('/') && hash === '' && !target.includes('#') && target.split('?')[0] === pathname;
}
