import assert from 'node:assert/strict';
import { activeOwners } from '../../src/rules/access.js';
import { defaultPolicy } from '../../src/rules/decision.js';
import { endLeavers, groupGone, noHeirs, personBack, personLeft } from '../../src/rules/ownership/leaving.js';
import { withoutOwner } from '../../src/rules/ownership/whatIf.js';
import { healthOf } from '../../src/rules/signins/health.js';
import type { Notice, Profile } from '../../src/rules/types.js';
import { days, grant, now, profile, shareWith } from './world.js';

const moment = { now, id: 'op1' };
const ann = { id: 'ann', name: 'Ann', since: now };
const ben = { id: 'ben', name: 'Ben', since: now };
const two = profile({ owners: [ann, ben] });
const left = (about: Profile, person: string, how: 'disabled' | 'deleted', policy = defaultPolicy, heirs = noHeirs) =>
  personLeft(about, person, how, policy, heirs, moment);
const told = (next: Profile | undefined): string[] =>
  noticesOf(next).map(({ to }) => ('person' in to ? to.person : to.group));
const noticesOf = (next: Profile | undefined): Notice[] =>
  (next?.outbox ?? []).flatMap((entry) => (entry.kind === 'notice' ? entry.notice : []));
const audits = (next: Profile | undefined) =>
  (next?.outbox ?? []).flatMap((entry) => (entry.kind === 'audit' ? entry.record : []));

describe('an owner who leaves', () => {
  it('when disabled, is leaving for seven days; the others are told', () => {
    const next = left(two, 'ann', 'disabled');
    assert.deepEqual(next?.owners[0]?.leavingAt, days(7));
    assert.deepEqual(told(next), ['ben']);
    assert.deepEqual(next?.nextEnd, days(7));
    assert.equal(next?.revision, two.revision + 1);
    assert.deepEqual(
      audits(next).map(({ actor }) => actor.name),
      ['The directory'],
    );
  });

  it('when deleted, is gone at once, with their sign-in', () => {
    const next = left(two, 'ann', 'deleted');
    assert.deepEqual(
      next?.owners.map(({ id }) => id),
      ['ben'],
    );
    assert(next?.outbox.some((entry) => entry.kind === 'dropGrant' && entry.person === 'ann'));
    assert(!next?.access.includes('owner:ann'));
  });

  it('stays as long as the tenant says, and not a moment when it says so', () => {
    const slow = left(two, 'ann', 'deleted', { ...defaultPolicy, deletedOwnerDays: 30 });
    assert.deepEqual(slow?.owners[0]?.leavingAt, days(30));
    const quick = left(two, 'ann', 'disabled', { ...defaultPolicy, disabledOwnerDays: 0 });
    assert.equal(quick?.owners.length, 1);
  });

  it('is noted once: the same news again changes nothing, worse news shortens the window', () => {
    const once = left(two, 'ann', 'disabled');
    assert(once);
    assert.equal(left(once, 'ann', 'disabled'), undefined);
    assert.equal(left(once, 'ann', 'deleted')?.owners.length, 1);
    assert.equal(left(two, 'eve', 'deleted'), undefined);
    assert.equal(left({ ...two, deleted: true }, 'ann', 'deleted'), undefined);
  });

  it('keeps nothing alive with their sign-in while leaving', () => {
    const grants = [grant('ann'), grant('ben')];
    assert.equal(healthOf(two, grants, 'ben', now).valid, 2);
    const next = left(two, 'ann', 'disabled');
    assert(next);
    assert.equal(healthOf(next, grants, 'ben', now).valid, 1);
  });

  it('who is back within the window stays an owner; after it they are none', () => {
    const leaving = left(two, 'ann', 'disabled');
    assert(leaving);
    const back = personBack(leaving, 'ann', { now: days(6), id: 'op2' });
    assert.deepEqual(back?.owners, two.owners);
    assert.equal(back?.nextEnd, undefined);
    assert.equal(personBack(leaving, 'ann', { now: days(7), id: 'op2' }), undefined);
    assert.equal(personBack(two, 'ann', moment), undefined);
    assert.deepEqual(
      activeOwners(leaving, days(7)).map(({ id }) => id),
      ['ben'],
    );
    const after = endLeavers(leaving, noHeirs, { now: days(7), id: 'op2' });
    assert.deepEqual(
      after?.owners.map(({ id }) => id),
      ['ben'],
    );
    assert.equal(endLeavers(leaving, noHeirs, { now: days(6), id: 'op2' }), undefined);
  });

  it('as the last one leaves it without an owner, offered once to each who may want it, with a button', () => {
    const shared = profile({ shares: [shareWith('person', 'ben'), shareWith('group', 'marketing')] });
    const heirs = { members: ['ben', 'gus'], used: ['ann', 'old'], managers: ['max', 'gus'], admins: [] };
    const next = left(shared, 'ann', 'deleted', defaultPolicy, heirs);
    assert.deepEqual(next?.owners, []);
    assert(next?.access.includes('ownerless'));
    assert.deepEqual(told(next), ['ben', 'gus', 'old', 'max']);
    for (const { buttons } of noticesOf(next)) {
      assert.deepEqual(buttons?.[0]?.operation, { kind: 'claim', profile: { id: 'p1' } });
    }
  });

  it('as the last one, disabled, is told beforehand to those who could claim it already', () => {
    const shared = profile({ shares: [shareWith('person', 'ben')] });
    const next = left(shared, 'ann', 'disabled', defaultPolicy, {
      members: ['gus'],
      used: ['old'],
      managers: ['max'],
      admins: [],
    });
    assert.deepEqual(told(next), ['ben', 'gus']);
  });
});

