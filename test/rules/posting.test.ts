import type { Operation } from '../../src/rules/operation.js';
import type { Draft, Intent } from '../../src/rules/publishing/intent.js';
import { refuse } from '../../src/rules/refusals.js';
import { ada, ann, ben, cat, given } from './effects.js';
import { days, intentOf, now, owner, profile, seconds, shareWith } from './world.js';

const about = profile({ shares: [shareWith('person', 'ben')] });
const frozen = { by: { id: 'ben', name: 'Ben' }, at: now, yes: [] };
const draft = (more: Partial<Draft> = {}): Draft => ({
  profile: about,
  handle: '@contoso (X profile)',
  wire: 'Hi',
  hash: 'h',
  problems: [],
  ...more,
});
const intent = (more: Partial<Intent> = {}): Intent => intentOf({ askedAt: days(-1), expires: days(1), ...more });
const held = (more: Partial<Intent> = {}) => {
  const { expires: _, ...rest } = intent({ state: 'held', at: seconds(20), due: seconds(20), ...more });
  return rest as Intent;
};
const proof = { id: '99', how: 'answer' as const, at: days(-1) };
const loaded = (intents: Intent[], drafts: Draft[] = [], profiles = [about]) => ({
  publishing: { drafts, intents, profiles: new Map(profiles.map((one) => [one.id, one])) },
});
type Post = Extract<Operation, { kind: 'post' }>;
const post = (more: Partial<Post> = {}): Operation => ({ kind: 'post', profiles: ['p1'], text: 'Hi', ...more });
const send: Operation = { kind: 'send', posting: 'q' };
const on = (kind: 'undo' | 'sendNow' | 'takeBack' | 'lookAgain'): Operation => ({ kind, intent: 'q.p1' });

