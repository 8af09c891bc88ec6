import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.js';
import { dayMs, minuteMs } from '../../platform/spans.js';
import type { MayAcquire } from '../../rules/signins/health.js';
import { type Collections, openCollections } from '../collections.js';
import { underLease } from '../lease.js';
import { newestSchema, readSchema, schemaKey } from '../schema.js';
import type { Store } from '../store.js';
import { update } from '../update.js';
import { namesThatFit } from './0002NamesThatFit.js';
import { claimsSayByWhom } from './0003ClaimsSayByWhom.js';
import { profilesInOrder } from './0004ProfilesInOrder.js';
import { profilesSayTheirNeeds } from './0005ProfilesSayTheirNeeds.js';
import { auditInAChain } from './0006AuditInAChain.js';

/** Brings what is stored to the next schema. After a crash in the middle it runs again, which does no harm. */
export type Migration = (store: Store, collections: Collections, clock: Clock, mayAcquire: MayAcquire) => Promise<void>;

/** By the schema that each brings about. */
const migrations: Record<number, Migration> = {
  2: namesThatFit,
  3: claimsSayByWhom,
  4: profilesInOrder,
  5: profilesSayTheirNeeds,
  6: auditInAChain,
};

const pollMs = 200;
/** Another process is at it: this one starts when the data is ready. */
const patienceMs = 10 * 60_000;

/**
 * Opens the collections and brings them to the newest schema: in order, once, in one process at a time.
 * @throws Error, with a sentence for whoever runs the bot, when a newer release wrote the store
 */
export async function openMigrated(store: Store, clock: Clock, mayAcquire: MayAcquire): Promise<Collections> {
  const collections = await openCollections(store);
  if (store.isAlone) await freeLeases(store, collections);
  const late = performance.now() + patienceMs;
  while ((await readSchema(collections.schema)) < newestSchema) {
    const lease = { ...schemaKey, holder: randomUUID() };
    const isMine = await underLease({ collections, clock }, lease, () =>
      bringUp(store, collections, clock, mayAcquire),
    );
    if (performance.now() > late) throw new Error('Another process has been bringing the data up to date for long.');
    if (!isMine) await pause(pollMs);
  }
  return collections;
}

const bringUp: Migration = async (store, collections, clock, mayAcquire) => {
  for (let number = await readSchema(collections.schema); number < newestSchema; number += 1) {
    await migrations[number + 1]?.(store, collections, clock, mayAcquire);
    await update(collections.schema, schemaKey.tenant, schemaKey.id, () => ({ number: number + 1, at: clock() }));
  }
};

/** Those that bring up to date what an instance of the release before goes on writing beside this one. */
const repeated: readonly Migration[] = [profilesInOrder, profilesSayTheirNeeds, auditInAChain];
const [repeatedForMs, repeatedEveryMs] = [dayMs, 10 * minuteMs];

/**
 * For a day after the data was brought up to date, what older instances still wrote is brought up as well, by one process
 * each time. Afterwards, and in between, this costs one read.
 */
export const catchUp: Migration = async (store, collections, clock, mayAcquire) => {
  if (!(await isDue(collections, clock))) return;
  await underLease({ collections, clock }, { ...schemaKey, holder: randomUUID() }, async () => {
    // Another process may have made this round while this one came for the lease.
    if (!(await isDue(collections, clock))) return;
    const caughtUp = clock();
    for (const migration of repeated) await migration(store, collections, clock, mayAcquire);
    await update(collections.schema, schemaKey.tenant, schemaKey.id, (doc) => doc && { ...doc, caughtUp });
  });
};

async function isDue({ schema }: Collections, clock: Clock): Promise<boolean> {
  const { at, caughtUp } = (await schema.get(schemaKey.tenant, schemaKey.id)) ?? {};
  const now = clock().getTime();
  if (!at || now - at.getTime() > repeatedForMs) return false;
  return !caughtUp || now - caughtUp.getTime() >= repeatedEveryMs;
}

/** Nobody else uses this store: whoever held a lease has ended. */
async function freeLeases(store: Store, { leases }: Collections): Promise<void> {
  for await (const { tenant, id } of store.all('leases')) if (!isRateLimit(id)) await leases.delete(tenant, id);
}

/** Of release 0.1.0. */
const isRateLimit = (id: string) => id.startsWith('wait:');
