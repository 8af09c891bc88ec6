import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '../../src/app.js';
import { handle } from '../../src/operations/core/handle.js';
import { authenticate } from '../../src/operations/people/actor.js';
import { groupsFreshMs } from '../../src/operations/people/groups.js';
import { withAccess } from '../../src/rules/derived.js';
import { readSettings } from '../../src/settings.js';

/** `minutes`: how long the working day is. Commands come at random moments, from random people. */
export type Day = { people: number; commands: number; minutes: number };
export type DayCost = {
  /** Requests to Graph for the lists, and to the sign-in for tokens. */
  graph: number;
  tokens: number;
  /** What a cache of five minutes for each person cannot do without, for the very commands that came. */
  needed: number;
  /** The fact sheet's reckoning: people x min(commands of each, day / 5 minutes), for each question. */
  reckoned: number;
  /** Lists that showed a profile shared by group. */
  shown: number;
  seconds: number;
};

const profiles = 40;
const groupsOfEach = 5;
/** What is asked of somebody: whether they are there and enabled, and their groups. */
const questionsEach = 2;
const start = new Date('2026-11-24T08:00:00Z').getTime();

/** A working day of list commands, on the whole product, with the pretend company behind real HTTP. */
export async function liveADay(day: Day): Promise<DayCost> {
  const folder = await mkdtemp(join(tmpdir(), 'day-'));
  let now = start;
  const env = { PORT: '0', DATA_DIR: folder, SWEEP_SECONDS: '86400', LOG_LEVEL: 'error' };
  const app = await startApp(readSettings(env), { clock: () => new Date(now) });
  try {
    const people = await fill(app, day);
    const { requests } = companyOf(app);
    // What is asked once for the whole organisation (who ADMINS names) is no part of a list's cost.
    await lists(app, companyOf(app).addPerson({ name: 'Early Bird' }));
    requests.length = 0;
    const began = performance.now();
    const cost = { graph: 0, tokens: 0, needed: 0, shown: 0 };
    const fetched = new Map<string, number>();
    for (const { at, person } of schedule(day, people)) {
      now = at;
      if (at - (fetched.get(person) ?? Number.NEGATIVE_INFINITY) >= groupsFreshMs) {
        fetched.set(person, at);
        cost.needed += questionsEach;
      }
      if (await lists(app, person)) cost.shown += 1;
      cost.graph += requests.filter(({ host }) => host.startsWith('graph.')).length;
      cost.tokens += requests.filter(({ host }) => host.startsWith('login.')).length;
      requests.length = 0;
    }
    const perPerson = day.commands / day.people;
    const rounds = Math.min(perPerson, (day.minutes * 60_000) / groupsFreshMs);
    const reckoned = Math.round(day.people * rounds) * questionsEach;
    return { ...cost, reckoned, seconds: (performance.now() - began) / 1000 };
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function companyOf(app: App) {
  if (!app.sandbox) throw new Error('The day is lived in the sandbox.');
  return app.sandbox.company;
}

/** People, groups that they are in, and profiles that are shared with one group each. Their ids. */
async function fill(app: App, day: Day): Promise<string[]> {
  const company = companyOf(app);
  const people = Array.from({ length: day.people }, (_, n) => company.addPerson({ name: `Colleague ${n}` }));
  const [tenant = ''] = app.services.tenants;
  const owner = { id: 'somebody', name: 'Somebody' };
  for (let n = 0; n < profiles; n += 1) {
    const inside = people.filter((_, index) => (index + n) % profiles < groupsOfEach);
    const name = `Group ${n}`;
    const group = company.addGroup({ name, people: inside });
    const id = `p${n}`;
    await app.services.collections.profiles.insert(
      withAccess({
        ...{ tenant, id, version: 1, revision: 1, type: 'x-user', externalId: id, handle: id, name: id },
        ...{ addedBy: owner, addedAt: new Date(start), owners: [{ ...owner, since: new Date(start) }] },
        ...{ claims: [], allowed: {}, access: [], outbox: [] },
        shares: [{ principal: { kind: 'group', id: group, name }, by: owner, at: new Date(start) }],
      }),
    );
  }
  return people;
}

function schedule({ commands, minutes }: Day, people: readonly string[]): { at: number; person: string }[] {
  const random = numbers(20_261_124);
  return Array.from({ length: commands }, () => ({
    at: start + Math.floor(random() * minutes * 60_000),
    person: people[Math.floor(random() * people.length)] ?? '',
  })).sort((one, other) => one.at - other.at);
}

async function lists({ services, settled }: App, person: string): Promise<boolean> {
  const [tenant = ''] = services.tenants;
  const by = await authenticate(services, {
    ...{ tenant, id: person, name: 'Colleague', timeZone: 'UTC' },
    ...{ teamsId: `29:${person}`, serviceUrl: 'http://127.0.0.1/' },
  });
  const caller = { ...by, id: services.ids(), personal: true };
  const outcome = await handle(services, caller, { kind: 'profiles', list: 'mine' });
  await settled();
  return outcome.kind === 'lists' && outcome.sections.some(({ list, total }) => list === 'shared' && total > 0);
}

/** The same random numbers each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
