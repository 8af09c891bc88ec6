import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '../../src/rules/decide.js';
import { defaultPolicy } from '../../src/rules/decision.js';
import { refusedBefore } from '../../src/rules/mayNot.js';
import type { Operation } from '../../src/rules/operation.js';
import { tendApproval } from '../../src/rules/publishing/approvalTimes.js';
import { isApproved, mayDecidePost, reasonsForYes } from '../../src/rules/publishing/approving.js';
import { hindrance } from '../../src/rules/publishing/hindrance.js';
import type { Draft, Intent } from '../../src/rules/publishing/intent.js';
import { hindered } from '../../src/rules/publishing/sending.js';
import type { Video } from '../../src/rules/publishing/video.js';
import { refuse } from '../../src/rules/refusals.js';
import { isOutsideHours, readHours } from '../../src/rules/tenant/hours.js';
import type { Actor, Profile } from '../../src/rules/types.js';
import { ada, ann, ben, cat, eve, given, intentEffect, max, same } from './effects.js';
import { actor, days, everyoneShare, intentOf, now, owner, profile, seconds, shareWith, state } from './world.js';

const withApproval = { ...shareWith('person', 'ben'), approval: true as const };
/** Ann and Cat own it; Ben has it "with approval". */
const about = profile({ owners: [owner('ann'), owner('cat')], shares: [withApproval] });
const handle = '@contoso (X profile)';
const under = { as: 'share', with: 'ben', by: { id: 'ann', name: 'Ann' }, at: now, approval: true } as const;
const intent = (more: Partial<Intent> = {}): Intent =>
  intentOf({
    ...{ author: { id: 'ben', name: 'Ben' }, authorId: 'ben', state: 'toApprove', askedAt: days(-1) },
    ...{ asks: ['share'], decideBy: days(1), due: days(1), under },
    ...more,
  });
const preview = () => {
  const { asks: _, decideBy: __, due: ___, under: ____, ...rest } = intent({ state: 'asked', expires: days(1) });
  return rest as Intent;
};
const draft = (more: Partial<Draft> = {}): Draft => ({
  profile: about,
  handle,
  wire: 'Hi',
  hash: 'h',
  problems: [],
  ...more,
});
const loaded = (
  intents: Intent[],
  profiles: Profile[] = [about],
  drafts: Draft[] = [draft({ profile: profiles[0] ?? about })],
) => ({
  publishing: {
    ...{ drafts, intents, profiles: new Map(profiles.map((one) => [one.id, one])) },
    hashes: new Map(intents.map(({ id, wire }) => [id, `exactly ${wire}`])),
  },
});
const hash = 'exactly Hi';
const approve: Operation = { kind: 'approvePost', intent: 'q.p1', hash };
const decline: Operation = { kind: 'declinePost', intent: 'q.p1', reason: 'Too loud' };
const lookAtIt = ['Look at it', { kind: 'posts', profiles: [], posting: 'q' }] as [string, unknown];
const decideIt = ['Look at it', { kind: 'approvalcard', intent: 'q.p1' }] as [string, unknown];
const moment = { now, id: 'op1' };
const bot = { id: 'bot', name: 'Social Profiles' };

