import type { Decision } from './decision.js';
import { withAccess } from './derived.js';
import { auditEntry, type By, noticeEntries, withEntries } from './entries.js';
import type { Notice, OutboxEntry, Profile } from './types.js';

export { type By, nameFor } from './entries.js';

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

/** The next profile: the change, its audit record and its notices in one document, one revision further. */
export function change(profile: Profile, { actor, moment }: By, made: Change): Extract<Decision, { kind: 'change' }> {
  const next = withAccess({ ...profile, ...made.set, revision: profile.revision + 1 });
  const audit = auditEntry({ actor, moment }, { operation: made.operation, what: made.what, about: profile });
  const about = (made.notices ?? []).map((notice) => ({ ...notice, about: profile.type }));
  const notices = noticeEntries(about, { actor, moment });
  const cards = claimsToShow(profile, next).map(
    (claim, index): OutboxEntry => ({ id: `${moment.id}:card-${index}`, kind: 'claimCard', claim }),
  );
  const written = withEntries(next, [audit, ...(made.also ?? []), ...notices, ...cards], moment.now);
  return { kind: 'change', profile: { ...written, careAt: moment.now }, done: made.done };
}

/** Claims whose cards are not right any more: those that changed, and all that wait when the owners did. */
function claimsToShow(before: Profile, next: Profile): string[] {
  const ownersChanged = before.owners !== next.owners;
  return next.claims
    .filter((claim) => !before.claims.includes(claim) || (ownersChanged && !claim.decided))
    .map(({ id }) => id);
}

/** The button of a notice that shows what it is about. */
export const showButton = ({ id }: Pick<Profile, 'id'>): NonNullable<Notice['buttons']>[number] => ({
  title: 'Show it',
  operation: { kind: 'show', profile: { id } },
});
