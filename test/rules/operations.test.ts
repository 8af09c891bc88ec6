import { isSystemActor } from '../../src/rules/entries.js';
import { changes, type Operation, type OperationKind, operations, rowOf } from '../../src/rules/operation.js';
import { refuse } from '../../src/rules/refusals.js';
import { defaultPolicy, policyRows, policySettings } from '../../src/rules/tenant/policy.js';
import { ada, ann, ben, cat, eve, given, same, to } from './effects.js';
import { actor, claimOf, owner, profile, shareWith } from './world.js';

const kinds = Object.keys(operations) as OperationKind[];
/** An operation of this kind, with what its row looks at. */
const some = (kind: OperationKind): Operation => ({ kind, list: 'mine', who: { id: 'eve', name: 'Eve' } }) as Operation;
const row = (kind: OperationKind) => rowOf(some(kind), ann);

const reactions = ['pictures', 'reply', 'like', 'repost'];
const decisions = ['approvePost', 'declinePost', 'approvalcard'];
/** What is done with posts that are there. */
const onPosts = ['undo', 'sendNow', 'takeBack', 'lookAgain', 'settle'];

describe('an operation', () => {
  it('only looks, or changes something', () => {
    same(
      kinds.filter((kind) => !changes(kind)),
      [
        'help',
        'profiles',
        'browse',
        'show',
        'claimcard',
        'claims',
        'check',
        'whatif',
        'history',
        'health',
        'roles',
        'posts',
        'approvalcard',
        'watchVideo',
        'prove',
      ],
    );
  });

  it('is answered in the personal chat of who asks where the answer depends on them', () => {
    same(
      kinds.filter((kind) => row(kind).answer === 'asker'),
      [
        'profiles',
        'browse',
        'show',
        'claims',
        'check',
        'history',
        'health',
        'notices',
        'requestaccess',
        'post',
        ...reactions,
        'send',
        'posts',
        ...onPosts,
        'watchVideo',
        'prove',
      ],
    );
    same(
      kinds.filter((kind) => !['asker', 'there'].includes(row(kind).answer)),
      [],
    );
  });

  it('asks the directory for groups now only for a claim and for posts, and never where groups give nothing', () => {
    same(
      kinds.filter((kind) => row(kind).groups === 'live'),
      ['claim', 'post', ...reactions, 'send', ...onPosts],
    );
    same(
      kinds.filter((kind) => row(kind).groups === 'no'),
      [
        'help',
        'add',
        'approvals',
        'policy',
        'check',
        'whatif',
        'role',
        'notices',
        'roles',
        'requestaccess',
        'refuseaccess',
        'prove',
        'freezeAll',
        'thawAll',
        'code',
        'yes',
        'no',
      ],
    );
    const groups = (list: 'mine' | 'owned' | 'shared' | 'ownerless' | 'all') =>
      rowOf({ kind: 'profiles', list }, ann).groups;
    same((['mine', 'owned', 'shared', 'ownerless', 'all'] as const).map(groups), ['kept', 'no', 'kept', 'no', 'kept']);
  });

  it('is open to whom its row says', () => {
    const open = (who: string) => kinds.filter((kind) => row(kind).who === who);
    same(open('anybody'), ['help', 'requestaccess']);
    same(open('role'), ['add', 'post', ...reactions, 'send', ...onPosts]);
    same(open('admin'), ['approvals', 'policy', 'whatif', 'role', 'roles', 'refuseaccess']);
    same(open('claim'), ['approve', 'decline', 'claimcard']);
    same(open('worker'), [
      'profiles',
      'browse',
      'claims',
      'health',
      'notices',
      'posts',
      ...decisions,
      'watchVideo',
      'prove',
      'freezeAll',
      'thawAll',
      'code',
      'yes',
      'no',
    ]);
    same(rowOf({ kind: 'profiles', list: 'all' }, ann).who, 'admin');
  });

  it('about who leaves is open to anybody who means themselves', () => {
    const who = (named: unknown) => rowOf({ kind: 'whatif', who: named } as Operation, ann).who;
    for (const words of ['I', 'me', ' Myself ']) same(who({ words }), 'worker');
    for (const words of ['Ann', 'mei', 'I am']) same(who({ words }), 'admin');
    same(who({ person: 'ann' }), 'worker');
    same(who({ person: 'ben' }), 'admin');
    same(who({ id: 'ann', name: 'Ann' }), 'worker');
    same(who({ everyone: true }), 'admin');
  });

  it('shows something else than its profile where its row says so', () => {
    const shows = kinds.flatMap((kind) => (row(kind).shows ? [[kind, row(kind).shows]] : []));
    same(shows, [
      ['withdraw', 'claim'],
      ['approve', 'claim'],
      ['decline', 'claim'],
      ['policy', 'policy'],
      ...decisions.map((kind) => [kind, 'approval']),
    ]);
  });

  it('that goes on with something has nothing to go on with when it comes to be decided', () => {
    given()
      .when(ann, { kind: 'code', digits: '123456' })
      .gives({ refused: refuse('codeNone') });
    for (const kind of ['yes', 'no'] as const) {
      given()
        .when(ann, { kind, confirm: 'c' })
        .gives({ refused: refuse('confirmGone') });
    }
  });
});

