import assert from 'node:assert/strict';
import { withCaring } from '../../src/rules/signins/caring.js';
import type { GrantFacts, Profile } from '../../src/rules/types.js';
import { claimOf, days, everyoneShare, grant as grantOf, now, owner, profile, shareWith } from './world.js';

const grant = (person: string, more: Partial<GrantFacts> = {}) => grantOf(person, { lastGoodAt: now, ...more });
const caring = (about: Profile, ...grants: GrantFacts[]) => {
  const { care = [], urgency = '', lightNow } = withCaring(about, grants, now) ?? about;
  return { care: [...care].sort(), rank: urgency[0], lightNow };
};
const [ann, ben] = [owner('ann'), owner('ben')];

describe('what follows from the sign-ins of a profile', () => {
  it('is nothing to care for with two that work', () => {
    const both = caring(profile({ owners: [ann, ben] }), grant('ann'), grant('ben'));
    assert.deepEqual(both, { care: [], rank: '9', lightNow: 'green' });
  });

  it('is for owners and admins while one keeps it alive, and dark without that owner', () => {
    const one = caring(profile({ shares: [everyoneShare] }), grant('ann'));
    assert.deepEqual(one, { care: ['all', 'owner:ann', 'ownerless:ann'], rank: '8', lightNow: 'yellow' });
  });

  it('is for everyone it is shared with once none works', () => {
    const about = profile({
      owners: [ann, ben],
      shares: [everyoneShare, shareWith('group', 'g')],
      claims: [claimOf('eve')],
    });
    assert.deepEqual(caring(about, grant('ann', { state: 'dead' })), {
      care: ['all', 'dark:ann', 'dark:ben', 'everyone', 'group:g', 'owner:ann', 'owner:ben'],
      rank: '1',
      lightNow: 'red',
    });
  });

  it('is for all who may see it when nobody owns it', () => {
    assert.deepEqual(caring(profile({ owners: [] })), { care: ['all', 'ownerless'], rank: '2', lightNow: 'red' });
  });

  it('is for an owner alone whose own sign-in is what is missing', () => {
    const about = profile({ owners: [ann, ben, owner('cat')] });
    assert.deepEqual(caring(about, grant('ann'), grant('cat')), {
      care: ['yours:ben'],
      rank: '9',
      lightNow: 'green',
    });
    const soon = { expiresAt: days(2) };
    assert.deepEqual(caring(about, grant('ann', soon), grant('cat')).care, [
      'all',
      'owner:ann',
      'owner:ben',
      'owner:cat',
    ]);
  });

  it('puts what ends first before the others of its kind, and those without an end last, by name', () => {
    const ends = (handle: string, more: Partial<GrantFacts>) =>
      withCaring(profile({ handle, owners: [ann, ben] }), [grant('ann', more), grant('ben')], now)?.urgency ?? '';
    const inOrder = [
      ends('z', { expiresAt: days(1) }),
      ends('b', { expiresAt: days(2) }),
      ends('c', { expiresAt: days(2) }),
      ends('a', { expiresAt: days(9) }),
      ends('a', { state: 'unknown' }),
      ends('a', {}),
    ];
    assert.deepEqual([...inOrder].sort(), inOrder);
  });

  it('is written only when it is different, and goes with a deleted profile', () => {
    const written = withCaring(profile(), [grant('ann')], now) ?? assert.fail();
    assert.equal(withCaring(written, [grant('ann')], now), undefined);
    const gone = withCaring({ ...written, deleted: true }, [], now) ?? assert.fail();
    assert.deepEqual([gone.care, gone.urgency, gone.lightNow], [undefined, undefined, undefined]);
  });
});
