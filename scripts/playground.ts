/**
 * Joins Microsoft's Agents Playground to the sandbox bot: a second client, which nobody here wrote. A sandbox that runs
 * is used, else one is started. `--no-browser`: it does not open a page by itself.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { world } from '../src/sandbox/world.js';
import { playgroundConfig, playgroundPerson } from './playgroundConfig.js';

const packageName = '@microsoft/m365agentsplayground@0.2.28';
const root = fileURLToPath(new URL('../../', import.meta.url));
const port = Number(process.env.PORT || 3978);
/** The first time, npm fetches 15 MB. */
const patienceMs = 180_000;

const started: ChildProcess[] = [];
const folder = await mkdtemp(join(tmpdir(), 'playground-'));
let isStopping = false;
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => void stop(0));

try {
  await withSandbox();
  const address = await withPlayground();
  process.stdout.write(`
  Microsoft's Agents Playground is joined to the sandbox bot on port ${port}.

    Open      ${address}
    You are   ${playgroundPerson()}
    In a channel or group chat, type @ and choose ${world.bot.name} from the list.

  The Playground is Microsoft's: npx fetched it, it is no part of this project, and its licence allows evaluation only.
  Anybody on your network can open its page while it runs. Ctrl-C stops it.

`);
} catch (error) {
  // What was interrupted has nothing to say.
  if (!isStopping) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await stop(1);
}

async function withSandbox(): Promise<void> {
  if (await isSandbox()) return;
  const bot = start(process.execPath, ['--enable-source-maps', join(root, 'build/src/main.js')], { cwd: root });
  bot.once('exit', (code) => void stop(code ?? 1));
  await until(bot, isSandbox, 'The sandbox does not come up.');
}

/** Whether our own sandbox answers at the port, and no other program. */
async function isSandbox(): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/sandbox/api/state`, { signal: AbortSignal.timeout(5_000) });
    const state = (await answer.json()) as { bot?: { id?: string } };
    return state.bot?.id === world.bot.id;
  } catch {
    return false;
  }
}

async function withPlayground(): Promise<string> {
  await writeFile(join(folder, '.m365agentsplayground.yml'), playgroundConfig());
  const bot = `http://127.0.0.1:${port}/api/messages`;
  const flags = ['start', '-e', bot, '-c', 'msteams', '-p', '56150', '--disable-telemetry'];
  const npm = process.env.npm_execpath;
  const npx = ['exec', '--yes', `--package=${packageName}`, '--', 'agentsplayground', ...flags];
  const child = start(npm ? process.execPath : 'npm', npm ? [npm, ...npx] : npx, {
    cwd: folder,
    pipe: true,
    env: { APPLICATION_INSIGHTS_NO_STATSBEAT: '1', PATH: await pathWithOpener() },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (printed += String(text)));
  // A port that is taken is no trouble for it: it takes another, and only its own words say which.
  const found = () => /Listening on (\d+)/.exec(printed)?.[1];
  try {
    await until(child, () => found() !== undefined, 'The Playground does not come up.');
  } catch (error) {
    // It keeps the reason to itself, in a file.
    const log = await readFile(join(folder, 'devTools/m365agentsplayground.log'), 'utf8').catch(() => '');
    throw new Error([(error as Error).message, printed.trim(), log.trim()].filter(Boolean).join('\n'));
  }
  child.once('exit', () => void stop(1));
  return `http://localhost:${found()}`;
}

/** On Linux it opens its page with `xdg-open`, and ends without a word where there is none. */
async function pathWithOpener(): Promise<string> {
  const path = process.env.PATH ?? '';
  if (process.platform !== 'linux' || (!process.argv.includes('--no-browser') && process.env.DISPLAY)) return path;
  await writeFile(join(folder, 'xdg-open'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return `${folder}${delimiter}${path}`;
}

type How = { cwd: string; pipe?: boolean; env?: Record<string, string> };

/** A child in a process group of its own, so that everything it starts ends with it. */
function start(command: string, args: string[], { cwd, pipe = false, env = {} }: How): ChildProcess {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: pipe ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  child.once('error', (error) => process.stderr.write(`${error.message}\n`));
  started.push(child);
  return child;
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

async function until(child: ChildProcess, isThere: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await pause(100)) {
    if (await isThere()) return;
    if (hasEnded(child)) break;
  }
  throw new Error(otherwise);
}

async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  for (const child of started) kill(child, 'SIGINT');
  for (const deadline = Date.now() + 5_000; Date.now() < deadline && !started.every(hasEnded); await pause(50));
  for (const child of started) kill(child, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
  process.exit(code);
}

function kill({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // It has ended.
  }
}
