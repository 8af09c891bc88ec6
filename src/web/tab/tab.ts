import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isTimeZone } from '../../platform/timeWords.js';
import { KeysUnavailable } from '../channel/channelKeys.js';
import type { Metrics } from '../ops/metrics.js';
import type { WebAnswer, WebHandler, WebRequest } from '../server/exchange.js';
import { html } from '../server/html.js';
import type { WebServer } from '../server/server.js';
import type { TabPerson, TabTokens } from './tabToken.js';

/** Who asks: believed, with the time zone their own browser says. */
export type TabVisitor = TabPerson & { timeZone?: string };
/** Carries one request of the tab: what a card button sent, or what was typed into a card's search box. */
export type TabTurn = {
  click: (who: TabVisitor, data: unknown) => Promise<object>;
  search: (who: TabVisitor, query: unknown) => Promise<object>;
};

export type TabOptions = {
  tokens: TabTokens;
  turn: TabTurn;
  metrics: Metrics;
  /** Where the page sends people who opened it outside Teams. */
  home: string;
  /** Also framed by pages of this very server: the sandbox, which stands in for Teams. */
  framedHere: boolean;
};

const folder = new URL('../../../pages/tab/', import.meta.url);
const types: Record<string, string> = {
  'main.js': 'text/javascript; charset=utf-8',
  'cards.css': 'text/css; charset=utf-8',
  'tab.css': 'text/css; charset=utf-8',
};
/** Where Teams shows tabs: learn.microsoft.com, "Tab requirements". */
const hosts = [
  'https://*.cloud.microsoft',
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.microsoft365.com',
  'https://*.office.com',
];

/** The personal tab: `GET /tab/profiles` and its files for anyone, `POST /tab/...` with Teams' token only. */
export function addTab(server: WebServer, options: TabOptions): void {
  server.route('get', '/tab/profiles', pageHandler(options));
  for (const [name, type] of Object.entries(types)) server.route('get', `/tab/${name}`, fileHandler(name, type));
  const { turn } = options;
  server.route('post', '/tab/operation', guarded(options, turn.click));
  server.route('post', '/tab/search', guarded(options, turn.search));
}

/** The page holds nothing of anyone: who may see what is decided by each request it makes. */
function pageHandler({ home, framedHere }: TabOptions): WebHandler {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
      `base-uri 'none'; form-action 'none'; frame-ancestors ${[...(framedHere ? ["'self'"] : []), ...hosts].join(' ')}`,
  };
  return async () => {
    const page = await readFile(new URL('index.html', folder), 'utf8').catch(() => undefined);
    if (page === undefined) return { status: 404, body: 'The page is not built. Run: npm run build' };
    return { status: 200, headers, body: page.replace('{{home}}', html`${home}`.text) };
  };
}

function fileHandler(name: string, type: string): WebHandler {
  return async ({ headers }) => {
    const content = await readFile(new URL(name, folder)).catch(() => undefined);
    if (!content) return { status: 404 };
    const etag = `"${createHash('sha256').update(content).digest('base64url')}"`;
    const fresh = { etag, 'cache-control': 'no-cache' };
    if (headers['if-none-match'] === etag) return { status: 304, headers: fresh };
    return { status: 200, headers: { ...fresh, 'content-type': type }, body: content };
  };
}

/** The token is checked before the body is read. Nobody who is turned away learns why; the reason goes to metrics. */
function guarded({ tokens, metrics }: TabOptions, carry: TabTurn['click']): WebHandler {
  return async (request): Promise<WebAnswer> => {
    const who = await verdict(tokens, request);
    if (typeof who === 'string') {
      metrics.refused(`tab-${who}`);
      return who === 'unavailable' ? { status: 503, headers: { 'retry-after': '5' } } : { status: 401 };
    }
    const asked = readBody(await request.json());
    if (!asked) return { status: 400 };
    const { data, timeZone } = asked;
    return { status: 200, body: await timed(metrics, carry({ ...who, ...(timeZone ? { timeZone } : {}) }, data)) };
  };
}

async function timed<T>(metrics: Metrics, turn: Promise<T>): Promise<T> {
  const started = performance.now();
  const note = (outcome: 'done' | 'failed') => metrics.turn('tab', outcome, (performance.now() - started) / 1000);
  turn.then(
    () => note('done'),
    () => note('failed'),
  );
  return turn;
}

async function verdict(tokens: TabTokens, { headers }: WebRequest) {
  try {
    return await tokens.check(headers.authorization);
  } catch (error) {
    if (error instanceof KeysUnavailable) return 'unavailable';
    throw error;
  }
}

/** `{ data, timeZone? }`: what the card sent, and where the browser is. */
function readBody(body: unknown): { data: unknown; timeZone?: string } | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const { data, timeZone, ...more } = body as Record<string, unknown>;
  if (data === undefined || Object.keys(more).length > 0) return undefined;
  if (timeZone === undefined) return { data };
  return typeof timeZone === 'string' && timeZone.length <= 60 && isTimeZone(timeZone) ? { data, timeZone } : undefined;
}
