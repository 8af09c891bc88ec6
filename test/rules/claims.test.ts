import assert from 'node:assert/strict';
import { decide } from '../../src/rules/decide.js';
import type { Decision, State } from '../../src/rules/decision.js';
import { defaultPolicy } from '../../src/rules/decision.js';
import type { Operation } from '../../src/rules/operation.js';
import type { Actor, Claim, Profile } from '../../src/rules/types.js';
import { actor, days, now, profile, shareWith, signedIn, state } from './world.js';

const [ann, ben, cat] = [actor('ann'), actor('ben'), actor('cat')];
const manager = actor('max', { role: 'manager' });
const admin = actor('ada', { admin: true });
const reader = actor('ann', { role: 'reader' });
const approval = { policy: { ...defaultPolicy, claims: 'approval' as const } };

const claimOf = (id: string, more: Partial<Claim> = {}): Claim => ({
  ...{ id: 'c1', by: { id, name: id }, at: now, ends: days(7), proven: false },
  ...more,
});
const shares = [shareWith('person', 'ben'), shareWith('person', 'cat')];
const owner = (id: string, coolOffUntil?: Date) => ({
  id,
  name: id,
  since: now,
  ...(coolOffUntil ? { coolOffUntil } : {}),
});
const shared = profile({ shares });
const waiting = profile({ shares, claims: [claimOf('ben')] });
const ownerless = profile({ owners: [], claims: [claimOf('ben')] });
const contested = profile({ claims: [claimOf('ben', { proven: true, objectedBy: { id: 'ann', name: 'Ann' } })] });
const cooling = profile({ owners: [owner('ann'), owner('ben', days(3))], shares });
const onlyCooling = profile({ owners: [owner('ben', days(3))], claims: [claimOf('cat')] });
const decided = { as: 'approved' as const, by: { id: 'ann', name: 'Ann' }, at: now };

const on = (kind: 'withdraw' | 'object' | 'vouch' | 'delete'): Operation => ({ kind, profile: 'p1' });
const ask: Operation = { kind: 'claim', profile: 'p1', ask: true };
const signIn: Operation = { kind: 'claim', profile: 'p1' };
const approve: Operation = { kind: 'approve', profile: 'p1', claim: 'c1' };
const decline: Operation = { kind: 'decline', profile: 'p1', claim: 'c1', reason: 'No.' };
const works = { claimant: 'works' as const };

