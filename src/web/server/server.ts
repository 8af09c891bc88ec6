import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Request, Response, Server } from 'restify';
import { answer, answerError, hideErrors, referenceFor, securityHeaders } from './answers.js';
import { BadBody, type WebHandler, webRequest } from './exchange.js';
import { guard } from './guards.js';
import { createServer } from './restify.js';

export type Method = 'get' | 'head' | 'post' | 'put' | 'del';
/** Takes over requests before any route: true when the request was its own. Reads the body itself. */
export type Mount = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export type WebServerOptions = {
  log: Logger;
  /** Answer only requests that name this machine as host: no page elsewhere can reach a sandbox through a name of its own. */
  loopbackHostsOnly?: boolean;
  /** Where browsers reach the bot, such as `https://social.contoso.com`; undefined: at whatever host they name. */
  origin?: string | undefined;
  timeouts?: Partial<typeof defaultTimeouts>;
};

export type WebServer = {
  /** `path` may name parts: `/link/:id`. Register before `listen`. */
  route(method: Method, path: string, handler: WebHandler): void;
  mount(handler: Mount): void;
  /** Resolves with the port once it listens. Rejects with one sentence, which names the setting, when it is taken. */
  listen(port: number, host?: string, setting?: string): Promise<{ port: number }>;
  /**
   * Takes no new requests, lets the ones under way finish, and then waits for `drain` (work after the answer); what is
   * not finished after `deadlineMs` is cut.
   */
  close(deadlineMs: number, drain?: () => Promise<unknown>): Promise<void>;
};

/**
 * Milliseconds. A whole request is small and comes from a data centre or a browser, so slow ones are cut early. Node
 * looks for slow ones only every `check`; its own 30 seconds would make the others mean little.
 */
const defaultTimeouts = { request: 20_000, headers: 10_000, keepAlive: 65_000, check: 1_000 };

/** The HTTP server with every guard that restify 12 needs around it. */
export function createWebServer(options: WebServerOptions): WebServer {
  const { log } = options;
  // restify logs each step of each request; only what it cannot handle is of interest here.
  const server = createServer({ name: 'social-profiles', log: log.child({}, { level: 'error' }) as never });
  // Which software answers is nobody's business: without a name restify sends no `Server` header.
  server.name = '';
  const { origin, loopbackHostsOnly = false } = options;
  const common = securityHeaders(origin?.startsWith('https:') ?? false);
  const state: State = { busy: 0, isClosing: false, mounts: [] };
  const { request, headers, keepAlive, check } = { ...defaultTimeouts, ...options.timeouts };
  Object.assign(server.server, { requestTimeout: request, headersTimeout: headers, keepAliveTimeout: keepAlive });
  Object.assign(server.server, { connectionsCheckingInterval: check });
  // A sandbox is reached by every name of this machine.
  guard(server, { common, loopbackHostsOnly, origin: loopbackHostsOnly ? undefined : origin });
  server.pre((raw: Request, response: Response, next) => {
    offerToMounts(state, raw, response).then(
      (isTaken) => next(isTaken ? false : undefined),
      (error: unknown) => {
        log.error({ err: error }, 'a mounted part failed');
        answerError(response, 500);
        next(false);
      },
    );
  });
  hideErrors(server, log);
  return {
    route: (method, path, handler) => void server[method](path, asRestify(state, path, handler, log)),
    mount: (handler) => void state.mounts.push(handler),
    listen: (port, host, setting = 'PORT') => listen(server, { port, host, setting }),
    close: (deadlineMs, drain) => close(server, state, deadlineMs, drain),
  };
}

type State = { busy: number; isClosing: boolean; mounts: Mount[] };

async function offerToMounts({ mounts }: State, raw: IncomingMessage, response: ServerResponse): Promise<boolean> {
  for (const mount of mounts) {
    if (await mount(raw, response)) return true;
  }
  return false;
}

/** Async and of two parameters: a handler of another form that throws would end the process. */
function asRestify(state: State, path: string, handler: WebHandler, log: Logger) {
  return async (raw: Request, response: Response): Promise<void> => {
    if (state.isClosing) {
      response.setHeader('connection', 'close');
      return answerError(response, 503);
    }
    state.busy += 1;
    try {
      const result = await handler(
        webRequest(raw, raw.getUrl() as unknown as URL, raw.params as Record<string, string>),
      );
      if (state.isClosing) response.setHeader('connection', 'close');
      answer(response, result);
    } catch (error) {
      if (error instanceof BadBody) return refuseBody(response, error);
      const reference = referenceFor();
      // The route, not the address: that of a link page is a live ticket.
      log.error({ err: error, reference, method: raw.method, route: path }, 'a request failed');
      answerError(response, 500, reference);
    } finally {
      state.busy -= 1;
    }
  };
}

/** The rest of a body that is too large is not worth reading. */
function refuseBody(response: ServerResponse, { status }: BadBody): void {
  if (status === 413) response.setHeader('connection', 'close');
  answerError(response, status);
}

type Place = { port: number; host: string | undefined; setting: string };

function listen(server: Server, place: Place): Promise<{ port: number }> {
  const { port, host } = place;
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(new Error(sentenceFor(error, place), { cause: error }));
    // On restify's own object: it passes the event on, and without a listener there the process ends.
    server.once('error', fail);
    server.server.listen({ port, ...(host ? { host } : {}) }, () => {
      server.off('error', fail);
      server.on('error', (error: Error) => server.log.error({ err: error }, 'the server has trouble'));
      resolve({ port: (server.server.address() as AddressInfo).port });
    });
  });
}

function sentenceFor({ code, message }: NodeJS.ErrnoException, { port, setting }: Place): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program: stop that one, or set ${setting} to another number.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this account: set ${setting} to a number above 1023.`;
  return `Cannot listen on port ${port}: ${message}`;
}

/**
 * With mounted parts the server goes on listening until the turns are done, since their replies come back to it. Idle
 * sockets, and open streams of mounted parts, are closed at once: waiting for them would hold up a stop for nothing.
 */
async function close(server: Server, state: State, deadlineMs: number, drain?: () => Promise<unknown>): Promise<void> {
  state.isClosing = true;
  const http = server.server;
  const stopListening = () => new Promise<void>((resolve) => http.close(() => resolve()));
  const stopped = state.mounts.length > 0 ? undefined : stopListening();
  const late = performance.now() + deadlineMs;
  while (state.busy > 0 && performance.now() < late) await pause(20);
  const left = pause(Math.max(0, late - performance.now()), undefined, { ref: false });
  await Promise.race([drain?.(), left]);
  const closed = stopped ?? stopListening();
  http.closeIdleConnections();
  await pause(20);
  http.closeAllConnections();
  await closed;
}
