import assert from 'node:assert/strict';
import type { ReactionKind } from '../../src/rules/ids.js';
import { workerName } from '../../src/rules/publishing/advance.js';
import type { Intent, IntentState, WhyCode } from '../../src/rules/publishing/intent.js';
import { type Looked, looked, type Watched, watched } from '../../src/rules/publishing/looking.js';
import { type Offer, offersOf } from '../../src/rules/publishing/offers.js';
import {
  type Answer,
  answered,
  found,
  hindered,
  lost,
  markSending,
  maybeSent,
} from '../../src/rules/publishing/sending.js';
import { type IntentEffect, intentEffect } from './effects.js';
import { days, intentOf, minutes, now, seconds } from './world.js';

const handle = '@contoso (X profile)';
const held = (more: Partial<Intent> = {}): Intent => intentOf({ state: 'held', at: now, due: now, ...more });
const clean = (intent: Intent): Intent => {
  const { outboxSince: _, ...rest } = intent;
  return { ...rest, outbox: [] };
};
const sending = (more: Partial<Intent> = {}) => clean(markSending(held(more), { now, id: 'op0' }));
const unknown = (more: Partial<Intent> = {}) => clean(lost(sending(more), { now, id: 'op0' }));
const sent = (more: Partial<Intent> = {}) =>
  clean(found(sending(more), { id: '42', how: 'answer', at: now }, { now, id: 'op0' }));

type Step = (before: Intent, moment: { now: Date; id: string }) => Intent | undefined;
const effect = (before: Intent, step: Step, when = now, by = workerName): IntentEffect | undefined => {
  const moment = { now: when, id: 'op1' };
  const next = step(before, moment);
  return next && intentEffect(before, next, by, moment);
};
const lookAtIt: [string, unknown] = ['Look at it', { kind: 'posts', profiles: [], posting: 'q' }];
const told = (title: string, text: string, mend: [string, unknown][] = []) => [
  { to: 'ann', title, text, buttons: [...mend, lookAtIt] },
];
const toldOut = (text: string, url: string) =>
  told(`Your post with ${handle} is out`, text).map((one) => ({ ...one, url }));
const renew: [string, unknown] = ['Renew my sign-in', { kind: 'renew', profile: { id: 'p1' } }];

