import { refuse } from '../../rules/refusals.js';
import type { AuditRecord, Profile } from '../../rules/types.js';
import { recordOf } from '../../store/records.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

const pageSize = 15;
/** Who was told is written a little later than what they were told of: what follows a page is looked at for that. */
const lookAhead = 15;

/** Who did what to a profile and who was told of it, newest first. What is still in the outbox counts as happened. */
export async function historyOutcome(
  services: Needs<'collections'>,
  page: number,
  profile: Profile | undefined,
): Promise<Outcome> {
  if (!profile) return { kind: 'refused', refusal: refuse('notFound') };
  const end = (page + 1) * pageSize;
  const kept = await services.collections.audit.find(
    profile.tenant,
    { profileId: profile.id },
    { sort: { at: -1 }, limit: end + lookAhead },
  );
  const waiting = profile.outbox
    .flatMap((entry) => (entry.kind === 'audit' ? entry.record : []))
    .filter((record) => !kept.some((one) => one.record === record.id));
  const all = [...waiting, ...kept.map(recordOf)].sort((a, b) => b.at.getTime() - a.at.getTime());
  const { of, folded } = toldOf(all);
  const entries = all
    .slice(page * pageSize, end)
    .filter(({ id }) => !folded.has(id))
    .map((record) => ({ record, told: of.get(record.id) ?? [] }));
  return { kind: 'history', profile, entries, page, more: all.length > end };
}

/** Who was told of something, by its record; those that stand there are no entries of their own. */
function toldOf(records: readonly AuditRecord[]): { of: Map<string, string[]>; folded: Set<string> } {
  const ids = new Set(records.map(({ id }) => id));
  const of = new Map<string, string[]>();
  const folded = new Set<string>();
  for (const { id, operation, what } of records) {
    const about = /^told:(.+):(?:notice|care|card)-\d+(?::\d+)?$/.exec(id)?.[1];
    if (operation !== 'tell' || !about || !ids.has(about)) continue;
    of.set(about, [...(of.get(about) ?? []), what]);
    folded.add(id);
  }
  return { of, folded };
}
