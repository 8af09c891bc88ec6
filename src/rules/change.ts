import type { Decision } from './decision.js';
import type { Moment } from './operation.js';
import { withAccess } from './sharing/ending.js';
import type { AuditRecord, Notice, OutboxEntry, PersonName, Profile } from './types.js';

export type Change = {
  operation: string;
  /** Fields of the profile that become different. */
  set: Partial<Profile>;
  /** For `history`, in the past tense and without the actor: "shared it with Marketing". */
  what: string;
  /** For the one who did it: "Shared with Marketing." */
  done: string;
  notices?: Notice[];
  also?: OutboxEntry[];
};

/** A person, or what acts without one: the directory, the clock. */
export type By = { actor: PersonName & { tenant: string }; moment: Moment };

/** The next profile: the change, its audit record and its notices in one document, one revision further. */
export function change(profile: Profile, { actor, moment }: By, made: Change): Extract<Decision, { kind: 'change' }> {
  const next = withAccess({ ...profile, ...made.set, revision: profile.revision + 1 });
  const audit: OutboxEntry = {
    id: moment.id,
    kind: 'audit',
    record: auditRecord(profile, actor, made.operation, made.what, moment),
  };
  const notices = (made.notices ?? [])
    .filter((notice) => !('person' in notice.to) || notice.to.person !== actor.id)
    .map((notice, index): OutboxEntry => ({ id: `${moment.id}:notice-${index}`, kind: 'notice', notice }));
  const cards = claimsToShow(profile, next).map(
    (claim, index): OutboxEntry => ({ id: `${moment.id}:card-${index}`, kind: 'claimCard', claim }),
  );
  next.outbox = [...profile.outbox, audit, ...(made.also ?? []), ...notices, ...cards];
  next.outboxSince = profile.outboxSince ?? moment.now;
  next.careAt = moment.now;
  return { kind: 'change', profile: next, done: made.done };
}

/** Claims whose cards are not right any more: those that changed, and all that wait when the owners did. */
function claimsToShow(before: Profile, next: Profile): string[] {
  const ownersChanged = before.owners !== next.owners;
  return next.claims
    .filter((claim) => !before.claims.includes(claim) || (ownersChanged && !claim.decided))
    .map(({ claim }) => claim);
}

function auditRecord(
  profile: Profile,
  actor: By['actor'],
  operation: string,
  what: string,
  { now, id }: Moment,
): AuditRecord {
  return {
    tenant: actor.tenant,
    id,
    at: now,
    actor: { id: actor.id, name: actor.name },
    operation,
    outcome: 'done',
    profile: { id: profile.id, type: profile.type, handle: profile.handle },
    what,
  };
}

export const nameFor = ({ id, name }: PersonName): PersonName => ({ id, name });

/** The button of a notice that shows what it is about. */
export const showButton = ({ id }: Pick<Profile, 'id'>): NonNullable<Notice['buttons']>[number] => ({
  title: 'Show it',
  operation: { kind: 'show', profile: { id } },
});
