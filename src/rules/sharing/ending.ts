import { accessKeys, activeShares, nameOf, principalName } from '../access.js';
import { nextClaim } from '../claims/claims.js';
import type { Moment } from '../operation.js';
import type { Notice, OutboxEntry, Profile } from '../types.js';

/** The profile without the shares that ended, with the record of it; undefined when none did. */
export function endShares(profile: Profile, { now, id }: Moment): Profile | undefined {
  const kept = activeShares(profile, now);
  const ended = profile.shares.filter((share) => !kept.includes(share));
  if (profile.deleted || ended.length === 0) return undefined;
  const names = ended.map(({ principal }) => principalName(principal)).join(', ');
  const next: Profile = { ...profile, shares: kept, revision: profile.revision + 1 };
  const audit: OutboxEntry = {
    id,
    kind: 'audit',
    record: {
      tenant: profile.tenant,
      id,
      at: now,
      actor: { id: 'clock', name: 'The end date' },
      operation: 'unshare',
      outcome: 'done',
      profile: { id: profile.id, type: profile.type, handle: profile.handle },
      what: `ended the share with ${names}`,
    },
  };
  const notices = ended.flatMap(({ principal }, index): OutboxEntry[] => {
    if (principal.kind !== 'person') return [];
    const notice: Notice = {
      to: { person: principal.id },
      from: 'clock',
      title: `Your share of ${nameOf(profile)} ended`,
      text: 'You can no longer publish or react with it. Ask an owner if you still need it.',
    };
    return [{ id: `${id}:notice-${index}`, kind: 'notice', notice }];
  });
  return {
    ...withAccess(next),
    outbox: [...profile.outbox, audit, ...notices],
    outboxSince: profile.outboxSince ?? now,
  };
}

/** Fields that follow from the others, made anew with every change: whom it shows itself to, and the next end. */
export function withAccess(profile: Profile): Profile {
  const { nextEnd: _, nextClaim: __, ...rest } = profile;
  const ends = [
    ...profile.shares.flatMap(({ until }) => until ?? []),
    ...profile.owners.flatMap(({ leavingAt }) => leavingAt ?? []),
  ].sort((a, b) => a.getTime() - b.getTime());
  const claims = nextClaim(profile);
  return {
    ...rest,
    access: accessKeys(profile),
    ...(ends[0] ? { nextEnd: ends[0] } : {}),
    ...(claims ? { nextClaim: claims } : {}),
  };
}
