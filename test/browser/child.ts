import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Long, since a busy machine is no failure: only what never comes up or never stops is. */
const patienceMs = 180_000;
/** What the process of these tests may be set to and those started by them must not see. */
const ours = /^(PORT|DATA_DIR|MONGODB_URI|STORY_MONGODB_URI|BASE_URL|TOKEN_KEYS|ADMINS|OUTBOUND_ORIGIN|Microsoft.*)$/;

export type Ended = { code: number | null; signal: NodeJS.Signals | null; tookMs: number };

/** A command as somebody starts it in a terminal: its screen and its signals are all there is to it. */
export class Child {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Omit<Ended, 'tookMs'>>;
  #screen = '';

  constructor(args: readonly string[], env: Record<string, string>) {
    const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
    const [command = '', ...rest] = args;
    this.#child = spawn(command, rest, {
      cwd: root,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: `npm start` is npm, a shell and the bot, and Ctrl-C reaches all of them.
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#screen += text;
      });
    }
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  /** What stood on its screen so far. */
  get screen(): string {
    return this.#screen;
  }

  /** The first group of `wanted`, once it stands on the screen. */
  async shows(wanted: RegExp): Promise<string> {
    const shown = new Promise<string>((resolve) => {
      const look = () => {
        const found = wanted.exec(this.#screen)?.[1];
        if (found !== undefined) resolve(found);
      };
      this.#child.stdout?.on('data', look);
      look();
    });
    const early = this.#ended.then(({ code }) => assert.fail(`it ended with ${code}:\n${this.#screen}`));
    return within(Promise.race([shown, early]), () => `${String(wanted)} is never shown:\n${this.#screen}`);
  }

  /** Ctrl-C, as a terminal sends it: to every process of the command. npm may pass it on, so that it comes twice. */
  async interrupt(): Promise<Ended> {
    const started = performance.now();
    this.#signal('SIGINT');
    await pause(5);
    this.#signal('SIGINT');
    const ended = await this.ends();
    return { ...ended, tookMs: performance.now() - started };
  }

  ends(): Promise<Omit<Ended, 'tookMs'>> {
    return within(this.#ended, () => `it does not end:\n${this.#screen}`);
  }

  /** Whatever became of the test. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#ended.catch(() => undefined);
  }

  #signal(name: NodeJS.Signals): void {
    try {
      if (this.#child.pid) process.kill(-this.#child.pid, name);
    } catch {
      // It has ended.
    }
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
