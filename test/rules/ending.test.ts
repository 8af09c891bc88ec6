import { endShares } from '../../src/rules/sharing/ending.js';
import type { Profile } from '../../src/rules/types.js';
import { effectOn, moment, same } from './effects.js';
import { claimOf, days, now, owner, profile, shareWith } from './world.js';

/** Ann's, shared with Cat and with Marketing. */
const shared = profile({ shares: [shareWith('person', 'cat'), shareWith('group', 'marketing')] });

describe('the end date', () => {
  const clock = { id: 'clock', name: 'The end date' };
  const ending = profile({
    shares: [
      shareWith('person', 'cat', now),
      shareWith('group', 'sales', days(-1)),
      shareWith('person', 'dan', days(1)),
      shareWith('group', 'marketing'),
    ],
  });
  const ended = (about: Profile) => endShares(about, moment);

  it('takes away the shares that are over, and tells the people of them', () => {
    const next = ended(ending);
    same(next && effectOn(ending, next, clock), {
      set: {
        shares: [shareWith('person', 'dan', days(1)), shareWith('group', 'marketing')],
        access: ['owner:ann', 'person:dan', 'group:marketing'],
        nextEnd: days(1),
      },
      audit: [['unshare', 'ended the share with cat, sales']],
      told: [
        {
          to: 'cat',
          topic: 'shares',
          title: 'Your share of @contoso (X profile) ended',
          text: 'You can no longer publish or react with it. Ask an owner if you still need it.',
        },
      ],
    });
  });

  it('keeps what waited in the outbox, and since when', () => {
    const waits = { id: 'op0', kind: 'claimCard' as const, claim: 'c0' };
    const before = { ...ending, outbox: [waits], outboxSince: days(-1) };
    const next = ended(before);
    same(next && effectOn(before, next, clock).audit, [['unshare', 'ended the share with cat, sales']]);
  });

  it('does nothing where none is over, or where the profile is deleted', () => {
    same(ended(shared), undefined);
    same(ended({ ...ending, deleted: true }), undefined);
  });
});

describe('the next end', () => {
  const due = (about: Partial<Profile>) => {
    const { nextEnd, nextClaim } = profile(about);
    return { nextEnd, nextClaim };
  };
  it('is the earliest end of a share or of a leaving owner, and the earliest turn of a claim', () => {
    same(due({}), { nextEnd: undefined, nextClaim: undefined });
    same(due({ nextEnd: days(1), nextClaim: days(1) }), { nextEnd: undefined, nextClaim: undefined });
    const shares = [shareWith('person', 'cat', days(3)), shareWith('person', 'dan', days(2)), shareWith('group', 'g')];
    same(due({ shares }).nextEnd, days(2));
    same(
      due({ shares, owners: [owner('ann', { leavingAt: days(1) }), owner('ben', { leavingAt: days(4) })] }).nextEnd,
      days(1),
    );
    same(due({ claims: [claimOf('ben', { at: days(1) }), claimOf('cat')] }).nextClaim, days(2));
  });
});
