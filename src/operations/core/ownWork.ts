import { setTimeout as pause } from 'node:timers/promises';
import type { Decision } from '../../rules/decision.js';
import { maySee } from '../../rules/may.js';
import type { AuditRecord, OutboxEntry, TenantId } from '../../rules/types.js';
import { StoreDown } from '../../store/store.js';
import { factsOf } from '../answers/profileFacts.js';
import { relayPerson, relayProfile, relayTenant } from '../outbox/relay.js';
import type { Outcome } from './outcome.js';
import type { Parts } from './parts.js';
import type { Caller } from './step.js';

/** Documents whose outbox is looked through; a relay empties them within seconds. */
const looked = 200;

/** Nobody knows whether it was done: the store lost the answer, and does not let anybody look. */
export class OutcomeUnknown extends Error {}

type Who = Pick<Caller, 'id' | 'actor'>;
/** Once a write's answer is lost, it is looked for after these. */
const looksAfterMs = [300, 700, 2000];
/** Written with a record under the delivery's id, by which they are found again. */
const recorded: readonly (Decision['kind'] | undefined)[] = [
  'change',
  'changeTenant',
  'changePerson',
  'changeNotices',
  'refuse',
];

/**
 * What this very delivery has done already: its process ended, or the store's answer was lost, before anybody could be
 * told. What its write asked for is carried out. Undefined when it changed nothing.
 */
export async function ownWork(services: Parts, { id, actor }: Who): Promise<Outcome | undefined> {
  const { profiles, grants } = services.collections;
  const found = await recordOf(services, actor.tenant, id);
  if (found?.record.outcome !== 'done') return undefined;
  if (found.relay) services.later('relay outbox', found.relay);
  const done = `Done: you ${found.record.what}.`;
  const profile = found.record.profile && (await profiles.get(actor.tenant, found.record.profile.id));
  const now = services.clock();
  if (!profile || profile.deleted || !maySee({ actor, profile, now })) return { kind: 'said', title: done };
  const held = await grants.find(actor.tenant, { profile: profile.id });
  return { kind: 'profile', facts: factsOf(profile, held, actor, now), done };
}

/**
 * After a write whose answer was lost: what was done, if it was.
 * @throws StoreDown when it was not, OutcomeUnknown when nobody can tell
 */
export async function readBack(
  services: Parts,
  who: Who,
  decided: Decision['kind'] | undefined,
  cause: StoreDown,
): Promise<Outcome> {
  for (const waitMs of recorded.includes(decided) ? looksAfterMs : []) {
    await pause(waitMs);
    try {
      const own = await ownWork(services, who);
      if (own) return own;
      throw new StoreDown('A write was not done.', { cause });
    } catch (error) {
      if (!(error instanceof StoreDown) || error.cause === cause) throw error;
    }
  }
  throw new OutcomeUnknown('Nobody knows whether a write was done.', { cause });
}

type Found = { record: Omit<AuditRecord, 'id'>; relay?: () => Promise<void> };

async function recordOf(services: Parts, tenant: TenantId, id: string): Promise<Found | undefined> {
  const { audit, profiles, people, tenants } = services.collections;
  const [kept] = await audit.find(tenant, { record: id }, { limit: 1 });
  if (kept) return { record: kept };
  const waiting = { outboxSince: { lte: services.clock() } };
  const [some, few, own] = await Promise.all([
    profiles.find(tenant, waiting, { limit: looked }),
    people.find(tenant, waiting, { limit: looked }),
    tenants.find(tenant, waiting, { limit: looked }),
  ]);
  const all: { outbox: OutboxEntry[]; relay: () => Promise<void> }[] = [
    ...some.map((doc) => ({ outbox: doc.outbox, relay: () => relayProfile(services, doc) })),
    ...few.map((doc) => ({ outbox: doc.outbox, relay: () => relayPerson(services, tenant, doc.id) })),
    ...own.map((doc) => ({ outbox: doc.outbox, relay: () => relayTenant(services, tenant) })),
  ];
  for (const { outbox, relay } of all) {
    const entry = outbox.find((one) => one.id === id);
    if (entry?.kind === 'audit') return { record: entry.record, relay };
  }
  return undefined;
}
