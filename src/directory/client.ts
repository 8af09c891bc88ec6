import { boundedText } from '../platform/boundedText.js';
import type { Clock } from '../platform/clock.js';
import type { Outbound } from '../platform/outbound.js';
import { howOfStatus, type Watch } from '../platform/watch.js';
import type { TenantId } from '../rules/types.js';
import { DirectoryDown } from './directory.js';
import { createRetrying, type Retrying, type RetryPolicy, retryPolicies } from './retryPolicy.js';
import type { Tokens } from './tokens.js';

/** Where trouble is told. Never given a token, a name, or what someone typed. */
export type DirectoryLog = { warn(fields: Record<string, unknown>, message: string): void };

export type ClientOptions = {
  graphRoot: string;
  tokens: Tokens;
  outbound: Outbound;
  watch: Watch;
  clock: Clock;
  log?: DirectoryLog;
  pause: (milliseconds: number) => Promise<void>;
  random: () => number;
};

export type Ask = {
  /** Sends `ConsistencyLevel: eventual`, which `$search`, casts and counts ask for. */
  advanced?: boolean;
  retryPolicy?: RetryPolicy;
  body?: Record<string, unknown>;
};

/** What Graph said: a clean answer, or a "no" with its code. */
export type Answer = { status: number; code: string | undefined; body: unknown };

/** `path` is below `/v1.0`, or a whole link that Graph gave. */
export type Call = (tenant: TenantId, path: string, ask?: Ask) => Promise<Answer>;

/**
 * Microsoft Graph, each tenant by itself.
 * The call gives 2xx, 400, 404 and 410 answers back to judge.
 * @throws DirectoryDown for every other answer, none at all, or one too late
 */
export function createCall(options: ClientOptions): Call {
  const retrying = new Map<TenantId, Retrying>();
  const retryingOf = (tenant: TenantId): Retrying => {
    const known = retrying.get(tenant) ?? createRetrying(options);
    retrying.set(tenant, known);
    return known;
  };
  return async (tenant, path, ask = {}) => {
    const url = addressOf(options.graphRoot, path);
    const answer = await send(options, retryingOf(tenant), tenant, url, ask).catch((error: unknown) => {
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

/** Paging and delta links come from outside: the token goes to Graph's own address, over https, and nowhere else. */
function addressOf(graphRoot: string, path: string): URL {
  const text = /^\/[^/]/.test(path) ? `${graphRoot}/v1.0${path}` : path;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin === graphRoot) return url;
  throw new DirectoryDown('The directory gave a link that is not its own.', 'unreachable');
}

type Received = Answer & { requestId: string | undefined };

/** The longest answer that is read: a page of 999 people is a twentieth of it. */
const mostBytes = 10_000_000;

async function send(
  { outbound, tokens, watch }: ClientOptions,
  retrying: Retrying,
  tenant: TenantId,
  url: URL,
  ask: Ask,
): Promise<Received> {
  const policy = ask.retryPolicy ?? retryPolicies.turn;
  const signal = AbortSignal.timeout(policy.callMs);
  const request = { ...requestOf(ask, policy), signal };
  const fetchWith = (token: string) =>
    watch(
      'outside',
      'graph',
      () => fetch(outbound(url), { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }),
      ({ status }) => howOfStatus(status),
    );
  const response = await retrying(policy, () => authorised(tokens, tenant, fetchWith));
  const text = await boundedText(response, mostBytes);
  const body = text === undefined ? undefined : parsed(text);
  return {
    status: response.status,
    body,
    code: codeOf(body),
    requestId: response.headers.get('request-id') ?? undefined,
  };
}

/** Redirects are not followed: the token would go along. */
function requestOf({ advanced, body }: Ask, policy: RetryPolicy) {
  return {
    method: body ? 'POST' : 'GET',
    redirect: 'manual' as const,
    headers: {
      accept: 'application/json',
      ...(advanced ? { consistencylevel: 'eventual' } : {}),
      ...(policy === retryPolicies.sweep ? { 'x-ms-throttle-priority': 'Low' } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  };
}

/** A token that is refused is fetched anew once. */
async function authorised(tokens: Tokens, tenant: TenantId, fetchWith: (token: string) => Promise<Response>) {
  const token = await tokens.get(tenant);
  const response = await fetchWith(token);
  if (response.status !== 401) return response;
  await response.body?.cancel();
  return fetchWith(await tokens.renew(tenant, token));
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
