import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { world } from '../../src/sandbox/world.js';
import { openChannel } from '../contract/signedChannel.js';
import { numbers } from '../seeded.js';
import { Bots, logOf } from './bots.js';
import { type Colleague, growWorld } from './crowd.js';
import { judge, type Verdict } from './judge.js';
import { type Line, openLine } from './line.js';
import { type Brand, Model } from './model.js';
import { add, operations, pick, type Scene, type Tally, type Turn } from './operations.js';
import { type Outside, openOutside } from './outside.js';
import { Refused, Silence, Talker, Unsure } from './talk.js';

export type Plan = {
  operations: number;
  people: number;
  profiles: number;
  /** Seconds that the clock of each bot is ahead of the others: as many bots as there are. Over files, one. */
  skews: readonly number[];
  /** People who do something at the same moment. */
  together: number;
  seed: number;
  /** However slow the machine is, nothing new is done after this. */
  minutes: number;
  /** A server that speaks MongoDB's protocol; without it, files. */
  uri?: string;
};

export type Result = Verdict & {
  /** As many as there was time for. */
  operations: number;
  tally: Tally;
  /** People who said something and heard nothing, or met something else that nobody expects. */
  silent: string[];
  unsure: number;
  kills: number;
  cuts: number;
  faults: number;
  doubled: number;
  retried: number;
  startRss: number;
  endRss: number;
  seconds: number;
};

/** Longer than it takes until another process gives the answer of one that died. */
const patienceMs = 120_000;

