import { type Context, GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client';
import type { Outbound } from '../platform/outbound.js';
import { DirectoryDown } from './directory.js';
import type { Tokens } from './tokens.js';

/** One step on the way of a request: it may change it, call `next` (again), and look at `context.response`. */
export type Step = (context: Context, next: () => Promise<void>) => Promise<void>;

/**
 * Graph's client wants a chain of middleware; this is one made of our own steps. Its built-in ones are not used: they
 * leave the token out on loopback http, retry for minutes, and know nothing of other callers being throttled.
 */
export function middleware(steps: readonly Step[]): Middleware {
  const run = (context: Context, index: number): Promise<void> => {
    const step = steps[index];
    return step ? step(context, () => run(context, index + 1)) : Promise.resolve();
  };
  return {
    async execute(context) {
      try {
        await run(context, 0);
      } catch (error) {
        throw error instanceof DirectoryDown ? new HandedOn(error) : error;
      }
    },
  };
}

/** The one kind of error that Graph's client hands on as it is; the others lose their class on the way. */
export class HandedOn extends GraphClientError {
  constructor(readonly down: DirectoryDown) {
    super(down.message);
    Object.setPrototypeOf(this, HandedOn.prototype);
  }
}

/**
 * Adds the token, and only when the address is Graph's own: paging and delta links come from outside. A token that is
 * refused is fetched anew once.
 * @throws Error when the address is another's
 */
export function authorised(graphRoot: string, tenant: string, tokens: Tokens): Step {
  return async (context, next) => {
    if (new URL(addressOf(context)).origin !== graphRoot) throw new Error('This address is not the directory’s.');
    const token = await tokens.get(tenant);
    setHeader(context, 'Authorization', `Bearer ${token}`);
    await next();
    if (context.response?.status !== 401) return;
    setHeader(context, 'Authorization', `Bearer ${await tokens.renew(tenant, token)}`);
    await next();
  };
}

/** Sends it, through `outbound`. Redirects are not followed: the token would go along. */
export function sending(outbound: Outbound): Step {
  return async (context) => {
    context.response = await fetch(outbound(addressOf(context)), { ...context.options, redirect: 'manual' });
  };
}

function addressOf(context: Context): string {
  return typeof context.request === 'string' ? context.request : context.request.url;
}

function setHeader(context: Context, name: string, value: string): void {
  context.options = { ...context.options, headers: { ...context.options?.headers, [name]: value } };
}
