import { LRUCache } from 'lru-cache';
import { createTurns } from '../platform/turns.js';
import type { AuditRecord, TenantId } from '../rules/types.js';
import { type AuditDoc, type Chained, chained, type Head, noRecord } from './chain.js';
import type { Collections } from './collections.js';
import type { Collection } from './store.js';
import { untilWritten } from './update.js';

/** Keeps audit records, each tied to the one before. The same record again changes nothing. */
export type Records = { keep: (record: AuditRecord) => Promise<void> };

/** Processes that write records of one tenant at the same moment lose against each other; each try is one read and one write. */
const mostTries = 60;
const tenantsKept = 1000;

/**
 * Each record takes the number after the last one, which is its key in the store: of two processes that want the same
 * number one gets it, and the other goes on from there. No lock is held, and nobody who is answered waits for a chain.
 */
export function createRecords({ audit }: Pick<Collections, 'audit'>): Records {
  /** As known here; another process may be further, which the next write finds out. */
  const heads = new LRUCache<TenantId, Head>({ max: tenantsKept });
  const inTurn = createTurns();

  async function append(record: AuditRecord): Promise<void> {
    const { tenant } = record;
    try {
      await untilWritten(async () => {
        const head = heads.get(tenant) ?? (await headOf(audit, tenant));
        const next = chained(record, head);
        if (await audit.insert(toDoc(next))) return heads.set(tenant, { number: next.number, hash: next.hash });
        heads.delete(tenant);
        return (await isThere(audit, tenant, record.id)) || undefined;
      }, mostTries);
    } catch (error) {
      // Whether the last try was written is not known.
      heads.delete(tenant);
      throw error;
    }
  }

  return { keep: (record) => inTurn(record.tenant, () => append(record)) };
}

async function isThere(audit: Collection<AuditDoc>, tenant: TenantId, record: string): Promise<boolean> {
  return (await audit.find(tenant, { record }, { limit: 1 })).length > 0;
}

/** The last record of a tenant's chain. */
export async function headOf(audit: Collection<AuditDoc>, tenant: TenantId): Promise<Head> {
  const [last] = await audit.find(tenant, {}, { sort: { number: -1 }, limit: 1 });
  return last ? { number: last.number, hash: last.hash } : noRecord;
}

/** As text, numbers order as they do as numbers. */
const keyOf = (number: number) => String(number).padStart(12, '0');

function toDoc({ id: record, ...rest }: Chained): AuditDoc {
  const { profile, act } = rest;
  const found = { profileId: profile?.id ?? '', ...(act ? { intentId: act.intent } : {}) };
  return { ...rest, id: keyOf(rest.number), record, version: 1, ...found };
}

/** A record as it was written, without what only the store needs. */
export function recordOf({ record: id, version: _, profileId: __, intentId: ___, ...rest }: AuditDoc): Chained {
  return { ...rest, id };
}