describe('send by somebody whose share is "with approval"', () => {
  it('asks those who decide, and holds nothing', () => {
    given(undefined, loaded([preview()]))
      .when(ben, { kind: 'send', posting: 'q' })
      .gives({
        intents: [
          {
            set: { state: 'toApprove', expires: undefined, asks: ['share'], decideBy: days(2), due: days(1), under },
            audit: [['post', 'asked for a yes to a post']],
            receipt: { hash, under: 'share with ben by Ann of 24 November 2026, with approval' },
            told: [],
            card: true,
            decision: true,
          },
        ],
      });
  });

  it('at a time has to be decided until then', () => {
    given(undefined, loaded([{ ...preview(), at: days(5), scheduled: true }]))
      .when(ben, { kind: 'send', posting: 'q' })
      .gives({
        intents: [
          {
            set: { state: 'toApprove', expires: undefined, asks: ['share'], decideBy: days(5), due: days(4), under },
            audit: [['post', 'asked for a yes to a post']],
            receipt: { hash, under: 'share with ben by Ann of 24 November 2026, with approval' },
            told: [],
            card: true,
            decision: true,
          },
        ],
      });
  });

  it('is held at once where another share reaches them, or they own it by now', () => {
    const { approval: _, ...freely } = under;
    const rows: [Profile['shares'], Profile['owners'], Intent['under'], string][] = [
      [[withApproval, shareWith('person', 'ben')], about.owners, freely, 'share with ben by Ann of 24 November 2026'],
      [[withApproval], [...about.owners, owner('ben')], { as: 'owner' }, 'owner'],
    ];
    for (const [shares, owners, right, words] of rows) {
      given(undefined, loaded([preview()], [profile({ owners, shares })]))
        .when(ben, { kind: 'send', posting: 'q' })
        .gives({
          intents: [
            {
              set: {
                ...{ state: 'held', expires: undefined, under: right },
                ...{ at: new Date(now.getTime() + 20_000), due: new Date(now.getTime() + 20_000) },
              },
              audit: [['post', 'asked to send a post']],
              receipt: { hash, under: words },
              told: [],
              card: true,
            },
          ],
        });
    }
  });
});

describe('a yes', () => {
  it('of another owner lets it go out, and its author hears of it', () => {
    const at = new Date(now.getTime() + 20_000);
    given(undefined, loaded([intent()]))
      .when(ann, approve)
      .gives({
        intents: [
          {
            set: {
              state: 'held',
              approval: { by: { id: 'ann', name: 'Ann' }, at: now, hash, as: 'owner' },
              at,
              due: at,
            },
            audit: [['approvePost', 'said yes to a post of Ben']],
            receipt: { hash },
            told: [
              {
                to: 'ben',
                title: `Ann said yes to your post with ${handle}`,
                text: 'It goes out now.',
                buttons: [lookAtIt],
              },
            ],
            card: true,
            decision: true,
          },
        ],
      });
  });

  it('to a planned one keeps its time', () => {
    given(undefined, loaded([intent({ at: days(3), scheduled: true, decideBy: days(3) })]))
      .when(cat, approve)
      .gives({
        intents: [
          {
            set: {
              ...{ state: 'held', approval: { by: { id: 'cat', name: 'Cat' }, at: now, hash, as: 'owner' } },
              due: now,
            },
            audit: [['approvePost', 'said yes to a post of Ben']],
            receipt: { hash },
            told: [
              {
                ...{ to: 'ben', title: `Cat said yes to your post with ${handle}` },
                ...{ text: 'It goes out at its time.', buttons: [lookAtIt] },
              },
            ],
            card: true,
            decision: true,
          },
        ],
      });
  });

  it('after its time sends nothing: somebody says now, or not at all', () => {
    given(undefined, loaded([intent({ decideBy: now, why: { code: 'overdue' } })]))
      .when(ann, approve)
      .gives({
        intents: [
          {
            set: {
              ...{ state: 'waiting', why: { code: 'late' }, due: undefined },
              approval: { by: { id: 'ann', name: 'Ann' }, at: now, hash, as: 'owner' },
            },
            audit: [['approvePost', 'said yes to a post of Ben, after its time']],
            receipt: { hash },
            told: [
              {
                ...{ to: 'ben', title: `Ann said yes to your post with ${handle}` },
                ...{ text: 'Its time is over, so it did not go out. Send it now, or stop it.', buttons: [lookAtIt] },
              },
            ],
            card: true,
            decision: true,
          },
        ],
      });
  });

  it('is only for what was seen', () => {
    given(undefined, loaded([intent({ wire: 'Ho' })]))
      .when(ann, approve)
      .gives({ refused: refuse('approvalOld', handle) });
  });

  it('is nobody’s but those who decide: never its author’s, whatever they are by now', () => {
    const byBen = profile({ owners: [owner('ann'), owner('ben')], shares: [withApproval] });
    const rows: [Actor, Profile, ReturnType<typeof refuse>][] = [
      [ben, about, refuse('ownPost', handle)],
      [ben, byBen, refuse('ownPost', handle)],
      [ada, about, refuse('ownersSayYes', handle, ['Ann', 'Cat'])],
      [eve, about, refuse('postGone')],
      [max, about, refuse('postGone')],
      [ann, profile({ owners: [], shares: [withApproval] }), refuse('postGone')],
      [ann, { ...about, deleted: true }, refuse('postGone')],
    ];
    for (const [by, on, refused] of rows)
      for (const operation of [approve, decline])
        given(undefined, loaded([intent()], [on]))
          .when(by, operation)
          .gives({ refused });
  });

  it('of an owner whom others may still contest does not count, while there are others', () => {
    const cooling = profile({
      owners: [owner('ann'), owner('cat', { coolOffUntil: days(1) })],
      shares: [withApproval],
    });
    given(undefined, loaded([intent()], [cooling]))
      .when(cat, approve)
      .gives({ refused: refuse('ownersSayYes', handle, ['Ann']) });
  });

  it('comes from a Manager or an admin where the author is the only owner', () => {
    const alone = profile({ owners: [owner('ann')] });
    const own = intent({ author: { id: 'ann', name: 'Ann' }, asks: ['hours'] });
    assert(mayDecidePost(own, alone, max, now));
    assert(mayDecidePost(own, alone, ada, now));
    assert(!mayDecidePost(own, alone, ann, now));
    assert(!mayDecidePost(own, alone, eve, now));
    given(undefined, { ...loaded([own], [alone]), admins: [{ id: 'ada', name: 'Ada' }] })
      .when(actor('ann', { role: 'manager' }), approve)
      .gives({ refused: refuse('ownPost', handle) });
  });

  it('comes once: who is later reads how it was decided', () => {
    const decided: [Partial<Intent>, string][] = [
      [{ state: 'held', approval: { by: { id: 'cat', name: 'Cat' }, at: now, hash, as: 'owner' } }, 'approved by Cat'],
      [{ state: 'declined', declined: { by: { id: 'cat', name: 'Cat' }, at: now, reason: 'No' } }, 'declined by Cat'],
      [{ state: 'stopped', why: { code: 'undecided' } }, 'nobody decided in time'],
      [{ state: 'stopped', why: { code: 'replaced' } }, 'it was changed'],
      [{ state: 'stopped', why: { code: 'undone' } }, 'it was stopped'],
    ];
    for (const [more, how] of decided)
      given(undefined, loaded([intent(more)]))
        .when(ann, approve)
        .gives({ refused: refuse('postDecided', handle, how) });
  });
});

