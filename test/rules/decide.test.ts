import assert from 'node:assert/strict';
import { decide } from '../../src/rules/decide.js';
import type { Decision, State } from '../../src/rules/decision.js';
import type { Operation } from '../../src/rules/operation.js';
import type { Actor, Profile } from '../../src/rules/types.js';
import { actor, days, everyoneShare, grant, now, profile, shareWith, signedIn, state } from './world.js';

const ann = actor('ann');
const ben = actor('ben');
const reader = actor('rob', { role: 'reader' });
const admin = actor('ada', { admin: true });
const inGroup = actor('gus', { groups: ['marketing'] });
const to = (id: string) => ({ kind: 'person' as const, id, name: id });
const shared = profile({ shares: [shareWith('person', 'ben'), shareWith('group', 'marketing')] });
const ownerless = profile({ owners: [] });
const cooling = profile({
  owners: [
    { id: 'ann', name: 'Ann', since: now },
    { id: 'ben', name: 'Ben', since: now, coolOffUntil: days(3) },
  ],
});

const leaving = profile({
  owners: [
    { id: 'ann', name: 'Ann', since: now, leavingAt: days(3) },
    { id: 'ben', name: 'Ben', since: now },
  ],
});
const removeAnn: Operation = { kind: 'removeOwner', owner: 'ann', profile: 'p1' };

/** "refuse:<code>", "ask:<question>", "linkOut:<why>", or the kind. */
function outcome(decision: Decision): string {
  if (decision.kind === 'refuse') return `refuse:${decision.refusal.code}`;
  if (decision.kind === 'ask') return `ask:${decision.question}`;
  return decision.kind === 'linkOut' ? `linkOut:${decision.why}` : decision.kind;
}

type Row = [
  title: string,
  operation: Operation,
  by: Actor,
  about: Profile | undefined,
  more: Partial<State>,
  expected: string,
];
const on = (kind: 'show' | 'claim' | 'renew' | 'forget' | 'leave' | 'delete' | 'history'): Operation => ({
  kind,
  profile: 'p1',
});
const share = (who: Extract<Operation, { kind: 'share' }>['who'], until?: Date): Operation => ({
  kind: 'share',
  profile: 'p1',
  who,
  ...(until ? { until } : {}),
});

const reads = (kind: 'allow' | 'deny'): Operation => ({ kind, what: 'messages', profile: 'p1' });
const reading = profile({ allowed: { messages: { by: { id: 'ann', name: 'Ann' }, at: now } } });

