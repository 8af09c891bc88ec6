import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '../../src/rules/decide.js';
import type { Decision } from '../../src/rules/decision.js';
import type { Operation } from '../../src/rules/operation.js';
import { hindrance } from '../../src/rules/publishing/hindrance.js';
import {
  follows,
  type Intent,
  type IntentState,
  intentStates,
  isBeforeSending,
} from '../../src/rules/publishing/intent.js';
import { type Looked, looked, type Watched, watched } from '../../src/rules/publishing/looking.js';
import { offersOf } from '../../src/rules/publishing/offers.js';
import { reasonOf } from '../../src/rules/publishing/reasons.js';
import {
  type Answer,
  answered,
  found,
  hindered,
  lost,
  markSending,
  maybeSent,
} from '../../src/rules/publishing/sending.js';
import { lookAfterMs, nextDue } from '../../src/rules/publishing/times.js';
import type { Actor, Profile } from '../../src/rules/types.js';
import { actor, days, intentOf, now, profile, seconds, shareWith, state } from './world.js';

const hours = (count: number) => seconds(count * 3600);
const at = (when = now, id = 'm') => ({ now: when, id });

const intent = (more: Partial<Intent> = {}): Intent =>
  intentOf({ handle: '@contoso', state: 'held', at: now, due: now, ...more });

/** What it is now, with its reason, when it is looked at next, and what people read of it. */
const seen = (next: Intent | undefined) =>
  next && {
    state: next.state,
    ...(next.why ? { why: next.why.code } : {}),
    ...(next.due ? { due: (next.due.getTime() - now.getTime()) / 1000 } : {}),
    audit: next.outbox.flatMap((entry) => (entry.kind === 'audit' ? entry.record.what : [])),
    told: next.outbox.flatMap((entry) => (entry.kind === 'notice' ? entry.notice.title : [])),
    card: next.outbox.some(({ kind }) => kind === 'intentCard'),
  };

const about = profile();
const owner = actor('ann');
const onPosts = (intents: Intent[], profiles: Profile[] = [about], more = {}) =>
  state({ publishing: { drafts: [], intents, profiles: new Map(profiles.map((one) => [one.id, one])), ...more } });
const decided = (operation: Operation, by: Actor, intents: Intent[], profiles?: Profile[]): Decision =>
  decide(operation, by, onPosts(intents, profiles), at());
const codeOf = (decision: Decision) => (decision.kind === 'refuse' ? decision.refusal.code : decision.kind);