describe('a share with what is deleted', () => {
  it('is tidied away: persons and groups, with a record; a disabled person keeps theirs', () => {
    const shared = profile({ shares: [shareWith('person', 'ben'), shareWith('group', 'marketing')] });
    const next = left(shared, 'ben', 'deleted');
    assert.deepEqual(
      next?.shares.map(({ principal }) => principal.kind),
      ['group'],
    );
    assert.match(audits(next)[0]?.what ?? '', /ended the share with ben: the account is deleted/);
    assert.equal(left(shared, 'ben', 'disabled'), undefined);
    assert.equal(groupGone(shared, 'marketing', moment)?.shares.length, 1);
    assert.equal(groupGone(shared, 'sales', moment), undefined);
  });

  it('and the ownership of the same person end in one write, each with a record of its own', () => {
    const both = profile({ owners: [ann, ben], shares: [shareWith('person', 'ben')] });
    const next = left(both, 'ben', 'deleted');
    assert.deepEqual([next?.owners.length, next?.shares.length, audits(next).length], [1, 0, 2]);
    const ids = next?.outbox.map(({ id }) => id) ?? [];
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('what if an owner left', () => {
  const rows: [string, Profile, string[], string | undefined][] = [
    ['a second owner with a sign-in keeps it alive', two, ['ann', 'ben'], 'alive:Ben'],
    ['a second owner without one would have to renew', two, ['ann'], 'dark:Ben'],
    [
      'the last owner leaves it without one',
      profile({ shares: [shareWith('person', 'eve')] }),
      ['ann'],
      'ownerless:eve',
    ],
    [
      'an owner who is leaving too keeps nothing alive',
      profile({ owners: [ann, { ...ben, leavingAt: days(3) }] }),
      ['ann', 'ben'],
      'ownerless:',
    ],
    ['a profile of others is none of it', profile({ owners: [ben] }), ['ben'], undefined],
  ];
  for (const [title, about, signIns, expected] of rows) {
    it(title, () => {
      const fate = withoutOwner(
        about,
        signIns.map((person) => grant(person)),
        'ann',
        now,
      );
      assert.equal(fate && `${fate.fate}:${fate.keepers.join()}`, expected);
    });
  }
});