describe('post', () => {
  it('becomes a preview for each profile; nothing is promised yet', () => {
    const other = profile({ id: 'p2', type: 'facebook-page', shares: [shareWith('person', 'ben')] });
    given(undefined, loaded([], [draft(), draft({ profile: other, handle: 'Contoso', hash: 'g' })], [about, other]))
      .when(ben, post({ profiles: ['p1', 'p2'] }))
      .gives({
        intents: [
          {
            set: {
              tenant: 't',
              id: 'op1.p1',
              posting: 'op1',
              profile: 'p1',
              type: 'x-user',
              handle: '@contoso (X profile)',
              author: { id: 'ben', name: 'Ben' },
              authorId: 'ben',
              timeZone: 'UTC',
              text: 'Hi',
              wire: 'Hi',
              hash: 'h',
              state: 'asked',
              askedAt: now,
              attempts: 0,
              expires: days(1),
            },
            audit: [],
            told: [],
            card: false,
          },
          {
            set: {
              tenant: 't',
              id: 'op1.p2',
              posting: 'op1',
              profile: 'p2',
              type: 'facebook-page',
              handle: 'Contoso',
              author: { id: 'ben', name: 'Ben' },
              authorId: 'ben',
              timeZone: 'UTC',
              text: 'Hi',
              wire: 'Hi',
              hash: 'g',
              state: 'asked',
              askedAt: now,
              attempts: 0,
              expires: days(1),
            },
            audit: [],
            told: [],
            card: false,
          },
        ],
      });
  });

  it('keeps the time that was chosen', () => {
    given(undefined, loaded([], [draft()]))
      .when(ann, post({ at: days(3) }))
      .gives({
        intents: [
          {
            set: {
              tenant: 't',
              id: 'op1.p1',
              posting: 'op1',
              profile: 'p1',
              type: 'x-user',
              handle: '@contoso (X profile)',
              author: { id: 'ann', name: 'Ann' },
              authorId: 'ann',
              timeZone: 'UTC',
              text: 'Hi',
              wire: 'Hi',
              hash: 'h',
              state: 'asked',
              askedAt: now,
              at: days(3),
              scheduled: true,
              attempts: 0,
              expires: days(1),
            },
            audit: [],
            told: [],
            card: false,
          },
        ],
      });
  });

  it('instead of a preview takes its place, and no one else’s', () => {
    const before = [intent(), intent({ id: 'q.p2', author: { id: 'ben', name: 'Ben' } }), held({ id: 'q.p3' })];
    given(undefined, loaded(before, [draft()]))
      .when(ann, post({ instead: 'q' }))
      .gives({
        intents: [
          { set: { state: 'stopped', why: { code: 'replaced' } }, audit: [], told: [], card: true },
          {
            set: {
              tenant: 't',
              id: 'op1.p1',
              posting: 'op1',
              profile: 'p1',
              type: 'x-user',
              handle: '@contoso (X profile)',
              author: { id: 'ann', name: 'Ann' },
              authorId: 'ann',
              timeZone: 'UTC',
              text: 'Hi',
              wire: 'Hi',
              hash: 'h',
              state: 'asked',
              askedAt: now,
              attempts: 0,
              expires: days(1),
            },
            audit: [],
            told: [],
            card: false,
          },
        ],
      });
  });

  it('is asked for what is missing', () => {
    given(undefined, loaded([], [draft()]))
      .when(ann, { kind: 'post', profiles: ['p1'] })
      .gives({ composes: true });
    given(undefined, loaded([], []))
      .when(ann, post({ profiles: [] }))
      .gives({ composes: true });
    given(undefined, loaded([], [draft()]))
      .when(ann, post({ form: true }))
      .gives({ composes: true });
    given(undefined, loaded([], [draft()]))
      .when(ann, post({ text: '' }))
      .gives({
        intents: [
          {
            set: {
              tenant: 't',
              id: 'op1.p1',
              posting: 'op1',
              profile: 'p1',
              type: 'x-user',
              handle: '@contoso (X profile)',
              author: { id: 'ann', name: 'Ann' },
              authorId: 'ann',
              timeZone: 'UTC',
              text: '',
              wire: 'Hi',
              hash: 'h',
              state: 'asked',
              askedAt: now,
              attempts: 0,
              expires: days(1),
            },
            audit: [],
            told: [],
            card: false,
          },
        ],
      });
  });

  it('is refused to who may not publish with one of the profiles, and for a time that is over or too far', () => {
    given(undefined, loaded([], [draft()]))
      .when(cat, post())
      .gives({ refused: refuse('notFound') });
    given(undefined, loaded([], [draft()]))
      .when(ada, post())
      .gives({ refused: refuse('mayNotPublish', '@contoso (X profile)', ['Ann']) });
    given(undefined, loaded([], [draft({ profile: profile({ owners: [] }) })]))
      .when(ann, post())
      .gives({ refused: refuse('mayNotPublish', '@contoso (X profile)', []) });
    given(undefined, loaded([], [draft()]))
      .when(ann, post({ at: now }))
      .gives({ refused: refuse('timePast') });
    given(undefined, loaded([], [draft()]))
      .when(ann, post({ at: days(366) }))
      .gives({
        intents: [
          {
            set: {
              tenant: 't',
              id: 'op1.p1',
              posting: 'op1',
              profile: 'p1',
              type: 'x-user',
              handle: '@contoso (X profile)',
              author: { id: 'ann', name: 'Ann' },
              authorId: 'ann',
              timeZone: 'UTC',
              text: 'Hi',
              wire: 'Hi',
              hash: 'h',
              state: 'asked',
              askedAt: now,
              at: days(366),
              scheduled: true,
              attempts: 0,
              expires: days(1),
            },
            audit: [],
            told: [],
            card: false,
          },
        ],
      });
    given(undefined, loaded([], [draft()]))
      .when(ann, post({ at: days(367) }))
      .gives({ refused: refuse('timeTooFar') });
  });
});

