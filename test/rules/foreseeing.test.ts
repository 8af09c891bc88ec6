import assert from 'node:assert/strict';
import { workerName } from '../../src/rules/publishing/advance.js';
import { foresaw, foreseenOf, foreseenWords } from '../../src/rules/publishing/foreseeing.js';
import type { LiveFacts } from '../../src/rules/publishing/hindrance.js';
import type { Foreseen, Intent } from '../../src/rules/publishing/intent.js';
import { intentEffect } from './effects.js';
import { actor, days, intentOf, now, owner, profile, shareWith } from './world.js';

const by = { id: 'ben', name: 'Ben' };
const planned = (more: Partial<Intent> = {}): Intent =>
  intentOf({ author: by, authorId: 'ben', state: 'held', at: days(9), scheduled: true, due: now, ...more });
const shared = profile({ shares: [shareWith('person', 'ben')] });
const facts = (more: Partial<LiveFacts> = {}): LiveFacts => ({
  ...{ intent: planned(), profile: shared, author: actor('ben'), hash: 'exact', frozenAll: false, now },
  ...more,
});
const frozen = { by, at: now, yes: [] };

describe('what would keep a planned post', () => {
  const rows: [string, Partial<LiveFacts>, Foreseen | undefined][] = [
    ['nothing, of somebody it is shared with', {}, undefined],
    [
      'a share that ends before its time',
      { profile: profile({ shares: [shareWith('person', 'ben', days(8))] }) },
      'notShared',
    ],
    [
      'nothing, with a share that ends after its time',
      { profile: profile({ shares: [shareWith('person', 'ben', days(10))] }) },
      undefined,
    ],
    ['a share that was taken away', { profile: profile() }, 'notShared'],
    ['a group that was left', { profile: profile({ shares: [shareWith('group', 'g')] }) }, 'notShared'],
    ['an account that is off', { author: undefined }, 'authorGone'],
    ['a role that went', { author: actor('ben', { role: 'reader' }) }, 'reader'],
    [
      'the last owner, who is leaving before its time',
      { profile: { ...shared, owners: [owner('ann', { leavingAt: days(8) })] } },
      'ownerless',
    ],
    [
      'nothing, when they leave after it',
      { profile: { ...shared, owners: [owner('ann', { leavingAt: days(10) })] } },
      undefined,
    ],
    [
      'nothing, when another owner stays',
      { profile: { ...shared, owners: [owner('ann', { leavingAt: days(8) }), owner('cat')] } },
      undefined,
    ],
    ['a freeze', { profile: { ...shared, frozen } }, 'frozen'],
    ['a freeze of everything', { frozenAll: true }, 'frozen'],
    [
      'nothing, in a drill, which ends by itself',
      { profile: { ...shared, frozen: { ...frozen, drill: true } } },
      undefined,
    ],
    ['nothing, of a deleted profile: its posts are stopped', { profile: { ...shared, deleted: true } }, undefined],
    ['nothing, of a profile that is not there', { profile: undefined }, undefined],
  ];
  for (const [what, given, found] of rows)
    it(`is ${what}: ${found ?? 'it would go out'}`, () => assert.equal(foreseenOf(facts(given)), found));

  it('is looked for now where a post has no time of its own', () => {
    const { at: _, ...soon } = planned();
    assert.equal(
      foreseenOf(facts({ intent: soon, profile: profile({ shares: [shareWith('person', 'ben', days(1))] }) })),
      undefined,
    );
  });
});

