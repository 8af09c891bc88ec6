import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../platform/clock.js';
import type { Outbound } from '../platform/outbound.js';
import type { TenantId } from '../rules/types.js';
import { DirectoryDown } from './directory.js';
import { Patience, patiently } from './patience.js';
import { authorised, HandedOn, middleware, sending } from './steps.js';
import type { Tokens } from './tokens.js';

/** Where trouble is told. Never given a token, a name, or what someone typed. */
export type DirectoryLog = { warn(fields: Record<string, unknown>, message: string): void };

export type ClientOptions = {
  graphRoot: string;
  tokens: Tokens;
  outbound: Outbound;
  clock: Clock;
  log?: DirectoryLog;
  pause: (milliseconds: number) => Promise<void>;
  random: () => number;
};

export type Ask = {
  /** Sends `ConsistencyLevel: eventual`, which `$search`, casts and counts ask for. */
  advanced?: boolean;
  patience?: Patience;
  body?: Record<string, unknown>;
};

/** What Graph said: a clean answer, or a "no" with its code. */
export type Answer = { status: number; code: string | undefined; body: unknown };

/** `path` is below `/v1.0`, or a whole link that Graph gave. */
export type Call = (tenant: TenantId, path: string, ask?: Ask) => Promise<Answer>;

/** The client would take anything else, `http:` too, for a path. Whose link it is, is seen to before a token is added. */
const isPathOrLink = /^(\/[^/]|https:\/\/)/;

/**
 * Microsoft Graph for each tenant, through Microsoft's client.
 * The call gives 2xx, 400, 404 and 410 answers back to judge.
 * @throws DirectoryDown for every other answer, none at all, or one too late
 */
export function createCall(options: ClientOptions): Call {
  const clients = new Map<TenantId, Client>();
  const clientOf = (tenant: TenantId): Client => {
    const known = clients.get(tenant) ?? createClient(options, tenant);
    clients.set(tenant, known);
    return known;
  };
  return async (tenant, path, ask = {}) => {
    if (!isPathOrLink.test(path)) throw new DirectoryDown('The directory gave a link that is none.', 'unreachable');
    const answer = await send(clientOf(tenant), path, ask).catch((error: unknown) => {
      const told = trouble(error);
      options.log?.warn({ tenant, reason: told.reason, retryAt: told.retryAt }, told.message);
      throw told;
    });
    const { status, code, requestId } = answer;
    if ((status >= 200 && status <= 299) || status === 404 || status === 410) return answer;
    options.log?.warn({ tenant, status, code, requestId }, 'the directory said no');
    if (status === 400) return answer;
    throw down(answer);
  };
}

function createClient(options: ClientOptions, tenant: TenantId): Client {
  const steps = [patiently(options), authorised(options.graphRoot, tenant, options.tokens), sending(options.outbound)];
  return Client.initWithMiddleware({ baseUrl: options.graphRoot, middleware: middleware(steps) });
}

type Received = Answer & { requestId: string | undefined };

async function send(client: Client, path: string, ask: Ask): Promise<Received> {
  const patience = ask.patience ?? Patience.turn;
  const request = client
    .api(path)
    .responseType(ResponseType.RAW)
    .middlewareOptions([patience])
    .option('signal', AbortSignal.timeout(patience.callMs));
  if (ask.advanced) request.header('ConsistencyLevel', 'eventual');
  if (patience === Patience.sweep) request.header('x-ms-throttle-priority', 'Low');
  const response: Response = await (ask.body ? request.post(ask.body) : request.get());
  const body = parsed(await response.text());
  return {
    status: response.status,
    body,
    code: codeOf(body),
    requestId: response.headers.get('request-id') ?? undefined,
  };
}

/** The error body's code: a word, or it is not repeated. https://learn.microsoft.com/graph/errors */
function codeOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[\w.]{1,80}$/.test(error.code) ? error.code : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What was thrown on the way can name addresses, so nothing of it is repeated. */
function trouble(error: unknown): DirectoryDown {
  if (error instanceof HandedOn) return error.down;
  if (error instanceof DirectoryDown) return error;
  return new DirectoryDown('The directory could not be reached.', 'unreachable');
}

/** A "no" that nobody expected. */
export function down({ status, code }: Answer): DirectoryDown {
  const what = code ? `${status} ${code}` : String(status);
  if (status === 401 || status === 403) {
    return new DirectoryDown(`The directory does not allow this (${what}).`, 'not-allowed');
  }
  return new DirectoryDown(`The directory gave no clean answer (${what}).`, 'unreachable');
}