describe('send', () => {
  const shown = (more: Partial<Draft> = {}, what = [intent()]) => loaded(what, [draft(more)]);
  it('holds it for the time of undo', () => {
    given(undefined, shown())
      .when(ann, send)
      .gives({
        intents: [
          {
            set: {
              state: 'held',
              under: { as: 'owner' },
              expires: undefined,
              at: seconds(20),
              due: seconds(20),
            },
            audit: [['post', 'asked to send a post']],
            receipt: { under: 'owner' },
            told: [],
            card: true,
          },
        ],
      });
  });

  it('holds a planned one until its time, and has it looked at right away for what would keep it', () => {
    given(undefined, shown({}, [intent({ at: days(3), scheduled: true })]))
      .when(ann, send)
      .gives({
        intents: [
          {
            set: { state: 'held', under: { as: 'owner' }, expires: undefined, due: now },
            audit: [['post', 'planned a post for 2026-11-27T12:00:00.000Z']],
            receipt: { under: 'owner' },
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, shown({}, [intent({ at: seconds(60), scheduled: true })]))
      .when(ann, send)
      .gives({
        intents: [
          {
            set: { state: 'held', under: { as: 'owner' }, expires: undefined, due: now },
            audit: [['post', 'planned a post for 2026-11-24T12:01:00.000Z']],
            receipt: { under: 'owner' },
            told: [],
            card: true,
          },
        ],
      });
  });

  it('twice changes nothing', () => {
    given(undefined, shown({}, [held()]))
      .when(ann, send)
      .gives({ intents: [] });
  });

  it('is refused to who did not ask for it, of an old preview, and of what changed since', () => {
    given(undefined, shown())
      .when(ben, send)
      .gives({ refused: refuse('postGone') });
    given(undefined, loaded([]))
      .when(ann, send)
      .gives({ refused: refuse('postGone') });
    given(undefined, shown({}, [intent({ state: 'stopped', why: { code: 'replaced' } })]))
      .when(ann, send)
      .gives({ refused: refuse('previewOld') });
    given(undefined, shown({}, [intent({ state: 'stopped', why: { code: 'undone' } })]))
      .when(ann, send)
      .gives({ intents: [] });
    given(undefined, shown({ hash: 'other' }))
      .when(ann, send)
      .gives({ refused: refuse('previewOld') });
    given(undefined, loaded([intent()]))
      .when(ann, send)
      .gives({ refused: refuse('previewOld') });
    given(undefined, shown({ problems: ['It has 300 of 280 signs.', 'And more.'] }))
      .when(ann, send)
      .gives({ refused: refuse('cannotBeSent', '@contoso (X profile)', 'It has 300 of 280 signs.') });
    given(undefined, shown({}, [intent({ at: now, scheduled: true })]))
      .when(ann, send)
      .gives({ refused: refuse('timePast') });
  });

  it('is refused while it is frozen, and to who lost the right meanwhile', () => {
    given(undefined, { ...shown(), frozenAll: frozen })
      .when(ann, send)
      .gives({ refused: refuse('frozen', '@contoso (X profile)') });
    given(undefined, loaded([intent()], [draft()], [{ ...about, frozen }]))
      .when(ann, send)
      .gives({ refused: refuse('frozen', '@contoso (X profile)') });
    given(undefined, loaded([intent()], [draft()], [profile({ owners: [owner('eve')] })]))
      .when(ann, send)
      .gives({ refused: refuse('notFound') });
    given(undefined, loaded([intent()], [draft()], []))
      .when(ann, send)
      .gives({ refused: refuse('notFound') });
  });
});

describe('undo', () => {
  it('stops what was not handed to the network, by its author or whoever may publish', () => {
    given(undefined, loaded([held()]))
      .when(ann, on('undo'))
      .gives({
        intents: [
          {
            set: { state: 'stopped', due: undefined, why: { code: 'undone' } },
            audit: [['undo', 'stopped a post of Ann']],
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, loaded([held({ state: 'waiting', why: { code: 'frozen' } })]))
      .when(ben, on('undo'))
      .gives({
        intents: [
          {
            set: { state: 'stopped', due: undefined, why: { code: 'undone' } },
            audit: [['undo', 'stopped a post of Ann']],
            told: [],
            card: true,
          },
        ],
      });
  });

  it('of a preview leaves no record', () => {
    given(undefined, loaded([intent()]))
      .when(ann, on('undo'))
      .gives({ intents: [{ set: { state: 'stopped', why: { code: 'undone' } }, audit: [], told: [], card: true }] });
  });

  it('is refused when it is too late, of nothing, and to others', () => {
    given(undefined, loaded([held({ state: 'sending' })]))
      .when(ann, on('undo'))
      .gives({ refused: refuse('underWay', '@contoso (X profile)') });
    given(undefined, loaded([held({ state: 'sent', proof })]))
      .when(ann, on('undo'))
      .gives({ refused: refuse('sentAlready', '@contoso (X profile)') });
    given(undefined, loaded([held({ state: 'stopped' })]))
      .when(ann, on('undo'))
      .gives({ refused: refuse('stoppedAlready', '@contoso (X profile)') });
    given(undefined, loaded([]))
      .when(ann, on('undo'))
      .gives({ refused: refuse('nothingToUndo') });
    given(undefined, loaded([held()]))
      .when(cat, on('undo'))
      .gives({ refused: refuse('postGone') });
  });

  it('of several stops those that can be stopped', () => {
    given(undefined, loaded([held({ state: 'sent', proof }), held({ id: 'q.p2' })]))
      .when(ann, on('undo'))
      .gives({
        intents: [
          {
            set: { state: 'stopped', due: undefined, why: { code: 'undone' } },
            audit: [['undo', 'stopped a post of Ann']],
            told: [],
            card: true,
          },
        ],
      });
  });
});

describe('send now', () => {
  it('sends a held one before its time', () => {
    given(undefined, loaded([held({ at: days(3), due: days(2), scheduled: true, looks: 1 })]))
      .when(ben, on('sendNow'))
      .gives({
        intents: [
          {
            set: { at: now, due: now, scheduled: undefined, looks: undefined },
            audit: [['sendNow', 'sent a post of Ann before its time']],
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, loaded([held({ state: 'waiting', at: days(-1), why: { code: 'late' } })]))
      .when(ann, on('sendNow'))
      .gives({
        intents: [
          {
            set: { state: 'held', at: now, due: now, why: undefined },
            audit: [['sendNow', 'sent a post of Ann after its time']],
            told: [],
            card: true,
          },
        ],
      });
  });

  it('sends once more what is not there, and never a third time', () => {
    given(undefined, loaded([held({ state: 'notSent', attempts: 1 })]))
      .when(ann, on('sendNow'))
      .gives({
        intents: [
          {
            set: { state: 'held', at: now, due: now },
            audit: [['sendNow', 'asked to send a post of Ann once more']],
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, loaded([held({ state: 'notSent', attempts: 2 })]))
      .when(ann, on('sendNow'))
      .gives({ refused: refuse('sentTwice', '@contoso (X profile)') });
  });

  it('is refused while it is frozen, too late, or without the right', () => {
    given(undefined, { ...loaded([held()]), frozenAll: frozen })
      .when(ann, on('sendNow'))
      .gives({ refused: refuse('frozen', '@contoso (X profile)') });
    given(undefined, loaded([held()], [], [{ ...about, frozen }]))
      .when(ann, on('sendNow'))
      .gives({ refused: refuse('frozen', '@contoso (X profile)') });
    given(undefined, loaded([held({ state: 'sending' })]))
      .when(ann, on('sendNow'))
      .gives({ refused: refuse('underWay', '@contoso (X profile)') });
    given(undefined, loaded([held()], [], [profile({ owners: [owner('eve')] })]))
      .when(ann, on('sendNow'))
      .gives({ refused: refuse('notFound') });
    given(undefined, loaded([held()]))
      .when(cat, on('sendNow'))
      .gives({ refused: refuse('postGone') });
  });
});

describe('take back', () => {
  const sent = held({ state: 'sent', proof, attempts: 1 });
  it('is asked first, then left to the worker', () => {
    given(undefined, loaded([sent]))
      .when(ann, on('takeBack'))
      .gives({ asks: 'take-back' });
    given(undefined, { ...loaded([sent]), confirmed: true })
      .when(ben, on('takeBack'))
      .gives({
        intents: [
          {
            set: { due: now, takeBack: { id: 'ben', name: 'Ben' }, takeBackAt: now },
            audit: [['takeBack', 'asked to take back a post of Ann']],
            told: [],
            card: true,
          },
        ],
      });
  });

  it('is refused of what is not there, and without the right', () => {
    given(undefined, loaded([held({ state: 'sent' })]))
      .when(ann, on('takeBack'))
      .gives({ refused: refuse('notThere', '@contoso (X profile)') });
    given(undefined, loaded([held({ proof })]))
      .when(ann, on('takeBack'))
      .gives({ refused: refuse('notThere', '@contoso (X profile)') });
    given(undefined, loaded([]))
      .when(ann, on('takeBack'))
      .gives({ refused: refuse('postGone') });
    given(undefined, loaded([sent]))
      .when(cat, on('takeBack'))
      .gives({ refused: refuse('postGone') });
    given(undefined, loaded([sent], [], [profile({ owners: [owner('eve')] })]))
      .when(ann, on('takeBack'))
      .gives({ refused: refuse('notFound') });
  });
});

describe('look again', () => {
  it('asks the network at once', () => {
    given(
      undefined,
      loaded([held({ state: 'toSettle', looks: 1, candidates: [{ id: '1' }], why: { code: 'several' } })]),
    )
      .when(ann, on('lookAgain'))
      .gives({
        intents: [
          {
            set: { state: 'unknown', due: now, looks: 3, candidates: undefined, why: { code: 'answerLost' } },
            audit: [['lookAgain', 'asked to look for a post of Ann again']],
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, loaded([held({ state: 'unknown', looks: 9 })]))
      .when(ann, on('lookAgain'))
      .gives({
        intents: [
          {
            set: { due: now, why: { code: 'answerLost' } },
            audit: [['lookAgain', 'asked to look for a post of Ann again']],
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, loaded([held({ state: 'notSent' })]))
      .when(ann, on('lookAgain'))
      .gives({
        intents: [
          {
            set: { state: 'unknown', due: now, looks: 3, why: { code: 'answerLost' } },
            audit: [['lookAgain', 'asked to look for a post of Ann again']],
            told: [],
            card: true,
          },
        ],
      });
  });

  it('is refused where nothing is open', () => {
    given(undefined, loaded([held()]))
      .when(ann, on('lookAgain'))
      .gives({ refused: refuse('underWay', '@contoso (X profile)') });
  });
});

describe('settle', () => {
  const open = held({ state: 'toSettle', attempts: 1, candidates: [{ id: '1', url: 'https://x/1' }, { id: '2' }] });
  const settle = (there: boolean, candidate?: string): Operation => ({
    kind: 'settle',
    intent: 'q.p1',
    there,
    ...(candidate ? { candidate } : {}),
  });
  it('says that it is not there; the author hears it from another', () => {
    given(undefined, loaded([open]))
      .when(ann, settle(false))
      .gives({
        intents: [
          {
            set: { state: 'notSent', candidates: undefined, why: { code: 'notSeen' } },
            audit: [['settle', 'looked, and the post of Ann is not there']],
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, loaded([open]))
      .when(ben, settle(false))
      .gives({
        intents: [
          {
            set: { state: 'notSent', candidates: undefined, why: { code: 'notSeen' } },
            audit: [['settle', 'looked, and the post of Ann is not there']],
            told: [
              {
                to: 'ann',
                title: 'Your post is not there',
                text: 'Ben looked at the network. You can have it sent once more.',
                buttons: [['Look at it', { kind: 'posts', profiles: [], posting: 'q' }]],
              },
            ],
            card: true,
          },
        ],
      });
  });

  it('says that it is there, and which one it is', () => {
    given(undefined, loaded([open]))
      .when(ann, settle(true))
      .gives({
        intents: [
          {
            set: {
              state: 'sent',
              due: seconds(60),
              candidates: undefined,
              proof: { id: '', how: 'person', at: now },
              proofId: '',
              looks: 0,
            },
            audit: [['send', 'was shown the post of Ann']],
            told: [],
            card: true,
          },
        ],
      });
    given(undefined, loaded([open]))
      .when(ben, settle(true, '1'))
      .gives({
        intents: [
          {
            set: {
              state: 'sent',
              due: seconds(60),
              candidates: undefined,
              proof: { id: '1', url: 'https://x/1', how: 'person', at: now },
              proofId: '1',
              proofUrl: 'https://x/1',
              looks: 0,
            },
            audit: [['send', 'was shown the post of Ann: https://x/1']],
            receipt: { post: { id: '1', url: 'https://x/1' } },
            told: [],
            card: true,
          },
        ],
      });
  });

  it('says so too after somebody said that it is not there, and not the other way round', () => {
    const said = held({ state: 'notSent', attempts: 1, why: { code: 'notSeen' } });
    given(undefined, loaded([said]))
      .when(ann, settle(true))
      .gives({
        intents: [
          {
            set: {
              ...{ state: 'sent', due: seconds(60), why: undefined, looks: 0 },
              ...{ proof: { id: '', how: 'person', at: now }, proofId: '' },
            },
            audit: [['send', 'was shown the post of Ann']],
            ...{ told: [], card: true },
          },
        ],
      });
    given(undefined, loaded([said]))
      .when(ann, settle(false))
      .gives({ refused: refuse('underWay', '@contoso (X profile)') });
  });

  it('is refused of one that was never shown, and where nothing is open', () => {
    given(undefined, loaded([open]))
      .when(ann, settle(true, '9'))
      .gives({ refused: refuse('postGone') });
    given(undefined, loaded([held()]))
      .when(ann, settle(true))
      .gives({ refused: refuse('underWay', '@contoso (X profile)') });
  });
});

describe('posts', () => {
  it('are seen by who may publish and by admins', () => {
    const look: Operation = { kind: 'posts', profiles: ['p1'] };
    const one: Operation = { kind: 'posts', profiles: [], posting: 'q' };
    for (const by of [ann, ben, ada]) {
      given(undefined, loaded([])).when(by, look).gives({ shows: true });
      given(undefined, loaded([held()]))
        .when(by, one)
        .gives({ shows: true });
    }
    given(undefined, loaded([]))
      .when(cat, look)
      .gives({ refused: refuse('notFound') });
    given(undefined, loaded([held()]))
      .when(cat, one)
      .gives({ refused: refuse('postGone') });
    given(undefined, loaded([])).when(cat, { kind: 'posts', profiles: [] }).gives({ shows: true });
  });
});