describe('the states of a post', () => {
  it('lead to the network through one door: from held or waiting, before the first byte', () => {
    const leading = intentStates.filter((from) => follows[from].includes('sending'));
    assert.deepEqual(leading, ['held', 'waiting']);
    assert.deepEqual(intentStates.filter(isBeforeSending), ['asked', 'toApprove', 'held', 'waiting']);
  });

  it('end where nothing more can happen', () => {
    assert.deepEqual(
      intentStates.filter((from) => follows[from].length === 0),
      ['declined', 'refused', 'stopped', 'takenBack'],
    );
  });

  it('never bring it to the network twice without a person, and never three times, whatever happens in which order', () => {
    type Event =
      | 'due'
      | 'there'
      | 'refused'
      | 'later'
      | 'unknown'
      | 'dead'
      | 'none'
      | 'one'
      | 'two'
      | 'sendNow'
      | 'undo'
      | 'lookAgain'
      | 'notThere';
    const events: Event[] = [
      'due',
      'there',
      'refused',
      'later',
      'unknown',
      'dead',
      'none',
      'one',
      'two',
      'sendNow',
      'undo',
      'lookAgain',
      'notThere',
    ];
    const run = (many: Event[]) => {
      let [one, handed, asked] = [intent(), 0, 1];
      for (const [index, event] of many.entries()) {
        const moment = at(hours(0.01 * index), `m${index}`);
        const before = one.state;
        one = next(one, event, moment) ?? one;
        if (one.state === 'sending' && before !== 'sending') handed++;
        if (event === 'sendNow' && before === 'notSent' && one.state === 'held') asked++;
        if (one.proof) assert.equal(one.state, 'sent');
      }
      // Surely not there, and tried again by itself, is no second post.
      return { handed, asked, one };
    };
    const refusing = new Set<Event>(['later']);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...events.filter((event) => !refusing.has(event))), { maxLength: 40 }),
        (many) => {
          const { handed, asked } = run(many);
          assert(handed <= asked && asked <= 2, `${handed} of ${asked}: ${many.join(' ')}`);
        },
      ),
      { numRuns: 3000 },
    );
  });

  function next(one: Intent, event: string, moment: { now: Date; id: string }): Intent | undefined {
    const is = (...states: IntentState[]) => states.includes(one.state);
    const answers: Record<string, Answer> = {
      there: { kind: 'there', id: '1' },
      refused: { kind: 'refused' },
      later: { kind: 'later', why: { code: 'networkWaits' } },
      unknown: { kind: 'unknown' },
    };
    const looks: Record<string, Looked> = {
      none: { kind: 'found', posts: [], begun: [] },
      begun: { kind: 'found', posts: [], begun: [{ id: '3' }] },
      one: { kind: 'found', posts: [{ id: '1' }], begun: [] },
      two: { kind: 'found', posts: [{ id: '1' }, { id: '2' }], begun: [] },
    };
    const asks: Record<string, Operation> = {
      sendNow: { kind: 'sendNow', intent: one.id },
      undo: { kind: 'undo', intent: one.id },
      lookAgain: { kind: 'lookAgain', intent: one.id },
      notThere: { kind: 'settle', intent: one.id, there: false },
    };
    if (event === 'due') return is('held', 'waiting') ? markSending(one, moment) : undefined;
    if (event === 'dead') return is('sending') ? lost(one, moment) : undefined;
    if (answers[event]) return answered(one, one.attempts, answers[event], moment);
    if (looks[event]) return is('unknown') ? looked(one, looks[event], moment) : undefined;
    const decision = decide(asks[event] as Operation, owner, onPosts([one]), moment);
    return decision.kind === 'intents' ? decision.intents[0] : undefined;
  }
});

describe('an answer of the network', () => {
  const sending = markSending(intent(), at());

  it('counts once, for the attempt that it belongs to', () => {
    const there: Answer = { kind: 'there', id: '42', url: 'https://x.com/42' };
    assert.equal(answered(sending, 2, there, at()), undefined);
    const sent = answered(sending, 1, there, at());
    assert.deepEqual(seen(sent), {
      ...{ state: 'sent', due: 60, card: true, told: [] },
      audit: ['sent the post of Ann: https://x.com/42'],
    });
    assert.deepEqual([sent?.proof?.id, sent?.proofId, sent?.proof?.how], ['42', '42', 'answer']);
    assert.equal(answered(sent as Intent, 1, there, at()), undefined);
  });

  it('that comes after somebody called the sender dead still counts', () => {
    const unknown = lost(sending, at());
    assert.equal(answered(unknown, 1, { kind: 'there', id: '42' }, at())?.state, 'sent');
    assert.equal(answered(unknown, 1, { kind: 'refused', text: 'no' }, at())?.state, 'refused');
    assert.equal(answered(unknown, 1, { kind: 'unknown' }, at()), undefined);
    assert.equal(answered(unknown, 1, { kind: 'later', why: { code: 'networkWaits' } }, at()), undefined);
  });

  it('"no" is told to the author with the reason', () => {
    assert.deepEqual(seen(answered(sending, 1, { kind: 'refused', text: 'Too long.' }, at())), {
      ...{ state: 'refused', why: 'rejected', card: true, told: ['Your post with @contoso was refused'] },
      audit: ['was told by the network that a post of Ann is refused'],
    });
  });

  it('that is lost is looked for, and says so', () => {
    assert.deepEqual(seen(answered(sending, 1, { kind: 'unknown' }, at())), {
      ...{ state: 'unknown', why: 'answerLost', due: 5, card: true, told: [] },
      audit: ['sent a post of Ann and got no answer'],
    });
  });
});

