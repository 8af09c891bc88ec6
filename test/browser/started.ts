import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, type Ended, root } from './child.js';

/** The sandbox in a process of its own, started with its command on a free port. */
export class StartedSandbox {
  private constructor(
    readonly address: string,
    readonly folder: string,
    private readonly child: Child,
  ) {}

  /** `folder`: go on from what is kept there. `npm`: with `npm start` itself. */
  static async start({ folder, npm = false }: { folder?: string; npm?: boolean } = {}): Promise<StartedSandbox> {
    const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'sandbox-')));
    const child = new Child(npm ? npmStart() : bot, { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
    try {
      return new StartedSandbox(await child.shows(/Open\s+(http:\/\/localhost:\d+)/), dataDir, child);
    } catch (error) {
      await child.kill();
      throw error;
    }
  }

  get screen(): string {
    return this.child.screen;
  }

  get port(): string {
    return new URL(this.address).port;
  }

  interrupt(): Promise<Ended> {
    return this.child.interrupt();
  }

  async restart(): Promise<StartedSandbox> {
    await this.interrupt();
    return StartedSandbox.start({ folder: this.folder });
  }

  /** Whatever became of the test. */
  async remove(): Promise<void> {
    await this.child.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A start that is expected to end by itself: what it says, and how it ends. */
export async function startInVain(env: Record<string, string>): Promise<{ code: number | null; screen: string }> {
  const child = new Child(bot, env);
  try {
    const { code } = await child.ends();
    return { code, screen: child.screen };
  } finally {
    await child.kill();
  }
}

const bot = [process.execPath, '--enable-source-maps', join(root, 'build/src/main.js')];

function npmStart(): string[] {
  const cli = process.env.npm_execpath;
  return cli ? [process.execPath, cli, 'start'] : ['npm', 'start'];
}
