import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import type { Principal } from '../../src/rules/types.js';
import { ann, ben, given, to, toGroup } from './effects.js';
import { days, everyoneShare, now, owner, profile, shareWith } from './world.js';

const unshare = (...who: Principal[]): Operation => ({ kind: 'unshare', profile: 'p1', who });
const everyone = { kind: 'everyone' } as const;

/** Ann's, shared with Cat and with Marketing. */
const shared = profile({ shares: [shareWith('person', 'cat'), shareWith('group', 'marketing')] });
/** Ben came by signing in and may still be contested. */
const cooling = profile({ owners: [owner('ann'), owner('ben', { coolOffUntil: days(3) })], shares: shared.shares });

const yes = { confirmed: true };
const stopped = (group: string) => ({
  to: `group:${group}`,
  title: `Ann stopped sharing @contoso (X profile) with ${group}`,
  text: 'You can no longer publish or react with it, unless it is shared with you in another way.',
});

describe('unshare', () => {
  it('takes away the named share and keeps the others', () => {
    given(shared)
      .when(ann, unshare(to('cat')))
      .gives({
        done: 'No longer shared with cat.',
        set: { shares: [shareWith('group', 'marketing')], access: ['owner:ann', 'group:marketing'] },
        audit: [['unshare', 'stopped sharing it with cat']],
        told: [
          {
            to: 'cat',
            title: 'Ann stopped sharing @contoso (X profile) with you',
            text: 'You can no longer publish or react with it.',
          },
        ],
      });
  });

  it('from a group or from everyone is asked first; the group hears of it', () => {
    given(shared)
      .when(ann, unshare(toGroup('marketing')))
      .gives({ asks: 'unshare-many' });
    given(profile({ shares: [everyoneShare] }))
      .when(ann, unshare(everyone))
      .gives({ asks: 'unshare-many' });
    given(shared, yes)
      .when(ann, unshare(toGroup('marketing')))
      .gives({
        done: 'No longer shared with marketing.',
        set: { shares: [shareWith('person', 'cat')], access: ['owner:ann', 'person:cat'] },
        audit: [['unshare', 'stopped sharing it with marketing']],
        told: [stopped('marketing')],
      });
    given(profile({ shares: [everyoneShare, shareWith('person', 'cat')] }), yes)
      .when(ann, unshare(everyone))
      .gives({
        done: 'No longer shared with everyone.',
        set: { shares: [shareWith('person', 'cat')], access: ['owner:ann', 'person:cat'] },
        audit: [['unshare', 'stopped sharing it with everyone']],
        told: [],
      });
  });

  it('of several takes away those that are shared, and what has ended', () => {
    const ended = shareWith('person', 'dan', now);
    given({ ...shared, shares: [...shared.shares, ended] }, yes)
      .when(ann, unshare(to('cat'), toGroup('marketing'), to('eve')))
      .gives({
        done: 'No longer shared with cat, marketing.',
        set: { shares: [], access: ['owner:ann'] },
        audit: [['unshare', 'stopped sharing it with cat, marketing']],
        told: [
          {
            to: 'cat',
            title: 'Ann stopped sharing @contoso (X profile) with you',
            text: 'You can no longer publish or react with it.',
          },
          stopped('marketing'),
        ],
      });
  });

  it('tells a person and a group of the same id apart', () => {
    const both = profile({ shares: [shareWith('person', 'one'), shareWith('group', 'one')] });
    given(both, yes)
      .when(ann, unshare(toGroup('one')))
      .gives({
        done: 'No longer shared with one.',
        set: { shares: [shareWith('person', 'one')], access: ['owner:ann', 'person:one'] },
        audit: [['unshare', 'stopped sharing it with one']],
        told: [stopped('one')],
      });
  });

  it('is refused where nothing is shared, or was', () => {
    given(shared)
      .when(ann, unshare(to('eve')))
      .gives({ refused: refuse('notShared', '@contoso (X profile)', 'eve') });
    given(shared)
      .when(ann, unshare())
      .gives({ refused: refuse('notShared', '@contoso (X profile)', 'nobody') });
    given(profile({ shares: [shareWith('person', 'cat', now)] }))
      .when(ann, unshare(to('cat')))
      .gives({ refused: refuse('notShared', '@contoso (X profile)', 'cat') });
    given(shared)
      .when(ann, unshare(everyone))
      .gives({ refused: refuse('notShared', '@contoso (X profile)', 'everyone') });
  });

  it('by an owner who may be contested takes away only what they shared themselves', () => {
    given(cooling)
      .when(ben, unshare(to('cat')))
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '27 November 2026') });
    const own = { ...shareWith('person', 'eve'), by: { id: 'ben', name: 'Ben' } };
    given({ ...cooling, shares: [...cooling.shares, own] })
      .when(ben, unshare(to('eve')))
      .gives({
        done: 'No longer shared with eve.',
        set: { shares: [shareWith('person', 'cat'), shareWith('group', 'marketing')] },
        audit: [['unshare', 'stopped sharing it with eve']],
        told: [
          {
            to: 'eve',
            title: 'Ben stopped sharing @contoso (X profile) with you',
            text: 'You can no longer publish or react with it.',
          },
        ],
      });
    given({ ...cooling, shares: [...cooling.shares, own] })
      .when(ben, unshare(to('eve'), to('cat')))
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '27 November 2026') });
  });
});
