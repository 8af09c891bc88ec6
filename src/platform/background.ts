import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';

/**
 * Runs work after the answer. A failure is logged, never thrown at whoever asked; `settle` waits for what is under way.
 * What is asked for within `answerFirst` begins when that is over: nothing slows down an answer that somebody waits for.
 */
export function createBackground(log: Logger) {
  const running = new Set<Promise<unknown>>();
  const turns = new AsyncLocalStorage<{ waiting: (() => void)[] | undefined }>();

  const start = (what: string, work: () => Promise<unknown>): void => {
    const task = Promise.resolve()
      .then(work)
      .catch((error: unknown) => log.error({ err: error, what }, 'background work failed'))
      .finally(() => running.delete(task));
    running.add(task);
  };

  return {
    later(what: string, work: () => Promise<unknown>): void {
      const waiting = turns.getStore()?.waiting;
      if (waiting) waiting.push(() => start(what, work));
      else start(what, work);
    },
    async answerFirst<T>(answer: () => Promise<T>): Promise<T> {
      const turn: { waiting: (() => void)[] | undefined } = { waiting: [] };
      try {
        return await turns.run(turn, answer);
      } finally {
        const { waiting = [] } = turn;
        turn.waiting = undefined;
        for (const begin of waiting) begin();
      }
    },
    async settle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
