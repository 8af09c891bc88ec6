import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { clouds } from '../../directory/clouds.js';
import type { Clock } from '../../platform/clock.js';
import type { World } from '../world.js';
import { GraphNo, type Reply, refusal } from './answer.js';
import { type CompanyDial, createCompanyDial } from './dial.js';
import { createCompanyDirectory } from './directory.js';
import { turnDial } from './httpDial.js';
import type { CompanyApps, Limits, Parts } from './parts.js';
import { createRegistrations, type Registrations } from './registrations.js';
import { jsonOf, optionsOf, segmentsOf, textOf } from './request.js';
import { answerGraph } from './routes.js';
import { loadCompany, saveCompany } from './state.js';
import { createTabTokens, isTabDocument, type TabTokens } from './tabTokens.js';
import { type CompanyTokens, createCompanyTokens } from './tokens.js';

/** One request as the company saw it. */
export type Seen = { method: string; host: string; path: string; query: string; eventual: boolean; status: number };

export type Company = CompanyDial & {
  listener: RequestListener;
  /** True for the paths that `listener` answers: `/graph.microsoft.com/...`, `/sandbox/company` ... */
  isFor(path: string): boolean;
  /** The latest Graph and token requests, oldest first; empty it at will. */
  requests: Seen[];
  limits: Limits;
  /** App registrations, as a set-up makes them. */
  registrations: Registrations;
  tokens: CompanyTokens;
  tabTokens: TabTokens;
  /** Writes what is not written yet. */
  close(): void;
};

const graphRoots = new Map(Object.values(clouds).map(({ graph }) => [new URL(graph).host, graph]));
const authorities = new Set(Object.values(clouds).map(({ authority }) => new URL(authority).host));
const tokenPath = /^\/([^/]+)\/oauth2\/v2\.0\/token$/;
const mostSeen = 50_000;

/**
 * The pretend Microsoft Graph and Entra of the sandbox's company, under the paths that OUTBOUND_ORIGIN gives their
 * addresses. With `dataDir`, what happened to the company is there again after a restart.
 */
export function createCompany(options: { world: World; dataDir?: string; clock: Clock; apps?: CompanyApps }): Company {
  const { world, dataDir, clock, apps } = options;
  const data = loadCompany(world, dataDir);
  const parts: Parts = {
    world,
    clock,
    data,
    directory: createCompanyDirectory(data),
    registrations: createRegistrations(),
    limits: { page: { standard: 100, most: 999 }, deltaPage: 200, memberGroups: 11_000 },
    faults: {
      throttled: { times: 0, retryAfter: undefined, path: undefined },
      down: false,
      denied: [],
      hidden: new Map(),
      staleDelta: undefined,
      repeatsDelta: false,
    },
    ...(apps ? { apps } : {}),
  };
  const saver = createSaver(() => dataDir !== undefined && saveCompany(data, dataDir));
  const dial = createCompanyDial(parts, saver.soon);
  const tokens = createCompanyTokens(world, clock);
  const tabTokens = createTabTokens(world);
  const requests: Seen[] = [];

  async function answer(request: IncomingMessage): Promise<Reply | 'silence'> {
    const url = new URL(request.url ?? '/', 'http://company');
    if (url.pathname === '/sandbox/company') return turnDial(dial, parts, request);
    const [, host = '', ...rest] = url.pathname.split('/');
    const path = `/${rest.join('/')}`;
    if (parts.faults.down === 'silent') return 'silence';
    const document = authorities.has(host) ? await tabTokens.document(path) : undefined;
    if (document) return { status: 200, body: document };
    const reply = await replyTo(parts, tokens, request, { host, path, url });
    const eventual = isEventual(request);
    if (requests.length === mostSeen) requests.shift();
    requests.push({ method: request.method ?? '', host, path, query: url.search, eventual, status: reply.status });
    return reply;
  }

  return {
    ...dial,
    listener(request, response) {
      answer(request)
        .catch((error: unknown) => (error instanceof GraphNo ? refusal(error, clock()) : { status: 500, body: {} }))
        .then((reply) => reply !== 'silence' && send(response, reply))
        .catch(() => response.destroy());
    },
    isFor(path) {
      const [, host = '', ...rest] = path.split('/');
      const isSignIn =
        authorities.has(host) && (tokenPath.test(`/${rest.join('/')}`) || isTabDocument(`/${rest.join('/')}`));
      return path === '/sandbox/company' || graphRoots.has(host) || isSignIn;
    },
    requests,
    limits: parts.limits,
    registrations: parts.registrations,
    tokens,
    tabTokens,
    close: saver.now,
  };
}

type Place = { host: string; path: string; url: URL };

async function replyTo(parts: Parts, tokens: CompanyTokens, request: IncomingMessage, place: Place): Promise<Reply> {
  const text = await textOf(request);
  try {
    if (parts.faults.down) throw new GraphNo(503, 'serviceNotAvailable', 'The service is not available.');
    const root = graphRoots.get(place.host);
    if (root) return graphReply(parts, tokens, request, { ...place, root, text });
    const tenant = tokenPath.exec(place.path)?.[1];
    if (!tenant || !authorities.has(place.host)) return { status: 404, body: {} };
    return tokens.issue(tenant, new URLSearchParams(text));
  } catch (error) {
    if (error instanceof GraphNo) return refusal(error, parts.clock());
    throw error;
  }
}

function graphReply(
  parts: Parts,
  tokens: CompanyTokens,
  request: IncomingMessage,
  { path, url, root, text }: Place & { root: string; text: string },
): Reply {
  const tenant = tokens.tenantOf(request.headers.authorization, root);
  stumble(parts, path);
  const rawPath = /^\/v1\.0(\/.*)$/.exec(path)?.[1];
  if (!rawPath) throw new GraphNo(400, 'BadRequest', 'Invalid version.');
  return answerGraph(parts, {
    method: request.method ?? 'GET',
    root,
    path: segmentsOf(rawPath),
    rawPath,
    options: optionsOf(url.searchParams),
    eventual: isEventual(request),
    tenant,
    body: request.method === 'GET' ? undefined : jsonOf(text),
  });
}

/** The faults that were dialled. */
function stumble({ faults }: Parts, path: string): void {
  const { throttled } = faults;
  if (faults.denied.some((part) => path.includes(part))) {
    throw new GraphNo(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  }
  if (throttled.times < 1 || (throttled.path !== undefined && !path.includes(throttled.path))) return;
  throttled.times--;
  const headers: Record<string, string> = {};
  if (throttled.retryAfter !== undefined) headers['retry-after'] = String(throttled.retryAfter);
  throw new GraphNo(429, 'TooManyRequests', 'Too many requests.', headers);
}

function isEventual(request: IncomingMessage): boolean {
  return request.headers.consistencylevel === 'eventual';
}

function send(response: ServerResponse, { status, body, type, headers }: Reply): void {
  const content = type ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': type ?? 'application/json', 'request-id': randomUUID(), ...headers });
  response.end(content);
}

/** Many changes in one go are written once. */
function createSaver(save: () => void) {
  let waiting: NodeJS.Immediate | undefined;
  const now = () => {
    if (!waiting) return;
    clearImmediate(waiting);
    waiting = undefined;
    save();
  };
  return {
    now,
    soon: () => {
      waiting ??= setImmediate(now);
    },
  };
}
