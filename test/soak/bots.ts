import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Bot = { child: ChildProcess; address: string };
/** Bytes of memory, and entries that wait in outboxes. */
export type Numbers = { rss: number; waiting: number };
/** Where all bots of a run write their log. */
export const logOf = (dataDir: string): string => join(dataDir, 'bots.log');

/** Several bots over one store, killed and started again. Over files there is one at a time. */
export class Bots {
  kills = 0;
  readonly #bots: (Bot | undefined)[] = [];
  #asked = 0;
  #laterSeconds = 0;

  constructor(
    readonly env: Record<string, string>,
    /** How far the clock of each is ahead, in seconds: as many bots as there are. */
    readonly skews: readonly number[],
    readonly random: () => number,
  ) {}

  async open(): Promise<void> {
    for (const at of this.skews.keys()) await this.#begin(at);
  }

  alive = (): string[] => this.#bots.flatMap((bot) => bot?.address ?? []);

  /** As pulling the plug: whatever it was doing stays half done. Another takes its place. */
  async kill(at = Math.floor(this.random() * this.#bots.length)): Promise<void> {
    const bot = this.#bots[at];
    if (!bot) return;
    this.#bots[at] = undefined;
    const ended = once(bot.child, 'exit');
    bot.child.kill('SIGKILL');
    await ended;
    this.kills += 1;
    await this.#begin(at);
  }

  /** All of them, one after the other, in a time that is later by that much. */
  async restart(laterSeconds: number): Promise<void> {
    this.#laterSeconds += laterSeconds;
    for (const at of this.skews.keys()) await this.kill(at);
  }

  /** The most that one of them has. */
  async numbers(): Promise<Numbers> {
    const all = await Promise.all(this.#bots.map((bot) => bot && this.#ask(bot)));
    const known = all.filter((one): one is Numbers => one !== undefined);
    return { rss: Math.max(...known.map(({ rss }) => rss)), waiting: Math.max(...known.map(({ waiting }) => waiting)) };
  }

  async close(): Promise<void> {
    for (const bot of this.#bots) {
      if (!bot) continue;
      const ended = once(bot.child, 'exit');
      bot.child.kill('SIGKILL');
      await ended;
    }
    this.#bots.length = 0;
  }

  #ask({ child }: Bot): Promise<Numbers> {
    this.#asked += 1;
    const number = this.#asked;
    return new Promise((resolve, reject) => {
      const died = () => reject(new Error('it died'));
      const heard = (told: { number?: number; answer?: Numbers }) => {
        if (told.number !== number || !told.answer) return;
        child.off('message', heard).off('exit', died);
        resolve(told.answer);
      };
      child.on('message', heard).once('exit', died);
      child.send(number);
    });
  }

  async #begin(at: number): Promise<void> {
    const file = fileURLToPath(new URL('./bot.js', import.meta.url));
    const env = { ...process.env, ...this.env, SKEW_SECONDS: String((this.skews[at] ?? 0) + this.#laterSeconds) };
    const child = fork(file, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [hello] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`a bot ended with ${code} at its start`))),
    ])) as [{ address: string }];
    child.on('error', () => {});
    this.#bots[at] = { child, address: hello.address };
  }
}
