import { activeOwners, presentOwners } from '../../src/rules/access.js';
import { defaultPolicy } from '../../src/rules/decision.js';
import type { Operation } from '../../src/rules/operation.js';
import { coolOffEnd } from '../../src/rules/ownership/owning.js';
import { withoutOwner } from '../../src/rules/ownership/whatIf.js';
import { refuse } from '../../src/rules/refusals.js';
import { ada, ann, ben, given, same, showIt } from './effects.js';
import { claimOf, days, everyoneShare, grant, now, owner, profile, shareWith } from './world.js';

const on = (kind: 'leave' | 'delete' | 'forget'): Operation => ({ kind, profile: 'p1' });
const two = profile({ owners: [owner('ann'), owner('ben')] });
const three = profile({ owners: [owner('ann'), owner('ben'), owner('cat')] });
const cooling = profile({ owners: [owner('ann'), owner('ben', { coolOffUntil: days(3) })] });

describe('leave', () => {
  it('takes away one owner and their sign-in, and tells the one who stays that they are alone', () => {
    given(two).when(ann, on('leave')).gives({ asks: 'leave' });
    given(two, { confirmed: true })
      .when(ann, on('leave'))
      .gives({
        done: 'You no longer own @contoso (X profile).',
        set: { owners: [owner('ben')], access: ['owner:ben'] },
        audit: [['leave', 'gave up ownership']],
        told: [
          {
            to: 'ben',
            title: 'Ann is no longer an owner of @contoso (X profile)',
            text: 'You are its only owner now. A second one keeps it alive when you are away.',
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
      });
  });

  it('tells each of several who stay', () => {
    given(three, { confirmed: true })
      .when(ben, on('leave'))
      .gives({
        done: 'You no longer own @contoso (X profile).',
        set: { owners: [owner('ann'), owner('cat')], access: ['owner:ann', 'owner:cat'] },
        audit: [['leave', 'gave up ownership']],
        told: [
          {
            to: 'ann',
            title: 'Ben is no longer an owner of @contoso (X profile)',
            text: 'You still own it.',
            buttons: [showIt],
          },
          {
            to: 'cat',
            title: 'Ben is no longer an owner of @contoso (X profile)',
            text: 'You still own it.',
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: now }],
      });
  });

  it('as the last owner is asked about, also when another one is about to leave', () => {
    given(profile()).when(ann, on('leave')).gives({ asks: 'leave-last' });
    given(profile({ owners: [owner('ann'), owner('ben', { leavingAt: days(3) })] }))
      .when(ann, on('leave'))
      .gives({ asks: 'leave-last' });
  });

  it('as the last owner, confirmed, leaves it without one; whoever waits is decided on by others', () => {
    const waiting = profile({ shares: [everyoneShare], claims: [claimOf('cat')] });
    given(waiting, { confirmed: true })
      .when(ann, on('leave'))
      .gives({
        done: 'You left. It has no owner now; anyone who can sign in to it may claim it.',
        set: { owners: [], access: ['everyone', 'ownerless', 'claims', 'claim:cat', 'claims:managers'] },
        audit: [['leave', 'gave up ownership']],
        told: [],
        also: [
          { id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-cat' },
        ],
      });
  });
});

describe('delete', () => {
  const used = profile({
    owners: [owner('ann'), owner('ben')],
    shares: [
      shareWith('person', 'cat'),
      shareWith('group', 'marketing'),
      everyoneShare,
      shareWith('person', 'dan', now),
    ],
    claims: [
      claimOf('eve'),
      claimOf('gus', { decided: { as: 'declined', by: { id: 'ann', name: 'Ann' }, at: days(-1) } }),
    ],
    allowed: { messages: { by: { id: 'ann', name: 'Ann' }, at: now } },
  });

  it('asks first', () => {
    given(used).when(ann, on('delete')).gives({ asks: 'delete' });
  });

  it('confirmed, leaves nothing to find, drops every sign-in and tells all who had it or waited for it', () => {
    given(used, { confirmed: true })
      .when(ann, on('delete'))
      .gives({
        done: '@contoso (X profile) is deleted.',
        set: {
          externalId: 'deleted:p1',
          owners: [],
          shares: [],
          claims: [
            claimOf('eve', { decided: { as: 'deleted', by: { id: 'ann', name: 'Ann' }, at: now } }),
            claimOf('gus', { decided: { as: 'declined', by: { id: 'ann', name: 'Ann' }, at: days(-1) } }),
          ],
          access: [],
          nextEnd: undefined,
          nextClaim: undefined,
          deleted: true,
        },
        audit: [['delete', 'deleted it']],
        told: [
          {
            to: 'ben',
            title: 'Ann deleted @contoso (X profile)',
            text: 'You were one of its owners. It can be added again by anyone who can sign in to it.',
          },
          {
            to: 'cat',
            title: 'Ann deleted @contoso (X profile)',
            text: 'It was shared with you; you can no longer publish or react with it.',
          },
          {
            to: 'group:marketing',
            title: 'Ann deleted @contoso (X profile)',
            text: 'It was shared with you; you can no longer publish or react with it.',
          },
          {
            to: 'eve',
            title: 'Your claim of @contoso (X profile) is over',
            text: 'Ann deleted the profile. It can be added again by anyone who can sign in to it.',
          },
        ],
        also: [
          { id: 'op1:drop:all', kind: 'dropGrant', profile: 'p1', person: 'all', at: now },
          { id: 'op1:posts', kind: 'stopIntents', profile: 'p1' },
          { id: 'op1:card-0', kind: 'claimCard', claim: 'claim-eve' },
        ],
      });
  });

  it('is not open to an owner who may be contested, and the organisation can end that wait', () => {
    given(cooling, { confirmed: true })
      .when(ben, on('delete'))
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '27 November 2026') });
    given(cooling, { confirmed: true, policy: { ...defaultPolicy, coolOffDays: 1 } })
      .when(ben, on('delete'))
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '25 November 2026') });
    given(cooling, { policy: { ...defaultPolicy, coolOffDays: 0 } })
      .when(ben, on('delete'))
      .gives({ asks: 'delete' });
    given(profile({ owners: [owner('ben', { coolOffUntil: now })] }))
      .when(ben, on('delete'))
      .gives({ asks: 'delete' });
  });
});

