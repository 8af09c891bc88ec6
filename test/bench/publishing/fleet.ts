import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Command, Reply, Start } from './messages.js';

/** The process that was asked died before it answered. */
class Died extends Error {}

/** One process of a run. */
export type Member = { child: ChildProcess; ask: (command: Command) => Promise<Reply> };

/** Starts one and waits for its first word. */
export async function startMember(
  file: 'outside' | 'bot' | 'database',
  start: Start,
): Promise<Member & { hello: { origin?: string } }> {
  const child = fork(fileURLToPath(new URL(`./${file}.js`, import.meta.url)), [JSON.stringify(start)]);
  const open = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  let last = 0;
  const [hello] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${file} ended with ${code} at its start`))),
  ])) as [{ origin?: string }];
  child.on('message', ({ number, reply, error }: { number: number; reply?: Reply; error?: string }) => {
    const waiting = open.get(number);
    open.delete(number);
    if (error === undefined) waiting?.resolve(reply ?? {});
    else waiting?.reject(new Error(error));
  });
  child.on('exit', () => {
    for (const { reject } of open.values()) reject(new Died());
    open.clear();
  });
  child.on('error', () => {});
  return {
    child,
    hello,
    ask: (command) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null || !child.connected) return reject(new Died());
        const number = ++last;
        open.set(number, { resolve, reject });
        child.send({ number, command }, (error) => {
          if (error && open.delete(number)) reject(new Died());
        });
      }),
  };
}

/** Several bots over one database, killed and started again. */
export class Fleet {
  kills = 0;
  /** Activities that were delivered again, because the process that had them died before it answered. */
  redelivered = 0;
  readonly #bots: (Member | undefined)[] = [];
  #aheadMs = 0;

  constructor(
    readonly start: Omit<Start, 'aheadMs' | 'skewMs'>,
    /** How wrong the clock of each bot is: as many bots as there are. */
    readonly skewsMs: readonly number[],
    readonly random: () => number,
  ) {}

  async open(): Promise<void> {
    for (const at of this.skewsMs.keys()) await this.#begin(at);
  }

  /** Teams delivers to any of them, and once more to another when it hears nothing. */
  async deliver(command: Command): Promise<Reply> {
    for (let tries = 0; ; tries++) {
      const alive = this.#bots.filter((bot): bot is Member => bot !== undefined);
      const bot = alive[Math.floor(this.random() * alive.length)];
      try {
        if (bot) return await bot.ask(command);
        await new Promise((resolve) => setTimeout(resolve, 100));
      } catch (error) {
        if (!(error instanceof Died) || tries > 50) throw error;
        this.redelivered++;
      }
    }
  }

  /** Of all that live; who dies at it is not waited for. */
  async all(command: Command): Promise<void> {
    if (command.kind === 'jump') this.#aheadMs = command.aheadMs;
    await Promise.all(
      this.#bots.map((bot) =>
        bot?.ask(command).catch((error: unknown) => {
          if (!(error instanceof Died)) throw error;
        }),
      ),
    );
  }

  /** As pulling the plug: whatever it was doing stays half done. Another takes its place. */
  async kill(): Promise<void> {
    const at = Math.floor(this.random() * this.#bots.length);
    const bot = this.#bots[at];
    if (!bot) return;
    this.#bots[at] = undefined;
    const ended = once(bot.child, 'exit');
    bot.child.kill('SIGKILL');
    await ended;
    this.kills++;
    await this.#begin(at);
  }

  close(): void {
    for (const bot of this.#bots) bot?.child.kill('SIGKILL');
  }

  async #begin(at: number): Promise<void> {
    const skewMs = this.skewsMs[at] ?? 0;
    this.#bots[at] = await startMember('bot', { ...this.start, aheadMs: this.#aheadMs, skewMs });
  }
}
