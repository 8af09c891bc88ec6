import { AsyncLocalStorage } from 'node:async_hooks';

/** Somebody of a tenant, as they are counted. */
export type Asking = { tenant: string; id: string };

const asking = new AsyncLocalStorage<Asking | undefined>();

/**
 * Runs work that somebody asked for. What it costs outside is put down to them, however deep it is asked for, without
 * every function on the way having to hand their name on. Who is authorised never comes from here.
 */
export function onBehalfOf<T>(who: Asking, work: () => Promise<T>): Promise<T> {
  return asking.run(who, work);
}

/** Work that one person's act sets off and that is done for everybody, such as a queue that many fill. */
export function onNobodysBehalf<T>(work: () => T): T {
  return asking.run(undefined, work);
}

/** Who asked for what runs now; undefined: nobody, such as a sweep. */
export const askingNow = (): Asking | undefined => asking.getStore();
