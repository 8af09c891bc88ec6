/**
 * `npm run bench:turn`: what a turn costs. The SDK's own bare bot, this product's front door and adapter around the same
 * logic, the whole product, and the least that the same work can cost, each in a process of its own; the load, the
 * channel's keys, its connector and the directory in this one. Rounds are interleaved, so that a busy moment of the
 * machine hits all alike; medians are shown. CPU time is what to go by on a machine that does other things besides.
 * `npm run bench:turn -- profiles click` measures only these kinds of turns.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompany } from '../../src/sandbox/company/company.js';
import { world } from '../../src/sandbox/world.js';
import { openChannel } from '../contract/signedChannel.js';
import { type AskName, asks, mailOf, owners, people } from './turnAsks.js';
import { type Bot, pinLoad, pinned, startBot } from './turnBots.js';

const rounds = 9;
const roundTurns = 600;
/** As many turns as memory is looked at after. */
const warmTurns = 10_000;
const perSecond = 200;
const steadyMs = 2_500;

/** The directory that the whole product asks. */
async function openCompany(): Promise<string> {
  const pretend = createCompany({ world, clock: () => new Date() });
  for (const one of [...people, ...owners]) {
    const mail = mailOf(one);
    pretend.addPerson({ id: one.id, name: one.name, mail, signInName: mail });
  }
  const company = createServer(pretend.listener);
  await new Promise<void>((resolve) => company.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(company.address() as AddressInfo).port}`;
}

/** One line of the first table: a bot, and what it is asked. */
type Line = { bot: Bot; ask: AskName; rates: number[]; cpu: number[] };

const median = (values: readonly number[]): number => percentile(values, 0.5);
const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  process.stdout.write(`${[line(heads), rule, ...rows.map(line)].join('\n')}\n\n`);
}

const wanted = process.argv.slice(2);
const kinds = (Object.keys(asks) as AskName[]).filter((name) => wanted.length === 0 || wanted.includes(name));
const [cpu] = cpus();
process.stdout.write(`${cpu?.model.trim()} x ${availableParallelism()}, Node ${process.version}, ${pinned}\n\n`);

const channel = await openChannel({ tenant: world.tenant.id });
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
const env = {
  ...{ DATA_DIR: folder, OUTBOUND_ORIGIN: await openCompany() },
  ...{ X_CLIENT_ID: 'bench', X_CLIENT_SECRET: 'bench' },
};
pinLoad();
const bots: Bot[] = [];
try {
  const started: string[][] = [];
  for (const name of ['stock', 'limit', 'door', 'product']) {
    const bot = await startBot(name, channel, env);
    bots.push(bot);
    await bot.rush('profiles', warmTurns);
    started.push([name, bot.startMs.toFixed(0), (await bot.used()).rssMiB.toFixed(0)]);
  }
  const [stock, limit, , product] = bots as [Bot, Bot, Bot, Bot];
  const lines: Line[] = [
    ...bots.slice(0, 3).map((bot): Line => ({ bot, ask: 'profiles', rates: [], cpu: [] })),
    ...kinds.map((ask): Line => ({ bot: product, ask, rates: [], cpu: [] })),
  ];
  // The first of each kind makes what is kept from then on.
  for (const { bot, ask } of lines) await bot.rush(ask, roundTurns);
  for (let n = 0; n < rounds; n += 1) {
    for (const line of lines) {
      const { turnsPerSecond, cpuMsPerTurn } = await line.bot.rush(line.ask, roundTurns);
      line.rates.push(turnsPerSecond);
      line.cpu.push(cpuMsPerTurn);
    }
  }
  const cpuOf = (bot: Bot) => median(lines.find((line) => line.bot === bot)?.cpu ?? []);
  table(
    ['turn', 'turns/s', 'CPU ms', 'stock / it', 'limit / it'],
    lines.map(({ bot, ask, rates, cpu }) => {
      const ms = median(cpu);
      const ratios = [cpuOf(stock) / ms, cpuOf(limit) / ms].map((ratio) => ratio.toFixed(2));
      return [bot === product ? ask : bot.name, median(rates).toFixed(0), ms.toFixed(3), ...ratios];
    }),
  );
  const steady = new Map([stock, limit, product].map((bot) => [bot, [] as number[][]]));
  for (let n = 0; n < 3; n += 1) {
    for (const [bot, all] of steady) all.push(await bot.steady('profiles', perSecond, steadyMs));
  }
  table(
    [`${perSecond} turns/s`, 'p50 ms', 'p99 ms'],
    [...steady].map(([bot, all]) => {
      // The median of the rounds: one pause of the machine in one of them is not the bot's.
      const at = (part: number) => median(all.map((one) => percentile(one, part))).toFixed(1);
      return [bot.name, at(0.5), at(0.99)];
    }),
  );
  table(['process', 'start ms', `MiB after ${warmTurns} turns`], started);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const bot of bots) await bot.stop();
  await channel.close();
  await rm(folder, { recursive: true, force: true });
  process.exit();
}
