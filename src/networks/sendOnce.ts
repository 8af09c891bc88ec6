import { buildConnector, Client } from 'undici';
import { parseLossless } from '../platform/losslessJson.js';
import { type How, howOfStatus } from '../platform/watch.js';
import type { Answer, Kit } from './http.js';

/** What became of a call that must not be made twice. */
export type Told =
  /** `isWhole` is false when the answer broke off: its status stands, its body does not. */
  | { kind: 'answered'; answer: Answer; isWhole: boolean }
  /** No connection came about, so no byte of it left this machine. */
  | { kind: 'notSent' }
  /** It may have arrived, whatever went wrong after. */
  | { kind: 'lost' };

const connectMs = 10_000;
const mostBytes = 1_000_000;

/**
 * Makes one call on a connection of its own: a kept one that died looks like a lost answer. No client's retry, no
 * redirect. The line between `notSent` and `lost` is the open connection (TLS included), not the kind of error: nobody
 * can tell how much of a request the other side read.
 */
export function sendOnce(kit: Kit, ...call: Call): Promise<Told> {
  return kit.watch('outside', kit.service, () => send(kit, ...call), howOf);
}

const howOf = (told: Told): How => howOfStatus(told.kind === 'answered' ? told.answer.status : 0);

type Call = [
  url: string | URL,
  request: { method: string; headers: Record<string, string>; body: string | Uint8Array },
  signal?: AbortSignal,
];

async function send(kit: Kit, ...[url, request, signal]: Call): Promise<Told> {
  if (signal?.aborted) return { kind: 'notSent' };
  const target = kit.outbound(url);
  const stop = stopper(kit.publishTimeoutMs, signal);
  let isOpen = false;
  let isAsked = false;
  const connect = buildConnector({ timeout: connectMs });
  const client = new Client(target.origin, {
    connect: (options, done) => {
      // Whatever the client thinks of it: there is no second connection, so no second request.
      if (isAsked) return done(new Error('one connection only'), null);
      isAsked = true;
      connect(options, (...result) => {
        isOpen ||= result[0] === null;
        done(...result);
      });
    },
    pipelining: 0,
    maxResponseSize: mostBytes,
    // The one time-out is `stop`.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const path = target.pathname + target.search;
    const { statusCode, headers, body } = await client.request({ ...request, path, signal: stop.signal, reset: true });
    const text = await body.text().catch(() => undefined);
    const answer = {
      status: statusCode,
      headers: headersOf(headers),
      text: text ?? '',
      body: parseLossless(text ?? ''),
    };
    return { kind: 'answered', answer, isWhole: text !== undefined };
  } catch {
    // The error is left out: it can name an address or a header.
    return { kind: isOpen ? 'lost' : 'notSent' };
  } finally {
    stop.end();
    await client.destroy().catch(() => undefined);
  }
}

/** Aborts after so long, or when `outer` does. `AbortSignal.any` lets go of its time-out too early on Node 20. */
function stopper(timeoutMs: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}

function headersOf(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}
