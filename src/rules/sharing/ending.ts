import { activeShares, nameOf, principalName } from '../access.js';
import { change } from '../change.js';
import { bySystem, systemActors } from '../entries.js';
import type { Moment } from '../operation.js';
import type { Notice, Profile, Share } from '../types.js';

/** The profile without the shares that ended, with the record of it; undefined when none did. */
export function endShares(profile: Profile, moment: Moment): Profile | undefined {
  const kept = activeShares(profile, moment.now);
  const ended = profile.shares.filter((share) => !kept.includes(share));
  if (profile.deleted || ended.length === 0) return undefined;
  return change(profile, bySystem('clock', profile.tenant, moment), {
    operation: 'unshare',
    set: { shares: kept },
    what: `ended the share with ${ended.map(({ principal }) => principalName(principal)).join(', ')}`,
    done: '',
    notices: ended.flatMap((share) => endedNotice(profile, share)),
  }).profile;
}

function endedNotice(profile: Profile, { principal }: Share): Notice[] {
  if (principal.kind !== 'person') return [];
  return [
    {
      to: { person: principal.id },
      from: systemActors.clock.id,
      topic: 'shares',
      title: `Your share of ${nameOf(profile)} ended`,
      text: 'You can no longer publish or react with it. Ask an owner if you still need it.',
    },
  ];
}