describe('a no', () => {
  it('needs a reason, ends it, and its author reads it', () => {
    given(undefined, loaded([intent()]))
      .when(ann, { kind: 'declinePost', intent: 'q.p1' })
      .gives({ refused: refuse('noNeedsReason') });
    given(undefined, loaded([intent()]))
      .when(ann, decline)
      .gives({
        intents: [
          {
            set: {
              ...{ state: 'declined', due: undefined },
              declined: { by: { id: 'ann', name: 'Ann' }, at: now, reason: 'Too loud' },
            },
            audit: [['declinePost', 'said no to a post of Ben: "Too loud"']],
            told: [
              { to: 'ben', title: `Ann said no to your post with ${handle}`, text: '"Too loud"', buttons: [lookAtIt] },
            ],
            card: true,
            decision: true,
          },
        ],
      });
  });
});

describe('a change of what waits for a yes', () => {
  const changed: Operation = { kind: 'post', profiles: ['p1'], text: 'Ho', instead: 'q' };
  const made = (by: string, more: object) => ({
    set: {
      ...{ tenant: 't', id: 'op1.p1', posting: 'op1', profile: 'p1', type: 'x-user', handle },
      ...{ author: { id: by, name: `${by[0]?.toUpperCase()}${by.slice(1)}` }, authorId: by, timeZone: 'UTC' },
      ...{ text: 'Ho', wire: 'Ho', hash: 'g', state: 'asked', askedAt: now, attempts: 0, expires: days(1), ...more },
    },
    ...{ audit: [], told: [], card: false },
  });
  const drafts = [draft({ wire: 'Ho', hash: 'g' })];

  it('by its author takes it back, and what was seen is remembered', () => {
    given(undefined, loaded([intent()], [about], drafts))
      .when(ben, changed)
      .gives({
        intents: [
          {
            set: { state: 'stopped', why: { code: 'replaced' }, due: undefined },
            ...{ audit: [['undo', 'stopped a post of Ben']], told: [], card: true, decision: true },
          },
          made('ben', { asks: ['share'], before: 'Hi' }),
        ],
      });
  });

  it('by somebody who decides is theirs from then on, and its author hears of it', () => {
    given(undefined, loaded([intent()], [about], drafts))
      .when(ann, changed)
      .gives({
        intents: [
          {
            set: { state: 'stopped', why: { code: 'replaced' }, due: undefined },
            audit: [['undo', 'stopped a post of Ben']],
            told: [
              {
                ...{ to: 'ben', title: `Ann changed your post with ${handle}` },
                ...{ text: 'Yours does not go out. Ask them what becomes of it.', buttons: [lookAtIt] },
              },
            ],
            ...{ card: true, decision: true },
          },
          made('ann', { before: 'Hi' }),
        ],
      });
  });

  it('after a no, or by anybody else, takes nothing back', () => {
    given(undefined, loaded([intent({ state: 'declined' })], [about], drafts))
      .when(ben, changed)
      .gives({ intents: [made('ben', { asks: ['share'], before: 'Hi' })] });
    given(undefined, loaded([intent({ author: { id: 'eve', name: 'Eve' } })], [about], drafts))
      .when(ben, changed)
      .gives({ intents: [made('ben', { asks: ['share'] })] });
  });
});

