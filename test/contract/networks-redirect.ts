import http from 'node:http';
import https from 'node:https';
import type { Outbound } from '../../src/platform/outbound.js';

type Options = http.RequestOptions & { hostname?: string | null };

/**
 * Vendors' clients have no setting for another address: while this is on, whatever this process asks over https goes
 * to the pretend networks. Call what it returns to end it.
 */
export function sendEverythingTo(outbound: Outbound): () => void {
  const { request } = https;
  const { fetch } = globalThis;
  const redirected = (...args: unknown[]): http.ClientRequest => {
    const callback = args.find((arg) => typeof arg === 'function') as
      | ((answer: http.IncomingMessage) => void)
      | undefined;
    const first = typeof args[0] === 'string' || args[0] instanceof URL ? optionsOf(new URL(args[0])) : {};
    const options: Options = Object.assign(first, ...args.filter((arg) => isOptions(arg)));
    const to = outbound(`https://${options.hostname ?? options.host}${options.path ?? '/'}`);
    const headers = withoutHost(options.headers);
    return http.request({ ...optionsOf(to), method: options.method ?? 'GET', headers }, callback);
  };
  https.request = redirected as typeof https.request;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return fetch(url.protocol === 'https:' ? outbound(url) : url, init);
  };
  return () => {
    https.request = request;
    globalThis.fetch = fetch;
  };
}

const isOptions = (arg: unknown) => typeof arg === 'object' && arg !== null && !(arg instanceof URL);

function optionsOf(url: URL): Options {
  return { hostname: url.hostname, port: url.port, path: `${url.pathname}${url.search}` };
}

function withoutHost(headers: Options['headers']): http.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'host'));
}
