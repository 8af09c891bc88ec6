import type { Logger } from 'pino';

/** Runs work after the answer. A failure is logged, never thrown at whoever asked; `settle` waits for what is under way. */
export function createBackground(log: Logger) {
  const running = new Set<Promise<unknown>>();
  return {
    later(what: string, work: () => Promise<unknown>): void {
      const task = Promise.resolve()
        .then(work)
        .catch((error: unknown) => log.error({ err: error, what }, 'background work failed'))
        .finally(() => running.delete(task));
      running.add(task);
    },
    async settle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