describe('a post that waits for a yes', () => {
  const tended = (more: Partial<Intent>) => {
    const before = intent(more);
    return intentEffect(before, tendApproval(before, ['ann', 'cat', 'ben'], moment), bot);
  };

  it('is reminded of a day and an hour before its time, to those who decide and to its author', () => {
    const hour = new Date(now.getTime() + 3_600_000);
    for (const [decideBy, due, left] of [
      [days(1), new Date(days(1).getTime() - 3_600_000), 'a day'],
      [hour, hour, 'an hour'],
    ] as const) {
      const text = `It has to be decided within ${left}.`;
      const title = `A post of Ben with ${handle} waits for your yes`;
      same(tended({ decideBy, due: now }), {
        set: { due },
        audit: [],
        told: [
          { to: 'ann', title, text, buttons: [decideIt] },
          { to: 'cat', title, text, buttons: [decideIt] },
          { to: 'ben', title: `Your post with ${handle} still waits for a yes`, text, buttons: [lookAtIt] },
        ],
        card: false,
      });
    }
  });

  it('is told of when its time has passed, and can still be decided for a week', () => {
    const title = `The time is over for a post of Ben with ${handle}`;
    const text = 'It did not go out. You can still say yes for a week; then somebody sends it or drops it.';
    same(tended({ decideBy: now, due: now }), {
      set: { due: days(7), why: { code: 'overdue' } },
      audit: [['post', 'let the time pass for a yes to a post of Ben']],
      told: [
        {
          ...{ to: 'ben', title: `Nobody decided on your post with ${handle} in time` },
          text: 'It did not go out. It can still be decided for a week; then somebody is asked: now, or not at all.',
          buttons: [lookAtIt],
        },
        { to: 'ann', title, text, buttons: [decideIt] },
        { to: 'cat', title, text, buttons: [decideIt] },
      ],
      card: true,
      decision: true,
    });
  });

  it('ends after that week, aloud', () => {
    same(tended({ decideBy: days(-7), due: now, why: { code: 'overdue' } }), {
      set: { state: 'stopped', due: undefined, why: { code: 'undecided' } },
      audit: [['post', 'ended a post of Ben that nobody decided on']],
      told: [
        {
          ...{ to: 'ben', title: `Your post with ${handle} ended` },
          ...{ text: 'Nobody decided on it. Nothing went out. You can post it again.', buttons: [lookAtIt] },
        },
      ],
      card: true,
      decision: true,
    });
  });

  it('is not sent by anybody, and can be stopped', () => {
    given(undefined, loaded([intent()]))
      .when(ann, { kind: 'sendNow', intent: 'q.p1' })
      .gives({ refused: refuse('needsYesFirst', handle) });
    given(undefined, loaded([intent()]))
      .when(ben, { kind: 'undo', intent: 'q.p1' })
      .gives({
        intents: [
          {
            set: { state: 'stopped', why: { code: 'undone' }, due: undefined },
            ...{ audit: [['undo', 'stopped a post of Ben']], told: [], card: true, decision: true },
          },
        ],
      });
  });

  it('and has its yes for a time is not sent before it by who needs the yes', () => {
    const held = intent({
      state: 'held',
      at: days(3),
      scheduled: true,
      approval: { by: ann, at: now, hash, as: 'owner' },
    });
    given(undefined, loaded([held]))
      .when(ben, { kind: 'sendNow', intent: 'q.p1' })
      .gives({ refused: refuse('yesWasForThen', handle) });
  });

  it('outside working hours is not sent before its time by who could not say yes to that', () => {
    const policy = { ...defaultPolicy, hours: '13-18' };
    const yes = { by: ann, at: now, hash, as: 'owner' as const };
    const planned = { at: days(3), scheduled: true as const };
    const over = { at: days(-1), scheduled: true as const };
    const later = { at: new Date(now.getTime() + 20_000), asks: undefined as never };
    const no = refuse('outsideHours', handle, '13-18');
    const rows: [string, Actor, Partial<Intent>, ReturnType<typeof refuse> | undefined][] = [
      ['planned without a yes', cat, { author: cat, asks: undefined as never, ...planned }, no],
      ['held, and asked for within them', cat, { author: cat, ...later }, no],
      ['late', cat, { author: cat, asks: undefined as never, state: 'waiting', why: { code: 'late' }, ...over }, no],
      ['not there, and asked for within them', cat, { author: cat, state: 'notSent', attempts: 1, ...later }, no],
      ['approved for a time that is to come', cat, { author: cat, asks: ['hours'], approval: yes, ...planned }, no],
      ['approved for a time within them', ben, { state: 'waiting', approval: yes, ...over }, no],
      ['approved for a time outside them', ben, { asks: ['hours'], approval: yes, ...over }, undefined],
      ['approved for now', ben, { ...later, asks: ['share'], approval: yes }, undefined],
      ['of somebody else', ann, { author: cat, asks: undefined as never, ...planned }, undefined],
    ];
    for (const [what, by, more, refused] of rows) {
      const { why: _, ...one } = intent({ state: 'held', ...more });
      const decision = decide(
        { kind: 'sendNow', intent: one.id },
        by,
        state({ policy, ...loaded([more.why ? { ...one, why: more.why } : one]) }),
        moment,
      );
      same([what, decision.kind === 'refuse' ? decision.refusal : undefined], [what, refused]);
    }
  });

  it('is seen by its author, those who decide, those who may publish, and admins', () => {
    const look: Operation = { kind: 'approvalcard', intent: 'q.p1' };
    for (const by of [ann, ben, cat, ada])
      given(undefined, loaded([intent()]))
        .when(by, look)
        .gives({ shows: true });
    for (const by of [eve, max])
      given(undefined, loaded([intent()]))
        .when(by, look)
        .gives({ refused: refuse('postGone') });
    given(undefined, loaded([preview()]))
      .when(ben, look)
      .gives({ refused: refuse('postGone') });
    assert.equal(
      refusedBefore(look, { actor: actor('rob', { role: 'reader' }), state: state(), moment })?.code,
      'readerOnly',
    );
  });
});

