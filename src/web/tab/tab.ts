import { readFile } from 'node:fs/promises';
import { isTimeZone } from '../../platform/timeWords.js';
import { KeysUnavailable } from '../channel/channelKeys.js';
import type { Metrics } from '../ops/metrics.js';
import type { WebAnswer, WebHandler, WebRequest } from '../server/exchange.js';
import { fileHandler } from '../server/files.js';
import { frameAncestors } from '../server/framing.js';
import { html } from '../server/html.js';
import type { WebServer } from '../server/server.js';
import type { Changes } from './changes.js';
import type { TabPerson, TabTokens } from './tabToken.js';

/** Who asks: believed, with the time zone their own browser says. */
export type TabVisitor = TabPerson & { timeZone?: string };
type Carry = (who: TabVisitor, data: unknown) => Promise<object>;
/**
 * Carries one request of the tab: what a button sent, what was typed into a card's search box, or that a list is wanted
 * as a table.
 */
export type TabTurn = { click: Carry; search: Carry; table: Carry };

export type TabOptions = {
  tokens: TabTokens;
  turn: TabTurn;
  changes: Changes;
  metrics: Metrics;
  /** Where the page sends people who opened it outside Teams. */
  home: () => string;
  /** Also framed by pages of this very server: the sandbox, which stands in for Teams. */
  framedHere: boolean;
};

const folder = new URL('../../../pages/tab/', import.meta.url);
const types: Record<string, string> = {
  'main.js': 'text/javascript; charset=utf-8',
  'cards.css': 'text/css; charset=utf-8',
  'tab.css': 'text/css; charset=utf-8',
};

/** The personal tab: `GET /tab/profiles` and its files for anyone, `POST /tab/...` with Teams' token only. */
export function addTab(server: WebServer, options: TabOptions): void {
  server.route('get', '/tab/profiles', pageHandler(options));
  for (const [name, type] of Object.entries(types))
    server.route('get', `/tab/${name}`, fileHandler(new URL(name, folder), type));
  const { turn } = options;
  server.route('post', '/tab/operation', guarded(options, turn.click));
  server.route('post', '/tab/search', guarded(options, turn.search));
  server.route('post', '/tab/table', guarded(options, turn.table));
  server.route('post', '/tab/changes', changesHandler(options));
}

/** The page holds nothing of anyone: who may see what is decided by each request it makes. */
function pageHandler({ home, framedHere }: TabOptions): WebHandler {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
      `base-uri 'none'; form-action 'none'; ${frameAncestors(framedHere)}`,
  };
  return async () => {
    const page = await readFile(new URL('index.html', folder), 'utf8').catch(() => undefined);
    if (page === undefined) return { status: 404, body: 'The page is not built. Run: npm run build' };
    return { status: 200, headers, body: page.replace('{{home}}', html`${home()}`.text) };
  };
}

/** The token is checked before the body is read. */
function guarded(options: TabOptions, carry: Carry): WebHandler {
  const { metrics } = options;
  return async (request): Promise<WebAnswer> => {
    const who = await visitor(options, request);
    if ('status' in who) return who;
    const asked = readBody(await request.json());
    if (!asked) return { status: 400 };
    const { data, timeZone } = asked;
    const asking = { ...who, ...(timeZone ? { timeZone } : {}) };
    return { status: 200, body: await metrics.turn('tab', () => carry(asking, data)) };
  };
}

/** Says that something of the organisation changed, and never what: the page asks again for what it may see. */
function changesHandler(options: TabOptions): WebHandler {
  return async (request): Promise<WebAnswer> => {
    const who = await visitor(options, request);
    if ('status' in who) return who;
    const events = options.changes.for(who);
    return events ? { status: 200, events } : { status: 429, headers: { 'retry-after': '60' } };
  };
}

/** Who asks, or the answer to somebody who is turned away: they do not learn why; the reason goes to metrics. */
async function visitor({ tokens, metrics }: TabOptions, request: WebRequest): Promise<TabPerson | WebAnswer> {
  const who = await verdict(tokens, request);
  if (typeof who !== 'string') return who;
  metrics.refused(`tab-${who}`);
  return who === 'unavailable' ? { status: 503, headers: { 'retry-after': '5' } } : { status: 401 };
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
