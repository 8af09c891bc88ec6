import type { Reader } from '../../src/bot/cards/card.js';
import { factsOf } from '../../src/operations/answers/profileFacts.js';
import type {
  ApprovalFacts,
  ClaimFacts,
  Outcome,
  PostingFacts,
  PostPreview,
  PostRow,
  ProfileFacts,
  ReceiptFacts,
} from '../../src/operations/core/outcome.js';
import { defaultPolicy } from '../../src/rules/decision.js';
import { profileTypes, typeNames } from '../../src/rules/profileTypes.js';
import { type Intent, intentStates, type WhyCode } from '../../src/rules/publishing/intent.js';
import { offersOf } from '../../src/rules/publishing/offers.js';
import { refuse } from '../../src/rules/refusals.js';
import { needs } from '../../src/rules/signins/urgency.js';
import type { Actor, GrantFacts, Profile } from '../../src/rules/types.js';
import {
  actor,
  claimOf,
  days,
  everyoneShare,
  grant,
  intentOf,
  minutes,
  now,
  owner,
  profile,
  shareWith,
} from './world.js';

type Of<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>;

/** Ann owns, Ada administers, Eve reads. */
const ann = actor('ann');
export const readers: readonly Reader[] = [
  { id: 'ann', admin: false, reader: false },
  { id: 'ada', admin: true, reader: false },
  { id: 'eve', admin: false, reader: true },
].map((one) => ({
  ...one,
  timeZone: 'Europe/Berlin',
  now,
  tabLink: (page?: string) => `https://teams.example/${page}`,
}));

const facts = (about: Profile = profile(), grants: readonly GrantFacts[] = [], viewer: Actor = ann): ProfileFacts =>
  factsOf(about, grants, viewer, now);

/** The same brand on every network, as people have it. */
const everyType = profileTypes.map((type, at) =>
  profile({ id: `p${at}`, type, externalId: String(at), url: `https://example.com/${at}` }),
);
/** Names that are hard to draw: long, from right to left, with signs that mean something elsewhere. */
const hardNames = [
  profile({ id: 'long', handle: `${'contosobikes'.repeat(17)}`.slice(0, 200), name: 'Contoso-Bikes-'.repeat(14) }),
  profile({ id: 'rtl', type: 'facebook-page', handle: 'مؤسسة-كونتوسو', name: 'مؤسسة كونتوسو للدراجات' }),
  profile({ id: 'signs', type: 'youtube-user', handle: 'a*b_c', name: '[Bikes](https://evil.example) <b>&amp;</b>' }),
];
const busy = profile({
  owners: [
    owner('ann'),
    owner('ben', { coolOffUntil: days(2) }),
    owner('cat', { leavingAt: days(4), leftAs: 'disabled' }),
  ],
  shares: [
    shareWith('person', 'eve', days(3)),
    shareWith('group', 'marketing'),
    { ...everyoneShare, approval: true as const },
  ],
  claims: [claimOf('eve')],
  allowed: { messages: { by: { id: 'ann', name: 'Ann' }, at: now } },
});
const frozen = profile({
  frozen: { by: { id: 'ben', name: 'Ben' }, at: now, yes: [{ id: 'max', name: 'Max' }] } as never,
});
const ownerless = profile({ owners: [] });
const signedIn = [
  grant('ann', { expiresAt: days(12), lastGoodAt: minutes(-5) }),
  grant('ben', { state: 'unknown', retryAt: minutes(14) }),
  grant('cat', { state: 'dead' }),
];
const everyProfile: ProfileFacts[] = [
  ...[...everyType, ...hardNames, frozen].map((one) => facts(one)),
  facts(busy, signedIn),
  facts(busy, [grant('ann'), grant('ben')]),
  facts(busy, [grant('ben')]),
  facts(profile(), [grant('ann', { state: 'unknown', retryAt: minutes(14) })]),
  facts(profile(), [grant('ann', { state: 'dead' })]),
  facts(ownerless, [], actor('cat')),
  facts(busy, signedIn, actor('eve')),
  facts(busy, signedIn, actor('gus', { groups: ['marketing'] })),
  facts(busy, signedIn, actor('ada', { admin: true })),
];