describe('the video of a post that waits', () => {
  const video: Video = {
    ...{ id: 'v', hash: 'h', type: 'video/mp4', bytes: 2_000, seconds: 12, width: 1920, height: 1080 },
    codecs: ['H.264'],
  };
  const watch: Operation = { kind: 'watchVideo', intent: 'q.p1' };
  const asked = (by: Actor, one: Intent) => given(undefined, loaded([one])).when(by, watch);
  const owners = refuse('ownersSayYes', handle, ['Ann', 'Cat']);
  const declined = { by: { id: 'ann', name: 'Ann' }, at: now, reason: 'Not now' };

  it('is shown to its author and to those who decide, while it waits', () => {
    for (const by of [ann, ben, cat]) asked(by, intent({ video })).gives({ shows: true });
    asked(ada, intent({ video })).gives({ refused: owners });
    for (const by of [eve, max]) asked(by, intent({ video })).gives({ refused: refuse('postGone') });
  });

  it('is shown to nobody where there is none, or once it is decided', () => {
    for (const by of [ann, ben]) asked(by, intent()).gives({ refused: refuse('videoGone') });
    for (const by of [ann, ben])
      asked(by, intent({ video, state: 'declined', declined })).gives({
        refused: refuse('postDecided', handle, 'declined by Ann'),
      });
  });
});

