import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server } from 'restify';
import { isLoopbackHost } from '../../platform/loopback.js';
import { answerError } from './answers.js';

/** Missing in @types/restify: runs before all of restify; false means answered. */
type First = { first(handler: (raw: RawRequest, response: ServerResponse) => boolean): void };
type RawRequest = IncomingMessage & { getUrl?: () => unknown };
type Guards = { common: Readonly<Record<string, string>>; loopbackHostsOnly: boolean };

/**
 * What must not reach restify 12 (tried with 12.0.0). An odd Host header or target makes it throw outside every handler,
 * which ends the process. A packed body is not ours to unpack: its size would be known too late. And an upgrade nobody
 * asked for would leave a socket open without an answer.
 */
export function guard(server: Server, { common, loopbackHostsOnly }: Guards): void {
  (server as unknown as First).first((raw, response) => {
    for (const [name, value] of Object.entries(common)) response.setHeader(name, value);
    const url = urlOf(raw);
    if (!url) return refuse(response, 400);
    if (loopbackHostsOnly && !isLoopbackHost(url.hostname)) return refuse(response, 421);
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

/** As restify itself will read it, so that what passes here passes there. */
function urlOf(raw: RawRequest): URL | undefined {
  try {
    const url = raw.getUrl?.();
    return url instanceof URL ? url : undefined;
  } catch {
    return undefined;
  }
}
