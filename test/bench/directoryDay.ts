import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '../../src/app.js';
import { handle } from '../../src/operations/core/handle.js';
import { authenticate } from '../../src/operations/people/actor.js';
import { groupsFreshMs } from '../../src/operations/people/groups.js';
import { withAccess } from '../../src/rules/derived.js';
import type { Company } from '../../src/sandbox/company/company.js';
import type { CompanyGroup } from '../../src/sandbox/company/state.js';
import { readSettings } from '../../src/settings.js';
import { sweepLeavers } from '../../src/sweeps/leavers.js';
import { sweepOnce } from '../../src/sweeps/sweeps.js';
import { numbers } from '../seeded.js';

/** `minutes`: how long the working day is. Commands come at random moments, from random people. */
export type Day = { people: number; commands: number; minutes: number };
export type DayCost = {
  /** Requests to Graph for the lists, and to the sign-in for tokens. */
  graph: number;
  tokens: number;
  /** Of the requests: those of the sweep that follows people and groups. */
  followed: number;
  /** What asking for each person once in five minutes cannot do without, for the very commands that came. */
  needed: number;
  /** Lists that showed a profile shared by group. */
  shown: number;
  /** The longest time after somebody joined or left a group that a list showed it as it was before. */
  staleSeconds: number;
  seconds: number;
};

const profiles = 40;
const groupsOfEach = 5;
/** What is asked of somebody: whether they are there and enabled, and their groups. */
const questionsEach = 2;
const start = new Date('2026-11-24T08:00:00Z').getTime();

type Event = { at: number } & ({ does: 'list'; person: string } | { does: 'move'; person: string } | { does: 'sweep' });

/**
 * A working day of list commands, on the whole product, with the pretend company behind real HTTP. Somebody joins or
 * leaves a group every few minutes, and the sweep runs every minute, as it does by itself.
 */