describe('why a yes is needed', () => {
  const asking = { profile: about, actor: ann, policy: defaultPolicy, at: now, now };
  const rows: [string, Partial<Parameters<typeof reasonsForYes>[0]>, string[]][] = [
    ['nothing, for an owner', {}, []],
    ['a share with approval', { actor: ben }, ['share']],
    ['nothing more, where new links are free', { draft: draft({ newDomains: ['a.example'] }) }, []],
    [
      'a link to where no post led before, by the rule',
      { policy: { ...defaultPolicy, newLinks: 'approval' }, draft: draft({ newDomains: ['a.example'] }) },
      ['newDomain'],
    ],
    [
      'nothing, where links are known',
      { policy: { ...defaultPolicy, newLinks: 'approval' }, draft: draft({ newDomains: [] }) },
      [],
    ],
    [
      'a profile shared with everyone, by the rule',
      { policy: { ...defaultPolicy, everyonePosts: 'approval' }, profile: { ...about, shares: [everyoneShare] } },
      ['everyone'],
    ],
    ['nothing, for another profile', { policy: { ...defaultPolicy, everyonePosts: 'approval' } }, []],
    ['the hour', { policy: { ...defaultPolicy, hours: '13-18' } }, ['hours']],
    ['nothing, at another hour', { policy: { ...defaultPolicy, hours: '12-18' } }, []],
    ['all of it', { actor: ben, policy: { ...defaultPolicy, hours: '13-18' } }, ['share', 'hours']],
  ];
  for (const [what, more, reasons] of rows)
    it(`is ${what}`, () => assert.deepEqual(reasonsForYes({ ...asking, ...more }), reasons));

  it('by hours counts working days in the zone of the organisation', () => {
    const at = (time: string, zone = 'Europe/Berlin') => isOutsideHours('8-18', new Date(time), zone);
    same(
      ['2026-11-27T07:00Z', '2026-11-27T16:59Z', '2026-11-27T06:59Z', '2026-11-27T17:00Z', '2026-11-28T10:00Z'].map(
        (time) => at(time),
      ),
      [false, false, true, true, true],
    );
    same(at('2026-11-29T23:30Z', 'Pacific/Auckland'), false);
    same(isOutsideHours('always', now, 'UTC'), false);
    same(['8-18', '08 - 18', '0-24', '18-8', '8-25', '8', 'x-y', ''].map(readHours), [
      ...['8-18', '8-18', '0-24'],
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
  });
});

describe('at the moment of sending', () => {
  const approved = (more: Partial<Intent> = {}) =>
    intent({
      state: 'held',
      at: now,
      due: now,
      approval: { by: { id: 'ann', name: 'Ann' }, at: now, hash, as: 'owner' },
      ...more,
    });
  const facts = { intent: approved(), profile: about, author: ben, hash, frozenAll: false, now };
  const rows: [string, Partial<typeof facts>, string | undefined][] = [
    ['with a yes for exactly this', {}, undefined],
    ['with a yes for something else', { hash: 'exactly Ho' }, 'needsYes'],
    ['without one', { intent: approved({ approval: undefined as never }) }, 'needsYes'],
    [
      'with the author’s own',
      { intent: approved({ approval: { by: { id: 'ben', name: 'Ben' }, at: now, hash, as: 'owner' } }) },
      'needsYes',
    ],
    ['with the yes of somebody who owns it no more', { profile: { ...about, owners: [owner('cat')] } }, 'needsYes'],
    [
      'without a need for one by now',
      { profile: { ...about, shares: [shareWith('person', 'ben')] }, hash: 'x' },
      undefined,
    ],
    [
      'where a rule asks for it, whatever the share is by now',
      { intent: approved({ asks: ['hours'] }), profile: { ...about, shares: [shareWith('person', 'ben')] }, hash: 'x' },
      'needsYes',
    ],
    ['without the share', { profile: { ...about, shares: [] } }, 'noRight'],
  ];
  for (const [what, more, code] of rows)
    it(`${what}: ${code ?? 'it may leave'}`, () => assert.equal(hindrance({ ...facts, ...more })?.code, code));

  it('what lacks its yes is asked for again, and its author is told', () => {
    const before = approved();
    same(intentEffect(before, hindered(before, { code: 'needsYes' }, moment), bot), {
      set: { state: 'toApprove', approval: undefined, decideBy: days(2), due: days(1), why: { code: 'needsYes' } },
      audit: [['send', 'did not send a post of Ben: it needs a yes for exactly this']],
      told: [
        {
          ...{ to: 'ben', title: `Your post with ${handle} waits for a yes` },
          text: 'It needs the yes of somebody else, for exactly this text. They are asked.',
          buttons: [lookAtIt],
        },
      ],
      card: true,
      decision: true,
    });
  });

  it('what was planned and lacks its yes at its time goes out after the yes, not at a time that is over', () => {
    const asked = hindered(approved({ scheduled: true }), { code: 'needsYes' }, moment);
    same([asked.at, asked.scheduled, asked.decideBy], [undefined, undefined, days(2)]);
    const later = days(1);
    given(undefined, loaded([{ ...asked, outbox: [] }]))
      .when(ann, approve)
      .gives({
        intents: [
          {
            set: {
              ...{ state: 'held', why: undefined, at: seconds(20), due: seconds(20) },
              approval: { by: { id: 'ann', name: 'Ann' }, at: now, hash, as: 'owner' },
            },
            audit: [['approvePost', 'said yes to a post of Ben']],
            receipt: { hash },
            told: [
              {
                ...{ to: 'ben', title: `Ann said yes to your post with ${handle}` },
                ...{ text: 'It goes out now.', buttons: [lookAtIt] },
              },
            ],
            ...{ card: true, decision: true },
          },
        ],
      });
    const early = hindered(approved({ at: later, scheduled: true }), { code: 'needsYes' }, moment);
    same([early.at, early.scheduled, early.decideBy], [later, true, later]);
  });

  it('nothing leaves whose text is not the one that was approved, and no yes of an author counts, whatever happened', () => {
    const people = ['ann', 'ben', 'cat', 'eve'] as const;
    const person = fc.constantFrom(...people);
    const text = fc.constantFrom('Hi', 'Ho', 'Hi ', 'hi');
    const world = fc.record({
      owners: fc.uniqueArray(person),
      free: fc.uniqueArray(person),
      strict: fc.uniqueArray(person),
      author: person,
      yes: fc.option(fc.record({ by: person, text, as: fc.constantFrom('owner' as const, 'manager' as const) })),
      stored: text,
      asks: fc.constantFrom(['share'] as const, ['hours'] as const, ['newDomain', 'share'] as const),
    });
    fc.assert(
      fc.property(world, ({ owners, free, strict, author, yes, stored, asks }) => {
        const on = profile({
          owners: owners.map((id) => owner(id)),
          shares: [
            ...free.map((id) => shareWith('person', id)),
            ...strict.map((id) => ({ ...shareWith('person', id), approval: true as const })),
          ],
        });
        const by = actor(author);
        const one = intent({
          ...{ author: by, authorId: author, wire: stored, asks: [...asks] },
          ...(yes ? { approval: { by: actor(yes.by), at: now, hash: yes.text, as: yes.as } } : {}),
        });
        const leaves = hindrance({ ...facts, intent: one, profile: on, author: by, hash: stored }) === undefined;
        const isFree = owners.length > 0 && (owners.includes(author) || free.includes(author)) && asks[0] === 'share';
        const holds =
          yes !== null && yes.text === stored && yes.by !== author && (yes.as === 'manager' || owners.includes(yes.by));
        if (leaves) assert(isFree || holds, 'it left without a yes for exactly this');
        assert.equal(isApproved(one, on, by, stored, now), isFree || holds);
        assert(!mayDecidePost(one, on, by, now), 'its author decides on it');
      }),
      { numRuns: 5000 },
    );
  });
});
