import { boundedText } from '../platform/boundedText.js';
import type { Clock } from '../platform/clock.js';
import { parseLossless } from '../platform/losslessJson.js';
import type { Outbound } from '../platform/outbound.js';
import { resetMs, retryAfterMs } from '../platform/retryAfter.js';
import { howOfStatus, type Watch } from '../platform/watch.js';
import type { NetworkId } from '../rules/types.js';
import { type Ahead, noteDate } from './clocks.js';
import { type Apps, NetworkTrouble } from './network.js';

/** What every network file is made with. `fetch` is real unless a test hands in another. */
export type Kit = {
  outbound: Outbound;
  clock: Clock;
  ahead: Ahead;
  apps: Apps;
  fetch: typeof fetch;
  watch: Watch;
  /** Whose calls they are, for `watch`. */
  service: NetworkId | 'other';
  /** One call, its body included, takes this long at most. */
  timeoutMs: number;
  /** The one call that makes a post takes this long at most. */
  publishTimeoutMs: number;
  /** A large file goes out in pieces of so many bytes. */
  chunkBytes: number;
  /** How long to pause before a repeated read; tests make it short. */
  pause: (milliseconds: number) => Promise<void>;
};

/** An answer read whole. `body` is the parsed JSON, or undefined when it is none. */
export type Answer = { status: number; headers: Headers; text: string; body: unknown };

/** How one network says no: its name for sentences, and its error bodies turned into one of our few answers. */
export type Speaker = {
  label: string;
  /** Called for every answer outside 200-299, or with an `error` in its body. Must not repeat the network's own text: it can hold a token. */
  trouble: (answer: Answer, now: Date) => NetworkTrouble;
};

/** The longest answer that is read; a list of Pages with their pictures is a tenth of it. */
const longestAnswer = 1_048_576;

/**
 * Calls the outside world once, through `outbound`, and reads the whole answer within the time-out and the size. Only over
 * https, since a token goes along; redirects are not followed.
 * @throws NetworkTrouble `passing` when no answer came. The cause is left out: it can name an address with a token.
 */
export async function send(kit: Kit, label: string, url: string | URL, init: RequestInit): Promise<Answer> {
  if (new URL(url).protocol !== 'https:')
    throw new NetworkTrouble('unknown', `${label} gave an address without https.`);
  const answer = await fetched(kit, label, url, init);
  if (answer.text === undefined) throw new NetworkTrouble('unknown', `${label} answered more than anyone reads.`);
  return { ...answer, text: answer.text, body: parseLossless(answer.text) };
}

async function fetched(kit: Kit, label: string, url: string | URL, init: RequestInit) {
  try {
    const signal = AbortSignal.timeout(kit.timeoutMs);
    const response = await kit.watch(
      'outside',
      kit.service,
      () => kit.fetch(kit.outbound(url), { ...init, redirect: 'manual', signal }),
      ({ status }) => howOfStatus(status),
    );
    noteDate(kit, label, response.headers);
    return { status: response.status, headers: response.headers, text: await boundedText(response, longestAnswer) };
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    throw new NetworkTrouble('passing', late ? `${label} did not answer in time.` : `${label} could not be reached.`);
  }
}

/** The JSON of one successful call. Anything else is thrown as the network's trouble. */
export async function ask(kit: Kit, speaker: Speaker, url: string | URL, init: RequestInit = {}): Promise<unknown> {
  const answer = await send(kit, speaker.label, url, init);
  if (!isGood(answer)) throw speaker.trouble(answer, kit.clock());
  return answer.body;
}

/** Some networks answer 200 and say in the body that it went wrong. */
export function isGood({ status, body }: Answer): boolean {
  return status >= 200 && status <= 299 && !at(body, 'error');
}

/** Like `ask`, for a GET: an outage is asked again twice, after a random pause. A time-out is not: someone is waiting. */
export async function read(kit: Kit, speaker: Speaker, url: string | URL, init: RequestInit = {}): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    const answer = await send(kit, speaker.label, url, init);
    if (isGood(answer)) return answer.body;
    const trouble = speaker.trouble(answer, kit.clock());
    if (trouble.kind !== 'passing' || attempt === 2) throw trouble;
    await kit.pause(Math.random() * 400 * 2 ** attempt);
  }
}

export function bearer(token: string, more: Record<string, string> = {}): RequestInit {
  return { headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...more } };
}

/** What the status alone says, for whatever a network's own codes did not explain. */
export function plainTrouble(label: string, answer: Answer, now: Date): NetworkTrouble {
  if (answer.status === 429) return waitTrouble(label, limitEnds(answer.headers, now) ?? later(now, 15 * 60));
  if (answer.status >= 500)
    return new NetworkTrouble('passing', `${label} has a problem of its own (${answer.status}).`);
  if (answer.status === 403) return new NetworkTrouble('notAllowed', `${label} does not allow this.`);
  return new NetworkTrouble('unknown', `${label} answered in a way we do not know (${answer.status}).`);
}

export function waitTrouble(label: string, retryAt: Date): NetworkTrouble {
  return new NetworkTrouble('wait', `${label} asks us to wait.`, retryAt);
}

/** When a limit ends: `retry-after`, or `x-rate-limit-reset`. Never in the past, never more than a day away. */
export function limitEnds(headers: Headers, now: Date): Date | undefined {
  const waitMs = retryAfterMs(headers.get('retry-after'), now) ?? resetMs(headers.get('x-rate-limit-reset'), now);
  return waitMs === undefined ? undefined : later(now, Math.max(1, waitMs / 1000));
}

const longestSeconds = 10 * 365 * 86_400;

/** So many seconds on; a network that says more than ten years means none that we will see. */
export function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + Math.min(seconds, longestSeconds) * 1000);
}

/** `value.a.b` of something that came from outside, or undefined. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}

/** No token, id or address is longer. */
export const longestText = 10_000;

/** A string from outside: numbers become strings (some networks send ids so); all else, empty or endless, is undefined. */
export function str(value: unknown, ...path: (string | number)[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' && found.length <= longestText ? found : undefined;
}

/** A number from outside, also one that came as text; anything else is NaN. */
export function num(value: unknown, ...path: (string | number)[]): number {
  const found = at(value, ...path);
  if (typeof found === 'number') return found;
  return typeof found === 'string' && /^-?\d{1,20}(\.\d{1,10})?$/.test(found) ? Number(found) : Number.NaN;
}

export function list(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A required string. @throws NetworkTrouble `unknown` when the network left it out. */
export function need(label: string, value: unknown, ...path: (string | number)[]): string {
  const found = str(value, ...path);
  if (found === undefined) throw new NetworkTrouble('unknown', `${label} left out "${path.join('.')}".`);
  return found;
}

/** An address with a query. */
export function address(base: string, query: Record<string, string>): URL {
  const url = new URL(base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
