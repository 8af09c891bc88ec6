import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNetworks, type Networks } from '../../src/networks/createNetworks.js';
import { NetworkTrouble, type SignIn, type Tokens } from '../../src/networks/network.js';
import { networkOf } from '../../src/networks/types.js';
import { type Outbound, outboundThrough } from '../../src/platform/outbound.js';
import type { ProfileType } from '../../src/rules/types.js';
import { createNetworkFakes, type NetworkFakes, sandboxApps } from '../../src/sandbox/networks/index.js';

export type Seen = { method: string; url: string; body: string; headers: Record<string, unknown> };

/** The pretend networks on a port of their own, and the real clients pointed at them. */
export type Harness = {
  fakes: NetworkFakes;
  networks: Networks;
  outbound: Outbound;
  origin: string;
  dataDir: string;
  /** Moves the clock of both sides. */
  forward: (seconds: number) => void;
  now: () => Date;
  stop: () => Promise<void>;
};

export async function startHarness(options: Partial<Parameters<typeof createNetworks>[0]> = {}): Promise<Harness> {
  const dataDir = mkdtempSync(join(tmpdir(), 'networks-'));
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead * 1000);
  const fakes = createNetworkFakes({ dataDir, clock: now });
  const { server, origin } = await serve(fakes);
  const outbound = outboundThrough(origin);
  const pause = () => Promise.resolve();
  const networks = createNetworks({ outbound, clock: now, apps: sandboxApps, timeoutMs: 15_000, pause, ...options });
  return {
    fakes,
    networks,
    outbound,
    origin,
    dataDir,
    now,
    forward: (seconds) => {
      ahead += seconds;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dataDir, { recursive: true });
    },
  };
}

export async function serve(fakes: NetworkFakes): Promise<{ server: Server; origin: string }> {
  const server = createServer(async (request, response) => {
    if (!(await fakes.handle(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function signInOf(networks: Networks, type: ProfileType): SignIn {
  return {
    type,
    app: networks.appFor(type),
    redirectUri: `http://localhost:3978/link/callback/${networkOf(type)}`,
    state: randomBytes(16).toString('base64url'),
    verifier: randomBytes(32).toString('base64url'),
  };
}

/** What a person does on the consent page. `account`: part of what is shown beside the choice. */
export type Person = { account?: string; cancel?: boolean; untick?: string[] };

/** Opens the consent page, fills the form that stands there, sends it, and gives the address that the browser goes to. */
export async function consent(url: URL, person: Person = {}): Promise<URL> {
  const page = await fetch(url, { redirect: 'manual' });
  const location = page.headers.get('location');
  if (page.status === 302 && location) return new URL(location);
  const html = await page.text();
  if (page.status !== 200) throw new Error(`no consent page: ${html.replace(/<style>[\s\S]*<\/style>/, '')}`);
  const answer = await fetch(url, { method: 'POST', body: filled(html, person), redirect: 'manual' });
  const back = answer.headers.get('location');
  if (!back) throw new Error(`the consent page did not send the browser back (${answer.status})`);
  return new URL(back);
}

function filled(html: string, { account, cancel, untick = [] }: Person): URLSearchParams {
  const form = new URLSearchParams();
  const labels = [...html.matchAll(/<label class="account">[\s\S]*?<\/label>/g)].map(([label]) => label);
  const chosen = account ? labels.find((label) => label.includes(`>${account}<`)) : labels[0];
  if (!chosen) throw new Error(`nobody called ${account} on the consent page`);
  form.set('account', /value="([^"]*)"/.exec(chosen)?.[1] ?? '');
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
    form.append(name, value);
  }
  for (const [, value = ''] of html.matchAll(/<input type="checkbox" name="scope" value="([^"]*)" checked/g)) {
    if (!untick.includes(value)) form.append('scope', value);
  }
  form.set('decision', cancel ? 'cancel' : 'allow');
  return form;
}

/** Signs in as a person would: consent page, then the exchange. The tokens are known everywhere when it is done. */
export async function signIn(harness: Harness, type: ProfileType, person: Person = {}): Promise<Tokens> {
  const tokens = await signInNow(harness, type, person);
  harness.forward(20);
  return tokens;
}

/** The same, with tokens that are of this very moment. */
export async function signInNow(harness: Harness, type: ProfileType, person: Person = {}): Promise<Tokens> {
  const asked = signInOf(harness.networks, type);
  const network = harness.networks.of(type);
  return network.exchange(asked, await consent(await network.authorizeUrl(asked), person));
}

/** The trouble that `work` ends in, with nothing secret in it. */
export async function troubleOf(harness: Harness, work: Promise<unknown>): Promise<NetworkTrouble> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    const said = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    const leaked = harness.fakes.secrets().find((secret) => said.includes(secret));
    if (leaked) throw new Error(`a secret is in: ${error.message}`);
    return error;
  }
  throw new Error('there was no trouble');
}

/** A `fetch` that answers addresses containing `part` itself; everything else goes out. Remembers what was asked. */
export function answering(part: string, answer: () => Response): { fetch: typeof fetch; asked: Request[] } {
  const asked: Request[] = [];
  return {
    asked,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (!request.url.includes(part)) return fetch(input, init);
      asked.push(request);
      return answer();
    },
  };
}

export const jsonOf = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const daysUntil = (harness: Harness, date: Date | undefined): number =>
  Math.round((Number(date) - Number(harness.now())) / 86_400_000);
