import type { TenantId } from '../../rules/types.js';
import type { Head } from '../../store/chain.js';
import type { Collections } from '../../store/collections.js';
import { headOf, recordOf } from '../../store/records.js';

export const exportFormat = 'social-profiles-audit/1';
const page = 1000;

/**
 * The whole audit of a tenant as lines of JSON: first how far it goes (`head`), then every record up to there, by number.
 * What is written meanwhile is for the next export.
 */
export async function* exportAudit(
  { audit }: Pick<Collections, 'audit'>,
  tenant: TenantId,
  now: Date,
): AsyncGenerator<string> {
  const head = await headOf(audit, tenant);
  yield JSON.stringify({ format: exportFormat, tenant, at: now, head });
  for (let from = 0; from < head.number; ) {
    const docs = await audit.find(tenant, { number: { gt: from } }, { sort: { number: 1 }, limit: page });
    const last = docs.at(-1);
    if (!last) return;
    for (const doc of docs) if (doc.number <= head.number) yield JSON.stringify(recordOf(doc));
    from = last.number;
  }
}

/** "42:9f86…" as `npm run export-audit` prints it, to be kept in a place of its own. */
export const headWords = ({ number, hash }: Head): string => `${number}:${hash}`;

export function readHead(words: string): Head | undefined {
  const [, number, hash] = /^(\d{1,12}):([0-9a-f]{64}|)$/.exec(words.trim()) ?? [];
  return number === undefined ? undefined : { number: Number(number), hash: hash ?? '' };
}