describe('what stands in the way', () => {
  const facts = { intent: intent(), profile: about, author: owner, hash: 'exact', frozenAll: false, now };
  const rows: [string, Parameters<typeof hindrance>[0], string | undefined][] = [
    ['nothing, for an owner', facts, undefined],
    ['a deleted profile', { ...facts, profile: { ...about, deleted: true } }, 'profileGone'],
    ['a profile that is not there', { ...facts, profile: undefined }, 'profileGone'],
    ['an account that is switched off', { ...facts, author: undefined }, 'noRight'],
    ['a role that went', { ...facts, author: actor('ann', { role: 'reader' }) }, 'noRight'],
    ['no share', { ...facts, author: actor('cat') }, 'noRight'],
    [
      'a share that ended',
      { ...facts, author: actor('cat'), profile: profile({ shares: [shareWith('person', 'cat', now)] }) },
      'noRight',
    ],
    [
      'a group that was left',
      { ...facts, author: actor('cat'), profile: profile({ shares: [shareWith('group', 'g')] }) },
      'noRight',
    ],
    [
      'nothing, for a member of a group it is shared with',
      { ...facts, author: actor('cat', { groups: ['g'] }), profile: profile({ shares: [shareWith('group', 'g')] }) },
      undefined,
    ],
    [
      'no owner any more',
      { ...facts, author: actor('cat'), profile: profile({ owners: [], shares: [shareWith('person', 'cat')] }) },
      'noRight',
    ],
    ['being admin alone', { ...facts, author: actor('ada', { admin: true }) }, 'noRight'],
    ['a freeze', { ...facts, profile: { ...about, frozen: { by: owner, at: now, yes: [] } } }, 'frozen'],
    ['a freeze of everything', { ...facts, frozenAll: true }, 'frozen'],
    ['a quarter of an hour', { ...facts, now: seconds(901) }, 'late'],
    ['nothing, within a quarter of an hour', { ...facts, now: seconds(899) }, undefined],
  ];
  for (const [what, given, code] of rows)
    it(`is ${what}: ${code ?? 'it may leave'}`, () => assert.equal(hindrance(given)?.code, code));

  it('for good ends it, and is told; else it waits, and is told once', () => {
    assert.equal(seen(hindered(intent(), { code: 'noRight' }, at()))?.state, 'refused');
    const waits = hindered(intent(), { code: 'noSignIn' }, at());
    assert.deepEqual(seen(waits), {
      ...{ state: 'waiting', why: 'noSignIn', due: 900, card: true, told: ['Your post with @contoso waits'] },
      audit: ['let a post of Ann wait (noSignIn)'],
    });
    const still = hindered({ ...waits, outbox: [] }, { code: 'noSignIn' }, at(seconds(900)));
    assert.deepEqual(seen(still), { state: 'waiting', why: 'noSignIn', due: 1800, card: false, told: [], audit: [] });
  });

  it('that only a person can move away is not tried again by itself', () => {
    for (const code of ['late', 'frozen'] as const) assert.equal(hindered(intent(), { code }, at()).due, undefined);
  });
});

