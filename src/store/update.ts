import { setTimeout as pause } from 'node:timers/promises';
import { type Collection, StoreDown, type StoredDoc } from './store.js';

/** Others wrote first every time it was tried. Nothing was written, and the caller has to say so or try again later. */
export class KeptChanging extends Error {}

/** Enough for dozens of writers of one document at the same moment; then somebody is told. */
const mostTries = 12;
const firstPauseMs = 4;
const longestPauseMs = 250;

/** A document without what the store fills in. */
export type Fields<T extends StoredDoc> = Omit<T, keyof StoredDoc> & Partial<StoredDoc>;
/** What a document is to become; undefined: it stays as it is, or stays absent. Called anew for each try. */
export type Next<T extends StoredDoc> = (
  before: T | undefined,
) => Fields<T> | undefined | Promise<Fields<T> | undefined>;
/** `left`: `next` wanted nothing written, and this is what is there. */
export type Updated<T> = { kind: 'written'; doc: T } | { kind: 'left'; doc: T | undefined };

/**
 * Makes the next document of one, or a first one, and writes it if nobody wrote in between; else again, from what is there
 * then. Whoever has just read it hands it in as `seen`.
 * @throws KeptChanging, ValueTaken, StoreDown
 */
export function update<T extends StoredDoc>(
  collection: Collection<T>,
  tenant: string,
  id: string,
  next: Next<T>,
  seen?: T,
): Promise<Updated<T>> {
  let known = seen;
  return untilWritten(async () => {
    const before = known ?? (await collection.get(tenant, id));
    known = undefined;
    const fields = await next(before);
    if (!fields) return { kind: 'left', doc: before };
    const doc = await put(collection, { ...fields, tenant, id } as unknown as T, before);
    return doc && { kind: 'written', doc };
  });
}

/** Writes `doc` in the place of `before`, or as a new one; undefined, and nothing written, when somebody else wrote first. */
export async function put<T extends StoredDoc>(
  collection: Collection<T>,
  doc: T,
  before: Pick<T, 'version'> | undefined,
): Promise<T | undefined> {
  const next = { ...doc, version: (before?.version ?? 0) + 1 };
  const written = before ? await collection.replace(next, before.version) : await collection.insert(next);
  return written ? next : undefined;
}

/**
 * Tries what loses against others (`undefined`) again, after pauses that grow and differ, so that those who lost
 * together do not meet again.
 * @throws KeptChanging after the last try
 */
export async function untilWritten<R>(attempt: () => Promise<R | undefined>, most = mostTries): Promise<R> {
  for (let tries = 1; ; tries++) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (tries === most) throw new KeptChanging(`Others wrote first, ${most} times.`);
    await pause(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** tries));
  }
}

const outageTries = 8;
const outagePauseMs = 100;

/**
 * A write of what exists nowhere else: a store that does not answer is asked again for about 25 seconds. The write may
 * have been done by a try that got no answer, so it has to do no harm when it comes twice.
 * @throws StoreDown after the last try
 */
export async function throughOutage<R>(write: () => Promise<R>): Promise<R> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreDown) || tries === outageTries) throw error;
      await pause(outagePauseMs * 2 ** tries);
    }
  }
}
