/**
 * `npm run bench:scale -- [sizes]`: CPU of one turn (reading, deciding, drawing the card; no HTTP) with ever more profiles in
 * the organisation, where the asker may see five of them, or all. On the embedded store up to 100,000 profiles, and on
 * the MongoDB that MONGODB_URI names.
 */
import { MongoClient } from 'mongodb';
import { createTabTurn } from '../../src/bot/turns/tabTurn.js';
import { withAccess } from '../../src/rules/derived.js';
import type { Asked } from '../../src/rules/operation.js';
import { withCaring } from '../../src/rules/signins/caring.js';
import type { Profile, SealedGrant } from '../../src/rules/types.js';
import { world } from '../../src/sandbox/world.js';
import { Story } from '../stories/story.js';

const sizes = (process.argv[2] ?? '10,1000,100000,1000000').split(',').map(Number);
const embeddedAtMost = 100_000;
const rounds = 4;
const turnsEach = 20;

type Case = { visible: 'five' | 'all'; count: number };
type Row = Case & { store: string; rssMb: number; cpuMs: Record<string, number> };

/** Refused, since nothing is called so. */
const unknown = 'show (nobody)';
const asked: Record<string, Asked | 'search'> = {
  profiles: { kind: 'profiles', list: 'mine' },
  'profiles shared': { kind: 'profiles', list: 'shared' },
  'show (whole name)': { kind: 'show', profile: { words: 'shop_0000003' } },
  'show (part)': { kind: 'show', profile: { words: 'shop_000000' } },
  [unknown]: { kind: 'show', profile: { words: 'no such thing' } },
  health: { kind: 'health' },
  'type-ahead': 'search',
};

/** Profiles of an owner who is not the asker, with the sign-ins of those that are on first pages. */
function* made(tenant: string, { count, visible }: Case): Generator<{ profile: Profile; grant: SealedGrant }> {
  const now = new Date();
  const owner = { id: 'owner', name: 'Olga Owner' };
  const everyone = [{ principal: { kind: 'everyone' as const }, by: owner, at: now }];
  for (let n = 0; n < count; n += 1) {
    const [id, handle] = [`p${n}`, `shop_${String(n).padStart(7, '0')}`];
    const grant: SealedGrant = {
      ...{ tenant, id: `${id}:owner`, version: 1, profile: id, type: 'x-user', externalId: id, since: now },
      ...{ person: 'owner', personName: owner.name, state: n % 50 === 0 ? 'dead' : 'good', scopes: [], sealed: 's' },
    };
    const profile = withAccess({
      ...{ tenant, id, version: 1, revision: 1, type: 'x-user', externalId: id, handle, name: `Shop ${n}` },
      ...{ owners: [{ ...owner, since: now }], claims: [], allowed: {}, access: [] },
      outbox: [],
      shares: visible === 'all' || n < 5 ? everyone : [],
    });
    yield { profile: withCaring(profile, [grant], now) ?? profile, grant };
  }
}

const signInsFor = 100;

/** Through the store's own door, or, on MongoDB, many at a time. */
async function fill(story: Story, one: Case, uri: string | undefined): Promise<void> {
  const client = uri ? await MongoClient.connect(uri) : undefined;
  const rows = client?.db().collection<{ _id: unknown }>('profiles');
  let waiting: { _id: { tenant: string; id: string } }[] = [];
  const flush = async () => {
    if (waiting.length > 0) await rows?.insertMany(waiting as never[], { ordered: false });
    waiting = [];
  };
  const batch: Promise<unknown>[] = [];
  for (const { profile, grant } of made(world.tenant.id, one)) {
    if (rows) waiting.push({ _id: { tenant: profile.tenant, id: profile.id }, ...profile });
    else batch.push(story.store.profiles.insert(profile));
    if (Number(profile.id.slice(1)) < signInsFor) batch.push(story.store.grants.insert(grant));
    if (waiting.length === 1_000) await flush();
    if (batch.length >= 1_000) await Promise.all(batch.splice(0));
  }
  await flush();
  await Promise.all(batch);
  await client?.close();
}

/** The least of a few rounds: what else the machine does is not the work's fault. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  await work();
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    for (let n = 0; n < turnsEach; n += 1) await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000 / turnsEach);
  }
  return least;
}

async function measure(store: string, one: Case, uri: string | undefined): Promise<Row> {
  const story = await Story.open(uri ? { MONGODB_URI: uri } : {});
  try {
    await fill(story, one, uri);
    const turn = createTabTurn(story.app.services);
    const { id, name } = story.player('megan');
    const who = { tenant: world.tenant.id, id, name, timeZone: 'UTC' } as Parameters<typeof turn.click>[0];
    const cpuMs: Record<string, number> = {};
    for (const [what, ask] of Object.entries(asked)) {
      const work = () =>
        ask === 'search' ? turn.search(who, { dataset: 'principals', queryText: 'ad' }) : turn.click(who, { do: ask });
      const { type } = await work();
      if ((type === 'refused') !== (what === unknown)) throw new Error(`${what}: the answer was ${type}`);
      cpuMs[what] = await cpuOf(work);
    }
    return { ...one, store, rssMb: process.memoryUsage().rss / 1e6, cpuMs };
  } finally {
    await story.close();
  }
}

const names = Object.keys(asked);

function printRow(row: Row): Row {
  const { store, visible, count, cpuMs, rssMb } = row;
  const cells = names.map((name) => (cpuMs[name] ?? Number.NaN).toFixed(2));
  console.log([store, visible, count.toLocaleString('en'), ...cells, rssMb.toFixed(0)].join(' | '));
  return row;
}

function printGrowth(rows: readonly Row[]): void {
  for (const store of new Set(rows.map((row) => row.store))) {
    const all = rows.filter((row) => row.store === store && row.visible === 'all');
    const [few, many] = [all[0], all.at(-1)];
    if (!few || !many || few === many) continue;
    const growth = names.map((name) => `${name} ${((many.cpuMs[name] ?? 0) / (few.cpuMs[name] ?? 1)).toFixed(1)}`);
    console.log(
      `${store}, all visible, ${many.count.toLocaleString('en')} to ${few.count}: ${growth.join(', ')} times`,
    );
  }
}

console.log(['store', 'sees', 'profiles', ...names, 'MB'].join(' | '));
const rows: Row[] = [];
const address = process.env.MONGODB_URI;
for (const count of sizes) {
  for (const visible of ['five', 'all'] as const) {
    if (count <= embeddedAtMost) rows.push(printRow(await measure('embedded', { visible, count }, undefined)));
    if (!address) continue;
    const own = new URL(address);
    own.pathname = `/scale${count}${visible}${process.pid}`;
    const client = await MongoClient.connect(own.href);
    try {
      rows.push(printRow(await measure('MongoDB', { visible, count }, own.href)));
    } finally {
      await client.db().dropDatabase();
      await client.close();
    }
  }
}
printGrowth(rows);
process.exit();