const claims: ClaimFacts[] = [
  { standing: 'decider' as const, claim: claimOf('eve', { why: 'I answer on weekends' }) },
  { standing: 'claimant' as const, claim: claimOf('eve', { proven: true }) },
  { standing: 'other' as const, claim: claimOf('eve', { objectedBy: { id: 'ann', name: 'Ann' } }) },
  ...(['approved', 'granted', 'declined', 'withdrawn', 'ended', 'objected', 'deleted'] as const).map((as) => ({
    standing: 'other' as const,
    claim: claimOf('eve', {
      decided: { as, by: { id: 'ann', name: 'Ann' }, at: now, reason: 'We are enough' },
    }),
  })),
].flatMap((one) => [
  { ...one, profile: profile({ claims: [one.claim] }), deciders: { kind: 'owners' as const, owners: [owner('ann')] } },
  { ...one, profile: ownerless, deciders: { kind: 'managers' as const }, refreshFor: 'all' as const },
  { ...one, profile: profile(), deciders: { kind: 'managers' as const }, refreshFor: ['29:ann'] },
]);

const preview: PostPreview = {
  ...{ wire: 'Hi', count: 2, limit: 280, unit: 'characters as X counts them', links: ['https://contoso.example'] },
  problems: [{ sentence: 'X makes a link of README.md.', fix: 'Write it with a space.', stops: false }],
  price: { usd: 0.2, why: 'X takes that for a post with a link.' },
} as PostPreview;
const handleOf = ({ handle, type }: Pick<Profile, 'handle' | 'type'>) => `@${handle} (${typeNames[type].label})`;
const proof = { id: '17', url: 'https://x.com/contoso/status/17', how: 'answer' as const, at: now };
const target = { link: 'https://x.com/adele/status/17', id: '17', by: '@adele', text: 'Are the bikes there?' };
const whys: readonly WhyCode[] = [
  ...(['frozen', 'late', 'noSignIn', 'networkWaits', 'noCredit', 'directoryDown', 'noRight', 'profileGone'] as const),
  ...(['notOffered', 'rejected', 'pictureRefused', 'answerLost', 'notFound', 'notSeen', 'several', 'begun'] as const),
  ...(['cannotLook', 'notTakenBack', 'undone', 'replaced', 'needsYes', 'overdue', 'undecided'] as const),
];
const approval = { by: { id: 'ben', name: 'Ben' }, at: now, hash: 'h'.repeat(64), as: 'owner' as const };
const declined = { by: { id: 'ben', name: 'Ben' }, at: now, reason: 'Not before Friday' };
/** A post, a reply, a like and a repost, in each state, and with each reason there is. */
const intents: Intent[] = [
  ...intentStates.flatMap((state) =>
    [undefined, 'reply' as const, 'like' as const, 'repost' as const].map((kind) =>
      intentOf({ state, at: minutes(1), ...(kind ? { kind, target } : {}), ...(state === 'sent' ? { proof } : {}) }),
    ),
  ),
  ...everyType.map((one) =>
    intentOf({ type: one.type, handle: handleOf(one), state: 'held', at: days(2), scheduled: true }),
  ),
  ...whys.map((code) => intentOf({ state: 'waiting', why: { code, text: 'It is too fast.', until: minutes(14) } })),
  intentOf({
    state: 'toApprove',
    asks: ['share', 'newDomain', 'everyone', 'hours'],
    domains: ['a.example'],
    decideBy: days(1),
  }),
  intentOf({
    state: 'toApprove',
    why: { code: 'overdue' },
    under: { as: 'share', with: 'Marketing', by: ann, at: now, approval: true },
  }),
  intentOf({
    state: 'toSettle',
    candidates: [
      { id: '1', url: proof.url },
      { id: '2', url: proof.url },
    ],
    why: { code: 'cannotLook' },
  }),
  intentOf({ state: 'sent', proof, differs: 'changed' }),
  intentOf({ state: 'sent', proof, differs: 'gone' }),
  intentOf({ state: 'sent', proof, takeBack: { id: 'ann', name: 'Ann' } }),
  intentOf({ state: 'held', at: days(2), scheduled: true, foreseen: 'noSignIn' }),
  intentOf({ state: 'declined', declined }),
  intentOf({ state: 'waiting', approval, why: { code: 'late' } }),
];
const picture = { id: 'a', hash: 'h', type: 'image/png' as const, width: 800, height: 600, bytes: 1_234_567, alt: '' };
const shownPictures = [{ picture }, { picture: { ...picture, id: 'b', alt: 'A red bike' } }];
const rowOf = (intent: Intent, more: Partial<PostRow> = {}): PostRow => ({
  intent,
  preview,
  offers: offersOf(intent),
  ...more,
});
const postings: PostingFacts[] = [
  ...intents.map((intent) => [rowOf(intent)]),
  [rowOf(intentOf(), { same: intentOf({ at: minutes(-5) }), deciders: 'Ben', frozen: true })],
  [rowOf(intentOf({ kind: 'reply', target }), { replied: intentOf({ at: minutes(-5) }) })],
  [rowOf(intentOf(), { preview: 'Facebook lets apps publish nothing with it.' })],
  [rowOf(intentOf()), rowOf(intentOf({ state: 'held', at: minutes(1) }))],
  [rowOf(intentOf({ state: 'toSettle' }), { page: 'https://www.linkedin.com/in/ann' })],
].map((rows, at) => ({ posting: 'q', text: 'Hi', rows, pictures: at % 2 ? shownPictures : [] }));

