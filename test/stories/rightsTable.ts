import type { Asked, OperationKind } from '../../src/rules/operation.js';
import type { RefusalCode } from '../../src/rules/refusals.js';
import { idOf, type Person, type Subject } from './rightsWorld.js';

export type Answer = 'yes' | RefusalCode;
/** Who gets which answer: each person who is let in stands in one list. */
type Answers = { [A in Answer]?: readonly Person[] };
export type Row = {
  asked: (about: Subject) => Asked;
  /** The same in words, where there are any. */
  words?: string;
  answers: Answers;
  /** What a Reader hears; else that they may only read. */
  reader?: Answer;
  /** Whose no depends on whom they named, so that those are looked up before. */
  looksUp?: readonly Person[];
  /** What those hear whom the directory does not let in, where it is not that. */
  outside?: Answer;
};

/** Who sees the profile, and who does not. */
const owners: Person[] = ['cooling', 'owner'];
const sharers: Person[] = ['shared', 'claimant'];
const seers: Person[] = [...sharers, ...owners, 'admin'];
const hidden: Person[] = ['stranger', 'guest', 'manager'];
const all: Person[] = [...hidden, ...seers];
const allBut = (...not: Person[]): Person[] => all.filter((person) => !not.includes(person));

const everybody: Answers = { yes: all };
/** The role is looked at first: it costs nothing. */
const admins: Answers = { yes: ['admin'], adminOnly: allBut('admin') };
const ownersOnly: Answers = { yes: owners, notOwner: [...sharers, 'admin'], notFound: hidden };
/** Shut for an owner who came by signing in, until nobody can contest them any more. */
const settledOnly: Answers = { ...ownersOnly, yes: ['owner'], coolOff: ['cooling'] };
const contesting: Answers = { ...ownersOnly, yes: ['owner'], nothingToContest: ['cooling'] };
const deciding: Answers = { yes: ['owner'], ownClaim: ['claimant'], ownersDecide: allBut('owner', 'claimant') };
const publishing: Answers = { yes: [...sharers, ...owners], mayNotPublish: ['admin'], notFound: hidden };
/** About a post by its id: those who could have written it; for all others it is not there. */
const ofPost: Answers = { yes: [...sharers, ...owners], postGone: [...hidden, 'admin'] };
/** The same about one that waits for a yes: its author is `shared`, who never decides on it. */
const sayingYes: Answers = {
  ownersSayYes: ['claimant', 'cooling', 'admin'],
  ownPost: ['shared'],
  yes: ['owner'],
  postGone: hidden,
};
const managers: Answers = { yes: ['manager', 'admin'], thawersOnly: allBut('manager', 'admin') };

const on = (kind: 'show' | 'claim' | 'withdraw' | 'renew' | 'forget' | 'leave' | 'delete' | 'history' | 'freeze') =>
  ({ asked: ({ profile }: Subject): Asked => ({ kind, profile: { id: profile } }), words: `${kind} contoso` }) as const;