describe('forget', () => {
  it('removes their own sign-in alone, and nothing else', () => {
    given(two, { grants: [grant('ann'), grant('ben')] })
      .when(ann, on('forget'))
      .gives({
        done: 'Your sign-in is removed. The profile stays.',
        set: {},
        audit: [['forget', 'removed their own sign-in']],
        told: [],
        also: [{ id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
      });
  });

  it('asks when no other sign-in keeps the profile alive', () => {
    given(two, { grants: [grant('ann')] })
      .when(ann, on('forget'))
      .gives({ asks: 'forget-last' });
    given(two, { grants: [grant('ann'), grant('ben', { state: 'dead' })] })
      .when(ann, on('forget'))
      .gives({ asks: 'forget-last' });
    given(two, { grants: [grant('ann'), grant('ben', { expiresAt: now })] })
      .when(ann, on('forget'))
      .gives({ asks: 'forget-last' });
  });

  it('confirmed, or of one that does not work, goes ahead', () => {
    given(two, { grants: [grant('ann')], confirmed: true })
      .when(ann, on('forget'))
      .gives({
        done: 'Your sign-in is removed. The profile stays.',
        set: {},
        audit: [['forget', 'removed their own sign-in']],
        told: [],
        also: [{ id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
      });
    given(two, { grants: [grant('ann', { state: 'dead' })] })
      .when(ann, on('forget'))
      .gives({
        done: 'Your sign-in is removed. The profile stays.',
        set: {},
        audit: [['forget', 'removed their own sign-in']],
        told: [],
        also: [{ id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
      });
  });

  it('is refused to who has none', () => {
    given(two, { grants: [grant('ben')] })
      .when(ann, on('forget'))
      .gives({ refused: refuse('noSignIn', '@contoso (X profile)') });
  });
});

describe('removeOwner', () => {
  const remove = (id: string): Operation => ({ kind: 'removeOwner', profile: 'p1', owner: id });
  const leaving = profile({
    owners: [owner('ann', { leavingAt: days(3) }), owner('ben')],
    shares: [shareWith('person', 'cat')],
  });
  const heirs = { members: ['gus'], used: ['dan'], managers: ['max'], admins: [] };

  it('ends the ownership of who left, drops their sign-in and tells who stays', () => {
    given(leaving, { leaver: 'gone' })
      .when(ada, remove('ann'))
      .gives({
        done: 'Ann is no longer an owner.',
        set: { owners: [owner('ben')], access: ['owner:ben', 'person:cat'], nextEnd: undefined },
        audit: [['removeOwner', 'ended the ownership of Ann, whose account is disabled']],
        told: [
          {
            to: 'ben',
            title: 'Ann no longer owns @contoso (X profile)',
            text: 'The account is disabled in the directory. You are its only owner now. A second one keeps it alive when you are away.',
            buttons: [showIt],
          },
        ],
        also: [{ id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
      });
  });

  it('of the last owner offers it to those who may want it', () => {
    const last = { ...leaving, owners: [owner('ann', { leavingAt: days(3) })] };
    given(last, { leaver: 'gone', heirs })
      .when(ada, remove('ann'))
      .gives({
        done: 'Ann is no longer an owner.',
        set: { owners: [], access: ['person:cat', 'ownerless'], nextEnd: undefined },
        audit: [['removeOwner', 'ended the ownership of Ann, whose account is disabled; it has no owner now']],
        told: [
          {
            to: 'cat',
            title: '@contoso (X profile) has no owner now',
            text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
            buttons: [['Become an owner', { kind: 'claim', profile: { id: 'p1' } }], showIt],
          },
          {
            to: 'gus',
            title: '@contoso (X profile) has no owner now',
            text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
            buttons: [['Become an owner', { kind: 'claim', profile: { id: 'p1' } }], showIt],
          },
          {
            to: 'dan',
            title: '@contoso (X profile) has no owner now',
            text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
            buttons: [['Become an owner', { kind: 'claim', profile: { id: 'p1' } }], showIt],
          },
          {
            to: 'max',
            title: '@contoso (X profile) has no owner now',
            text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
            buttons: [['Become an owner', { kind: 'claim', profile: { id: 'p1' } }], showIt],
          },
        ],
        also: [{ id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
      });
  });

  it('is not open to an admin who may be contested as an owner', () => {
    const owners = [...leaving.owners, owner('ada', { coolOffUntil: days(1) })];
    given({ ...leaving, owners }, { leaver: 'gone' })
      .when(ada, remove('ann'))
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '25 November 2026') });
  });

  it('is refused of whoever is back, is not leaving, is not asked about, or is no owner', () => {
    given(leaving, { leaver: 'back' })
      .when(ada, remove('ann'))
      .gives({ refused: refuse('isBack', 'Ann') });
    given(leaving)
      .when(ada, remove('ann'))
      .gives({ refused: refuse('isBack', 'Ann') });
    given(leaving, { leaver: 'gone' })
      .when(ada, remove('ben'))
      .gives({ refused: refuse('notLeaving', '@contoso (X profile)', 'Ben') });
    given(leaving, { leaver: 'gone' })
      .when(ada, remove('eve'))
      .gives({ refused: refuse('notLeaving', '@contoso (X profile)') });
    given(two, { leaver: 'gone' })
      .when(ada, remove('ann'))
      .gives({ refused: refuse('notLeaving', '@contoso (X profile)') });
  });
});

describe('who owns', () => {
  const owners = [owner('ann', { leavingAt: days(1) }), owner('ben', { leavingAt: now }), owner('cat')];
  it('an owner who is leaving still acts until that day; their yes and their sign-in count no more', () => {
    same(
      activeOwners(profile({ owners }), now).map(({ id }) => id),
      ['ann', 'cat'],
    );
    same(
      presentOwners(profile({ owners })).map(({ id }) => id),
      ['cat'],
    );
  });

  it('an owner who came by signing in is contested for as long as it was said, or for less if the tenant says so', () => {
    const ben = owner('ben', { coolOffUntil: days(3) });
    same(coolOffEnd(ben, defaultPolicy), days(3));
    same(coolOffEnd(ben, { ...defaultPolicy, coolOffDays: 9 }), days(3));
    same(coolOffEnd(ben, { ...defaultPolicy, coolOffDays: 1 }), days(1));
    same(coolOffEnd(owner('ann'), defaultPolicy), undefined);
  });
});

describe('what if an owner leaves', () => {
  const fate = (about: typeof two, ...signIns: string[]) =>
    withoutOwner(
      about,
      signIns.map((id) => grant(id)),
      'ann',
      now,
    );
  it('names who stays, or else who could become an owner', () => {
    const shares = [
      shareWith('person', 'ann'),
      shareWith('person', 'cat'),
      shareWith('group', 'ann'),
      everyoneShare,
      shareWith('person', 'dan', now),
    ];
    same(fate(two, 'ann', 'ben'), { fate: 'alive', signIns: 1, keepers: ['Ben'] });
    same(fate(two, 'ann'), { fate: 'dark', signIns: 0, keepers: ['Ben'] });
    same(fate(profile({ shares }), 'ann', 'cat'), {
      fate: 'ownerless',
      signIns: 0,
      keepers: ['cat', 'ann', 'everyone'],
    });
    same(fate(profile({ owners: [owner('ben')] }), 'ben'), undefined);
    same(fate(profile({ owners: [owner('ann', { leavingAt: now }), owner('ben')] }), 'ben'), undefined);
  });
});
