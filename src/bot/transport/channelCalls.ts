import { setTimeout as pause } from 'node:timers/promises';
import { Agent, type Dispatcher, errors } from 'undici';
import { realTime } from '../../platform/clock.js';
import type { Outbound } from '../../platform/outbound.js';
import { retryAfterMs } from '../../platform/retryAfter.js';
import { isServiceUrl } from '../../platform/serviceHosts.js';
import { howOfStatus, unwatched, type Watch } from '../../platform/watch.js';
import type { BotToken } from './botToken.js';
import { type AttachedFile, type FetchedFile, fetchFile } from './fetchFile.js';
import { RateGate } from './rateGate.js';

/**
 * The channel did not do it. `status` is HTTP's; 0 when no answer came. `isUnknown`: it may have been done all the same.
 * `retryAfterMs`: what the channel asked for, longer than anyone waits here.
 */
export class ConnectorRefused extends Error {
  readonly retryAfterMs?: number;
  constructor(
    readonly status: number,
    readonly code: string,
    readonly isUnknown: boolean,
    retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(`the channel refused with ${status} ${code}`, options);
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  serviceUrl: string;
  /** Parts of the path after `/v3`; each is escaped. */
  path: readonly string[];
  query?: Readonly<Record<string, string>>;
  body?: object;
  /** The conversation it is written into: what the channel's rate limits count. */
  conversation?: string;
  /** An answer within a turn: a person waits for it, so it is counted but never held back. */
  isAnswer?: boolean;
  /** As `performance.now()`: no waiting beyond this. Default: ten seconds from now. */
  deadline?: number;
};

export type ChannelCalls = {
  /** The answer's JSON. @throws ConnectorRefused */
  call(call: Call): Promise<unknown>;
  /** A file that came with a message, if it has no more bytes than that. */
  fetchFile(file: AttachedFile, mostBytes: number): Promise<FetchedFile>;
  close(): Promise<void>;
};

export type ChannelCallsOptions = {
  token: BotToken;
  /** The service is on this machine: sandbox and tests. */
  loopback: boolean;
  /** Keep to the rate that Teams allows. */
  isPaced: boolean;
  /** How stored files are reached. */
  outbound: Outbound;
  onReply?: (outcome: string) => void;
  watch?: Watch;
  /** For tests. */
  random?: () => number;
};

export const patienceMs = 10_000;
const attemptMs = 8_000;
const longestAnswer = 1024 * 1024;

/**
 * Owns all trying again, so that nothing is tried again twice over. 412, 429, 503 and no connection: nothing was done. After
 * 502, 504, a time-out or a broken connection a POST is not repeated, since a person would read the same message twice; the
 * caller gets `isUnknown`.
 */
export function createChannelCalls(options: ChannelCallsOptions): ChannelCalls {
  const agent = new Agent({
    connections: 64,
    keepAliveTimeout: 15_000,
    keepAliveMaxTimeout: 60_000,
    connect: { timeout: 3_000 },
  });
  const gate = options.isPaced ? new RateGate() : undefined;
  const random = options.random ?? Math.random;
  const watch = options.watch ?? unwatched;
  return {
    async call(call) {
      if (!isServiceUrl(call.serviceUrl, options)) throw new Error('a service URL that is none of the channel');
      const deadline = call.deadline ?? performance.now() + patienceMs;
      for (let attempt = 0; ; attempt += 1) {
        await passGate(gate, call, deadline);
        const attempted = () => tryOnce(agent, options, call, deadline, attempt);
        const result = await watch('outside', 'connector', attempted, ({ status }) => howOfStatus(status));
        options.onReply?.(result.status === 0 ? 'unknown' : String(result.status));
        if (result.kind === 'done') return result.body;
        const waitMs = waitBefore(result, call.method, attempt, random);
        if (waitMs === undefined || performance.now() + waitMs > deadline) throw refusalOf(result);
        await pause(waitMs);
      }
    },
    fetchFile: (file, mostBytes) => fetchFile({ ...options, agent, watch }, file, mostBytes),
    close: () => agent.close(),
  };
}

type Done = { kind: 'done'; status: number; body: unknown };
/** `sent`: false when it certainly never reached the channel. */
type Failed = { kind: 'failed'; status: number; code: string; sent: boolean; retryAfterMs?: number; cause?: unknown };

async function passGate(gate: RateGate | undefined, { conversation, isAnswer }: Call, deadline: number): Promise<void> {
  if (!gate || conversation === undefined) return;
  if (isAnswer) return gate.note(conversation);
  const left = Math.max(0, deadline - performance.now());
  const waitMs = gate.take(conversation, left);
  if (waitMs === undefined) throw new ConnectorRefused(429, 'TooManyHere', false, left || 1_000);
  if (waitMs > 0) await pause(waitMs);
}

async function tryOnce(
  agent: Agent,
  { token }: ChannelCallsOptions,
  call: Call,
  deadline: number,
  attempt: number,
): Promise<Done | Failed> {
  // A token that was refused the first time may have been withdrawn: asked for anew, once.
  const bearer = await token({ fresh: attempt > 0 && refused.has(call) });
  const timeoutMs = Math.max(1_000, Math.min(attemptMs, deadline - performance.now()));
  try {
    const response = await agent.request({
      ...addressOf(call),
      method: call.method,
      headers: headersOf(bearer, call.body !== undefined),
      body: call.body === undefined ? null : JSON.stringify(call.body),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    return await readAnswer(response, call);
  } catch (error) {
    return { kind: 'failed', status: 0, code: codeOf(error), sent: !isUnsent(error), cause: error };
  }
}

/** Calls whose token the channel refused. */
const refused = new WeakSet<Call>();

async function readAnswer(response: Dispatcher.ResponseData, call: Call): Promise<Done | Failed> {
  const { statusCode: status, headers } = response;
  const body = await readJson(response);
  if (status < 300) return { kind: 'done', status, body };
  const isFirstRefusal = status === 401 && !refused.has(call);
  if (status === 401) refused.add(call);
  const { error } = (body ?? {}) as { error?: { code?: unknown } };
  const code = typeof error?.code === 'string' ? error.code.slice(0, 60) : 'none';
  const askedMs = isFirstRefusal ? 0 : retryAfterMs(headers['retry-after'], realTime());
  return { kind: 'failed', status, code, sent: true, ...(askedMs === undefined ? {} : { retryAfterMs: askedMs }) };
}

async function readJson({ body, headers }: Dispatcher.ResponseData): Promise<unknown> {
  if (Number(headers['content-length'] ?? 0) > longestAnswer) {
    await body.dump();
    return undefined;
  }
  const text = await body.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Milliseconds until the next try; undefined when there must be none. */
function waitBefore(result: Failed, method: Call['method'], attempt: number, random: () => number): number | undefined {
  const backoff = Math.min(4_000, 250 * 2 ** attempt) * (0.5 + random() / 2);
  if (!result.sent) return attempt < 3 ? backoff : undefined;
  if (result.status === 401) return result.retryAfterMs === 0 ? 0 : undefined;
  if ([412, 429, 503].includes(result.status)) return result.retryAfterMs ?? backoff;
  const isOpen = result.status === 0 || result.status === 502 || result.status === 504;
  return isOpen && method !== 'POST' && attempt < 3 ? (result.retryAfterMs ?? backoff) : undefined;
}

function refusalOf({ status, code, sent, retryAfterMs, cause }: Failed): ConnectorRefused {
  const isUnknown = sent && (status === 0 || status >= 500) && status !== 503;
  return new ConnectorRefused(status, code, isUnknown, retryAfterMs, cause === undefined ? undefined : { cause });
}

function addressOf({ serviceUrl, path, query }: Call): { origin: string; path: string } {
  const { origin, pathname } = new URL(serviceUrl);
  const search = query ? `?${new URLSearchParams(query)}` : '';
  return { origin, path: `${pathname.replace(/\/$/, '')}/v3/${path.map(encodeURIComponent).join('/')}${search}` };
}

function headersOf(bearer: string | undefined, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': 'social-profiles-for-teams',
    ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    ...(hasBody ? { 'content-type': 'application/json; charset=utf-8' } : {}),
  };
}

function isUnsent(error: unknown): boolean {
  if (error instanceof errors.ConnectTimeoutError) return true;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'none';
}
