import { badRequest, type Reply, unsupported } from './answer.js';
import { type GraphRequest, topOf } from './request.js';
import type { Row } from './rows.js';

/** How many rows a page has when the caller names no number, and at most. Tests make both small. */
export type PageSize = { standard: number; most: number };

/** One page of `rows`; its next link names the real host and keeps the options, as Graph's does. */
export function paged(request: GraphRequest, rows: readonly Row[], size: PageSize, context: string): Reply {
  const { options } = request;
  const isCounted = options.get('$count') === 'true';
  if (isCounted && !request.eventual) throw unsupported('$count is not currently supported without ConsistencyLevel.');
  const top = Math.min(topOf(options, size.standard), size.most);
  const from = offsetOf(options.get('$skiptoken'));
  const rest = from + top < rows.length;
  return {
    status: 200,
    body: {
      '@odata.context': `${request.root}/v1.0/$metadata#${context}`,
      ...(isCounted && from === 0 ? { '@odata.count': rows.length } : {}),
      ...(rest ? { '@odata.nextLink': linkTo(request, { $skiptoken: token({ from: from + top }) }) } : {}),
      value: rows.slice(from, from + top),
    },
  };
}

/** The same address with other options. */
export function linkTo(request: GraphRequest, more: Record<string, string>, keep = true): string {
  const options = new Map([...(keep ? request.options : []), ...Object.entries(more)]);
  const query = [...options].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${request.root}/v1.0${request.rawPath}?${query}`;
}

export function token(content: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

export function tokenContent(text: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof content === 'object' && content !== null) return { ...content };
  } catch {
    // Told below.
  }
  throw badRequest('Invalid token.');
}

function offsetOf(skipToken: string | undefined): number {
  if (skipToken === undefined) return 0;
  const { from } = tokenContent(skipToken);
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 0) throw badRequest('Invalid skip token.');
  return from;
}
