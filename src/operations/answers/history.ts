import { refuse } from '../../rules/refusals.js';
import type { Profile } from '../../rules/types.js';
import { recordOf } from '../../store/records.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

const pageSize = 15;

/** Who did what to a profile, newest first. What is still in the outbox counts as happened. */
export async function historyOutcome(
  services: Needs<'collections'>,
  page: number,
  profile: Profile | undefined,
): Promise<Outcome> {
  if (!profile) return { kind: 'refused', refusal: refuse('notFound') };
  const wanted = (page + 1) * pageSize + 1;
  const kept = await services.collections.audit.find(
    profile.tenant,
    { profileId: profile.id },
    { sort: { at: -1 }, limit: wanted },
  );
  const waiting = profile.outbox
    .flatMap((entry) => (entry.kind === 'audit' ? entry.record : []))
    .filter((record) => !kept.some((one) => one.record === record.id));
  const all = [...waiting, ...kept.map(recordOf)].sort((a, b) => b.at.getTime() - a.at.getTime());
  const records = all.slice(page * pageSize, (page + 1) * pageSize);
  return { kind: 'history', profile, records, page, more: all.length > (page + 1) * pageSize };
}