/** A run: set up, everybody at once with faults all the time, then quiet, and a look at what came of it. */
export async function soak(plan: Plan): Promise<Result> {
  const began = performance.now();
  const random = numbers(plan.seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'soak-'));
  const channel = await openChannel({ tenant: world.tenant.id });
  const { colleagues, handles, spare } = growWorld(channel.appId, plan);
  const line = plan.uri ? await openLine(ownDatabase(plan.uri, plan.seed)) : undefined;
  let bots: Bots | undefined;
  const outside = await openOutside({ channel, dataDir, random, alive: () => bots?.alive() ?? [] });
  bots = new Bots(envOf(outside, dataDir, line), plan.skews, random);
  const model = new Model();
  const tally: Tally = { done: {}, byBrand: new Map(), told: new Map(), sent: [], seenWrongly: [], heldWrongly: [] };
  const scene: Scene = { outside, model, tally, colleagues, random, patienceMs };
  const silent: string[] = [];
  let weather: ReturnType<typeof startWeather> | undefined;
  try {
    await bots.open();
    await setUp(scene, handles);
    const startRss = (await bots.numbers()).rss;
    weather = startWeather(scene, bots, line);
    const operations = await everybody(scene, plan, spare, silent);
    const faults = await weather.stop();
    const endRss = (await bots.numbers()).rss;
    const verdict = await judge({ scene, bots, dataDir, uri: line?.uri });
    return {
      operations,
      unsure: [...model.brands.values()].filter((brand) => brand.unsure).length,
      ...{ ...verdict, tally, silent, kills: bots.kills, cuts: line?.cuts ?? 0, faults, startRss, endRss },
      ...{ doubled: outside.doubled, retried: outside.retried, seconds: (performance.now() - began) / 1000 },
    };
  } finally {
    // It would begin bots anew in a folder that is about to go.
    await weather?.stop();
    await bots.close();
    await outside.close();
    await channel.close();
    line?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function ownDatabase(uri: string, seed: number): string {
  const address = new URL(uri);
  address.pathname = `/soak${seed}x${Date.now().toString(36)}`;
  return address.href;
}

/** As in production, with the world of the run around it. */
function envOf({ origin, channel }: Outside, dataDir: string, line: Line | undefined): Record<string, string> {
  const apps = Object.entries(sandboxApps).flatMap(([network, { clientId, clientSecret }]) => [
    [`${network.toUpperCase()}_CLIENT_ID`, clientId],
    [`${network.toUpperCase()}_CLIENT_SECRET`, clientSecret],
  ]);
  return {
    ...channel.env,
    ...Object.fromEntries(apps),
    ...{ BASE_URL: origin, OUTBOUND_ORIGIN: origin, DATA_DIR: join(dataDir, 'bot'), LOG_LEVEL: 'info' },
    ...{ ADMINS: world.admins.join(','), TENANTS: world.tenant.id, SWEEP_SECONDS: '2', METRICS_PORT: '' },
    ...{
      SOAK_LOG: logOf(dataDir),
      GRAPH_TENANT_ID: world.tenant.id,
      GRAPH_CLIENT_ID: 'sandbox',
      GRAPH_CLIENT_SECRET: 'sandbox',
      MONGODB_URI: line?.uri ?? '',
    },
  };
}

async function setUp(scene: Scene, handles: readonly string[]): Promise<void> {
  const { outside, model, colleagues } = scene;
  await outside.connector.installAll();
  const admin = world.people.find(({ id }) => world.admins.includes(id)) ?? assert.fail('nobody is an admin');
  await new Talker(outside.connector, admin, patienceMs).says('policy undo 5', /5 seconds/);
  for (let n = 0; n < 5; n += 1) {
    const name = `Crew ${n}`;
    const people = colleagues.filter((_, at) => at % 5 === n && at % 2 === 0).map(({ id }) => id);
    outside.groups.set(outside.company.addGroup({ name, people: [...people] }), name);
    model.groups.set(name, new Map(people.map((id) => [id, Number.POSITIVE_INFINITY])));
  }
  for (const [number, handle] of handles.entries()) {
    const who = colleagues[number % colleagues.length] as Colleague;
    model.added(handle, who.id);
    await add({ scene, who, brand: model.brand(handle), number });
  }
}

/** One thing at a time with one profile and by one person, and many of them at once. Resolves with how many. */
async function everybody(scene: Scene, plan: Plan, spare: string[], silent: string[]): Promise<number> {
  const busy = new Set<string>();
  const brands = [...scene.model.brands.values()];
  /** Of what is unsure nothing more can be said: another account comes in its place, while there are some. */
  const goOnWithout = (brand: Brand) => {
    brand.unsure = true;
    const handle = spare.shift();
    if (handle) brands.splice(brands.indexOf(brand), 1, scene.model.begun(handle));
  };
  let left = plan.operations;
  const late = Date.now() + plan.minutes * 60_000;
  const one = async () => {
    while (left > 0 && Date.now() < late && brands.some(({ unsure }) => !unsure)) {
      const number = left--;
      const turn = freeTurn(scene, brands, busy, number);
      if (!turn) {
        left += 1;
        await pause(20);
        continue;
      }
      const name = pick(turn) ?? 'show';
      await operations[name]?.run(turn).catch((error: unknown) => {
        if (error instanceof Unsure) goOnWithout(turn.brand);
        else if (error instanceof Silence) silent.push(`${name}: ${error.message}`);
        else if (!(error instanceof Refused)) {
          silent.push(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
          goOnWithout(turn.brand);
        }
      });
      busy.delete(turn.who.id);
      busy.delete(turn.brand.handle);
    }
  };
  await Promise.all(Array.from({ length: plan.together }, one));
  return plan.operations - left;
}

function freeTurn(scene: Scene, brands: readonly Brand[], busy: Set<string>, number: number): Turn | undefined {
  const { random, colleagues } = scene;
  const brand = brands[Math.floor(random() * brands.length)] as Brand;
  if (brand.unsure) return undefined;
  const owners = [...brand.owners];
  const id = random() < 0.7 ? owners[Math.floor(random() * owners.length)] : undefined;
  const who =
    colleagues.find((one) => one.id === id) ?? (colleagues[Math.floor(random() * colleagues.length)] as Colleague);
  if (busy.has(who.id) || busy.has(brand.handle)) return undefined;
  busy.add(who.id).add(brand.handle);
  return { scene, who, brand, number };
}

/** Faults, all the time: Teams, Graph, the networks, the line to the store, and processes that die. */
function startWeather({ outside, random }: Scene, bots: Bots, line: Line | undefined) {
  let faults = 0;
  let isOver = false;
  const kinds = [
    () => outside.connector.faults.set({ status: random() < 0.5 ? 502 : 412, times: 2 }),
    () => outside.connector.faults.set({ status: 'lost', match: 'send', times: 1 }),
    () => outside.connector.faults.set({ status: 429, retryAfter: 1, times: 2 }),
    () => outside.company.throttle({ times: 2, retryAfter: 1 }),
    () => outside.networks.fault('x', { kind: 'error', times: 1 }),
    () => outside.networks.fault('x', { kind: 'postedError', times: 1 }),
    () => outside.networks.fault('x', { kind: 'lostAnswer', times: 1 }),
    () => line?.cut(200 + random() * 1500),
    () => bots.kill(),
  ];
  const blow = async () => {
    while (!isOver) {
      await pause(400 + random() * 1600);
      if (isOver) break;
      faults += 1;
      await kinds[Math.floor(random() * kinds.length)]?.();
    }
  };
  const blowing = blow();
  return {
    stop: async () => {
      isOver = true;
      await blowing;
      outside.connector.faults.clear();
      outside.company.throttle({ times: 0 });
      outside.networks.fault('x');
      return faults;
    },
  };
}