type Row = [title: string, Operation, Actor, Profile | undefined, Partial<State>, expected: string];
const table: Row[] = [
  ['who it is shared with may ask for it', ask, ben, shared, {}, 'change'],
  ['a stranger may not', ask, actor('eve'), shared, {}, 'refuse:notFound'],
  ['asking twice is refused', ask, ben, waiting, {}, 'refuse:claimOpen'],
  [
    'who signed in and waits is not sent to sign in again',
    signIn,
    cat,
    profile({ shares, claims: [claimOf('cat', { proven: true })] }),
    {},
    'refuse:claimOpen',
  ],
  ['someone else may ask as well', ask, cat, waiting, {}, 'change'],
  ['asking and then signing in makes an owner', signIn, ben, waiting, { signedIn: signedIn('ben') }, 'change'],
  [
    'signing in waits where all claims are decided',
    signIn,
    ben,
    shared,
    { signedIn: signedIn('ben'), ...approval },
    'change',
  ],
  [
    'a proven claim is not made twice',
    signIn,
    ben,
    profile({ shares, claims: [claimOf('ben', { proven: true })] }),
    { signedIn: signedIn('ben'), ...approval },
    'refuse:claimOpen',
  ],
  ['an owner approves', approve, ann, waiting, works, 'change'],
  ['an owner declines, whatever became of the claimant', decline, ann, waiting, { claimant: 'gone' }, 'change'],
  ['the claimant does not approve', approve, ben, waiting, works, 'refuse:ownClaim'],
  [
    'the claimant does not, being a Manager',
    approve,
    actor('ben', { role: 'manager' }),
    ownerless,
    works,
    'refuse:ownClaim',
  ],
  [
    'the claimant does not, being an admin',
    approve,
    actor('ben', { admin: true }),
    ownerless,
    works,
    'refuse:ownClaim',
  ],
  ['another person does not', approve, cat, waiting, works, 'refuse:ownersDecide'],
  ['a Manager does not while an owner can', approve, manager, waiting, works, 'refuse:ownersDecide'],
  ['an admin does not while an owner can', approve, admin, waiting, works, 'refuse:ownersDecide'],
  ['an owner who may only read does not', approve, reader, waiting, works, 'refuse:readerOnly'],
  ['a Manager approves what has no owner', approve, manager, ownerless, works, 'change'],
  ['an admin approves what has no owner', approve, admin, ownerless, works, 'change'],
  ['others do not', approve, cat, ownerless, works, 'refuse:managersDecide'],
  ['a Manager decides after an objection', approve, manager, contested, works, 'change'],
  ['the objecting owner does not', approve, ann, contested, works, 'refuse:managersDecide'],
  ['nor as a Manager', approve, actor('ann', { role: 'manager' }), contested, works, 'refuse:managersDecide'],
  ['a new owner who may be contested does not approve', approve, ben, onlyCooling, works, 'refuse:managersDecide'],
  ['a Manager decides where all owners may be contested', approve, manager, onlyCooling, works, 'change'],
  [
    'a leaving owner does not decide',
    approve,
    ann,
    profile({ owners: [{ ...owner('ann'), leavingAt: days(3) }], claims: [claimOf('ben')] }),
    works,
    'refuse:managersDecide',
  ],
  ['who left does not become an owner', approve, ann, waiting, { claimant: 'gone' }, 'refuse:claimantCannot'],
  ['a Reader does not become an owner', approve, ann, waiting, { claimant: 'reader' }, 'refuse:claimantCannot'],
  [
    'the first decision counts',
    decline,
    ann,
    profile({ claims: [claimOf('ben', { decided })] }),
    {},
    'refuse:claimDecided',
  ],
  [
    'an ended claim is not approved',
    approve,
    ann,
    profile({ claims: [claimOf('ben', { ends: now })] }),
    works,
    'refuse:claimDecided',
  ],
  ['an unknown claim is not there', approve, ann, shared, works, 'refuse:notFound'],
  ['a claim of a missing profile is not there', approve, ann, undefined, works, 'refuse:notFound'],
  ['its claimant withdraws it', on('withdraw'), ben, waiting, {}, 'change'],
  [
    'also when they do not see the profile any more',
    on('withdraw'),
    ben,
    profile({ claims: [claimOf('ben')] }),
    {},
    'change',
  ],
  ['nobody else does', on('withdraw'), cat, waiting, {}, 'refuse:noClaim'],
  ['an owner who objects is asked first', on('object'), ann, cooling, {}, 'ask:object'],
  ['and then objects to who came by signing in', on('object'), ann, cooling, { confirmed: true }, 'change'],
  ['the new owner does not object', on('object'), ben, cooling, {}, 'refuse:nothingToContest'],
  [
    'nobody is contested after the wait',
    on('object'),
    ann,
    profile({ owners: [owner('ann'), owner('ben', now)] }),
    {},
    'refuse:nothingToContest',
  ],
  [
    'nor when the organisation ended the wait',
    on('object'),
    ann,
    cooling,
    { policy: { ...defaultPolicy, coolOffDays: 0 } },
    'refuse:nothingToContest',
  ],
  ['who is no owner does not object', on('object'), cat, cooling, {}, 'refuse:notOwner'],
  ['an owner says yes', on('vouch'), ann, cooling, {}, 'change'],
  ['the new owner does not say yes to themselves', on('vouch'), ben, cooling, {}, 'refuse:nothingToContest'],
  [
    'one new owner does not say yes to another',
    on('vouch'),
    ben,
    profile({ owners: [owner('ann'), owner('ben', days(3)), owner('cat', days(3))] }),
    {},
    'refuse:nothingToContest',
  ],
  [
    'a new owner does not take away what others shared',
    { kind: 'unshare', profile: 'p1', who: [{ kind: 'person', id: 'cat', name: 'cat' }] },
    ben,
    cooling,
    {},
    'refuse:coolOff',
  ],
  [
    'what they shared themselves they do',
    { kind: 'unshare', profile: 'p1', who: [{ kind: 'person', id: 'cat', name: 'cat' }] },
    ben,
    profile({
      owners: [owner('ann'), owner('ben', days(3))],
      shares: [{ ...shareWith('person', 'cat'), by: { id: 'ben', name: 'Ben' } }],
    }),
    {},
    'change',
  ],
  [
    'the organisation can end the wait',
    on('delete'),
    ben,
    cooling,
    { confirmed: true, policy: { ...defaultPolicy, coolOffDays: 0 } },
    'change',
  ],
  ['everybody lists claims', { kind: 'claims' }, ben, undefined, {}, 'view'],
  ['an admin looks at the rules', { kind: 'policy' }, admin, undefined, {}, 'view'],
  ['nobody else does', { kind: 'policy' }, manager, undefined, {}, 'refuse:adminOnly'],
  [
    'an admin changes a rule',
    { kind: 'policy', setting: 'cool-off', value: '5 days' },
    admin,
    undefined,
    {},
    'changeTenant',
  ],
  ['not to nonsense', { kind: 'policy', setting: 'cool-off', value: '-1' }, admin, undefined, {}, 'refuse:policyValue'],
  [
    'nor to another rule’s value',
    { kind: 'policy', setting: 'claims', value: 'reader' },
    admin,
    undefined,
    {},
    'refuse:policyValue',
  ],
  [
    'claims need a channel to be posted into',
    { kind: 'approvals', to: 'here' },
    admin,
    undefined,
    {},
    'refuse:approvalsInChannel',
  ],
];

