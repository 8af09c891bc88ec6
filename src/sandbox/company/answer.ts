import { randomUUID } from 'node:crypto';

/** What the pretend company says. `body` is sent as JSON, a `Buffer` or string with its own `type`. */
export type Reply = { status: number; body?: unknown; type?: string; headers?: Record<string, string> };

/** Graph's "no". https://learn.microsoft.com/graph/errors */
export class GraphNo extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export function refusal({ status, code, message, headers }: GraphNo, now: Date): Reply {
  const innerError = {
    date: now.toISOString().slice(0, 19),
    'request-id': randomUUID(),
    'client-request-id': randomUUID(),
  };
  return { status, headers, body: { error: { code, message, innerError } } };
}

export function notFound(id: string): GraphNo {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphNo(404, 'Request_ResourceNotFound', message);
}

export function badRequest(message: string): GraphNo {
  return new GraphNo(400, 'Request_BadRequest', message);
}

export function unsupported(message: string): GraphNo {
  return new GraphNo(400, 'Request_UnsupportedQuery', message);
}
