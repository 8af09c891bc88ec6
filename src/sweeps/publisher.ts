import { randomUUID } from 'node:crypto';
import type { Parts } from '../operations/core/parts.js';
import { relayIntent } from '../operations/outbox/relay.js';
import { dropPicturesOf } from '../operations/publishing/pictures.js';
import { dropVideoOf } from '../operations/publishing/videos.js';
import { type Worked, workIntent } from '../operations/publishing/workIntent.js';
import { follows, type Intent } from '../rules/publishing/intent.js';
import { Lines } from './lines.js';

type Which = Pick<Intent, 'tenant' | 'id'>;

/** Times further away are found by the sweep, in any process. */
const nearMs = 10 * 60_000;
/** Posts that one process hands to networks at the same time. */
const atOnce = 8;
/** Videos that it carries over at the same time, beside those. */
const carriedAtOnce = 4;
/** A profile's turn is taken: it is looked at again after this. */
const busyMs = 1_100;

const hasEnded = ({ state }: Intent) => follows[state].length === 0;
const keyOf = ({ tenant, id }: Which) => `${tenant}|${id}`;

export type Publisher = {
  /** What comes of a written intent: its outbox is emptied, and it is looked at when its time comes. */
  follow: (intent: Intent) => void;
  wake: (intent: Which, at: Date) => void;
  stop: () => void;
};

/**
 * The worker: woken by timers for what is near, and by the sweep for what a dead process left behind. Whatever wakes it,
 * the store decides whether there is something to do; two processes with one due post are no more than one.
 */
export function createPublisher(services: () => Parts): Publisher {
  const holder = randomUUID();
  const timers = new Map<string, NodeJS.Timeout>();
  /** Asked for and not begun: once is enough. */
  const queued = new Set<string>();
  let running = 0;
  let carrying = 0;
  const waiting: (() => void)[] = [];
  let stopped = false;

  /** Posts whose profile has its turn taken: one of each profile asks again, in order. */
  const lines = new Lines<Which>(busyMs, inLine);

  async function work(which: Which): Promise<Worked> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    queued.delete(keyOf(which));
    let isLong = false;
    const leave = () => {
      running--;
      waiting.shift()?.();
    };
    // What takes minutes keeps nobody else from their turn. What finds no room is found by the sweep.
    const mayTakeLong = () => {
      if (carrying >= carriedAtOnce) return false;
      carrying++;
      isLong = true;
      leave();
      return true;
    };
    try {
      return stopped ? { kind: 'done' } : await workIntent(services(), which.tenant, which.id, holder, mayTakeLong);
    } finally {
      if (isLong) carrying--;
      else leave();
    }
  }

  async function workOrWait(which: Which): Promise<void> {
    const worked = await work(which);
    if (worked.kind === 'busy') lines.stand(`${which.tenant}|${worked.profile}`, keyOf(which), which);
  }

  /** True: its turn came. What fails leaves the line as well: the sweep finds it. */
  function inLine(which: Which): Promise<boolean> {
    return new Promise((resolve) => {
      services().later('publish', async () => {
        let isOver = true;
        try {
          isOver = (await work(which)).kind === 'done';
        } finally {
          resolve(isOver);
        }
      });
    });
  }

  function wake({ tenant, id }: Which, at: Date): void {
    const key = keyOf({ tenant, id });
    const inMs = at.getTime() - services().clock().getTime();
    clearTimeout(timers.get(key));
    timers.delete(key);
    if (stopped || inMs > nearMs) return;
    const start = () => {
      timers.delete(key);
      if (queued.has(key) || lines.hurry(key)) return;
      queued.add(key);
      services().later('publish', () => workOrWait({ tenant, id }));
    };
    if (inMs <= 0) start();
    else timers.set(key, setTimeout(start, inMs).unref());
  }

  return {
    wake,
    follow(intent) {
      const { tenant, id, due, outbox } = intent;
      // Of one that was changed, the preview in its place may show them.
      if (intent.pictureIds && hasEnded(intent) && intent.why?.code !== 'replaced')
        services().later('drop pictures', () => dropPicturesOf(services(), intent));
      if (intent.videoId && hasEnded(intent) && intent.why?.code !== 'replaced')
        services().later('drop video', () => dropVideoOf(services(), intent));
      if (outbox.length > 0) services().later('relay outbox', () => relayIntent(services(), tenant, id));
      if (due) wake(intent, due);
    },
    stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      lines.stop();
    },
  };
}
