import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a page of another site made a browser ask for a change. Browsers say where such a request comes from in one
 * header or both, and pages cannot set them; programs send neither, and have to prove who they are in another way.
 */
export function isForeign(
  { method = '', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  own?: string,
): boolean {
  if (reading.has(method)) return false;
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin === undefined && site === undefined) return false;
  return !isFromOwnPage(headers, own);
}

/**
 * The proof that a page of ours sent it. `null` is what a browser says that may not tell the origin: then only the other
 * header counts.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, own: string | undefined): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined || origin === 'null') return site === 'same-origin';
  return origin === (own ?? `http://${host}`);
}
