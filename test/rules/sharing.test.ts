import { mayPublish } from '../../src/rules/may.js';
import type { Operation } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import type { Principal } from '../../src/rules/types.js';
import { ann, ben, given, same, showIt, to, toGroup } from './effects.js';
import { actor, days, everyoneShare, now, owner, profile, shareWith } from './world.js';

type Share = Extract<Operation, { kind: 'share' }>;
const share = (who: Principal[], more: Partial<Share> = {}): Operation => ({
  kind: 'share',
  profile: 'p1',
  who,
  ...more,
});
const everyone = { kind: 'everyone' } as const;
const hours = (count: number) => days(count / 24);

/** Ann's, shared with Cat and with Marketing. */
const shared = profile({ shares: [shareWith('person', 'cat'), shareWith('group', 'marketing')] });
/** Ben came by signing in and may still be contested. */
const cooling = profile({ owners: [owner('ann'), owner('ben', { coolOffUntil: days(3) })], shares: shared.shares });

describe('share', () => {
  it('adds one share to those that are there, and tells who got it', () => {
    given(shared)
      .when(ann, share([to('eve')]))
      .gives({
        done: 'Shared with eve.',
        set: {
          shares: [shareWith('person', 'cat'), shareWith('group', 'marketing'), shareWith('person', 'eve')],
          access: ['owner:ann', 'person:cat', 'group:marketing', 'person:eve'],
        },
        audit: [['share', 'shared it with eve']],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('adds several at once, each told, with the end as the calendar stands where the sharer is', () => {
    given(shared)
      .when(actor('ann', { timeZone: 'Pacific/Auckland' }), share([to('eve'), toGroup('sales')], { until: days(2) }))
      .gives({
        done: 'Shared with eve, sales until 27 November 2026, 01:00 (Pacific/Auckland).',
        set: {
          shares: [
            shareWith('person', 'cat'),
            shareWith('group', 'marketing'),
            shareWith('person', 'eve', days(2)),
            shareWith('group', 'sales', days(2)),
          ],
          access: ['owner:ann', 'person:cat', 'group:marketing', 'person:eve', 'group:sales'],
          nextEnd: days(2),
        },
        audit: [
          [
            'share',
            'shared it with eve until 27 November 2026, 01:00 (Pacific/Auckland), sales until 27 November 2026, 01:00 (Pacific/Auckland)',
          ],
        ],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it. It ends on 27 November 2026, 01:00 (Pacific/Auckland).',
            buttons: [showIt],
          },
          {
            to: 'group:sales',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with sales',
            text: 'You can publish and react with it. It ends on 27 November 2026, 01:00 (Pacific/Auckland).',
            buttons: [showIt],
          },
        ],
      });
  });

  it('asks before it is with everyone', () => {
    given(shared)
      .when(ann, share([everyone]))
      .gives({ asks: 'share-everyone' });
    given(shared)
      .when(ann, share([to('eve'), everyone]))
      .gives({ asks: 'share-everyone' });
  });

  it('with everyone, confirmed, tells nobody one by one', () => {
    given(shared, { confirmed: true })
      .when(ann, share([everyone]))
      .gives({
        done: 'Shared with everyone.',
        set: {
          shares: [shareWith('person', 'cat'), shareWith('group', 'marketing'), everyoneShare],
          access: ['owner:ann', 'person:cat', 'group:marketing', 'everyone'],
        },
        audit: [['share', 'shared it with everyone']],
        told: [],
      });
  });

  it('with one again among several replaces that one', () => {
    given(shared)
      .when(ann, share([to('eve'), to('cat')], { until: days(1) }))
      .gives({
        done: 'Shared with eve until 25 November 2026, 12:00 (UTC). Shared with cat until 25 November 2026, 12:00 (UTC) now; before, it was without an end.',
        set: {
          shares: [
            shareWith('group', 'marketing'),
            shareWith('person', 'eve', days(1)),
            shareWith('person', 'cat', days(1)),
          ],
          access: ['owner:ann', 'group:marketing', 'person:eve', 'person:cat'],
          nextEnd: days(1),
        },
        audit: [
          ['share', 'shared it with eve until 25 November 2026, 12:00 (UTC), cat until 25 November 2026, 12:00 (UTC)'],
        ],
        told: ['eve', 'cat'].map((id) => ({
          to: id,
          topic: 'shares',
          title: 'Ann shared @contoso (X profile) with you',
          text: 'You can publish and react with it. It ends on 25 November 2026, 12:00 (UTC).',
          buttons: [showIt],
        })),
      });
  });

  it('with the same again and another end replaces that one share, and no other', () => {
    given(shared)
      .when(ann, share([to('cat')], { until: days(1) }))
      .gives({
        done: 'Shared with cat until 25 November 2026, 12:00 (UTC) now; before, it was without an end.',
        set: {
          shares: [shareWith('group', 'marketing'), shareWith('person', 'cat', days(1))],
          access: ['owner:ann', 'group:marketing', 'person:cat'],
          nextEnd: days(1),
        },
        audit: [['share', 'shared it with cat until 25 November 2026, 12:00 (UTC)']],
        told: [
          {
            to: 'cat',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it. It ends on 25 November 2026, 12:00 (UTC).',
            buttons: [showIt],
          },
        ],
      });
  });

  it('leaves out who has it already and who owns it', () => {
    given({ ...shared, owners: [owner('ann'), owner('ben')], access: ['owner:ann', 'owner:ben'] })
      .when(ann, share([to('cat'), to('ann'), to('eve')]))
      .gives({
        done: 'Shared with eve.',
        set: {
          shares: [shareWith('person', 'cat'), shareWith('group', 'marketing'), shareWith('person', 'eve')],
          access: ['owner:ann', 'owner:ben', 'person:cat', 'group:marketing', 'person:eve'],
        },
        audit: [['share', 'shared it with eve']],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('sweeps away what has ended', () => {
    const ended = profile({ shares: [shareWith('person', 'cat', now), shareWith('person', 'dan', days(1))] });
    given(ended)
      .when(ann, share([to('eve')]))
      .gives({
        done: 'Shared with eve.',
        set: {
          shares: [shareWith('person', 'dan', days(1)), shareWith('person', 'eve')],
          access: ['owner:ann', 'person:dan', 'person:eve'],
          nextEnd: days(1),
        },
        audit: [['share', 'shared it with eve']],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
    given(ended)
      .when(ann, share([to('cat')]))
      .gives({
        done: 'Shared with cat.',
        set: {
          shares: [shareWith('person', 'dan', days(1)), shareWith('person', 'cat')],
          access: ['owner:ann', 'person:dan', 'person:cat'],
          nextEnd: days(1),
        },
        audit: [['share', 'shared it with cat']],
        told: [
          {
            to: 'cat',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('with a guest says that they are one', () => {
    given(profile())
      .when(ann, share([{ ...to('eve'), guest: true }]))
      .gives({
        done: 'Shared with eve (guest).',
        set: {
          shares: [
            {
              principal: { kind: 'person', id: 'eve', name: 'eve', guest: true },
              by: { id: 'ann', name: 'Ann' },
              at: now,
            },
          ],
          access: ['owner:ann', 'person:eve'],
        },
        audit: [['share', 'shared it with eve (guest)']],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('of what has no handle calls it by its name', () => {
    given(profile({ handle: 'Contoso Support' }))
      .when(ann, share([to('eve')]))
      .gives({
        done: 'Shared with eve.',
        set: { shares: [shareWith('person', 'eve')], access: ['owner:ann', 'person:eve'] },
        audit: [['share', 'shared it with eve']],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ann shared Contoso Support (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('keeps what waited in the outbox, and since when', () => {
    const waits = { id: 'op0', kind: 'claimCard' as const, claim: 'c0' };
    given(profile({ outbox: [waits], outboxSince: days(-1) }))
      .when(ann, share([to('eve')]))
      .gives({
        done: 'Shared with eve.',
        set: { shares: [shareWith('person', 'eve')], access: ['owner:ann', 'person:eve'] },
        audit: [['share', 'shared it with eve']],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('opens the picker while nobody is chosen', () => {
    given(shared).when(ann, share([])).gives({ picks: true });
    given(shared)
      .when(ann, share([to('eve')], { picking: { review: true } }))
      .gives({ picks: true });
  });

  it('is refused where it would change nothing, or last less than an hour', () => {
    given(shared)
      .when(ann, share([to('cat')]))
      .gives({ refused: refuse('alreadyShared', '@contoso (X profile)', 'cat', 'without an end') });
    given(shared)
      .when(ann, share([toGroup('marketing')]))
      .gives({ refused: refuse('alreadyShared', '@contoso (X profile)', 'marketing', 'without an end') });
    given(profile({ shares: [everyoneShare] }))
      .when(ann, share([everyone]))
      .gives({ refused: refuse('alreadyShared', '@contoso (X profile)', 'everyone', 'without an end') });
    given(cooling)
      .when(ann, share([to('ben')]))
      .gives({ refused: refuse('ownersNeedNoShare', '@contoso (X profile)', 'ben') });
    given(shared)
      .when(ann, share([to('ann')]))
      .gives({ refused: refuse('ownersNeedNoShare', '@contoso (X profile)', 'ann') });
    given(shared)
      .when(ann, share([to('eve')], { until: hours(0.99) }))
      .gives({ refused: refuse('endTooSoon') });
    given(shared)
      .when(ann, share([to('eve')], { until: hours(-1) }))
      .gives({ refused: refuse('endPast') });
    given(shared)
      .when(ann, share([to('eve')], { until: days(5 * 366 + 2) }))
      .gives({ refused: refuse('endTooFar', 5) });
  });

  it('with everyone for an hour holds though the yes comes some minutes later', () => {
    given(shared, { confirmed: true })
      .when(ann, share([everyone], { until: hours(0.95) }))
      .gives({
        done: 'Shared with everyone until 24 November 2026, 12:57 (UTC).',
        set: {
          shares: [
            shareWith('person', 'cat'),
            shareWith('group', 'marketing'),
            { ...everyoneShare, until: hours(0.95) },
          ],
          access: ['owner:ann', 'person:cat', 'group:marketing', 'everyone'],
          nextEnd: hours(0.95),
        },
        audit: [['share', 'shared it with everyone until 24 November 2026, 12:57 (UTC)']],
        told: [],
      });
  });

  it('again without an end keeps the end that is there and says it', () => {
    given(profile({ shares: [shareWith('person', 'cat', days(1))] }))
      .when(ann, share([to('cat')]))
      .gives({
        refused: refuse('alreadyShared', '@contoso (X profile)', 'cat', 'until 25 November 2026, 12:00 (UTC)'),
      });
  });

  it('again with "without end" takes the end off', () => {
    given(profile({ shares: [shareWith('person', 'cat', days(1))] }))
      .when(ann, share([to('cat')], { endless: true }))
      .gives({
        done: 'Shared with cat without an end now; before, it was until 25 November 2026, 12:00 (UTC).',
        set: { shares: [shareWith('person', 'cat')], nextEnd: undefined },
        audit: [['share', 'shared it with cat without an end']],
        told: [
          {
            to: 'cat',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: 'You can publish and react with it. It has no end now.',
            buttons: [showIt],
          },
        ],
      });
  });

  it('with people and groups is open to an owner who may be contested; with everyone it is not yet', () => {
    given(cooling)
      .when(ben, share([to('eve')]))
      .gives({
        done: 'Shared with eve.',
        set: {
          shares: [
            shareWith('person', 'cat'),
            shareWith('group', 'marketing'),
            { principal: { kind: 'person', id: 'eve', name: 'eve' }, by: { id: 'ben', name: 'Ben' }, at: now },
          ],
          access: ['owner:ann', 'owner:ben', 'person:cat', 'group:marketing', 'person:eve'],
        },
        audit: [['share', 'shared it with eve']],
        told: [
          {
            to: 'eve',
            topic: 'shares',
            title: 'Ben shared @contoso (X profile) with you',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
    given(cooling, { confirmed: true })
      .when(ben, share([everyone]))
      .gives({ refused: refuse('coolOff', '@contoso (X profile)', '27 November 2026') });
  });
});

describe('an owner whose ownership can still be contested', () => {
  const opens = refuse('coolOff', '@contoso (X profile)', '27 November 2026');
  const told = (who: string, end = '') => [
    {
      to: who,
      topic: 'shares',
      title: `Ben shared @contoso (X profile) with you`,
      text: `You can publish and react with it.${end}`,
      buttons: [showIt],
    },
  ];

  it('shares with up to fifty people, counted together, and with no more', () => {
    given(cooling, { reached: 50 })
      .when(ben, share([toGroup('sales')]))
      .gives({
        done: 'Shared with sales.',
        set: {
          shares: [...cooling.shares, { ...shareWith('group', 'sales'), by: { id: 'ben', name: 'Ben' } }],
          access: ['owner:ann', 'owner:ben', 'person:cat', 'group:marketing', 'group:sales'],
        },
        audit: [['share', 'shared it with sales']],
        told: [
          {
            to: 'group:sales',
            topic: 'shares',
            title: 'Ben shared @contoso (X profile) with sales',
            text: 'You can publish and react with it.',
            buttons: [showIt],
          },
        ],
      });
    given(cooling, { reached: 51 })
      .when(ben, share([toGroup('sales')]))
      .gives({ refused: opens });
  });

  it('neither shortens what somebody else shared, nor ties it to a yes; makes it longer, and it stays theirs', () => {
    given(cooling)
      .when(ben, share([to('cat')], { until: days(1) }))
      .gives({ refused: opens });
    given(cooling)
      .when(ben, share([to('cat')], { approval: true }))
      .gives({ refused: opens });
    const ending = { ...cooling, shares: [shareWith('person', 'cat', days(1))] };
    given(ending)
      .when(ben, share([to('cat')], { until: days(2) }))
      .gives({
        done: 'Shared with cat until 26 November 2026, 12:00 (UTC) now; before, it was until 25 November 2026, 12:00 (UTC).',
        set: {
          shares: [shareWith('person', 'cat', days(2))],
          access: ['owner:ann', 'owner:ben', 'person:cat'],
          nextEnd: days(2),
        },
        audit: [['share', 'shared it with cat until 26 November 2026, 12:00 (UTC)']],
        told: told('cat', ' It ends on 26 November 2026, 12:00 (UTC).'),
      });
    given({ ...ending, shares: [shareWith('person', 'cat', days(2))] })
      .when(ben, { kind: 'unshare', profile: 'p1', who: [to('cat')] })
      .gives({ refused: opens });
  });
});

describe('a share with approval', () => {
  const withYes = profile({ shares: [{ ...shareWith('person', 'ben'), approval: true }] });

  it('is said to who gets it, and stays when it is shared again', () => {
    given(profile())
      .when(ann, share([to('ben')], { approval: true }))
      .gives({
        done: "Shared with ben. What they publish needs an owner's yes.",
        set: { shares: withYes.shares, access: ['owner:ann', 'person:ben'] },
        audit: [['share', 'shared it with ben, with approval']],
        told: [
          {
            to: 'ben',
            topic: 'shares',
            title: 'Ann shared @contoso (X profile) with you',
            text: "You can publish and react with it. It needs an owner's yes each time.",
            buttons: [showIt],
          },
        ],
      });
    given(withYes)
      .when(ann, share([to('ben')]))
      .gives({ refused: refuse('alreadyShared', '@contoso (X profile)', 'ben', 'without an end') });
  });

  it('lets nobody publish without that yes, unless another share reaches them', () => {
    const publishes = (about: typeof withYes) => mayPublish({ actor: ben, profile: about, now });
    same(publishes(withYes), false);
    same(publishes({ ...withYes, shares: [...withYes.shares, everyoneShare] }), true);
    same(publishes({ ...withYes, owners: [owner('ben')] }), true);
  });
});