describe('looking for a post whose answer was lost', () => {
  it('happens 5 s, 30 s, 2 min and 10 min after that, and then it is not there', () => {
    let one = lost(markSending(intent(), at()), at());
    const times: number[] = [];
    while (one.state === 'unknown') {
      times.push(((one.due?.getTime() ?? 0) - now.getTime()) / 1000);
      one = looked({ ...one, outbox: [] }, { kind: 'found', posts: [], begun: [] }, at(one.due));
    }
    assert.deepEqual(
      times,
      lookAfterMs.map((ms) => ms / 1000),
    );
    assert.deepEqual(seen(one), {
      ...{ state: 'notSent', why: 'notFound', card: true, told: ['Your post with @contoso is not there'] },
      audit: ['looked 4 times for the post of Ann and did not find it'],
    });
    assert.deepEqual(offersOf(one), ['sendNow', 'lookAgain']);
    assert.deepEqual(offersOf({ ...one, attempts: 2 }), ['lookAgain']);
  });

  it('finds it, or asks a person when two look like it or the network shows it to people only', () => {
    const unknown = { ...lost(markSending(intent(), at()), at()), outbox: [] };
    assert.deepEqual(
      seen(looked(unknown, { kind: 'found', posts: [{ id: '7', url: 'https://x.com/7' }], begun: [] }, at())),
      {
        ...{ state: 'sent', due: 60, card: true, told: ['Your post with @contoso is out'] },
        audit: ['found on the network the post of Ann: https://x.com/7'],
      },
    );
    const two = looked(unknown, { kind: 'found', posts: [{ id: '7' }, { id: '8' }], begun: [] }, at());
    assert.deepEqual(
      [two.state, two.why?.code, two.candidates?.map(({ id }) => id), two.due],
      ['toSettle', 'several', ['7', '8'], undefined],
    );
    assert.equal(looked(unknown, { kind: 'cannot', named: [] }, at()).why?.code, 'cannotLook');
  });

  it('shows a person what has only the beginning of the text, once nothing else came', () => {
    const unknown = { ...lost(markSending(intent(), at()), at()), outbox: [] };
    const look = { kind: 'found' as const, posts: [], begun: [{ id: '7' }] };
    const early = looked(unknown, look, at(seconds(5)));
    assert.deepEqual([early.state, early.looks, early.candidates], ['unknown', 1, undefined]);
    const last = looked({ ...unknown, looks: lookAfterMs.length - 1 }, look, at(seconds(600)));
    assert.deepEqual(
      [last.state, last.why?.code, last.candidates, last.proofId],
      ['toSettle', 'begun', [{ id: '7' }], undefined],
    );
    assert.deepEqual(seen(last)?.told, ['Is your post with @contoso there?']);
    const whole = looked(unknown, { ...look, posts: [{ id: '8' }] }, at(seconds(5)));
    assert.deepEqual([whole.state, whole.proofId], ['sent', '8']);
  });

  it('keeps what the network called the same, shows it to the person who looks, and forgets it once it is settled', () => {
    const named = { id: 'urn:li:share:7', url: 'https://www.linkedin.com/feed/update/urn:li:share:7' };
    const unknown = {
      ...(answered(markSending(intent(), at()), 1, { kind: 'unknown', named }, at()) as Intent),
      outbox: [],
    };
    assert.deepEqual(unknown.named, named);
    for (const look of ['cannot', 'trouble'] as const) {
      const shown = looked(unknown, { kind: look, named: [named] }, at(hours(25)));
      assert.deepEqual([shown.state, shown.why?.code, shown.candidates], ['toSettle', 'cannotLook', [named]]);
      const over = found(shown, { ...named, how: 'person', at: now }, at());
      assert.deepEqual([over.named, over.candidates, over.proofId], [undefined, undefined, named.id]);
    }
  });

  it('waits for a network that does not answer, a day at most, and counts no look', () => {
    const unknown = { ...lost(markSending(intent(), at()), at()), outbox: [] };
    const soon = looked(unknown, { kind: 'trouble', named: [] }, at(seconds(5)));
    assert.deepEqual([soon.state, soon.looks, soon.due], ['unknown', 0, seconds(65)]);
    assert.equal(looked(unknown, { kind: 'trouble', named: [] }, at(hours(25))).state, 'toSettle');
  });
});

describe('watching what was sent', () => {
  const sent = {
    ...(answered(markSending(intent(), at()), 1, { kind: 'there', id: '1' }, at()) as Intent),
    outbox: [],
  };
  const rows: [Watched, Partial<NonNullable<ReturnType<typeof seen>>>][] = [
    ['same', { due: 86_400, told: [] }],
    ['trouble', { due: 86_400, told: [] }],
    ['changed', { due: 86_400, told: ['Your post with @contoso is not what was sent'] }],
    ['gone', { due: 360, told: [] }],
    ['cannot', { told: [] }],
  ];
  for (const [what, expected] of rows) {
    it(`after a minute, ${what}`, () => {
      const { due, told } = seen(watched(sent, what, at(seconds(60)))) ?? {};
      assert.deepEqual({ ...(due ? { due } : {}), told }, expected);
    });
  }

  it('hears of a post that is gone after the second look', () => {
    const missed = { ...watched(sent, 'gone', at(seconds(60))), outbox: [] };
    assert.deepEqual(seen(watched(missed, 'gone', at(seconds(360))))?.told, [
      'Your post with @contoso is not there any more',
    ]);
    assert.deepEqual(seen(watched(missed, 'same', at(seconds(360))))?.told, []);
  });
});