export async function liveADay(day: Day): Promise<DayCost> {
  const folder = await mkdtemp(join(tmpdir(), 'day-'));
  let now = start;
  const env = { PORT: '0', DATA_DIR: folder, SWEEP_SECONDS: '86400', LOG_LEVEL: 'error' };
  const app = await startApp(readSettings(env), { clock: () => new Date(now) });
  try {
    const { people, groups } = await fill(app, day);
    const company = companyOf(app);
    const { requests } = company;
    const random = numbers(20_261_124);
    // The bot runs since a while: who is asked for at its very start is asked for once more.
    now = start - 120_000;
    await sweepOnce(app.services, 'day', [leavers]);
    now = start;
    // What is asked once for the whole organisation (who ADMINS names) is no part of a list's cost.
    await lists(app, company.addPerson({ name: 'Early Bird' }));
    requests.length = 0;
    const began = performance.now();
    const cost = { graph: 0, followed: 0, tokens: 0, needed: 0, shown: 0, staleSeconds: 0 };
    const fetched = new Map<string, number>();
    const movedAt = new Map<string, number>();
    for (const event of schedule(day, people, random)) {
      now = event.at;
      if (event.does === 'move') {
        move(company, groups[Math.floor(random() * groups.length)], event.person);
        movedAt.set(event.person, now);
      } else if (event.does === 'sweep') {
        await sweepOnce(app.services, 'day', [leavers]);
        cost.followed += requests.filter(isGraph).length;
      } else {
        const { person } = event;
        if (now - (fetched.get(person) ?? Number.NEGATIVE_INFINITY) >= groupsFreshMs) {
          fetched.set(person, now);
          cost.needed += questionsEach;
        }
        const shown = await lists(app, person);
        if (shown > 0) cost.shown += 1;
        const isStale = shown !== groups.filter(({ people: inside }) => inside.includes(person)).length;
        const since = (now - (movedAt.get(person) ?? start)) / 1000;
        if (isStale) cost.staleSeconds = Math.max(cost.staleSeconds, since);
      }
      cost.graph += requests.filter(isGraph).length;
      cost.tokens += requests.filter(({ host }) => host.startsWith('login.')).length;
      requests.length = 0;
    }
    return { ...cost, seconds: (performance.now() - began) / 1000 };
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const leavers = { name: 'leavers', run: sweepLeavers };
const isGraph = ({ host }: { host: string }) => host.startsWith('graph.');

/** In, who was not; out, who was. */
function move(company: Company, group: CompanyGroup | undefined, person: string): void {
  if (!group) return;
  const isIn = group.people.includes(person);
  if (isIn) company.removeFromGroup(group.id, person);
  else company.addToGroup(group.id, person);
  group.people = isIn ? group.people.filter((one) => one !== person) : [...group.people, person];
}

function companyOf(app: App) {
  if (!app.sandbox) throw new Error('The day is lived in the sandbox.');
  return app.sandbox.company;
}

/** People, groups that they are in, and profiles that are shared with one group each. */
async function fill(app: App, day: Day): Promise<{ people: string[]; groups: CompanyGroup[] }> {
  const company = companyOf(app);
  const people = Array.from({ length: day.people }, (_, n) => company.addPerson({ name: `Colleague ${n}` }));
  const [tenant = ''] = app.services.tenants;
  const owner = { id: 'somebody', name: 'Somebody' };
  const groups: CompanyGroup[] = [];
  for (let n = 0; n < profiles; n += 1) {
    const inside = people.filter((_, index) => (index + n) % profiles < groupsOfEach);
    const name = `Group ${n}`;
    const group = randomUUID();
    const added = { id: group, name, alias: `g${n}`, kind: 'security' as const, people: inside, groups: [] };
    company.addGroup(structuredClone(added));
    groups.push(added);
    const id = `p${n}`;
    await app.services.collections.profiles.insert(
      withAccess({
        ...{ tenant, id, version: 1, revision: 1, type: 'x-user', externalId: id, handle: id, name: id },
        ...{ owners: [{ ...owner, since: new Date(start) }] },
        ...{ claims: [], allowed: {}, access: [], outbox: [] },
        shares: [{ principal: { kind: 'group', id: group, name }, by: owner, at: new Date(start) }],
      }),
    );
  }
  return { people, groups };
}

function schedule({ commands, minutes }: Day, people: readonly string[], random: () => number): Event[] {
  const at = () => start + Math.floor(random() * minutes * 60_000);
  const person = () => people[Math.floor(random() * people.length)] ?? '';
  const moves = Array.from({ length: Math.floor(minutes / 3) }, () => ({
    does: 'move' as const,
    at: at(),
    person: person(),
  }));
  const events: Event[] = [
    ...moves,
    // Whoever joined or left looks soon after.
    ...moves.map((moved) => ({ does: 'list' as const, at: moved.at + random() * 2 * 60_000, person: moved.person })),
    ...Array.from({ length: commands - moves.length }, () => ({ does: 'list' as const, at: at(), person: person() })),
    ...Array.from({ length: minutes + 2 }, (_, n) => ({ does: 'sweep' as const, at: start + n * 60_000 })),
  ];
  return events.sort((one, other) => one.at - other.at);
}

/** How many profiles that are shared with them somebody sees. */
async function lists({ services, settled }: App, person: string): Promise<number> {
  const [tenant = ''] = services.tenants;
  const by = await authenticate(services, {
    ...{ tenant, id: person, name: 'Colleague', timeZone: 'UTC' },
    ...{ teamsId: `29:${person}`, serviceUrl: 'http://127.0.0.1/' },
  });
  const caller = { ...by, id: services.ids(), personal: true };
  const outcome = await handle(services, caller, { kind: 'profiles', list: 'mine' });
  await settled();
  if (outcome.kind !== 'lists') throw new Error(`No list, but ${outcome.kind}.`);
  return outcome.sections.find(({ list }) => list === 'shared')?.total ?? 0;
}
