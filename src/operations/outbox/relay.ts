import { createTurns } from '../../platform/turns.js';
import { withLeft } from '../../rules/entries.js';
import type { Intent } from '../../rules/publishing/intent.js';
import type { OutboxEntry, PersonId, Profile, TenantId } from '../../rules/types.js';
import type { PersonDoc, TenantDoc } from '../../store/collections.js';
import type { Collection, StoredDoc } from '../../store/store.js';
import { update } from '../../store/update.js';
import type { Parts } from '../core/parts.js';
import { foreseeAnew } from '../publishing/foreseeAnew.js';
import { endDrill, stopIntents, wakeIntents } from '../publishing/freezes.js';
import { sayOut, showPosting } from '../publishing/postingCards.js';
import { caredFor } from '../signins/caredFor.js';
import { dropGrants, keepGrant } from '../signins/grantRelay.js';
import { revokeGrant } from '../signins/grantRevoke.js';
import { tellNotice } from './notices.js';
import { showApproval, showClaim } from './toDecide.js';

type WithOutbox = StoredDoc & { outbox: OutboxEntry[]; outboxSince?: Date };

/** Carries out what the last write asked for, then empties the outbox; a deleted profile goes with its last entry. */
export async function relayProfile(services: Parts, profile: Profile): Promise<void> {
  await relay(services, services.collections.profiles, profile, (now) => caredFor(services, now));
  const after = await services.collections.profiles.get(profile.tenant, profile.id);
  if (after?.deleted && after.outbox.length === 0) {
    await services.collections.profiles.delete(after.tenant, after.id, after.version);
  }
}

export async function relayPerson(services: Parts, tenant: TenantId, id: PersonId): Promise<void> {
  const person = await services.collections.people.get(tenant, id);
  if (person) await relay<PersonDoc>(services, services.collections.people, person);
}

export async function relayTenant(services: Parts, tenant: TenantId): Promise<void> {
  const doc = await services.collections.tenants.get(tenant, 'tenant');
  if (doc) await relay<TenantDoc>(services, services.collections.tenants, doc);
}

export async function relayIntent(services: Parts, tenant: TenantId, id: string): Promise<void> {
  const intent = await services.collections.intents.get(tenant, id);
  if (intent) await relay<Intent>(services, services.collections.intents, intent);
}

/** What else the write that empties an outbox brings up to date; undefined: nothing. */
type Finish<T> = (doc: T) => Promise<T | undefined>;

const inTurn = createTurns();

/** One relay per document at a time in this process; entries have ids, so another process repeating one does no harm. */
function relay<T extends WithOutbox>(
  services: Parts,
  collection: Collection<T>,
  doc: T,
  finish?: Finish<T>,
): Promise<void> {
  return inTurn(`${doc.tenant}|${doc.id}`, () => relayNow(services, collection, doc, finish));
}

async function relayNow<T extends WithOutbox>(
  services: Parts,
  collection: Collection<T>,
  doc: T,
  finish?: Finish<T>,
): Promise<void> {
  const fresh = await collection.get(doc.tenant, doc.id);
  if (!fresh || fresh.outbox.length === 0) return;
  const results = new Map<string, OutboxEntry[]>();
  for (const entry of fresh.outbox) {
    const waits = 'after' in entry && entry.after && entry.after > services.clock();
    const done = () => services.watch('outbox', entry.kind, () => carryOut(services, fresh, entry));
    results.set(entry.id, waits ? [entry] : await done());
  }
  await settle(collection, fresh, results, finish);
  // What an entry leaves behind is written down before it is carried out: the call to the network of a sign-in that goes.
  if ([...results.values()].flat().some(({ kind, id }) => kind === 'dropGrant' || !results.has(id))) {
    await relayNow(services, collection, doc, finish);
  }
}

/** Takes done entries out. Entries that arrived meanwhile stay for the relay that follows their own write. */
async function settle<T extends WithOutbox>(
  collection: Collection<T>,
  doc: T,
  results: Map<string, OutboxEntry[]>,
  finish?: Finish<T>,
): Promise<void> {
  const next = async (now: T | undefined) => {
    const left = now && withLeft(now, results);
    return (now && (await finish?.(left ?? now))) ?? left;
  };
  await update(collection, doc.tenant, doc.id, next, doc);
}

/** Does one entry; gives back what is still to be done: the entry, changed, when it has to be tried again later. */
async function carryOut(services: Parts, doc: WithOutbox, entry: OutboxEntry): Promise<OutboxEntry[]> {
  const { tenant } = doc;
  const profile = 'claims' in doc ? (doc as unknown as Profile) : undefined;
  switch (entry.kind) {
    case 'audit':
      await services.records.keep(entry.record);
      return [];
    case 'grant':
      await keepGrant(services, entry.grant);
      return [];
    case 'dropGrant':
      return dropGrants(services, tenant, entry);
    case 'revoke':
      return revokeGrant(services, entry);
    case 'notice':
      return listed(await tellNotice(services, tenant, entry, profile));
    case 'intentCard':
      return listed(await showPosting(services, tenant, entry));
    case 'approvalCard':
      return listed(await showApproval(services, tenant, entry));
    case 'sayOut':
      return listed(await sayOut(services, tenant, entry));
    case 'wakeIntents':
      await wakeIntents(services, tenant, entry.profile);
      return [];
    case 'foreseeIntents':
      await foreseeAnew(services, tenant, entry.author ? { authors: [entry.author] } : {});
      return [];
    case 'stopIntents':
      await stopIntents(services, tenant, entry.profile);
      return [];
    case 'endDrill':
      return endDrill(services, tenant, entry);
    case 'claimCard':
      return listed(profile && (await showClaim(services, profile, entry)));
  }
}

const listed = (entry: OutboxEntry | undefined): OutboxEntry[] => (entry ? [entry] : []);