const table: Row[] = [
  ['a Reader may read the help', { kind: 'help' }, reader, undefined, {}, 'view'],
  ['a Reader is refused lists', { kind: 'profiles', list: 'mine' }, reader, undefined, {}, 'refuse:readerOnly'],
  [
    'a Reader is refused a shared profile',
    on('show'),
    actor('ben', { role: 'reader' }),
    shared,
    {},
    'refuse:readerOnly',
  ],
  ['anyone else may list', { kind: 'profiles', list: 'mine' }, ben, undefined, {}, 'view'],
  ['all profiles are for admins', { kind: 'profiles', list: 'all' }, ben, undefined, {}, 'refuse:adminOnly'],
  ['an admin sees all', { kind: 'profiles', list: 'all' }, admin, undefined, {}, 'view'],

  ['an owner sees it', on('show'), ann, profile(), {}, 'view'],
  ['who it is shared with sees it', on('show'), ben, shared, {}, 'view'],
  ['who is in a group it is shared with sees it', on('show'), inGroup, shared, {}, 'view'],
  [
    'an ended share shows nothing',
    on('show'),
    ben,
    profile({ shares: [shareWith('person', 'ben', now)] }),
    {},
    'refuse:notFound',
  ],
  ['a running share shows it', on('show'), ben, profile({ shares: [shareWith('person', 'ben', days(1))] }), {}, 'view'],
  ['everyone sees what is shared with everyone', on('show'), ben, profile({ shares: [everyoneShare] }), {}, 'view'],
  ['a stranger gets what a missing one gets', on('show'), ben, profile(), {}, 'refuse:notFound'],
  ['a missing one is not found', on('show'), ben, undefined, {}, 'refuse:notFound'],
  [
    'a deleted one is not found, not even for admins',
    on('show'),
    admin,
    profile({ deleted: true }),
    {},
    'refuse:notFound',
  ],
  ['everyone sees an ownerless one', on('show'), ben, ownerless, {}, 'view'],
  ['an admin sees any', on('show'), admin, profile(), {}, 'view'],

  ['an owner is asked before messages may be read', reads('allow'), ann, profile(), {}, 'ask:allow-messages'],
  ['confirmed, messages may be read', reads('allow'), ann, profile(), { confirmed: true }, 'change'],
  ['twice is refused', reads('allow'), ann, reading, { confirmed: true }, 'refuse:allowedAlready'],
  [
    'what the network does not let apps read is refused',
    reads('allow'),
    ann,
    profile(),
    { confirmed: true, cannotAcquire: { messages: 'No.' } },
    'refuse:cannotAcquire',
  ],
  ['it is switched off at once', reads('deny'), ann, reading, {}, 'change'],
  ['what is off is not switched off', reads('deny'), ann, profile(), {}, 'refuse:notAllowedYet'],
  ['who it is shared with does not switch it', reads('allow'), ben, shared, {}, 'refuse:notOwner'],
  ['a stranger does not learn that it is there', reads('deny'), ben, reading, {}, 'refuse:notFound'],
  ['an admin does not switch it', reads('allow'), admin, profile(), {}, 'refuse:notOwner'],
  ['anyone who works with profiles may ask for health', { kind: 'health' }, ben, undefined, {}, 'view'],
  ['a Reader may not', { kind: 'health' }, reader, undefined, {}, 'refuse:readerOnly'],

  ['an owner shares', share([to('ben')]), ann, profile(), {}, 'change'],
  ['naming nobody opens the picker', share([]), ann, profile(), {}, 'pick'],
  ['sharing twice is refused', share([to('ben')]), ann, shared, {}, 'refuse:alreadyShared'],
  ['sharing twice with another end changes it', share([to('ben')], days(2)), ann, shared, {}, 'change'],
  ['an owner needs no share', share([to('ann')]), ann, profile(), {}, 'refuse:ownersNeedNoShare'],
  ['an end in the past is refused', share([to('ben')], days(-1)), ann, profile(), {}, 'refuse:endPast'],
  [
    'an end within the hour is refused',
    share([to('ben')], new Date(now.getTime() + 3_599_000)),
    ann,
    profile(),
    {},
    'refuse:endTooSoon',
  ],
  ['an end in an hour is fine', share([to('ben')], new Date(now.getTime() + 3_600_000)), ann, profile(), {}, 'change'],
  ['sharing with everyone is confirmed', share([{ kind: 'everyone' }]), ann, profile(), {}, 'ask:share-everyone'],
  [
    'confirmed, it is shared with everyone',
    share([{ kind: 'everyone' }]),
    ann,
    profile(),
    { confirmed: true },
    'change',
  ],
  ['who it is shared with does not share it on', share([to('eve')]), ben, shared, {}, 'refuse:notOwner'],
  ['an admin does not share', share([to('eve')]), admin, profile(), {}, 'refuse:notOwner'],
  ['nobody shares an ownerless one', share([to('eve')]), ben, ownerless, {}, 'refuse:nobodyOwns'],
  ['an owner stops sharing', { kind: 'unshare', profile: 'p1', who: [to('ben')] }, ann, shared, {}, 'change'],
  [
    'what is not shared cannot stop',
    { kind: 'unshare', profile: 'p1', who: [to('eve')] },
    ann,
    shared,
    {},
    'refuse:notShared',
  ],

  ['deleting is confirmed', on('delete'), ann, profile(), {}, 'ask:delete'],
  ['confirmed, it is deleted', on('delete'), ann, profile(), { confirmed: true }, 'change'],
  ['an admin does not delete', on('delete'), admin, profile(), { confirmed: true }, 'refuse:notOwner'],
  ['a contested new owner does not delete', on('delete'), ben, cooling, { confirmed: true }, 'refuse:coolOff'],
  [
    'a contested new owner does not share with everyone',
    share([{ kind: 'everyone' }]),
    ben,
    cooling,
    {},
    'refuse:coolOff',
  ],
  ['a contested new owner shares with people', share([to('eve')]), ben, cooling, {}, 'change'],
  ['one of two owners is asked before leaving', on('leave'), ann, cooling, {}, 'ask:leave'],
  ['confirmed, one of two owners leaves', on('leave'), ann, cooling, { confirmed: true }, 'change'],
  ['the last owner is asked before leaving', on('leave'), ann, profile(), {}, 'ask:leave-last'],
  ['confirmed, the last owner leaves', on('leave'), ann, profile(), { confirmed: true }, 'change'],

  ['adding starts with a sign-in', { kind: 'add', type: 'x-user' }, ben, undefined, {}, 'linkOut:add'],
  ['signed in, it is added', { kind: 'add', type: 'x-user' }, ben, undefined, { signedIn: signedIn('ben') }, 'change'],
  [
    'adding what is there is a claim',
    { kind: 'add', type: 'x-user' },
    ben,
    profile(),
    { signedIn: signedIn('ben') },
    'change',
  ],
  ['claiming starts with a sign-in', on('claim'), ben, shared, {}, 'linkOut:claim'],
  ['an ownerless one may be claimed', on('claim'), ben, ownerless, {}, 'linkOut:claim'],
  ['an owner has nothing to claim', on('claim'), ann, profile(), {}, 'refuse:alreadyOwner'],
  ['a stranger cannot claim what they cannot see', on('claim'), ben, profile(), {}, 'refuse:notFound'],
  [
    'a claim with another account is refused',
    on('claim'),
    ben,
    shared,
    { signedIn: signedIn('ben', '43') },
    'refuse:differentAccount',
  ],
  [
    'a renewal with another account is refused',
    on('renew'),
    ann,
    profile(),
    { signedIn: signedIn('ann', '43') },
    'refuse:differentAccount',
  ],
  ['an owner renews', on('renew'), ann, profile(), { signedIn: signedIn('ann') }, 'change'],
  [
    'the last sign-in is removed after a question',
    on('forget'),
    ann,
    profile(),
    { grants: [grant('ann')] },
    'ask:forget-last',
  ],
  [
    'one of two sign-ins is removed at once',
    on('forget'),
    ann,
    profile(),
    { grants: [grant('ann'), grant('ben')] },
    'change',
  ],
  ['no sign-in, nothing to remove', on('forget'), ann, profile(), {}, 'refuse:noSignIn'],
  ['owners read the history', on('history'), ann, profile(), {}, 'view'],
  ['admins read the history', on('history'), admin, profile(), {}, 'view'],
  ['who it is shared with does not read it', on('history'), ben, shared, {}, 'refuse:ownersAndAdmins'],

  ['an admin ends the ownership of a leaver', removeAnn, admin, leaving, { leaver: 'gone' }, 'change'],
  ['somebody who came back is not removed', removeAnn, admin, leaving, { leaver: 'back' }, 'refuse:isBack'],
  ['somebody present is not removed', removeAnn, admin, profile(), { leaver: 'gone' }, 'refuse:notLeaving'],
  ['another owner does not remove a leaver', removeAnn, ben, leaving, { leaver: 'gone' }, 'refuse:adminOnly'],
  ['an admin asks about anybody', { kind: 'whatif', who: to('ben') }, admin, undefined, {}, 'view'],
  ['anybody asks about themselves', { kind: 'whatif', who: to('ben') }, ben, undefined, {}, 'view'],
  ['not about others', { kind: 'whatif', who: to('ann') }, ben, undefined, {}, 'refuse:adminOnly'],

  ['admins give roles', { kind: 'role', who: to('ben'), role: 'reader' }, admin, undefined, {}, 'changePerson'],
  ['others do not', { kind: 'role', who: to('ben'), role: 'manager' }, ben, undefined, {}, 'refuse:adminOnly'],
  [
    'the last admin stays',
    { kind: 'role', who: to('ada'), role: 'no-admin' },
    admin,
    undefined,
    { admins: [{ id: 'ada', name: 'Ada' }] },
    'refuse:lastAdmin',
  ],
];