/** Who may what. A new operation without a row does not compile. */
export const rights: Record<OperationKind, readonly Row[]> = {
  help: [{ asked: () => ({ kind: 'help' }), words: 'help', answers: everybody, reader: 'yes', outside: 'yes' }],
  profiles: [
    { asked: () => ({ kind: 'profiles', list: 'mine' }), words: 'profiles', answers: everybody },
    { asked: () => ({ kind: 'profiles', list: 'all' }), words: 'profiles all', answers: admins, outside: 'adminOnly' },
  ],
  browse: [
    { asked: () => ({ kind: 'browse', list: 'mine' }), answers: everybody },
    { asked: () => ({ kind: 'browse', list: 'all' }), answers: admins, outside: 'adminOnly' },
  ],
  show: [{ ...on('show'), answers: { yes: seers, notFound: hidden } }],
  add: [{ asked: () => ({ kind: 'add', type: 'x-user' }), words: 'add x', answers: everybody }],
  share: [
    {
      asked: ({ profile }) => ({ kind: 'share', profile: { id: profile }, who: [{ person: idOf('manager') }] }),
      words: 'share patti@contoso.example contoso',
      answers: ownersOnly,
    },
    {
      asked: ({ profile }) => ({ kind: 'share', profile: { id: profile }, who: [] }),
      words: 'share contoso',
      answers: ownersOnly,
    },
    {
      asked: ({ profile }) => ({ kind: 'share', profile: { id: profile }, who: [{ everyone: true }] }),
      words: 'share everyone contoso',
      answers: settledOnly,
    },
  ],
  unshare: [
    {
      asked: ({ profile }) => ({ kind: 'unshare', profile: { id: profile }, who: [{ person: idOf('shared') }] }),
      words: 'unshare chris.green@contoso.example contoso',
      answers: settledOnly,
      looksUp: ['cooling'],
    },
  ],
  invite: [
    {
      asked: ({ profile }) => ({ kind: 'invite', profile: { id: profile }, who: [{ person: idOf('manager') }] }),
      words: 'invite patti@contoso.example contoso',
      answers: settledOnly,
    },
  ],
  claim: [
    { ...on('claim'), answers: { yes: [...sharers, 'admin'], alreadyOwner: owners, notFound: hidden } },
    {
      asked: ({ profile }) => ({ kind: 'claim', profile: { id: profile }, ask: true }),
      answers: { yes: ['shared', 'admin'], claimOpen: ['claimant'], alreadyOwner: owners, notFound: hidden },
    },
  ],
  withdraw: [
    { ...on('withdraw'), answers: { yes: ['claimant'], noClaim: ['shared', ...owners, 'admin'], notFound: hidden } },
  ],
  approve: [
    { asked: ({ profile, claim }) => ({ kind: 'approve', profile: { id: profile }, claim }), answers: deciding },
  ],
  decline: [
    { asked: ({ profile, claim }) => ({ kind: 'decline', profile: { id: profile }, claim }), answers: deciding },
  ],
  claimcard: [
    { asked: ({ profile, claim }) => ({ kind: 'claimcard', profile: { id: profile }, claim }), answers: everybody },
  ],
  object: [
    {
      asked: ({ profile }) => ({ kind: 'object', profile: { id: profile }, owner: idOf('cooling') }),
      words: 'object contoso',
      answers: contesting,
    },
  ],
  vouch: [
    {
      asked: ({ profile }) => ({ kind: 'vouch', profile: { id: profile }, owner: idOf('cooling') }),
      answers: contesting,
    },
  ],
  claims: [{ asked: () => ({ kind: 'claims' }), words: 'claims', answers: everybody }],
  approvals: [
    { asked: () => ({ kind: 'approvals', to: 'off' }), words: 'approvals off', answers: admins, outside: 'adminOnly' },
  ],
  policy: [
    { asked: () => ({ kind: 'policy' }), words: 'policy', answers: admins, outside: 'adminOnly' },
    {
      asked: () => ({ kind: 'policy', setting: 'cool-off', value: '3' }),
      words: 'policy cool-off 3',
      answers: admins,
      outside: 'adminOnly',
    },
  ],
  check: [{ asked: ({ profile }) => ({ kind: 'check', profile: { id: profile } }), answers: ownersOnly }],
  renew: [{ ...on('renew'), answers: ownersOnly }],
  forget: [{ ...on('forget'), answers: ownersOnly }],
  leave: [{ ...on('leave'), answers: ownersOnly }],
  delete: [{ ...on('delete'), answers: settledOnly }],
  removeOwner: [
    {
      asked: ({ profile }) => ({ kind: 'removeOwner', profile: { id: profile }, owner: idOf('disabled') }),
      answers: { yes: ['admin'], adminOnly: [...sharers, ...owners], notFound: hidden },
    },
  ],
  whatif: [
    {
      asked: () => ({ kind: 'whatif', who: { person: idOf('reader') } }),
      words: 'what if diego@contoso.example leaves',
      answers: admins,
      outside: 'adminOnly',
    },
    { asked: () => ({ kind: 'whatif', who: { words: 'me' } }), words: 'what if I leave', answers: everybody },
  ],
  history: [{ ...on('history'), answers: { yes: [...owners, 'admin'], ownersAndAdmins: sharers, notFound: hidden } }],
  health: [{ asked: () => ({ kind: 'health' }), words: 'health', answers: everybody }],
  allow: [
    {
      asked: ({ profile }) => ({ kind: 'allow', profile: { id: profile }, what: 'messages' }),
      words: 'allow messages contoso',
      answers: settledOnly,
    },
  ],
  deny: [
    {
      asked: ({ profile }) => ({ kind: 'deny', profile: { id: profile }, what: 'search' }),
      words: 'deny search contoso',
      answers: settledOnly,
    },
  ],
  role: [
    {
      asked: () => ({ kind: 'role', who: { person: idOf('reader') }, role: 'reader' }),
      words: 'role diego@contoso.example reader',
      answers: admins,
      outside: 'adminOnly',
    },
  ],
  requestaccess: [
    {
      asked: () => ({ kind: 'requestaccess' }),
      words: 'request access',
      answers: { accessHad: all },
      reader: 'yes',
      outside: 'accessHad',
    },
  ],
  refuseaccess: [
    {
      asked: () => ({ kind: 'refuseaccess', who: { person: idOf('stranger') } }),
      answers: { ...admins, yes: [], accessNotAsked: ['admin'] },
      looksUp: ['admin'],
      outside: 'adminOnly',
    },
  ],
  notices: [
    { asked: () => ({ kind: 'notices' }), words: 'notices', answers: everybody },
    { asked: () => ({ kind: 'notices', topic: 'shares', on: false }), words: 'notices shares off', answers: everybody },
  ],
  roles: [{ asked: () => ({ kind: 'roles' }), words: 'roles', answers: admins, outside: 'adminOnly' }],
  post: [
    {
      asked: ({ profile }) => ({ kind: 'post', profiles: [{ id: profile }], text: 'Hi' }),
      words: 'post contoso "Hi"',
      answers: publishing,
    },
  ],
  pictures: [
    {
      asked: ({ posting }) => ({ kind: 'pictures', posting }),
      answers: { yes: ['owner'], postGone: allBut('owner') },
    },
  ],
  reply: [
    {
      asked: ({ profile, link }) => ({ kind: 'reply', link, profiles: [{ id: profile }], text: 'Hi' }),
      answers: publishing,
    },
    // Whose profile is not named is told only whether they have one there.
    {
      asked: ({ link }) => ({ kind: 'reply', link, profiles: [], text: 'Hi' }),
      answers: { yes: [...sharers, ...owners], cannotReact: [...hidden, 'admin'] },
    },
  ],
  like: [
    {
      asked: ({ profile, link }) => ({ kind: 'like', link, profiles: [{ id: profile }] }),
      answers: { cannotReact: [...sharers, ...owners], mayNotPublish: ['admin'], notFound: hidden },
    },
  ],
  repost: [
    {
      asked: ({ profile, link }) => ({ kind: 'repost', link, profiles: [{ id: profile }] }),
      answers: publishing,
    },
  ],
  send: [
    {
      asked: ({ posting }) => ({ kind: 'send', posting }),
      answers: { yes: ['owner'], postGone: allBut('owner') },
    },
  ],
  posts: [
    {
      asked: ({ profile }) => ({ kind: 'posts', profiles: [{ id: profile }] }),
      words: 'posts contoso',
      answers: { yes: seers, notFound: hidden },
    },
    {
      asked: ({ posting }) => ({ kind: 'posts', profiles: [], posting }),
      answers: { yes: seers, postGone: hidden },
    },
  ],
  undo: [{ asked: ({ held }) => ({ kind: 'undo', intent: held }), answers: ofPost }],
  sendNow: [{ asked: ({ held }) => ({ kind: 'sendNow', intent: held }), answers: ofPost }],
  takeBack: [{ asked: ({ sent }) => ({ kind: 'takeBack', intent: sent }), answers: ofPost }],
  lookAgain: [
    {
      asked: ({ held }) => ({ kind: 'lookAgain', intent: held }),
      answers: { underWay: [...sharers, ...owners], postGone: [...hidden, 'admin'] },
    },
  ],
  settle: [
    {
      asked: ({ held }) => ({ kind: 'settle', intent: held, there: false }),
      answers: { underWay: [...sharers, ...owners], postGone: [...hidden, 'admin'] },
    },
  ],
  approvePost: [{ asked: ({ waiting, hash }) => ({ kind: 'approvePost', intent: waiting, hash }), answers: sayingYes }],
  declinePost: [
    { asked: ({ waiting }) => ({ kind: 'declinePost', intent: waiting, reason: 'x' }), answers: sayingYes },
  ],
  approvalcard: [
    {
      asked: ({ waiting }) => ({ kind: 'approvalcard', intent: waiting }),
      answers: { yes: [...sharers, ...owners, 'admin'], postGone: hidden },
    },
  ],
  // There is none; who may look at one is in the rules.
  watchVideo: [
    {
      asked: ({ waiting }) => ({ kind: 'watchVideo', intent: waiting }),
      answers: { videoGone: [...sharers, ...owners, 'admin'], postGone: hidden },
    },
  ],
  prove: [
    {
      asked: ({ sent }) => ({ kind: 'prove', intent: sent }),
      answers: { yes: [...owners, 'admin'], noReceipt: [...sharers, ...hidden] },
    },
  ],
  freeze: [{ ...on('freeze'), answers: { yes: seers, notFound: hidden } }],
  thaw: [
    {
      asked: ({ profile }) => ({ kind: 'thaw', profile: { id: profile }, reason: 'x' }),
      words: 'thaw contoso "x"',
      answers: { notFrozen: ['admin'], thawersOnly: [...sharers, ...owners], notFound: hidden },
    },
  ],
  freezeAll: [{ asked: () => ({ kind: 'freezeAll' }), words: 'freeze all', answers: managers }],
  thawAll: [
    {
      asked: () => ({ kind: 'thawAll', reason: 'x' }),
      words: 'thaw all "x"',
      answers: { notFrozen: ['manager', 'admin'], thawersOnly: allBut('manager', 'admin') },
    },
  ],
  code: [
    {
      asked: () => ({ kind: 'code', digits: '123456' }),
      words: 'code 123456',
      answers: { codeNone: all },
      reader: 'codeNone',
      outside: 'codeNone',
    },
  ],
  yes: [question('yes')],
  no: [question('no')],
};

/** Only who was asked can answer. */
function question(kind: 'yes' | 'no'): Row {
  return {
    asked: ({ confirm }) => ({ kind, confirm }),
    answers: { yes: ['owner'], confirmGone: allBut('owner') },
    reader: 'confirmGone',
    outside: 'confirmGone',
  };
}