const approvals: ApprovalFacts[] = intents.flatMap((intent) =>
  (['decider', 'author', 'other'] as const).map((standing) => ({
    ...{
      intent: { ...intent, pictures: [picture] },
      profile: profile(),
      hash: 'h',
      preview,
      standing,
      mayChange: true as const,
    },
    changes: [{ kind: 'in' as const, text: 'fair' }],
    deciders:
      standing === 'author' ? { kind: 'managers' as const } : { kind: 'owners' as const, owners: [owner('ann')] },
  })),
);

const record = (number: number, what: string, more: object = {}) =>
  ({
    ...{
      tenant: 't',
      id: `r${number}`,
      at: now,
      actor: { id: 'ann', name: 'Ann' },
      operation: 'post',
      outcome: 'done',
      what,
    },
    ...{ number, prev: '', hash: 'f'.repeat(64) },
    ...more,
  }) as ReceiptFacts['records'][number];
const receipts: ReceiptFacts[] = [
  {
    intent: intentOf({ state: 'sent', proof, approval, under: { as: 'owner' } }),
    records: [
      record(1, 'sent the post with @contoso (X profile)', { act: { intent: 'q.p1', hash: 'h'.repeat(64) } }),
      record(2, 'said yes to the post of Ann'),
    ],
  },
  {
    intent: intentOf({ kind: 'reply', target, state: 'declined', declined }),
    records: [record(1, 'a'), record(2, 'b')],
  },
  {
    intent: intentOf({ kind: 'like', target, state: 'takenBack', seen: [{ at: now, as: 'gone' as const }] }),
    records: [],
  },
].flatMap((one) => [
  { ...one, hash: 'h', changed: [], waiting: 0 },
  { ...one, hash: 'g', changed: [1], waiting: 2 },
]);

const questions: Of<'ask'>['question'][] = [
  ...(['delete', 'leave', 'leave-last', 'share-everyone', 'forget-last', 'unshare-many', 'object'] as const),
  ...(['take-back', 'allow-messages', 'allow-search'] as const),
];
const effect = { people: 12, guests: 2, exact: true };
const who = (name: string, detail: string) => ({ ref: { person: name.toLowerCase() }, name, detail });
const picked = [who('Ben', 'Marketing · ben@contoso.example'), who('Cat', 'Guest')];
const show = { kind: 'show' as const, profile: { id: 'p1' } };
const page = { total: 12, isMore: false };
const place = { value: 'contoso', id: 'p1' } as never;