describe('decide', () => {
  for (const [title, operation, by, about, more, expected] of table) {
    it(`${operation.kind}: ${title}`, () => {
      const decision = decide(operation, by, state({ ...(about ? { profile: about } : {}), ...more }), {
        now,
        id: 'op1',
      });
      assert.equal(outcome(decision), expected);
    });
  }

  it('puts exactly one audit record into every change, and tells nobody of their own act', () => {
    for (const [, operation, by, about, more] of table) {
      const decision = decide(operation, by, state({ ...(about ? { profile: about } : {}), ...more }), {
        now,
        id: 'op1',
      });
      if (decision.kind !== 'change') continue;
      const { outbox } = decision.profile;
      assert.equal(outbox.filter((entry) => entry.kind === 'audit').length, 1, operation.kind);
      for (const entry of outbox) {
        if (entry.kind === 'notice' && 'person' in entry.notice.to) assert.notEqual(entry.notice.to.person, by.id);
      }
    }
  });

  it('gives a claim beside active owners a cool-off, and tells them', () => {
    const decision = decide(on('claim'), ben, state({ profile: shared, signedIn: signedIn('ben') }), {
      now,
      id: 'op1',
    });
    assert(decision.kind === 'change');
    assert.deepEqual(decision.profile.owners.find(({ id }) => id === 'ben')?.coolOffUntil, days(3));
    assert(
      decision.profile.outbox.some(
        (entry) => entry.kind === 'notice' && 'person' in entry.notice.to && entry.notice.to.person === 'ann',
      ),
    );
  });

  it('leaves nothing of a deleted profile to find', () => {
    const decision = decide(on('delete'), ann, state({ profile: shared, confirmed: true }), { now, id: 'op1' });
    assert(decision.kind === 'change');
    assert.deepEqual(decision.profile.access, []);
    assert.notEqual(decision.profile.externalId, '42');
    assert(decision.profile.outbox.some((entry) => entry.kind === 'dropGrant' && entry.person === 'all'));
  });
});
