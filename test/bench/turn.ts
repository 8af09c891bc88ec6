/**
 * `npm run bench:turn`: turns per second and CPU per turn, for the SDK's own bare bot, for this product's front door and
 * adapter around the same logic, and for the whole product. The bot runs in a process of its own; the load, the channel's keys and its connector in this one. Rounds
 * are interleaved, so that a busy moment of the machine hits all alike; medians are shown.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { createCompany } from '../../src/sandbox/company/company.js';
import { world } from '../../src/sandbox/world.js';
import { openChannel, type SignedChannel } from '../contract/signedChannel.js';

/** The names are those of `variants` in bot.ts. */
const variants = ['stock', 'door', 'profiles'];
const rounds = 5;
const roundMs = 1_200;
const underWay = 16;

/** Enough people, each in a chat of their own, that nobody's chat reaches the channel's limit of 60 in 30 seconds. */
const people = Array.from({ length: 2_000 }, (_, index) => ({
  id: `cccccccc-0000-4000-8000-${String(index).padStart(12, '0')}`,
  teamsId: `29:bench-${index}`,
  name: `Person ${index}`,
}));

type Bot = { name: string; process: ChildProcess; pool: Pool; rates: number[]; cpu: number[]; latencies: number[] };

/** The directory that the whole product asks. */
async function openCompany(): Promise<string> {
  const pretend = createCompany({ world, clock: () => new Date() });
  for (const { id, name } of people) pretend.addPerson({ id, name });
  const company = createServer(pretend.listener);
  await new Promise<void>((resolve) => company.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(company.address() as AddressInfo).port}`;
}

async function startBot(name: string, channel: SignedChannel, more: Record<string, string>): Promise<Bot> {
  const child = fork(fileURLToPath(new URL('./bot.js', import.meta.url)), [name], {
    env: { PATH: process.env.PATH ?? '', ...channel.env, ...more },
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: underWay });
  return { name, process: child, pool, rates: [], cpu: [], latencies: [] };
}

async function cpuMsOf({ process: child }: Bot): Promise<number> {
  child.send('cpu');
  const [{ cpu }] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
  return (cpu.user + cpu.system) / 1000;
}

async function turn(bot: Bot, channel: SignedChannel, authorization: string, n: number): Promise<void> {
  const person = people[n % people.length];
  const activity = channel.activity({
    text: 'profiles',
    from: { id: person?.teamsId, name: person?.name, aadObjectId: person?.id },
    conversation: { id: `a:${person?.teamsId}`, conversationType: 'personal', tenantId: channel.tenant },
  });
  const headers = { 'content-type': 'application/json', authorization };
  const started = performance.now();
  const response = await bot.pool.request({
    path: '/api/messages',
    method: 'POST',
    headers,
    body: JSON.stringify(activity),
  });
  await response.body.dump();
  if (response.statusCode !== 200) throw new Error(`${bot.name} answered ${response.statusCode}`);
  bot.latencies.push(performance.now() - started);
}

let sent = 0;
async function round(bot: Bot, channel: SignedChannel, forMs: number): Promise<{ rate: number; cpuMs: number }> {
  const authorization = `Bearer ${await channel.token()}`;
  const before = await cpuMsOf(bot);
  const [started, first] = [performance.now(), sent];
  const lane = async () => {
    while (performance.now() - started < forMs) {
      sent += 1;
      await turn(bot, channel, authorization, sent);
    }
  };
  await Promise.all(Array.from({ length: underWay }, lane));
  const turns = sent - first;
  const tookMs = performance.now() - started;
  if (channel.asked.length < turns) throw new Error(`${bot.name}: ${turns} turns, but ${channel.asked.length} replies`);
  channel.asked.length = 0;
  return { rate: (turns / tookMs) * 1000, cpuMs: ((await cpuMsOf(bot)) - before) / turns };
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const percentile = (values: number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

const channel = await openChannel({ tenant: world.tenant.id });
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
const more = { DATA_DIR: folder, OUTBOUND_ORIGIN: await openCompany() };
const bots: Bot[] = [];
try {
  for (const name of variants) bots.push(await startBot(name, channel, more));
  for (const bot of bots) {
    // Everybody once: a first word is remembered, with the person's groups.
    const first = sent;
    while (sent - first < people.length) await round(bot, channel, roundMs);
    bot.latencies.length = 0;
  }
  for (let n = 0; n < rounds; n += 1) {
    for (const bot of bots) {
      const { rate, cpuMs } = await round(bot, channel, roundMs);
      bot.rates.push(rate);
      bot.cpu.push(cpuMs);
    }
  }
  console.log('bot          turns/s   CPU ms/turn   p50 ms   p99 ms   to stock');
  const stock = median(bots[0]?.rates ?? []);
  for (const { name, rates, cpu, latencies } of bots) {
    const cells = [
      median(rates).toFixed(0),
      median(cpu).toFixed(2),
      percentile(latencies, 0.5).toFixed(1),
      percentile(latencies, 0.99).toFixed(1),
      (median(rates) / stock).toFixed(2),
    ];
    console.log(
      [name.padEnd(10), ...cells.map((cell, index) => cell.padStart([9, 13, 8, 8, 10][index] ?? 8))].join(' '),
    );
  }
} finally {
  for (const bot of bots) {
    bot.process.disconnect();
    await bot.pool.destroy();
  }
  await channel.close();
  await rm(folder, { recursive: true, force: true });
  process.exit();
}
