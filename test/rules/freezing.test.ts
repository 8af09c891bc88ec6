import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import { ada, ann, ben, given, max, showIt } from './effects.js';
import { days, now, owner, profile, shareWith } from './world.js';

const two = profile({ owners: [owner('ann'), owner('eve')], shares: [shareWith('person', 'ben')] });
const frozen = { by: { id: 'ben', name: 'Ben' }, at: days(-1), yes: [] };
const oneYes = { ...frozen, yes: [{ id: 'max', name: 'Max', reason: 'False alarm.', at: days(-1) }] };
const shared = profile({ owners: two.owners, shares: [shareWith('person', 'ben'), shareWith('person', 'max')] });
const freeze = (drill?: true): Operation => ({ kind: 'freeze', profile: 'p1', ...(drill ? { drill } : {}) });
const thaw = (reason?: string): Operation => ({ kind: 'thaw', profile: 'p1', ...(reason ? { reason } : {}) });
const thawAll = (reason?: string): Operation => ({ kind: 'thawAll', ...(reason ? { reason } : {}) });

describe('freeze', () => {
  it('stops everything of a profile, by whoever sees it; the owners are told', () => {
    given(two)
      .when(ben, freeze())
      .gives({
        done: '@contoso (X profile) is frozen: nothing goes out from now on.',
        set: { frozen: { by: { id: 'ben', name: 'Ben' }, at: now, yes: [] } },
        audit: [['freeze', 'froze it: nothing goes out']],
        told: [
          {
            to: 'ann',
            title: 'Ben froze @contoso (X profile)',
            text: 'Nothing goes out until two Managers have thawed it.',
            buttons: [showIt],
          },
          {
            to: 'eve',
            title: 'Ben froze @contoso (X profile)',
            text: 'Nothing goes out until two Managers have thawed it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('as a drill tells nobody and ends by itself', () => {
    given(two)
      .when(ann, freeze(true))
      .gives({
        done: '@contoso (X profile) is frozen: nothing goes out from now on.',
        set: { frozen: { by: { id: 'ann', name: 'Ann' }, at: now, yes: [], drill: true } },
        audit: [['freeze', 'froze it as a drill']],
        told: [],
        also: [{ id: 'op1:drill', kind: 'endDrill', profile: 'p1' }],
      });
  });

  it('is refused when it is frozen already', () => {
    given({ ...two, frozen })
      .when(ann, freeze())
      .gives({ refused: refuse('frozenAlready', '@contoso (X profile)') });
  });
});

describe('thaw', () => {
  it('needs two Managers: the first yes is kept with its reason', () => {
    given({ ...shared, frozen })
      .when(max, thaw('False alarm.'))
      .gives({
        done: 'Your yes is kept. A second Manager or admin has to say "thaw @contoso (X profile)" too.',
        set: {
          frozen: {
            by: { id: 'ben', name: 'Ben' },
            at: days(-1),
            yes: [{ id: 'max', name: 'Max', reason: 'False alarm.', at: now }],
          },
        },
        audit: [['thaw', 'said yes to a thaw: False alarm.']],
        told: [],
      });
  });

  it('by the second lets posts go out again, after their authors were asked; the owners are told', () => {
    given({ ...shared, frozen: oneYes })
      .when(ada, thaw('All is well.'))
      .gives({
        done: '@contoso (X profile) is thawed. What waited asks its author before it goes out.',
        set: { frozen: undefined },
        audit: [['thaw', 'thawed it: All is well.']],
        told: [
          { to: 'ann', title: 'Ada thawed @contoso (X profile)', text: 'Posts can go out again.', buttons: [showIt] },
          { to: 'eve', title: 'Ada thawed @contoso (X profile)', text: 'Posts can go out again.', buttons: [showIt] },
        ],
        also: [{ id: 'op1:wake', kind: 'wakeIntents', profile: 'p1' }],
      });
  });

  it('is refused to others, twice, without a reason, and where nothing is frozen', () => {
    given({ ...shared, frozen })
      .when(ann, thaw('x'))
      .gives({ refused: refuse('thawersOnly', []) });
    given({ ...shared, frozen: oneYes })
      .when(max, thaw('x'))
      .gives({ refused: refuse('thawedByYou', '@contoso (X profile)') });
    given({ ...shared, frozen })
      .when(max, thaw())
      .gives({ refused: refuse('thawNeedsReason', 'thaw @contoso (X profile)') });
    given(shared)
      .when(max, thaw('x'))
      .gives({ refused: refuse('notFrozen', '@contoso (X profile)') });
  });
});

describe('freeze all', () => {
  it('stops everything of the organisation', () => {
    given()
      .when(max, { kind: 'freezeAll' })
      .gives({
        frozen: { by: { id: 'max', name: 'Max' }, at: now, yes: [] },
        done: 'Everything is frozen: nothing of the organisation goes out from now on.',
        audit: [['freezeAll', 'froze everything: nothing goes out']],
        also: [{ id: 'op1:foresee', kind: 'foreseeIntents' }],
      });
  });

  it('is refused to who is no Manager, and twice', () => {
    given()
      .when(ann, { kind: 'freezeAll' })
      .gives({ refused: refuse('thawersOnly', []) });
    given(undefined, { frozenAll: frozen })
      .when(ada, { kind: 'freezeAll' })
      .gives({ refused: refuse('frozenAlready', 'Everything') });
  });
});

describe('thaw all', () => {
  it('needs two Managers', () => {
    given(undefined, { frozenAll: frozen })
      .when(max, thawAll('False alarm.'))
      .gives({
        frozen: {
          by: { id: 'ben', name: 'Ben' },
          at: days(-1),
          yes: [{ id: 'max', name: 'Max', reason: 'False alarm.', at: now }],
        },
        done: 'Your yes is kept. A second Manager or admin has to say "thaw all" too.',
        audit: [['thawAll', 'said yes to thawing everything: False alarm.']],
      });
    given(undefined, { frozenAll: oneYes })
      .when(ada, thawAll('All is well.'))
      .gives({
        frozen: null,
        also: [
          { id: 'op1:wake', kind: 'wakeIntents' },
          { id: 'op1:foresee', kind: 'foreseeIntents' },
        ],
        done: 'Everything is thawed. What waited asks its author before it goes out.',
        audit: [['thawAll', 'thawed everything: All is well.']],
      });
  });

  it('is refused to others, twice, without a reason, and where nothing is frozen', () => {
    given(undefined, { frozenAll: frozen })
      .when(ann, thawAll('x'))
      .gives({ refused: refuse('thawersOnly', []) });
    given(undefined, { frozenAll: oneYes })
      .when(max, thawAll('x'))
      .gives({ refused: refuse('thawedByYou', 'all') });
    given(undefined, { frozenAll: frozen })
      .when(max, thawAll())
      .gives({ refused: refuse('thawNeedsReason', 'thaw all') });
    given()
      .when(max, thawAll('x'))
      .gives({ refused: refuse('notFrozen', 'all') });
  });
});
