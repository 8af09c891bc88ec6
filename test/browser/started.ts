import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Long, since a busy machine is no failure: only a sandbox that never comes up or never stops is. */
const patienceMs = 120_000;
/** What the process of these tests may be set to and the sandbox must not see. */
const ours = /^(MONGODB_URI|STORY_MONGODB_URI|BASE_URL|TOKEN_KEYS|ADMINS|OUTBOUND_ORIGIN|Microsoft.*|npm_.*)$/;

export type Ended = { code: number | null; signal: NodeJS.Signals | null; tookMs: number };

/** The sandbox as somebody starts it: a process of its own, whose screen and signals are all there is to it. */
export class StartedSandbox {
  private constructor(
    readonly address: string,
    readonly folder: string,
    private readonly child: ChildProcess,
    private readonly ended: Promise<Omit<Ended, 'tookMs'>>,
    /** What stood on its screen so far. */
    readonly screen: () => string,
  ) {}

  /** Starts it on a free port. `folder`: go on from what is kept there. `npm`: with `npm start` itself. */
  static async start({ folder, npm = false }: { folder?: string; npm?: boolean } = {}): Promise<StartedSandbox> {
    const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'sandbox-')));
    const { child, ended, screen } = run({ PORT: '0', DATA_DIR: dataDir }, npm);
    const address = new Promise<string>((resolve) => {
      child.stdout?.on('data', () => {
        const found = /Open\s+(http:\/\/localhost:\d+)/.exec(screen());
        if (found?.[1]) resolve(found[1]);
      });
    });
    const early = ended.then(({ code }) => assert.fail(`the sandbox ended with ${code}:\n${screen()}`));
    const found = await within(Promise.race([address, early]), () => `the sandbox does not come up:\n${screen()}`);
    return new StartedSandbox(found, dataDir, child, ended, screen);
  }

  /** Ctrl-C, as a terminal sends it: to every process of the command. */
  async interrupt(): Promise<Ended> {
    const started = performance.now();
    signal(this.child, 'SIGINT');
    const { code, signal: by } = await within(this.ended, () => `Ctrl-C does not stop it:\n${this.screen()}`);
    return { code, signal: by, tookMs: performance.now() - started };
  }

  async restart(): Promise<StartedSandbox> {
    await this.interrupt();
    return StartedSandbox.start({ folder: this.folder });
  }

  /** Whatever became of the test. */
  async remove(): Promise<void> {
    signal(this.child, 'SIGKILL');
    await this.ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A start that is expected to end by itself: what it says, and how it ends. */
export async function startInVain(env: Record<string, string>): Promise<{ code: number | null; screen: string }> {
  const { child, ended, screen } = run(env, false);
  try {
    const { code } = await within(ended, () => `it should have ended:\n${screen()}`);
    return { code, screen: screen() };
  } finally {
    signal(child, 'SIGKILL');
  }
}

function run(env: Record<string, string>, npm: boolean) {
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const child = spawn(...command(npm), {
    cwd: root,
    env: { ...Object.fromEntries(inherited), LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: `npm start` is npm, a shell and the bot, and Ctrl-C reaches all of them.
    detached: true,
  });
  let shown = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
    });
  }
  const ended = new Promise<Omit<Ended, 'tookMs'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, by) => resolve({ code, signal: by }));
  });
  return { child, ended, screen: () => shown };
}

function command(npm: boolean): [string, string[]] {
  if (!npm) return [process.execPath, ['--enable-source-maps', join(root, 'build/src/main.js')]];
  const cli = process.env.npm_execpath;
  return cli ? [process.execPath, [cli, 'start']] : ['npm', ['start']];
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, name);
  } catch {
    // It has ended.
  }
}

async function within<T>(wanted: Promise<T>, otherwise: () => string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise())), patienceMs);
  });
  try {
    return await Promise.race([wanted, late]);
  } finally {
    clearTimeout(timer);
  }
}
