import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditRecord, ProfileId } from '../rules/types.js';
import type { CollectionSpec, StoredDoc } from './store.js';

/** Where a chain of records has come to: the number of its last one, and that one's hash. */
export type Head = { number: number; hash: string };

/** Before the first record of a tenant. */
export const noRecord: Head = { number: 0, hash: '' };

/** A record in its place: `prev` is the hash of the one before, `hash` its own, over everything else that is in it. */
export type Chained = AuditRecord & { number: number; prev: string; hash: string };

/** Its id is its number, so that no two records have one; `record` is the id of what it tells of. */
export type AuditDoc = StoredDoc &
  Omit<Chained, 'id'> & {
    record: string;
    profileId: ProfileId;
    /** Of a post: its intent. */
    intentId?: string;
  };

export const auditSpec = {
  name: 'trail',
  indexes: [
    { fields: ['record'], unique: true },
    { fields: ['profileId', 'at'] },
    { fields: ['intentId'] },
    { fields: ['number'] },
  ],
} satisfies CollectionSpec;

/** The record that follows `head`. */
export function chained(record: AuditRecord, head: Head): Chained {
  const placed = { ...record, number: head.number + 1, prev: head.hash };
  return { ...placed, hash: hashOfRecord(placed) };
}

/**
 * SHA-256, in hex, of the record as canonical JSON (RFC 8785) without its own hash: the same fields give the same hash,
 * whatever order a store or a file keeps them in. Times are written as ISO 8601 in UTC.
 */
export function hashOfRecord(record: object): string {
  const { hash: _, ...rest } = record as { hash?: string };
  // JSON first: it writes dates as text and leaves out what is undefined, as every store and file does.
  return createHash('sha256')
    .update(canonicalize(JSON.parse(JSON.stringify(rest))) ?? '')
    .digest('hex');
}