/** Of every kind of answer that there is, what it looks like: a kind without one does not compile. */
export const outcomes: { [K in Outcome['kind']]: readonly Of<K>[] } = {
  refused: [
    { kind: 'refused', refusal: refuse('notFound') },
    ...claims.map((claim) => ({ kind: 'refused' as const, refusal: refuse('claimOpen', 'Contoso', 'Friday'), claim })),
    ...approvals.slice(0, 6).map((one) => ({ kind: 'refused' as const, refusal: refuse('notFound'), approval: one })),
  ],
  help: [{ kind: 'help' }, { kind: 'help', all: true }],
  lists: (['mine', 'owned', 'shared', 'ownerless', 'all'] as const).flatMap((list): Of<'lists'>[] => {
    const section = { list: list === 'mine' ? ('owned' as const) : list };
    return [
      { kind: 'lists', list, page: 0, sections: [{ ...section, rows: [], total: 0, isMore: false }], asOf: 'never' },
      { kind: 'lists', list, page: 0, sections: [{ ...section, rows: [], total: 0, isMore: false }] },
      {
        kind: 'lists',
        list,
        page: 1,
        sections: [{ ...section, rows: everyProfile, ...page, total: 40, next: place, previous: place }],
      },
      {
        kind: 'lists',
        list,
        page: 0,
        sections: [{ ...section, rows: everyProfile.slice(0, 1), total: 1, isMore: false }],
        asOf: now,
      },
    ];
  }),
  browsed: (['mine', 'owned', 'all'] as const).map((list) => ({
    ...{ kind: 'browsed', list, rows: everyProfile, ...page, counts: {}, owners: [], groups: [], asOf: now },
  })),
  profile: [
    ...everyProfile.map((one): Of<'profile'> => ({ kind: 'profile', facts: one })),
    {
      kind: 'profile',
      facts: facts(busy, signedIn),
      done: 'Shared with Marketing until 4 December 2026.',
      asOf: now,
      notes: ['Nothing was on its way.'],
      counts: { marketing: effect, everyone: { ...effect, exact: false } },
    },
  ],
  health: [
    { kind: 'health', rows: [], total: 0, page: 0, lights: { green: 0, yellow: 0, red: 0 } },
    { kind: 'health', rows: [], total: 0, page: 0, lights: { green: 1, yellow: 0, red: 0 } },
    { kind: 'health', rows: [], total: 0, page: 0, lights: { green: 5, yellow: 0, red: 0 }, asOf: now },
    ...needs.flatMap((need, at) =>
      [1, 2, 12].flatMap((daysLeft) =>
        everyProfile.slice(0, 20).map(
          (one): Of<'health'> => ({
            ...{ kind: 'health', total: 1 + at, page: at, lights: { green: 4, yellow: 1, red: at } },
            rows: [
              {
                facts: one,
                need,
                daysLeft,
                mend: (['renew', 'claim', 'invite', 'check', 'show'] as const)[at % 5] ?? 'show',
              },
            ],
            ...(at > 0 ? { next: place, previous: place } : {}),
          }),
        ),
      ),
    ),
  ],
  gone: [{ kind: 'gone', done: '@contoso (X profile) is deleted.' }],
  chooseProfile: [
    { kind: 'chooseProfile', words: 'contoso', options: everyProfile.map((one) => ({ facts: one, asked: show })) },
    { kind: 'chooseProfile', words: '', options: everyProfile.map((one) => ({ facts: one, asked: show })) },
  ],
  chooseWho: [{ kind: 'chooseWho', words: 'Ben', options: picked.map((option) => ({ option, asked: show })) }],
  chooseType: [
    { kind: 'chooseType', offered: profileTypes },
    { kind: 'chooseType', offered: [] },
  ],
  ask: questions.flatMap((question) =>
    [...everyType, ...hardNames, busy].map(
      (one): Of<'ask'> => ({
        ...{ kind: 'ask', confirm: 'c', question, facts: facts(one), effect },
        operation:
          question === 'unshare-many'
            ? { kind: 'unshare', who: [{ group: 'marketing' }], profile: { id: one.id } }
            : { kind: 'object', owner: 'ben', profile: { id: one.id } },
        ...(question === 'take-back' ? { takesBack: { word: 'reply', cost: 'X takes 0.01 USD for it.' } } : {}),
        ...(question === 'delete' ? { changed: 'Ben shared it with Marketing.' } : {}),
      }),
    ),
  ),
  linkOut: (['add', 'claim', 'renew'] as const).flatMap((why) =>
    everyType.flatMap((one): Of<'linkOut'>[] => {
      const link = {
        kind: 'linkOut' as const,
        link: 'l',
        address: 'https://bot.example/link/l',
        why,
        type: one.type,
        byCode: true,
      };
      if (why === 'add') return [{ ...link, byCode: false }];
      const about = { ...link, facts: facts(one) };
      if (why === 'renew') return [about];
      return [
        { ...about, orAsk: { kind: 'claim', profile: { id: one.id }, ask: true, why: 'I write the posts' } },
        {
          ...about,
          facts: facts({ ...one, owners: [] }),
          orAsk: { kind: 'claim', profile: { id: one.id }, ask: true },
        },
        { ...about, waits: claimOf('ann') },
      ];
    }),
  ),
  onlyAsk: [{ kind: 'onlyAsk', facts: facts(), orAsk: { kind: 'claim', profile: { id: 'p1' }, ask: true } }],
  pick: (['share', 'invite'] as const).flatMap((to): Of<'pick'>[] => [
    ...everyType.map((one): Of<'pick'> => ({ kind: 'pick', to, facts: facts(one), picked: [] })),
    { kind: 'pick', to, facts: facts(), picked: [], review: true },
    {
      kind: 'pick',
      to,
      facts: facts(),
      picked: picked.slice(0, 1),
      until: days(2),
      review: true,
      effect: { ...effect, people: 1, guests: 1 },
    },
    {
      kind: 'pick',
      to,
      facts: facts(),
      picked,
      review: true,
      approval: true,
      effect: { ...effect, exact: false, hidden: ['Board'] },
    },
    {
      kind: 'pick',
      to,
      facts: facts(),
      picked: [...picked, { ref: { group: 'm' }, name: 'Marketing', detail: 'Team' }],
      review: true,
      effect,
    },
    {
      kind: 'pick',
      to,
      facts: facts(),
      picked: [{ ref: { everyone: true }, name: 'Everyone', detail: 'All' }],
      review: true,
    },
  ]),
  history: [
    { kind: 'history', profile: profile(), entries: [], page: 0, more: false },
    { kind: 'history', profile: hardNames[1] ?? profile(), entries: [], page: 1, more: false },
    {
      ...{ kind: 'history', profile: profile(), page: 1, more: true },
      entries: [
        { record: record(1, 'shared it with Marketing until 4 December 2026'), told: ['told Ben'] },
        { record: record(2, 'notOwner', { operation: 'unshare', outcome: 'refused' }), told: [] },
      ],
    },
  ],
  whatif: (['ownerless', 'dark', 'alive'] as const).flatMap((fate): Of<'whatif'>[] => {
    const rows = everyProfile.map((one, at) => ({
      fate,
      signIns: 1 + (at % 2),
      keepers: ['Ben', 'Cat'].slice(at % 3),
      facts: one,
    }));
    return [
      {
        kind: 'whatif',
        person: { id: 'ann', name: 'Ann' },
        sections: [{ fate, rows, total: rows.length, isMore: false }],
      },
      {
        kind: 'whatif',
        person: { id: 'ben', name: 'Ben' },
        sections: [{ fate, rows: rows.slice(0, 1), total: 1, isMore: false }],
      },
      { kind: 'whatif', person: { id: 'ben', name: 'Ben' }, sections: [] },
      { kind: 'whatif', person: { id: 'ben', name: 'Ben' }, sections: [{ fate, rows, total: 500, isMore: true }] },
    ];
  }),
  roles: [
    { kind: 'roles', people: [], defaultRole: 'responder', isMore: false },
    {
      kind: 'roles',
      people: [{ id: 'ada', name: 'Ada', role: 'manager', admin: true }],
      defaultRole: 'reader',
      isMore: true,
    },
  ],
  notices: [
    { kind: 'notices', quiet: [] },
    { kind: 'notices', quiet: ['shares'], done: 'You are not told of shares any more.' },
  ],
  claim: claims.flatMap((claim): Of<'claim'>[] => [
    { kind: 'claim', claim },
    { kind: 'claim', claim, done: 'Your claim of @contoso (X profile) is withdrawn.', back: { kind: 'claims' } },
  ]),
  approval: approvals.flatMap((one): Of<'approval'>[] => [
    { kind: 'approval', approval: one },
    {
      kind: 'approval',
      approval: one,
      done: 'You said yes: the post with @contoso (X profile) goes out now.',
      back: { kind: 'claims' },
    },
  ]),
  claims: [
    { kind: 'claims', toDecide: [], own: [], toApprove: [] },
    { kind: 'claims', toDecide: claims.slice(0, 1), own: [], toApprove: [] },
    {
      kind: 'claims',
      toDecide: claims.slice(0, 2),
      own: claims.slice(2, 3),
      toApprove: intents.slice(4, 8).map((one) => ({ ...one, decideBy: days(1) })),
    },
  ],
  askChannel: [{ kind: 'askChannel', confirm: 'c', channel: 'Announcements' }],
  askRole: (['reader', 'responder', 'manager', 'admin', 'no-admin'] as const).map((role) => ({
    kind: 'askRole',
    confirm: 'c',
    role,
  })),
  policy: [
    { kind: 'policy', policy: defaultPolicy },
    {
      kind: 'policy',
      policy: defaultPolicy,
      done: 'Set: claims approval.',
      approvals: { id: 'c', name: 'Announcements', by: ann, at: now } as never,
    },
  ],
  posting: postings.flatMap((posting): Of<'posting'>[] => [
    { kind: 'posting', posting },
    { kind: 'posting', posting, back: { kind: 'posts', profiles: [] } },
  ]),
  compose: [
    { kind: 'compose', offered: [], picked: [], text: '', pictures: [] },
    {
      kind: 'compose',
      offered: [...everyType, ...hardNames],
      picked: ['p0'],
      text: 'Hi',
      at: days(1),
      instead: 'q',
      pictures: shownPictures,
    },
    ...(['profiles', 'text', 'picture'] as const).map(
      (missing): Of<'compose'> => ({
        kind: 'compose',
        offered: everyType,
        picked: [],
        text: '',
        pictures: [],
        missing,
      }),
    ),
  ],
  pictures: [{ kind: 'pictures', posting: 'q', address: 'https://bot.example/compose/q' }],
  watch: [{ kind: 'watch', intent: 'q.p1', address: 'https://bot.example/watch/q' }],
  replyForm: everyType.map((one) => ({
    kind: 'replyForm',
    profile: one,
    target,
    text: 'Hi',
    asked: { kind: 'reply', link: target.link, profiles: [] },
  })),
  pickPost: [
    { kind: 'pickPost', profile: profile({ type: 'facebook-page' }), options: [] },
    {
      kind: 'pickPost',
      profile: profile({ type: 'facebook-page' }),
      options: [
        { post: { link: target.link, text: 'Hi', at: now }, asked: show },
        { post: { link: target.link, text: '', at: now }, asked: show },
      ],
    },
  ],
  posts: [
    { kind: 'posts', rows: [], page: 0, more: false },
    {
      kind: 'posts',
      rows: intents.slice(0, 30).map((intent) => ({ intent, offers: offersOf(intent) })),
      page: 1,
      more: true,
      profile: 'p1',
    },
    {
      kind: 'posts',
      rows: intents.slice(30).map((intent) => ({ intent, offers: offersOf(intent) })),
      page: 2,
      more: false,
    },
  ],
  receipt: receipts.map((receipt) => ({ kind: 'receipt', receipt })),
  said: [
    { kind: 'said', title: 'Nothing was changed.', back: show },
    { kind: 'said', title: 'Frozen.', text: 'Nothing was on its way.' },
  ],
  signedIn: [
    {
      kind: 'signedIn',
      outcomes: [
        { kind: 'profile', facts: facts(), done: '@contoso (X profile) is added, and you own it.' },
        { kind: 'refused', refusal: refuse('notFound') },
      ],
    },
    {
      kind: 'signedIn',
      outcomes: [
        { kind: 'profile', facts: facts() },
        { kind: 'profile', facts: facts(everyType[1]) },
      ],
    },
    { kind: 'signedIn', outcomes: [{ kind: 'profile', facts: facts() }] },
  ],
};
