import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import type { SignedChannel } from '../contract/signedChannel.js';
import { type AskName, activityFor, asks } from './turnAsks.js';

/** How many turns are under way at the same time, where as many as possible are asked for. */
const underWay = 16;

/** One bot in a process of its own, on a core of its own where the system lets a process be held to one (Linux). */
export type Bot = {
  name: string;
  /** From the start of its process until it listens. */
  startMs: number;
  /** CPU time and memory of the process so far, as it tells itself. */
  used: () => Promise<{ cpuMs: number; rssMiB: number }>;
  /** So many turns, as fast as it can. Each has to be answered with 200 and, where it is words, a message. */
  rush: (ask: AskName, turns: number) => Promise<{ turnsPerSecond: number; cpuMsPerTurn: number }>;
  /** So many turns each second, whatever became of those before: milliseconds from when each was due to its answer. */
  steady: (ask: AskName, perSecond: number, forMs: number) => Promise<number[]>;
  stop: () => Promise<void>;
};

const mayPin = process.platform === 'linux' && availableParallelism() > 1 && !spawnSync('taskset', ['-V']).error;
export const pinned = mayPin ? 'each bot on one core, the load on the others' : 'not held to cores';

/** The load keeps off the core of the bots. */
export function pinLoad(): void {
  if (mayPin) spawnSync('taskset', ['-a', '-c', '-p', `1-${availableParallelism() - 1}`, String(process.pid)]);
}

export async function startBot(name: string, channel: SignedChannel, env: Record<string, string>): Promise<Bot> {
  const program = [fileURLToPath(new URL('./bot.js', import.meta.url)), name];
  const started = performance.now();
  const options = {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'] as ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH ?? '', ...channel.env, ...env },
  };
  const child = mayPin
    ? spawn('taskset', ['-c', '0', process.execPath, ...program], options)
    : spawn(process.execPath, program, options);
  const ended = new AbortController();
  child.once('exit', (code) => ended.abort(new Error(`${name} ended with ${code}`)));
  const { port } = await told<{ port: number }>(child, ended.signal);
  const startMs = performance.now() - started;
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: underWay });
  const used = () => {
    child.send('used');
    return told<{ cpuMs: number; rssMiB: number }>(child, ended.signal);
  };
  const turn = (ask: AskName, n: number, authorization: string) =>
    oneTurn({ name, pool, channel }, ask, n, authorization);
  return {
    name,
    startMs,
    used,
    async rush(ask, turns) {
      const authorization = `Bearer ${await channel.token()}`;
      const before = await used();
      channel.asked.length = 0;
      const began = performance.now();
      let begun = 0;
      const lane = async () => {
        while (begun < turns) {
          begun += 1;
          await turn(ask, next(), authorization);
        }
      };
      await Promise.all(Array.from({ length: underWay }, lane));
      const tookMs = performance.now() - began;
      const { cpuMs } = await used();
      if (asks[ask].posts && channel.asked.length < turns) {
        throw new Error(`${name}: ${turns} turns, but ${channel.asked.length} messages`);
      }
      return { turnsPerSecond: (turns / tookMs) * 1000, cpuMsPerTurn: (cpuMs - before.cpuMs) / turns };
    },
    async steady(ask, perSecond, forMs) {
      const authorization = `Bearer ${await channel.token()}`;
      const began = performance.now();
      const latencies: Promise<number>[] = [];
      for (let at = 0; at < forMs; at += 1000 / perSecond) {
        const due = began + at;
        if (due > performance.now()) await pause(due - performance.now());
        latencies.push(turn(ask, next(), authorization).then(() => performance.now() - due));
      }
      channel.asked.length = 0;
      return Promise.all(latencies);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await pool.destroy();
      await gone;
    },
  };
}

/** Goes on through all bots and rounds, so that nobody asks twice in a row. */
let asked = 0;
const next = () => {
  asked += 1;
  return asked;
};

type To = { name: string; pool: Pool; channel: SignedChannel };

async function oneTurn({ name, pool, channel }: To, ask: AskName, n: number, authorization: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization };
  const body = activityFor(channel, ask, n);
  const response = await pool.request({ path: '/api/messages', method: 'POST', headers, body });
  if (response.statusCode !== 200) throw new Error(`${name} answered ${response.statusCode} to ${ask}`);
  await response.body.dump();
}

/** What the process says next; it is asked one thing at a time. */
async function told<T>(child: ChildProcess, ended: AbortSignal): Promise<T> {
  const [message] = (await once(child, 'message', { signal: ended })) as [T];
  return message;
}
