import { defaultPolicy, type Heirs } from '../../src/rules/decision.js';
import {
  endLeavers,
  groupGone,
  isLastOwner,
  noHeirs,
  personBack,
  personLeft,
} from '../../src/rules/ownership/leaving.js';
import type { Profile } from '../../src/rules/types.js';
import { effectOn, moment, same, showIt } from './effects.js';
import { days, now, owner, profile, shareWith } from './world.js';

const directory = { id: 'directory', name: 'The directory' };
const becomeOwner: typeof showIt = ['Become an owner', { kind: 'claim', profile: { id: 'p1' } }];
const two = profile({ owners: [owner('ann'), owner('ben')], shares: [shareWith('person', 'cat')] });
const alone = profile({
  shares: [shareWith('person', 'cat'), shareWith('group', 'marketing'), shareWith('person', 'old', days(-1))],
});
const heirs: Heirs = { members: ['gus', 'cat', 'ann'], used: ['dan', 'ann'], managers: ['max', 'gus'], admins: [] };
const left = (about: Profile, person: string, how: 'disabled' | 'deleted', more = noHeirs, policy = defaultPolicy) =>
  personLeft(about, person, how, policy, more, moment);
const effect = (about: Profile, next: Profile | undefined, at = moment) => next && effectOn(about, next, directory, at);

describe('an owner whose account was disabled', () => {
  it('is an owner for the days of the policy; the others hear of it', () => {
    same(effect(two, left(two, 'ann', 'disabled')), {
      set: { owners: [owner('ann', { leavingAt: days(7), leftAs: 'disabled' }), owner('ben')], nextEnd: days(7) },
      audit: [['leaving', 'said that the account of Ann is disabled; they stop being an owner on 1 December 2026']],
      told: [
        {
          to: 'ben',
          title: 'Ann, an owner of @contoso (X profile), is leaving',
          text: 'The account of Ann is disabled in the directory. Their sign-in is not used any more, and on 1 December 2026 they stop being an owner.',
          buttons: [showIt],
        },
      ],
    });
  });

  it('being the last, is told of to those who could become an owner in time', () => {
    same(effect(alone, left(alone, 'ann', 'disabled', heirs)), {
      set: { owners: [owner('ann', { leavingAt: days(7), leftAs: 'disabled' })] },
      audit: [['leaving', 'said that the account of Ann is disabled; they stop being an owner on 1 December 2026']],
      told: [
        {
          to: 'cat',
          title: '@contoso (X profile) is about to lose its last owner',
          text: 'The account of Ann is disabled in the directory. Their sign-in is not used any more, and on 1 December 2026 they stop being an owner. If you can sign in to it, become an owner now.',
          buttons: [becomeOwner, showIt],
        },
        {
          to: 'gus',
          title: '@contoso (X profile) is about to lose its last owner',
          text: 'The account of Ann is disabled in the directory. Their sign-in is not used any more, and on 1 December 2026 they stop being an owner. If you can sign in to it, become an owner now.',
          buttons: [becomeOwner, showIt],
        },
      ],
    });
  });

  it('being the last, is told of to the admins too, who cannot become owners by that', () => {
    const next = left(alone, 'ann', 'disabled', { ...heirs, admins: ['ada', 'gus', 'ann'] });
    same(
      effect(alone, next)?.told.map(({ to, buttons }) => [to, buttons?.map(([title]) => title)]),
      [
        ['cat', ['Become an owner', 'Show it']],
        ['gus', ['Become an owner', 'Show it']],
        ['ada', ['Show it']],
      ],
    );
  });

  it('is told of to a hundred at most', () => {
    const many = { ...noHeirs, members: Array.from({ length: 200 }, (_, index) => `m${index}`) };
    same(effect(alone, left(alone, 'ann', 'disabled', many))?.told.length, 100);
  });

  it('keeps what is shared with them', () => {
    same(left(two, 'cat', 'disabled'), undefined);
  });
});

