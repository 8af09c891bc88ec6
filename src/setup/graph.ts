import { z } from 'zod';
import type { Outbound } from '../platform/outbound.js';

/** Microsoft Graph as an administrator uses it once: with their own token, one call at a time. */
export type AdminGraph = {
  /** Undefined when it is not there. */
  get<T>(path: string, shape: z.ZodType<T>): Promise<T | undefined>;
  send<T>(method: 'POST' | 'PATCH', path: string, body: object, shape: z.ZodType<T>): Promise<T>;
};

export type AdminGraphOptions = {
  root: string;
  token: () => Promise<string>;
  outbound: Outbound;
  pause?: (ms: number) => Promise<void>;
};

const timeoutMs = 30_000;
/** What was made a moment ago is not known everywhere in Entra yet: worth another try, for a minute or so. */
const againMs = [2_000, 4_000, 8_000, 15_000, 30_000];
const said = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** @throws Error with Graph's own code; nothing of the token or of a secret is in it */
export function createAdminGraph({ root, token, outbound, pause }: AdminGraphOptions): AdminGraph {
  const wait = pause ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  async function call(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(outbound(`${root}/v1.0${path}`), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Bearer ${await token()}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }
  return {
    async get(path, shape) {
      const { status, body } = await call('GET', path);
      if (status === 404) return undefined;
      if (status !== 200) throw refused('GET', path, status, body);
      return shape.parse(body);
    },
    async send(method, path, body, shape) {
      for (const ms of [...againMs, undefined]) {
        const answer = await call(method, path, body);
        if (answer.status >= 200 && answer.status <= 299) return shape.parse(answer.body);
        const isEarly = answer.status === 404 || answer.status === 429 || answer.status >= 500;
        if (!isEarly || ms === undefined) throw refused(method, path, answer.status, answer.body);
        await wait(ms);
      }
      throw new Error('unreachable');
    },
  };
}

function refused(method: string, path: string, status: number, body: unknown): Error {
  const read = said.safeParse(body);
  const code = read.success ? read.data.error.code : 'no code';
  const what = `${method} ${path.split('?')[0]}`;
  if (status !== 403) return new Error(`Microsoft Graph refused ${what} (${status} ${code}).`);
  return new Error(
    `Microsoft Graph does not let you do this (${what}: ${code}). Sign in as a Privileged Role Administrator or Global Administrator.`,
  );
}
