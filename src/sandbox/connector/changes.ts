import { EventEmitter } from 'node:events';
import type { Change } from './types.js';

/** What happens in the conversations, for whoever wants to know. */
export class Changes {
  readonly #events = new EventEmitter().setMaxListeners(0);

  readonly emit = (change: Change): void => {
    this.#events.emit('change', change);
  };

  /** Calls back at every change, until the returned function is called. */
  readonly on = (listener: (change: Change) => void): (() => void) => {
    this.#events.on('change', listener);
    return () => void this.#events.off('change', listener);
  };

  /** Resolves with the first change that fits, from now on. Rejects after `timeoutMs`. */
  next(fits: (change: Change) => boolean, timeoutMs: number): Promise<Change> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`nothing that fits happened within ${timeoutMs} ms`));
      }, timeoutMs);
      const stop = this.on((change) => {
        if (!fits(change)) return;
        clearTimeout(timer);
        stop();
        resolve(change);
      });
    });
  }
}