describe('who is refused', () => {
  const shared = profile({
    owners: [owner('ann'), owner('ben')],
    shares: [shareWith('person', 'cat')],
    claims: [claimOf('eve')],
  });
  it('is told who can give a role', () => {
    const reader = actor('rob', { role: 'reader' });
    given(shared, { admins: [{ id: 'ada', name: 'Ada' }] })
      .when(reader, { kind: 'health' })
      .gives({ refused: refuse('readerOnly', ['Ada']) });
    given().when(reader, { kind: 'help' }).gives({ shows: true });
  });

  it('as an admin who is a Reader, adds nothing, but looks after the tenant', () => {
    const reader = actor('ada', { role: 'reader', admin: true });
    given(undefined, { admins: [{ id: 'ada', name: 'Ada' }] })
      .when(reader, { kind: 'add' })
      .gives({ refused: refuse('readerOnly', ['Ada']) });
    given().when(reader, { kind: 'roles' }).gives({ shows: true });
    given().when(reader, { kind: 'health' }).gives({ shows: true });
  });

  it('is told whom to ask, or to claim it', () => {
    given(shared)
      .when(cat, { kind: 'share', profile: 'p1', who: [to('eve')] })
      .gives({ refused: refuse('notOwner', '@contoso (X profile)', ['Ann', 'Ben']) });
    given(shared)
      .when(cat, { kind: 'history', profile: 'p1' })
      .gives({ refused: refuse('ownersAndAdmins', '@contoso (X profile)') });
    given(profile({ owners: [] }))
      .when(cat, { kind: 'delete', profile: 'p1' })
      .gives({ refused: refuse('nobodyOwns', '@contoso (X profile)') });
    given(shared)
      .when(ben, { kind: 'claim', profile: 'p1' })
      .gives({ refused: refuse('alreadyOwner', '@contoso (X profile)') });
    given(shared, { admins: [{ id: 'ada', name: 'Ada' }] })
      .when(ann, { kind: 'removeOwner', profile: 'p1', owner: 'ben' })
      .gives({ refused: refuse('adminOnly', ['Ada']) });
    given(shared)
      .when(ada, { kind: 'removeOwner', profile: 'p1', owner: 'ben' })
      .gives({ refused: refuse('notLeaving', '@contoso (X profile)') });
  });

  it('about a claim that is not there, beside one that is, learns nothing', () => {
    given(shared)
      .when(ann, { kind: 'approve', profile: 'p1', claim: 'another' })
      .gives({ refused: refuse('notFound') });
    given(shared)
      .when(eve, { kind: 'show', profile: 'p1' })
      .gives({ refused: refuse('notFound') });
  });
});

describe('what acts without a person', () => {
  it('is known by its id', () => {
    same(['directory', 'clock', 'network', 'bot', 'ann', 'toString'].map(isSystemActor), [
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the rules of a tenant', () => {
  it('are said in whole sentences, one day or several', () => {
    same(
      [...policySettings],
      [
        'claims',
        'cool-off',
        'default-role',
        'disabled-owner',
        'deleted-owner',
        'undo',
        'picture',
        'video',
        'new-links',
        'everyone-posts',
        'hours',
        'time-zone',
      ],
    );
    const rows = policyRows({ ...defaultPolicy, claims: 'approval', coolOffDays: 1 });
    same(
      rows.slice(0, 2).map(({ sentence }) => sentence),
      [
        'Every claim waits for a decision, even with a sign-in.',
        'For 1 day the other owners can object to one who came by signing in.',
      ],
    );
  });
});
