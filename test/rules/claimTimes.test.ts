import { dueAt, mayDecide, nextClaim, settledOwners, whoDecides } from '../../src/rules/claims/claims.js';
import { tendClaims } from '../../src/rules/claims/claimTimes.js';
import type { Profile } from '../../src/rules/types.js';
import { ada, ann, ben, effectOn, max, moment, same } from './effects.js';
import { actor, claimOf, days, now, owner, profile } from './world.js';

const clock = { id: 'clock', name: 'The end date' };
const by = { id: 'ann', name: 'Ann' };
const two = { owners: [owner('ann'), owner('eve')] };
const tend = (about: Profile, day: number) => {
  const at = { ...moment, now: days(day) };
  const next = tendClaims(about, ['max', 'ben', 'ann'], at);
  return next && effectOn(about, next, clock, at);
};

describe('a claim that waits', () => {
  it('is left alone for two days', () => {
    same(tend(profile({ ...two, claims: [claimOf('ben')] }), 1.9), undefined);
    same(tend(profile(two), 9), undefined);
  });

  it('is then brought to mind once, of those who decide', () => {
    const waiting = profile({ ...two, claims: [claimOf('ben'), claimOf('cat', { at: days(1), ends: days(8) })] });
    same(tend(waiting, 2), {
      set: {
        claims: [claimOf('ben', { remindedAt: days(2) }), claimOf('cat', { at: days(1), ends: days(8) })],
        nextClaim: days(3),
      },
      audit: [['claim', 'reminded of the claim of Ben']],
      told: [
        {
          to: 'ann',
          title: 'Ben still waits to become an owner of @contoso (X profile)',
          text: 'The claim ends on 1 December 2026 when nobody decides.',
          buttons: [['Look at it', { kind: 'claimcard', profile: { id: 'p1' }, claim: 'claim-ben' }]],
        },
        {
          to: 'eve',
          title: 'Ben still waits to become an owner of @contoso (X profile)',
          text: 'The claim ends on 1 December 2026 when nobody decides.',
          buttons: [['Look at it', { kind: 'claimcard', profile: { id: 'p1' }, claim: 'claim-ben' }]],
        },
      ],
      also: [{ id: 'op1:remind:card-0', kind: 'claimCard', claim: 'claim-ben' }],
    });
    same(tend(profile({ ...two, claims: [claimOf('ben', { remindedAt: days(2) })] }), 6), undefined);
  });

  it('which Managers decide is brought to their mind, never to a party of it', () => {
    same(tend(profile({ owners: [], claims: [claimOf('ben')] }), 2)?.told, [
      {
        to: 'max',
        title: 'Ben still waits to become an owner of @contoso (X profile)',
        text: 'The claim ends on 1 December 2026 when nobody decides.',
        buttons: [['Look at it', { kind: 'claimcard', profile: { id: 'p1' }, claim: 'claim-ben' }]],
      },
      {
        to: 'ann',
        title: 'Ben still waits to become an owner of @contoso (X profile)',
        text: 'The claim ends on 1 December 2026 when nobody decides.',
        buttons: [['Look at it', { kind: 'claimcard', profile: { id: 'p1' }, claim: 'claim-ben' }]],
      },
    ]);
    const objected = claimOf('ben', { proven: true, objectedBy: by });
    same(tend(profile({ ...two, claims: [objected] }), 2)?.told, [
      {
        to: 'max',
        title: 'Ben still waits to become an owner of @contoso (X profile)',
        text: 'The claim ends on 1 December 2026 when nobody decides.',
        buttons: [['Look at it', { kind: 'claimcard', profile: { id: 'p1' }, claim: 'claim-ben' }]],
      },
    ]);
  });

  it('ends after seven days; its sign-in goes, and the claimant can ask again', () => {
    const claims = [claimOf('ben', { proven: true, remindedAt: days(2) }), claimOf('cat', { remindedAt: days(2) })];
    same(tend(profile({ ...two, claims }), 7), {
      set: {
        claims: [
          claimOf('ben', {
            proven: true,
            remindedAt: days(2),
            decided: { as: 'ended', by: { id: 'clock', name: 'The end date' }, at: days(7) },
          }),
          claimOf('cat', {
            remindedAt: days(2),
            decided: { as: 'ended', by: { id: 'clock', name: 'The end date' }, at: days(7) },
          }),
        ],
        access: ['owner:ann', 'owner:eve'],
        nextClaim: days(37),
      },
      audit: [['claim', 'ended the claims of Ben, Cat, which nobody decided']],
      told: [
        {
          to: 'ben',
          title: 'Your claim of @contoso (X profile) ended',
          text: 'Nobody decided it in time. You can claim it again, or ask those who decide.',
          buttons: [['Claim it again', { kind: 'claim', profile: { id: 'p1' } }]],
        },
        {
          to: 'cat',
          title: 'Your claim of @contoso (X profile) ended',
          text: 'Nobody decided it in time. You can claim it again, or ask those who decide.',
          buttons: [['Claim it again', { kind: 'claim', profile: { id: 'p1' } }]],
        },
      ],
      also: [
        { id: 'op1:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: days(7) },
        { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
        { id: 'op1:card-1', kind: 'claimCard', claim: 'claim-cat' },
      ],
    });
  });

  it('and one that is over are seen to in one go', () => {
    const claims = [claimOf('ben', { remindedAt: days(2) }), claimOf('cat', { at: days(5), ends: days(12) })];
    same(tend(profile({ ...two, claims }), 7), {
      set: {
        claims: [
          claimOf('ben', {
            remindedAt: days(2),
            decided: { as: 'ended', by: { id: 'clock', name: 'The end date' }, at: days(7) },
          }),
          claimOf('cat', { at: days(5), ends: days(12), remindedAt: days(7) }),
        ],
        access: ['owner:ann', 'owner:eve', 'claims', 'claim:cat'],
        nextClaim: days(12),
      },
      audit: [
        ['claim', 'ended the claim of Ben, which nobody decided'],
        ['claim', 'reminded of the claim of Cat'],
      ],
      told: [
        {
          to: 'ben',
          title: 'Your claim of @contoso (X profile) ended',
          text: 'Nobody decided it in time. You can claim it again, or ask those who decide.',
          buttons: [['Claim it again', { kind: 'claim', profile: { id: 'p1' } }]],
        },
        {
          to: 'ann',
          title: 'Cat still waits to become an owner of @contoso (X profile)',
          text: 'The claim ends on 6 December 2026 when nobody decides.',
          buttons: [['Look at it', { kind: 'claimcard', profile: { id: 'p1' }, claim: 'claim-cat' }]],
        },
        {
          to: 'eve',
          title: 'Cat still waits to become an owner of @contoso (X profile)',
          text: 'The claim ends on 6 December 2026 when nobody decides.',
          buttons: [['Look at it', { kind: 'claimcard', profile: { id: 'p1' }, claim: 'claim-cat' }]],
        },
      ],
      also: [
        { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-ben' },
        { id: 'op1:remind:card-0', kind: 'claimCard', claim: 'claim-cat' },
      ],
    });
  });

  it('is left alone on a profile that is gone', () => {
    same(tend(profile({ ...two, deleted: true, claims: [claimOf('ben')] }), 9), undefined);
  });
});

describe('a claim that was decided', () => {
  const decided = { as: 'declined' as const, by, at: now };
  it('is remembered for thirty days, then forgotten without a word', () => {
    const about = profile({
      ...two,
      claims: [claimOf('ben', { decided }), claimOf('cat', { at: days(29), ends: days(36) })],
    });
    same(tend(about, 29.9), undefined);
    same(tend(about, 30), {
      set: { claims: [claimOf('cat', { at: days(29), ends: days(36) })], nextClaim: days(31) },
      audit: [],
      told: [],
    });
  });
});

describe('when a claim needs the clock', () => {
  it('is to remind, to end, or to forget', () => {
    same(dueAt(claimOf('ben')), days(2));
    same(dueAt(claimOf('ben', { remindedAt: days(2) })), days(7));
    same(dueAt(claimOf('ben', { ends: days(1) })), days(1));
    same(dueAt(claimOf('ben', { decided: { as: 'declined', by, at: days(3) } })), days(33));
  });

  it('is the earliest turn of all of a profile', () => {
    same(
      nextClaim(
        profile({
          claims: [claimOf('ben', { at: days(3) }), claimOf('cat', { at: days(1) }), claimOf('eve', { at: days(2) })],
        }),
      ),
      days(3),
    );
    same(nextClaim(profile({ claims: [] })), undefined);
    same(nextClaim(profile({ deleted: true, claims: [claimOf('ben')] })), undefined);
  });
});

describe('who decides a claim', () => {
  const claim = claimOf('ben');
  const settled = (owners: Profile['owners']) => settledOwners(profile({ owners }), now).map(({ id }) => id);
  it('is an owner whom nobody can contest and who is not leaving', () => {
    same(
      settled([
        owner('ann'),
        owner('cat', { coolOffUntil: days(1) }),
        owner('eve', { leavingAt: days(1) }),
        owner('gus', { coolOffUntil: now }),
      ]),
      ['ann', 'gus'],
    );
  });

  it('is the Managers where that is nobody, or where an owner objected', () => {
    same(whoDecides(profile(), claim, now), { kind: 'owners', owners: [owner('ann')] });
    same(whoDecides(profile({ owners: [owner('ben')] }), claim, now), { kind: 'managers' });
    same(whoDecides(profile(), { ...claim, objectedBy: by }, now), { kind: 'managers' });
  });

  it('is nobody who is a Reader, a party to it or the claimant; and nobody once it is decided or gone', () => {
    const may = (about: Partial<Profile>, who: typeof ann, more: Partial<typeof claim> = {}) =>
      mayDecide(profile(about), { ...claim, ...more }, who, now);
    const none = { owners: [] };
    same(may({}, ann), true);
    same(may({}, actor('ann', { role: 'reader' })), false);
    same(may({}, max), false);
    same(may(none, max), true);
    same(may(none, ada), true);
    same(may(none, actor('cat')), false);
    same(may(none, actor('ben', { role: 'manager' })), false);
    same(may({ owners: [owner('max', { coolOffUntil: days(1) })] }, max), false);
    same(may({}, max, { objectedBy: { id: 'max', name: 'Max' } }), false);
    same(may({}, max, { objectedBy: by }), true);
    same(may({}, ann, { decided: { as: 'declined', by, at: now } }), false);
    same(may({ deleted: true }, ann), false);
    same(may({}, ben), false);
  });
});