const channel = { serviceUrl: 's', channel: 'c', bot: 'b', team: 't', name: 'Announcements' };
const channelTable: Row[] = [
  ['a channel is asked about first', { kind: 'approvals', to: 'here' }, admin, undefined, { channel }, 'ask:approvals'],
  [
    'an open one is taken',
    { kind: 'approvals', to: 'here' },
    admin,
    undefined,
    { confirmed: true, channel: channel },
    'changeTenant',
  ],
  ['only by admins', { kind: 'approvals', to: 'here' }, manager, undefined, { channel }, 'refuse:adminOnly'],
  ['none is left when none was set', { kind: 'approvals', to: 'off' }, admin, undefined, {}, 'refuse:noApprovals'],
];

function outcome(decision: Decision): string {
  if (decision.kind === 'refuse') return `refuse:${decision.refusal.code}`;
  return decision.kind === 'ask' ? `ask:${decision.question}` : decision.kind;
}

const run = ([, operation, by, about, more]: Row) =>
  decide(operation, by, state({ ...(about ? { profile: about } : {}), ...more }), { now, id: 'op1' });

describe('claims are decided', () => {
  for (const row of [...table, ...channelTable]) {
    const [title, operation, , , , expected] = row;
    it(`${operation.kind}: ${title}`, () => assert.equal(outcome(run(row)), expected));
  }

  it('with one audit record for each change, and everyone told but the one who did it', () => {
    for (const row of table) {
      const decision = run(row);
      if (decision.kind !== 'change') continue;
      const { outbox } = decision.profile;
      assert.equal(outbox.filter(({ kind }) => kind === 'audit').length, 1, row[0]);
      const told = outbox.flatMap((entry) =>
        entry.kind === 'notice' && 'person' in entry.notice.to ? entry.notice.to.person : [],
      );
      assert(!told.includes(row[2].id), row[0]);
    }
  });

  it('into an ownership without a wait, when somebody else said yes', () => {
    const decision = run(['', approve, ann, waiting, works, '']);
    assert(decision.kind === 'change');
    assert.deepEqual(
      decision.profile.owners.find(({ id }) => id === 'ben'),
      owner('ben'),
    );
  });

  it('without keeping the sign-in of a claim that came to nothing', () => {
    const decision = run(['', decline, manager, contested, {}, '']);
    assert(decision.kind === 'change');
    assert(decision.profile.outbox.some((entry) => entry.kind === 'dropGrant' && entry.person === 'ben'));
  });

  it('keeping the sign-in of a new owner somebody objected to, until that is decided', () => {
    const decision = run(['', on('object'), ann, cooling, { confirmed: true }, '']);
    assert(decision.kind === 'change');
    assert(!decision.profile.owners.some(({ id }) => id === 'ben'));
    assert(!decision.profile.outbox.some((entry) => entry.kind === 'dropGrant'));
  });
});
