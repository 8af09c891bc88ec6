import { AsyncLocalStorage } from 'node:async_hooks';

/** Somebody of a tenant, as they are counted. */
export type Asking = { tenant: string; id: string };

const asking = new AsyncLocalStorage<Asking>();

/**
 * Runs work that somebody asked for. What it costs outside is put down to them, however deep it is asked for, without
 * every function on the way having to hand their name on. Who is authorised never comes from here.
 */
export function onBehalfOf<T>(who: Asking, work: () => Promise<T>): Promise<T> {
  return asking.run(who, work);
}

/** Who asked for what runs now; undefined: nobody, such as a sweep. */
export const askingNow = (): Asking | undefined => asking.getStore();