describe('a planned post that would not go out', () => {
  const hearers = {
    profile: { ...shared, owners: [owner('ann'), owner('cat', { leavingAt: days(3) })] },
    author: actor('ben'),
  };
  const moment = { now, id: 'op1' };
  const lookAtIt = ['Look at it', { kind: 'posts', profiles: [], posting: 'q' }] as [string, unknown];
  const title = 'A planned post with @contoso (X profile) would not go out';
  const seen = (
    foreseen: Foreseen | undefined,
    before = planned(),
    heard: typeof hearers | { profile: typeof shared; author: undefined } = hearers,
  ) => intentEffect(before, foresaw(before, foreseen, heard, moment), workerName);

  it('tells its author and the owners who stay, with what mends it for who can, and shows it on its card', () => {
    assert.deepEqual(seen('notShared'), {
      set: { due: days(8), foreseen: 'notShared' },
      audit: [],
      card: true,
      told: [
        {
          to: 'ben',
          title,
          text: 'It is planned for 3 December 2026. You may not publish with it at that time. Ask an owner to share it with you until then.',
          buttons: [lookAtIt],
        },
        {
          to: 'ann',
          title,
          text: 'It is planned for 3 December 2026. Ben may not publish with it at that time. Share it with them, or stop the post.',
          buttons: [
            ['Share it with Ben', { kind: 'share', who: [{ person: 'ben' }], profile: { id: 'p1' }, endless: true }],
            lookAtIt,
          ],
        },
      ],
    });
  });

  it('tells it once for each reason: what is known already is only looked at again before its time', () => {
    const known = planned({ foreseen: 'noSignIn' });
    assert.deepEqual(seen('noSignIn', known), { set: { due: days(8) }, audit: [], told: [], card: false });
    assert.deepEqual(
      seen('frozen', known).told.map(({ to }) => to),
      ['ben', 'ann'],
    );
  });

  it('forgets the reason when it is mended, and tells it anew when it comes back', () => {
    const mended = foresaw(planned({ foreseen: 'noSignIn' }), undefined, hearers, moment);
    assert.deepEqual(intentEffect(planned({ foreseen: 'noSignIn' }), mended, workerName), {
      ...{ set: { due: days(8), foreseen: undefined }, audit: [], told: [], card: true },
    });
    assert.equal(seen('noSignIn', { ...mended, outbox: [] }).told.length, 2);
    assert.deepEqual(seen(undefined), { set: { due: days(8) }, audit: [], told: [], card: false });
  });

  it('is looked at a day before, an hour before, and at its time', () => {
    const due = (left: number) => seen(undefined, planned({ at: days(left) })).set.due;
    const hour = 1 / 24;
    assert.deepEqual(
      [due(2), due(1), due(0.5), due(hour), due(hour / 2)],
      [days(1), days(1 - hour), days(0.5 - hour), days(hour), days(hour / 2)],
    );
  });

  const mended: [Foreseen, string, unknown[]][] = [
    ['authorGone', 'The account of Ben does not work any more. Stop it, or post it yourself.', []],
    ['reader', 'Ben is a Reader now, and Readers cannot publish. An admin can change that.', []],
    [
      'ownerless',
      'The profile has no owner at that time, and nobody can publish with it then. Invite a new owner.',
      [['Invite an owner', { kind: 'invite', who: [], profile: { id: 'p1' } }]],
    ],
    [
      'frozen',
      'The profile is frozen. Two Managers or admins have to thaw it before then.',
      [['Show it', { kind: 'show', profile: { id: 'p1' } }]],
    ],
    [
      'noSignIn',
      'No sign-in of the profile works until then. Renew yours, or have another owner renew theirs.',
      [['Renew my sign-in', { kind: 'renew', profile: { id: 'p1' } }]],
    ],
    ['notOffered', 'Its network is not set up here any more. Ask an admin.', []],
  ];
  for (const [foreseen, text, buttons] of mended)
    it(`says to an owner what to do (${foreseen})`, () => {
      const told = seen(foreseen).told.find(({ to }) => to === 'ann');
      assert.deepEqual(told?.text, `It is planned for 3 December 2026. ${text}`);
      assert.deepEqual(told?.buttons, [...buttons, lookAtIt]);
      assert.equal(foreseenWords(planned(), foreseen), text);
    });

  const toAuthor: [Foreseen, string][] = [
    ['reader', 'Readers cannot publish. Ask an admin to make you a Responder.'],
    [
      'ownerless',
      'The profile has no owner at that time, and nobody can publish with it then. A new owner has to be found.',
    ],
    ['noSignIn', 'No sign-in of the profile works until then. An owner has to renew theirs.'],
    ['notOffered', 'Its network is not set up here any more. Ask an admin.'],
  ];
  for (const [foreseen, text] of toAuthor)
    it(`says to its author what to do (${foreseen}), without a button that would be refused`, () => {
      const told = seen(foreseen).told.find(({ to }) => to === 'ben');
      assert.deepEqual([told?.text, told?.buttons], [`It is planned for 3 December 2026. ${text}`, [lookAtIt]]);
    });

  it('shows a freeze to its author with the profile, who may see it', () => {
    const told = seen('frozen').told.find(({ to }) => to === 'ben');
    assert.deepEqual(told?.buttons?.[0], ['Show it', { kind: 'show', profile: { id: 'p1' } }]);
  });

  it('says it once to an author who owns it, with the button', () => {
    const own = planned({ author: { id: 'ann', name: 'Ann' }, authorId: 'ann' });
    const { told } = seen('noSignIn', own, { ...hearers, author: actor('ann') });
    assert.deepEqual(
      told.map(({ to, buttons }) => [to, buttons?.[0]?.[0]]),
      [['ann', 'Renew my sign-in']],
    );
  });

  it('is not told to an author whose account is off', () => {
    const { told } = seen('authorGone', planned(), { profile: shared, author: undefined });
    assert.deepEqual(
      told.map(({ to }) => to),
      ['ann'],
    );
  });
});
