import type { IncomingMessage } from 'node:http';
import { BodyTooLarge, readBody } from '../../platform/requestBody.js';
import { badRequest } from './answer.js';

/** A request as the paths of the pretend Graph see it. */
export type GraphRequest = {
  method: string;
  /** `https://graph.microsoft.com`: what next links name. */
  root: string;
  /** Below `/v1.0`, decoded: `['users', '<id>']`. */
  path: string[];
  /** As it was sent, for next links. */
  rawPath: string;
  options: Map<string, string>;
  /** `ConsistencyLevel: eventual` was sent. */
  eventual: boolean;
  tenant: string;
  body: unknown;
};

const known = new Set(
  ['select', 'filter', 'search', 'top', 'count', 'orderby', 'skiptoken', 'deltatoken', 'expand'].map(
    (name) => `$${name}`,
  ),
);

/** The OData options of a query. Unknown ones, and `$` options given twice, are refused as Graph does. */
export function optionsOf(query: URLSearchParams): Map<string, string> {
  const options = new Map<string, string>();
  for (const [name, value] of query) {
    if (!known.has(name.toLowerCase())) throw badRequest(`Unrecognized query argument specified: '${name}'.`);
    if (options.has(name.toLowerCase())) throw badRequest(`Query option '${name}' was specified more than once.`);
    options.set(name.toLowerCase(), value);
  }
  return options;
}

export function topOf(options: Map<string, string>, standard: number): number {
  const top = options.get('$top');
  if (top === undefined) return standard;
  if (!/^\d{1,5}$/.test(top) || Number(top) < 1 || Number(top) > 999) throw badRequest('Invalid page size specified.');
  return Number(top);
}

/** The parts of a path, decoded. */
export function segmentsOf(rawPath: string): string[] {
  try {
    return rawPath.slice(1).split('/').map(decodeURIComponent);
  } catch {
    throw badRequest('The path is not encoded well.');
  }
}

/** The whole body as text; at most a megabyte. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const body = readBody(request, 1_000_000).catch((error: unknown) => {
    throw error instanceof BodyTooLarge ? badRequest('The body is too large.') : error;
  });
  return (await body).toString('utf8');
}

export function jsonOf(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw badRequest('Unable to read JSON request payload.');
  }
}