describe('an owner whose account was deleted', () => {
  it('is no owner at once; who stays is told', () => {
    same(effect(two, left(two, 'ann', 'deleted')), {
      set: { owners: [owner('ben')], access: ['owner:ben', 'person:cat'] },
      audit: [['removeOwner', 'ended the ownership of Ann, whose account is deleted']],
      told: [
        {
          to: 'ben',
          title: 'Ann no longer owns @contoso (X profile)',
          text: 'The account is deleted in the directory. You are its only owner now. A second one keeps it alive when you are away.',
          buttons: [showIt],
        },
      ],
      also: [{ id: 'op1:owner:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
    });
    const three = { ...two, owners: [...two.owners, owner('eve')] };
    same(effect(three, left(three, 'ann', 'deleted'))?.told, [
      {
        to: 'ben',
        title: 'Ann no longer owns @contoso (X profile)',
        text: 'The account is deleted in the directory. You still own it.',
        buttons: [showIt],
      },
      {
        to: 'eve',
        title: 'Ann no longer owns @contoso (X profile)',
        text: 'The account is deleted in the directory. You still own it.',
        buttons: [showIt],
      },
    ]);
  });

  it('being the last, leaves it to those who may want it', () => {
    same(effect(alone, left(alone, 'ann', 'deleted', heirs)), {
      set: { owners: [], access: ['person:cat', 'group:marketing', 'person:old', 'ownerless'] },
      audit: [['removeOwner', 'ended the ownership of Ann, whose account is deleted; it has no owner now']],
      told: [
        {
          to: 'cat',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is deleted, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
        {
          to: 'gus',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is deleted, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
        {
          to: 'dan',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is deleted, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
        {
          to: 'max',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is deleted, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
      ],
      also: [{ id: 'op1:owner:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: now }],
    });
  });

  it('is an owner for the days of the policy where it has some', () => {
    same(effect(two, left(two, 'ann', 'deleted', noHeirs, { ...defaultPolicy, deletedOwnerDays: 2 })), {
      set: { owners: [owner('ann', { leavingAt: days(2), leftAs: 'deleted' }), owner('ben')], nextEnd: days(2) },
      audit: [['leaving', 'said that the account of Ann is deleted; they stop being an owner on 26 November 2026']],
      told: [
        {
          to: 'ben',
          title: 'Ann, an owner of @contoso (X profile), is leaving',
          text: 'The account of Ann is deleted in the directory. Their sign-in is not used any more, and on 26 November 2026 they stop being an owner.',
          buttons: [showIt],
        },
      ],
    });
  });

  it('loses what was shared with them as well, with a record of each', () => {
    const both = profile({
      owners: [owner('ann'), owner('ben')],
      shares: [shareWith('person', 'ben'), shareWith('group', 'ben')],
    });
    same(effect(both, left(both, 'ben', 'deleted')), {
      set: { owners: [owner('ann')], shares: [shareWith('group', 'ben')], access: ['owner:ann', 'group:ben'] },
      audit: [
        ['unshare', 'ended the share with ben: the account is deleted'],
        ['removeOwner', 'ended the ownership of Ben, whose account is deleted'],
      ],
      told: [
        {
          to: 'ann',
          title: 'Ben no longer owns @contoso (X profile)',
          text: 'The account is deleted in the directory. You are its only owner now. A second one keeps it alive when you are away.',
          buttons: [showIt],
        },
      ],
      also: [{ id: 'op1:owner:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: now }],
    });
  });

  it('who owned nothing loses the share alone', () => {
    same(effect(two, left(two, 'cat', 'deleted')), {
      set: { shares: [], access: ['owner:ann', 'owner:ben'] },
      audit: [['unshare', 'ended the share with cat: the account is deleted']],
      told: [],
    });
  });

  it('is news once: later news with a later end changes nothing', () => {
    const leaving = { ...two, owners: [owner('ann', { leavingAt: days(7), leftAs: 'disabled' }), owner('ben')] };
    same(left(leaving, 'ann', 'disabled'), undefined);
    same(left(leaving, 'ann', 'disabled', noHeirs, { ...defaultPolicy, disabledOwnerDays: 8 }), undefined);
    same(effect(leaving, left(leaving, 'ann', 'disabled', noHeirs, { ...defaultPolicy, disabledOwnerDays: 6 }))?.set, {
      owners: [owner('ann', { leavingAt: days(6), leftAs: 'disabled' }), owner('ben')],
      nextEnd: days(6),
    });
    same(left({ ...two, deleted: true }, 'ann', 'deleted'), undefined);
    same(left(two, 'eve', 'deleted'), undefined);
  });
});

describe('an owner who is back in time', () => {
  const leaving = profile({ owners: [owner('ann', { leavingAt: days(7), leftAs: 'disabled' }), owner('ben')] });
  it('stays an owner; all are told', () => {
    same(effect(leaving, personBack(leaving, 'ann', moment)), {
      set: { owners: [owner('ann'), owner('ben')], nextEnd: undefined },
      audit: [['back', 'said that the account of Ann is enabled again; they stay an owner']],
      told: [
        {
          to: 'ann',
          title: 'You still own @contoso (X profile)',
          text: 'Your account is enabled again.',
          buttons: [showIt],
        },
        {
          to: 'ben',
          title: 'Ann still owns @contoso (X profile)',
          text: 'Their account is enabled again.',
          buttons: [showIt],
        },
      ],
    });
  });

  it('is no news when they were not leaving, the time is over, or the profile is gone', () => {
    same(personBack(leaving, 'ben', moment), undefined);
    same(personBack(leaving, 'eve', moment), undefined);
    same(personBack(leaving, 'ann', { ...moment, now: days(7) }), undefined);
    same(personBack({ ...leaving, deleted: true }, 'ann', moment), undefined);
  });
});

describe('an owner whose time is over', () => {
  const leaving = profile({
    owners: [
      owner('ann', { leavingAt: days(7), leftAs: 'disabled' }),
      owner('ben', { leavingAt: days(5) }),
      owner('cat'),
    ],
  });
  it('is no owner any more', () => {
    const at = { ...moment, now: days(5) };
    same(effect(leaving, endLeavers(leaving, noHeirs, at), at), {
      set: {
        owners: [owner('ann', { leavingAt: days(7), leftAs: 'disabled' }), owner('cat')],
        access: ['owner:ann', 'owner:cat'],
        nextEnd: days(7),
      },
      audit: [['removeOwner', 'ended the ownership of Ben, whose account is disabled']],
      told: [
        {
          to: 'cat',
          title: 'Ben no longer owns @contoso (X profile)',
          text: 'The account is disabled in the directory. You are its only owner now. A second one keeps it alive when you are away.',
          buttons: [showIt],
        },
      ],
      also: [{ id: 'op1:drop:ben', kind: 'dropGrant', profile: 'p1', person: 'ben', at: days(5) }],
    });
    const later = { ...moment, now: days(7) };
    const both = effect(leaving, endLeavers(leaving, noHeirs, later), later);
    same(both?.audit, [['removeOwner', 'ended the ownership of Ann and Ben, whose accounts are disabled']]);
    same(both?.told, [
      {
        to: 'cat',
        title: 'Ann and Ben no longer own @contoso (X profile)',
        text: 'The accounts are disabled in the directory. You are its only owner now. A second one keeps it alive when you are away.',
        buttons: [showIt],
      },
    ]);
  });

  it('at the same time as the others, is named with them to those who may want it', () => {
    const owners = ['ann', 'ben', 'dee'].map((id) => owner(id, { leavingAt: days(7), leftAs: 'deleted' }));
    const last = { ...leaving, owners };
    const later = { ...moment, now: days(7) };
    const gone = effect(last, endLeavers(last, { ...noHeirs, used: ['gus'] }, later), later);
    same(gone?.audit, [
      ['removeOwner', 'ended the ownership of Ann, Ben and Dee, whose accounts are deleted; it has no owner now'],
    ]);
    same(gone?.told, [
      {
        to: 'gus',
        title: '@contoso (X profile) has no owner now',
        text: 'The accounts of Ann, Ben and Dee are deleted, so nobody can publish or react with it. If you can sign in to it, become its owner.',
        buttons: [becomeOwner, showIt],
      },
    ]);
  });

  it('being the last, leaves it to those who may want it', () => {
    const last = { ...leaving, owners: [owner('ann', { leavingAt: days(7), leftAs: 'disabled' })] };
    const later = { ...moment, now: days(7) };
    same(effect(last, endLeavers(last, heirs, later), later), {
      set: { owners: [], access: ['ownerless'], nextEnd: undefined },
      audit: [['removeOwner', 'ended the ownership of Ann, whose account is disabled; it has no owner now']],
      told: [
        {
          to: 'gus',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
        {
          to: 'cat',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
        {
          to: 'dan',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
        {
          to: 'max',
          title: '@contoso (X profile) has no owner now',
          text: 'The account of Ann is disabled, so nobody can publish or react with it. If you can sign in to it, become its owner.',
          buttons: [becomeOwner, showIt],
        },
      ],
      also: [{ id: 'op1:drop:ann', kind: 'dropGrant', profile: 'p1', person: 'ann', at: days(7) }],
    });
  });

  it('being one of two last ones, is offered what they owned as little as the other', () => {
    const last = { ...leaving, owners: leaving.owners.slice(0, 2) };
    const later = { ...moment, now: days(7) };
    const told = effect(last, endLeavers(last, { ...heirs, managers: ['ben', 'max'], admins: [] }, later), later)?.told;
    same(
      told?.map((one) => one.to),
      ['gus', 'cat', 'dan', 'max'],
    );
  });

  it('is nobody while the days run, or where the profile is gone', () => {
    same(endLeavers(leaving, noHeirs, { ...moment, now: days(4) }), undefined);
    same(endLeavers({ ...leaving, deleted: true }, noHeirs, { ...moment, now: days(9) }), undefined);
  });
});

describe('a group that was deleted', () => {
  it('takes its share away, and no other', () => {
    const shared = { ...alone, shares: [...alone.shares, shareWith('person', 'marketing')] };
    same(effect(shared, groupGone(shared, 'marketing', moment)), {
      set: {
        shares: [shareWith('person', 'cat'), shareWith('person', 'old', days(-1)), shareWith('person', 'marketing')],
        access: ['owner:ann', 'person:cat', 'person:old', 'person:marketing'],
      },
      audit: [['unshare', 'ended the share with marketing: the group is deleted']],
      told: [],
    });
    same(groupGone(alone, 'sales', moment), undefined);
    same(groupGone({ ...alone, deleted: true }, 'marketing', moment), undefined);
  });
});

describe('the last owner', () => {
  it('is who nobody present would be left after', () => {
    same(isLastOwner(two, ['ann']), false);
    same(isLastOwner(two, ['ann', 'ben']), true);
    same(isLastOwner(profile({ owners: [owner('ann'), owner('ben', { leavingAt: days(1) })] }), ['ann']), true);
    same(isLastOwner(profile({ owners: [] }), []), true);
  });
});