describe('what can be done with a post', () => {
  const rows: [IntentState, Partial<Intent>, Offer[]][] = [
    ['asked', {}, []],
    ['toApprove', {}, ['undo']],
    ['held', {}, ['undo', 'sendNow']],
    ['waiting', {}, ['sendNow', 'undo']],
    ['waiting', { why: { code: 'late' } }, ['sendNow', 'undo']],
    ['waiting', { why: { code: 'frozen' } }, ['undo']],
    ['sending', {}, []],
    ['unknown', {}, ['lookAgain']],
    ['toSettle', {}, ['settle', 'lookAgain']],
    ['notSent', { attempts: 1 }, ['sendNow', 'lookAgain']],
    ['notSent', { attempts: 2 }, ['lookAgain']],
    ['sent', { proof: { id: '42', how: 'answer', at: now } }, ['takeBack']],
    ['sent', { proof: { id: '', how: 'person', at: now } }, []],
    ['sent', {}, []],
    ['sent', { proof: { id: '42', how: 'answer', at: now }, takeBack: { id: 'ann', name: 'Ann' } }, []],
    ['refused', {}, []],
    ['stopped', {}, []],
    ['takenBack', {}, []],
  ];
  for (const [state, more, offers] of rows)
    it(`${state} ${JSON.stringify(more)}: ${offers.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(offersOf(held({ state, ...more })), offers));
});

describe('what can be done with a like that somebody says is there', () => {
  it('is taking it back, for which it needs no id of its own', () => {
    const like = held({ state: 'sent', proof: { id: '', how: 'person', at: now } });
    assert.deepEqual(offersOf(like, { isRepeatable: true }), ['takeBack']);
    assert.deepEqual(offersOf(like, { isRepeatable: false }), []);
  });
});

describe('what can be done with a post that its network shows to people only', () => {
  const rows: [IntentState, number, Offer[]][] = [
    ['unknown', 1, []],
    ['toSettle', 1, ['settle']],
    ['notSent', 1, ['sendNow', 'settle']],
    ['notSent', 2, ['settle']],
  ];
  for (const [state, attempts, offers] of rows)
    it(`${state} after ${attempts}: ${offers.join(', ') || 'nothing'}, and no look, which would find nothing`, () =>
      assert.deepEqual(offersOf(held({ state, attempts }), { peopleOnly: true }), offers));
});

describe('the mark before the bytes', () => {
  it('counts the attempt, says until when its sender counts as dead, and tells nobody', () => {
    const before = held({ why: { code: 'late' }, named: { id: '7' }, foreseen: 'frozen' });
    assert.deepEqual(effect(before, markSending), {
      set: {
        state: 'sending',
        attempts: 1,
        sending: { since: now, until: seconds(150) },
        due: seconds(150),
        why: undefined,
        named: undefined,
        foreseen: undefined,
      },
      audit: [],
      told: [],
      card: false,
    });
  });

  it('keeps the time it was planned for, and takes now for one without', () => {
    assert.equal(markSending(held({ at: minutes(-3) }), { now, id: 'op1' }).at?.getTime(), minutes(-3).getTime());
    const { at: _, ...timeless } = held();
    assert.equal(markSending(timeless, { now, id: 'op1' }).at, now);
  });

  it('holds the hash of what is handed over, which the receipt names when it is there', () => {
    const marked = clean(markSending(held(), { now, id: 'op0' }, 'exactly this'));
    assert.deepEqual(marked.sending, { since: now, until: seconds(150), hash: 'exactly this' });
    const out = effect(marked, (one, moment) => found(one, { id: '42', how: 'answer', at: now }, moment));
    assert.deepEqual(out?.receipt, { hash: 'exactly this', post: { id: '42' } });
  });

  it('is put on what a copy of the data may have sent, from its very time on', () => {
    const at = (time: Date) => maybeSent(held({ at: time }), { now, id: 'op1' })?.state;
    assert.deepEqual([at(now), at(seconds(1))], ['sending', undefined]);
  });
});

describe('something in the way of a post', () => {
  const forGood: [WhyCode, string][] = [
    ['profileGone', 'The profile was deleted here.'],
    ['noRight', 'You may not publish with it any more.'],
  ];
  for (const [code, text] of forGood)
    it(`for good (${code}) ends it, and its author hears why`, () => {
      assert.deepEqual(
        effect(held({ foreseen: 'notShared' }), (one, moment) => hindered(one, { code }, moment)),
        {
          set: { state: 'refused', why: { code }, due: undefined, foreseen: undefined },
          audit: [['send', `did not send a post of Ann (${code})`]],
          told: told(`Your post with ${handle} did not go out`, text),
          card: true,
        },
      );
    });

  it("for good in a network's own words (pictureRefused) is told with them, or without any", () => {
    const text = (said?: string) =>
      effect(held(), (one, moment) =>
        hindered(one, { code: 'pictureRefused', ...(said ? { text: said } : {}) }, moment),
      )?.told[0]?.text;
    assert.deepEqual([text('It moves.'), text()], ['It moves.', '']);
  });

  const passing: [WhyCode, string, [string, unknown][]?][] = [
    ['notOffered', 'Its network is not set up here any more. An admin can change that.'],
    ['noSignIn', 'No sign-in of the profile works just now. An owner has to renew theirs.', [renew]],
    ['networkWaits', 'The network asks us to wait. It goes out by itself after that.'],
    ['noCredit', "This app's plan at the network is used up. An admin has to top it up."],
    [
      'directoryDown',
      "Your organisation's directory does not answer, so your right can't be checked. It is tried again.",
    ],
  ];
  for (const [code, text, mend] of passing)
    it(`for now (${code}) lets it wait, tells its author once, and is tried again`, () => {
      const waits = (until?: Date) =>
        effect(held({ foreseen: 'noSignIn' }), (one, moment) =>
          hindered(one, { code, ...(until ? { until } : {}) }, moment),
        );
      const expected = (due: Date, until?: Date) => ({
        set: { state: 'waiting', why: { code, ...(until ? { until } : {}) }, due, foreseen: undefined },
        audit: [['send', `let a post of Ann wait (${code})`]],
        told: told(`Your post with ${handle} waits`, text, mend),
        card: true,
      });
      assert.deepEqual(waits(), { ...expected(minutes(15)) });
      assert.deepEqual(waits(minutes(40)), { ...expected(minutes(40), minutes(40)) });
      const again = held({ state: 'waiting', why: { code } });
      assert.deepEqual(
        effect(again, (one, moment) => hindered(one, { code }, moment)),
        { set: { due: minutes(15) }, audit: [], told: [], card: false },
      );
    });

  const byPeople: [WhyCode, string][] = [
    ['frozen', 'It is frozen: nothing goes out until two Managers have thawed it.'],
    ['late', 'Its time passed before it could go out. Send it now, or stop it.'],
  ];
  for (const [code, text] of byPeople)
    it(`that only people move away (${code}) is not tried again by itself`, () => {
      assert.deepEqual(
        effect(held({ foreseen: 'frozen' }), (one, moment) => hindered(one, { code }, moment)),
        {
          set: { state: 'waiting', why: { code }, due: undefined, foreseen: undefined },
          audit: [['send', `let a post of Ann wait (${code})`]],
          told: told(`Your post with ${handle} waits`, text),
          card: true,
        },
      );
    });

  it('of another kind than before is told anew', () => {
    const before = held({ state: 'waiting', why: { code: 'noSignIn' } });
    const titles = effect(before, (one, moment) => hindered(one, { code: 'late' }, moment))?.told.map(
      ({ title }) => title,
    );
    assert.deepEqual(titles, [`Your post with ${handle} waits`]);
  });
});

describe('what came of an attempt', () => {
  const gives = (answer: Answer, before = sending()) =>
    effect(before, (one, moment) => answered(one, 1, answer, moment), seconds(3));

  it('no, in the words of its network: it is over, and its author hears it', () => {
    const expected = (text?: string) => ({
      set: { state: 'refused', due: undefined, why: { code: 'rejected', ...(text ? { text } : {}) } },
      audit: [['send', 'was told by the network that a post of Ann is refused']],
      told: told(`Your post with ${handle} was refused`, text ?? ''),
      card: true,
    });
    assert.deepEqual(gives({ kind: 'refused', text: 'Too long.' }), expected('Too long.'));
    assert.deepEqual(gives({ kind: 'refused' }), expected());
  });

  it('not now: it waits, but not when somebody called it lost meanwhile', () => {
    const later: Answer = { kind: 'later', why: { code: 'networkWaits', until: minutes(9) } };
    assert.deepEqual(gives(later)?.set, {
      ...{ state: 'waiting', why: { code: 'networkWaits', until: minutes(9) }, due: minutes(9) },
    });
    assert.equal(gives(later, unknown()), undefined);
  });

  it('nothing: it is looked for, from the moment the answer was missed', () => {
    const named = { id: 'urn:li:share:7' };
    const expected = (more: object) => ({
      set: {
        ...{ state: 'unknown', why: { code: 'answerLost' }, looks: 0, due: seconds(8), ...more },
        sending: { since: now, until: seconds(150), ended: seconds(3) },
      },
      audit: [['send', 'sent a post of Ann and got no answer']],
      told: [],
      card: true,
    });
    assert.deepEqual(gives({ kind: 'unknown' }), expected({}));
    assert.deepEqual(gives({ kind: 'unknown', named }), expected({ named }));
    assert.equal(gives({ kind: 'unknown' }, unknown()), undefined);
  });

  it('yes: it is there, watched from then on; who waited for the time hears it, and the place where it was asked', () => {
    const there: Answer = { kind: 'there', id: '42', url: 'https://x.com/42' };
    const proof = { id: '42', url: 'https://x.com/42', how: 'answer', at: seconds(3) };
    const expected = {
      set: { state: 'sent', proof, proofId: '42', proofUrl: proof.url, looks: 0, due: seconds(63) },
      audit: [['send', 'sent the post of Ann: https://x.com/42']],
      told: [] as unknown[],
      card: true,
      receipt: { post: { id: '42', url: 'https://x.com/42' } },
    };
    assert.deepEqual(gives(there), expected);
    assert.deepEqual(gives(there, sending({ scheduled: true })), {
      ...expected,
      told: toldOut('It went out at its time.', 'https://x.com/42'),
    });
    assert.deepEqual(gives({ kind: 'there', id: '42' })?.audit, [['send', 'sent the post of Ann']]);
    const place = { serviceUrl: 'https://s', conversation: '19:c', bot: '28:b' };
    const said = (url?: string) => {
      const answer: Answer = { kind: 'there', id: '42', ...(url ? { url } : {}) };
      const next = answered(sending({ askedIn: place }), 1, answer, { now, id: 'op1' });
      return next?.outbox.filter(({ kind }) => kind === 'sayOut');
    };
    const say = { id: 'op1:q.p1:also-0', kind: 'sayOut', where: place, title: `Ann published with ${handle}.` };
    assert.deepEqual(said('https://x.com/42'), [{ ...say, url: 'https://x.com/42' }]);
    assert.deepEqual(said(), [say]);
    const did = (kind: ReactionKind) => {
      const next = answered(sending({ askedIn: place, kind }), 1, there, { now, id: 'op1' });
      return next?.outbox.flatMap((entry) => (entry.kind === 'sayOut' ? entry.title : []));
    };
    assert.deepEqual(
      [did('reply'), did('like'), did('repost')],
      [`replied`, `liked a post`, `reposted`].map((word) => [`Ann ${word} with ${handle}.`]),
    );
  });

  it('of another attempt, or of a post that is at an end, changes nothing', () => {
    const there: Answer = { kind: 'there', id: '42' };
    for (const attempt of [0, 2]) assert.equal(answered(sending(), attempt, there, { now, id: 'op1' }), undefined);
    for (const state of ['held', 'waiting', 'sent', 'notSent', 'refused', 'stopped', 'toSettle'] as const)
      assert.equal(answered(held({ state, attempts: 1 }), 1, there, { now, id: 'op1' }), undefined, state);
  });

  it('that a person found at a time that was chosen is told to the author', () => {
    const before = { ...unknown({ scheduled: true }), state: 'toSettle' as const };
    const step: Step = (one, moment) =>
      found(one, { id: '', how: 'person', at: now }, moment, { id: 'cat', name: 'Cat' });
    assert.deepEqual(
      effect(before, step, now, { id: 'cat', name: 'Cat' })?.told,
      told(`Your post with ${handle} is out`, 'The answer was lost. Somebody looked, and it is there.'),
    );
  });

  it('that a person found is a proof in their name, and ends what was asked', () => {
    const before = { ...unknown(), state: 'toSettle' as const, candidates: [{ id: '7' }], named: { id: '7' } };
    const cat = { id: 'cat', name: 'Cat' };
    const proof = { id: '7', how: 'person' as const, at: seconds(9) };
    const step: Step = (one, moment) => found(one, proof, moment, cat);
    assert.deepEqual(effect(before, step, seconds(9), cat), {
      set: {
        ...{ state: 'sent', proof, proofId: '7', due: seconds(69) },
        ...{ why: undefined, candidates: undefined, named: undefined },
      },
      audit: [['send', 'was shown the post of Ann']],
      told: [],
      card: true,
      receipt: { post: { id: '7' } },
    });
  });
});

describe('a look for a lost post', () => {
  const look = (what: Looked, before = unknown(), when = seconds(5)) =>
    effect(before, (one, moment) => looked(one, what, moment), when);
  const none: Looked = { kind: 'found', posts: [], begun: [] };

  it('that finds nothing is followed by the next, quietly', () => {
    assert.deepEqual(look(none), { set: { looks: 1, due: seconds(30) }, audit: [], told: [], card: false });
    assert.deepEqual(look(none, unknown({ looks: 0 }), seconds(31))?.set, { looks: 1, due: seconds(36) });
    const { looks: _, ...first } = unknown();
    assert.deepEqual(look(none, first)?.set, { looks: 1, due: seconds(30) });
  });

  it('counts from when it was asked for, of a post whose attempt left no end', () => {
    const { sending: _, ...bare } = unknown();
    assert.deepEqual(look(none, { ...bare, askedAt: seconds(2) })?.set, { looks: 1, due: seconds(32) });
  });

  it('the last one, that finds nothing: it is not there, and its author may send it again', () => {
    assert.deepEqual(look(none, { ...unknown(), looks: 3 }, minutes(10)), {
      set: { state: 'notSent', why: { code: 'notFound' }, looks: 4, due: undefined },
      audit: [['lookAgain', 'looked 4 times for the post of Ann and did not find it']],
      told: told(`Your post with ${handle} is not there`, 'The answer was lost, and I looked for it.'),
      card: true,
    });
  });

  const asks: [string, Looked, Intent, WhyCode, string, { id: string }[]][] = [
    [
      'several that look like it',
      { kind: 'found', posts: [{ id: '7' }, { id: '8' }], begun: [{ id: '9' }] },
      unknown(),
      'several',
      'More than one post looks like it.',
      [{ id: '7' }, { id: '8' }],
    ],
    [
      'one with its beginning, at the last look',
      { kind: 'found', posts: [], begun: [{ id: '9' }] },
      { ...unknown(), looks: 3 },
      'begun',
      'A post has only the beginning of its text. Please look.',
      [{ id: '9' }],
    ],
    [
      'a network that shows posts to people only',
      { kind: 'cannot', named: [{ id: '7' }] },
      unknown(),
      'cannotLook',
      'The network does not show it to me. Please look.',
      [{ id: '7' }],
    ],
    [
      'a network that shows too many',
      { kind: 'cannot', reason: 'There are too many.', named: [] },
      unknown(),
      'cannotLook',
      'The network does not show it to me. Please look.',
      [],
    ],
  ];
  for (const [what, given, before, code, text, candidates] of asks)
    it(`asks a person: ${what}`, () => {
      const reason = 'reason' in given && given.reason ? { text: given.reason } : {};
      assert.deepEqual(look(given, before), {
        set: { state: 'toSettle', why: { code, ...reason }, candidates, due: undefined },
        audit: [['lookAgain', 'could not tell what became of the post of Ann']],
        told: told(`Is your post with ${handle} there?`, text),
        card: true,
      });
    });

  it('that the network does not answer is made again: after a minute, later after ten, for a day, or when it says', () => {
    const trouble = (until?: Date): Looked => ({ kind: 'trouble', named: [], ...(until ? { until } : {}) });
    const due = (when: Date, until?: Date) => look(trouble(until), unknown(), when)?.set;
    assert.deepEqual(look(trouble(), unknown(), seconds(5)), {
      ...{ set: { due: seconds(65) }, audit: [], told: [], card: false },
    });
    assert.deepEqual(due(minutes(9.9)), { due: minutes(10.9) });
    assert.deepEqual(due(minutes(10)), { due: minutes(20) });
    assert.deepEqual(due(seconds(5), minutes(30)), { due: minutes(30) });
    assert.deepEqual(due(seconds(5), seconds(20)), { due: seconds(65) });
    assert.deepEqual(due(days(1)), { due: minutes(24 * 60 + 10) });
    const over = look({ kind: 'trouble', named: [{ id: '7' }] }, unknown(), seconds(24 * 3600 + 1))?.set;
    assert.deepEqual(
      [over?.state, over?.why, over?.candidates],
      ['toSettle', { code: 'cannotLook', text: 'It did not answer for a day.' }, [{ id: '7' }]],
    );
    const { sending: _, ...bare } = unknown();
    const asked = look(trouble(), { ...bare, askedAt: days(-1) }, seconds(1))?.set;
    assert.equal(asked?.state, 'toSettle');
  });

  it('that finds it tells its author, with where it is', () => {
    const one = { id: '7', url: 'https://x.com/7' };
    assert.deepEqual(look({ kind: 'found', posts: [one], begun: [] }), {
      set: {
        ...{
          state: 'sent',
          proof: { ...one, how: 'found', at: seconds(5) },
          proofId: '7',
          proofUrl: one.url,
          due: seconds(65),
        },
        why: undefined,
      },
      audit: [['send', 'found on the network the post of Ann: https://x.com/7']],
      told: toldOut('The answer was lost. I looked, and it is there.', 'https://x.com/7'),
      card: true,
      receipt: { post: { id: '7', url: 'https://x.com/7' } },
    });
    const [unlinked] = look({ kind: 'found', posts: [{ id: '7' }], begun: [] })?.told ?? [];
    assert(unlinked && !('url' in unlinked));
  });
});

describe('a look at a post that was sent', () => {
  const watch = (seen: Watched, before = sent(), when = minutes(1)) =>
    effect(before, (one, moment) => watched(one, seen, moment), when);

  it('learns its link where only reading it tells that, and its card changes once', () => {
    const before = sent();
    const proof = {
      id: before.proof?.id ?? '',
      how: 'answer' as const,
      at: before.proof?.at ?? now,
      url: 'https://i/p/1',
    };
    const look = (from: Intent) =>
      effect(from, (one, moment) => watched(one, 'same', moment, 'https://i/p/1'), minutes(1));
    const first = look(before);
    assert.deepEqual([first?.set?.proof, first?.set?.proofUrl, first?.card], [proof, 'https://i/p/1', true]);
    assert.equal(look({ ...before, proof })?.card, false);
  });

  const unchanged = {
    ...{ audit: [['watch', 'saw the post of Ann on the network as it was sent']], told: [], card: false },
    receipt: { shown: 'same' },
  };

  it('that shows the same is followed by one after a day, then by none', () => {
    assert.deepEqual(watch('same'), {
      set: { looks: 1, due: days(1), seen: [{ at: minutes(1), as: 'same' }] },
      ...unchanged,
    });
    const last = watch('same', { ...sent(), looks: 1, due: days(1) }, days(1));
    assert.deepEqual(last, { set: { looks: 2, due: undefined, seen: [{ at: days(1), as: 'same' }] }, ...unchanged });
  });

  it('that shows another text is told once', () => {
    const expected = {
      set: { looks: 1, due: days(1), differs: 'changed', seen: [{ at: minutes(1), as: 'changed' }] },
      audit: [['watch', 'found the post of Ann changed on the network']],
      told: told(`Your post with ${handle} is not what was sent`, 'The network shows another text. Have a look.'),
      card: true,
      receipt: { shown: 'changed' },
    };
    assert.deepEqual(watch('changed'), expected);
    const known = watch('changed', { ...sent(), looks: 1, due: days(1), differs: 'changed' }, days(1));
    assert.deepEqual(known, {
      set: { looks: 2, due: undefined, seen: [{ at: days(1), as: 'changed' }] },
      audit: [['watch', 'found the post of Ann changed on the network, as before']],
      ...{ told: [], card: false, receipt: { shown: 'changed' } },
    });
  });

  it('that shows nothing is made again five minutes later, and told then', () => {
    assert.deepEqual(watch('gone'), { set: { missed: true, due: minutes(6) }, audit: [], told: [], card: false });
    const missed = { ...sent(), missed: true as const, due: minutes(6) };
    assert.deepEqual(watch('gone', missed, minutes(6)), {
      set: {
        ...{ looks: 1, due: undefined, differs: 'gone', missed: undefined },
        seen: [{ at: minutes(6), as: 'gone' }],
      },
      audit: [['watch', 'found the post of Ann gone from the network']],
      told: told(`Your post with ${handle} is not there any more`, 'Somebody or the network removed it.'),
      card: true,
      receipt: { shown: 'gone' },
    });
    assert.deepEqual(watch('same', missed, minutes(6)), {
      set: { looks: 1, due: days(1), missed: undefined, seen: [{ at: minutes(6), as: 'same' }] },
      ...unchanged,
    });
    assert.deepEqual(watch('gone', { ...missed, differs: 'gone' }, minutes(6)), {
      set: { looks: 1, due: undefined, missed: undefined, seen: [{ at: minutes(6), as: 'gone' }] },
      audit: [['watch', 'found the post of Ann gone from the network, as before']],
      ...{ told: [], card: false, receipt: { shown: 'gone' } },
    });
  });

  it('that nobody can make is the last, and trouble is none', () => {
    assert.deepEqual(watch('cannot')?.set, { looks: 1, due: undefined });
    assert.deepEqual(watch('trouble')?.set, { looks: 1, due: days(1) });
    const { looks: _, ...unseen } = sent();
    assert.deepEqual(watch('same', unseen)?.set, {
      looks: 1,
      due: days(1),
      seen: [{ at: minutes(1), as: 'same' }],
    });
  });

  it('counts from when it was proven to be there, or from now', () => {
    const { proof: _, ...bare } = sent();
    assert.deepEqual(watch('same', bare, minutes(2))?.set, {
      ...{ looks: 1, due: minutes(24 * 60 + 2) },
      seen: [{ at: minutes(2), as: 'same' }],
    });
  });
});
