import type { PersonId, PersonName, ProfileId, TenantId } from './ids.js';
import type { Moment } from './operation.js';
import type { ActRecord, AuditRecord, Notice, OutboxEntry, Outcome, Profile, SealedGrant } from './types.js';

/** What acts without a person, as the history names it. */
export const systemActors = {
  directory: { id: 'directory', name: 'The directory' },
  clock: { id: 'clock', name: 'The end date' },
  network: { id: 'network', name: 'The network' },
  bot: { id: 'bot', name: 'Social Profiles' },
} as const satisfies Record<string, PersonName>;

export const isSystemActor = (id: PersonId): boolean => Object.hasOwn(systemActors, id);

/** A person, or what acts without one, in a tenant, at a moment. */
export type By = { actor: PersonName & { tenant: TenantId }; moment: Moment };

/** By what acts without a person, for this profile. `name` says more closely what it was, such as which network. */
export function bySystem(who: keyof typeof systemActors, tenant: TenantId, moment: Moment, name?: string): By {
  return { actor: { ...systemActors[who], tenant, ...(name ? { name } : {}) }, moment };
}

const kindsOfEntries: Record<OutboxEntry['kind'], true> = {
  ...{ audit: true, notice: true, claimCard: true, intentCard: true, sayOut: true, wakeIntents: true },
  ...{ foreseeIntents: true, stopIntents: true, endDrill: true, grant: true, dropGrant: true, revoke: true },
  approvalCard: true,
};
/** All that can wait in an outbox. */
export const outboxKinds: readonly string[] = Object.keys(kindsOfEntries);

export type Recorded = {
  operation: string;
  /** A sentence in the past tense without the actor, or the refusal's code. */
  what: string;
  outcome?: Outcome;
  about?: Pick<Profile, 'id' | 'type' | 'handle'> | undefined;
  act?: ActRecord;
};

/** The one maker of audit records. */
export function record(
  { actor, moment }: By,
  { operation, what, outcome = 'done', about, act }: Recorded,
): AuditRecord {
  return {
    tenant: actor.tenant,
    id: moment.id,
    at: moment.now,
    actor: nameFor(actor),
    operation,
    outcome,
    ...(about ? { profile: { id: about.id, type: about.type, handle: about.handle } } : {}),
    what,
    ...(act ? { act } : {}),
  };
}

export function auditEntry(by: By, made: Recorded): OutboxEntry {
  return { id: by.moment.id, kind: 'audit', record: record(by, made) };
}

/** Notices as entries of the document that is written; nobody is told of their own act. */
export function noticeEntries(notices: readonly Notice[], { actor, moment }: By): OutboxEntry[] {
  return notices
    .filter(({ to }) => !('person' in to) || to.person !== actor.id)
    .map((notice, index) => ({ id: `${moment.id}:notice-${index}`, kind: 'notice', notice }));
}

/** Keeps a new sign-in. */
export function keepGrant(grant: SealedGrant, { id }: Moment): OutboxEntry {
  return { id: `${id}:grant`, kind: 'grant', grant };
}

/** Deletes sign-ins of a profile from before this moment. `noted`: the network has ended them already. */
export function dropGrant(
  profile: ProfileId,
  person: PersonId | 'all',
  { id, now }: Moment,
  more: { noted?: true } = {},
): OutboxEntry {
  return { id: `${id}:drop:${person}`, kind: 'dropGrant', profile, person, at: now, ...more };
}

type WithOutbox = { outbox: OutboxEntry[]; outboxSince?: Date };

/** The document with more to be carried out after its write. */
export function withEntries<T extends WithOutbox>(doc: T, entries: readonly OutboxEntry[], now: Date): T {
  if (entries.length === 0) return doc;
  return { ...doc, outbox: [...doc.outbox, ...entries], outboxSince: doc.outboxSince ?? now };
}

/**
 * The document after its entries were carried out: `left` names, by entry, what is still to be done for it. Entries that
 * are not named stay. Undefined when nothing is different.
 */
export function withLeft<T extends WithOutbox>(
  doc: T,
  left: ReadonlyMap<string, readonly OutboxEntry[]>,
): T | undefined {
  const outbox = doc.outbox.flatMap((entry) => left.get(entry.id) ?? entry);
  if (outbox.length === doc.outbox.length && outbox.every((entry, at) => entry === doc.outbox[at])) return undefined;
  return { ...doc, outbox, outboxSince: outbox.length > 0 ? doc.outboxSince : undefined };
}

export const nameFor = ({ id, name }: PersonName): PersonName => ({ id, name });