describe('who may touch a post', () => {
  const shared = profile({ shares: [shareWith('person', 'cat'), shareWith('person', 'rob')] });
  const of = (by: Actor, kind: 'undo' | 'sendNow', one = intent()) =>
    codeOf(decided({ kind, intent: one.id }, by, [one], [shared]));

  it('is its author, and everyone who may publish with its profile', () => {
    assert.deepEqual(
      ['ann', 'cat', 'dan'].map((id) => of(actor(id), 'undo')),
      ['intents', 'intents', 'postGone'],
    );
    assert.equal(of(actor('rob', { role: 'reader' }), 'undo'), 'readerOnly');
    assert.equal(of(actor('ada', { admin: true }), 'undo'), 'postGone');
    assert.equal(of(actor('dan'), 'undo', intent({ author: { id: 'dan', name: 'Dan' } })), 'intents');
    assert.equal(of(actor('dan'), 'sendNow', intent({ author: { id: 'dan', name: 'Dan' } })), 'notFound');
  });

  it('can stop it until it is handed over, and reads why not after that', () => {
    const codes = intentStates.map((one) => [one, of(owner, 'undo', intent({ state: one }))]);
    assert.deepEqual(codes, [
      ...[
        ['asked', 'intents'],
        ['toApprove', 'intents'],
        ['declined', 'declinedAlready'],
        ['held', 'intents'],
        ['waiting', 'intents'],
      ],
      ...[
        ['sending', 'underWay'],
        ['unknown', 'underWay'],
        ['toSettle', 'underWay'],
      ],
      ...[
        ['sent', 'sentAlready'],
        ['notSent', 'underWay'],
        ['refused', 'underWay'],
      ],
      ...[
        ['stopped', 'stoppedAlready'],
        ['takenBack', 'underWay'],
      ],
    ]);
  });

  it('can send it again once, after it was shown that it is not there', () => {
    assert.equal(of(owner, 'sendNow', intent({ state: 'notSent', attempts: 1 })), 'intents');
    assert.equal(of(owner, 'sendNow', intent({ state: 'notSent', attempts: 2 })), 'sentTwice');
    assert.equal(of(owner, 'sendNow', intent({ state: 'unknown', attempts: 1 })), 'underWay');
  });
});

describe('a planned post', () => {
  it('is looked at a day before, an hour before, and at its time', () => {
    const planned = { at: days(3), scheduled: true as const };
    const due = (when: Date) => (nextDue(planned, when).getTime() - now.getTime()) / 3_600_000;
    assert.deepEqual(
      [due(now), due(days(2)), due(hours(48.5)), due(hours(71)), due(hours(71.5))],
      [48, 71, 71, 72, 72],
    );
    assert.equal(nextDue({ at: seconds(20) }, now).getTime(), seconds(20).getTime());
  });
});

describe('every reason', () => {
  it('is a short sentence and what to do, whole', () => {
    const codes = [
      'frozen',
      'late',
      'noSignIn',
      'networkWaits',
      'noCredit',
      'directoryDown',
      'noRight',
      'profileGone',
      'notOffered',
      'rejected',
      'answerLost',
      'notFound',
      'notSeen',
      'several',
      'cannotLook',
      'notTakenBack',
      'undone',
      'replaced',
    ] as const;
    for (const code of codes) {
      const { sentence, fix } = reasonOf(
        intent(),
        { code, text: 'No.', until: now },
        { network: 'X', time: () => '12:00' },
      );
      for (const words of [sentence, fix]) {
        assert.match(words, /^[A-Z@].*[^.]\.$/, `${code}: ${words}`);
        assert(words.split(' ').length <= 25, words);
      }
    }
  });
});

describe('a post of data that was put back', () => {
  it('counts as begun when its time has come since, and is looked for at once from then on', () => {
    for (const state of ['held', 'waiting'] as const) {
      const next = maybeSent(intent({ state, at: hours(-1), attempts: 1 }), at());
      assert.deepEqual(
        { state: next?.state, attempts: next?.attempts, sending: next?.sending, due: next?.due, at: next?.at },
        { state: 'sending', attempts: 2, sending: { since: hours(-1), until: now }, due: now, at: hours(-1) },
      );
    }
  });

  it('stays as it is when its time is to come, or nothing of it can be out', () => {
    assert.equal(maybeSent(intent({ at: seconds(1) }), at()), undefined);
    for (const state of intentStates.filter((one) => one !== 'held' && one !== 'waiting')) {
      assert.equal(maybeSent(intent({ state, at: hours(-1) }), at()), undefined, state);
    }
  });
});
