import { type Health, healthOf, isProven, isValid } from '../../src/rules/signins/health.js';
import { mendOf, needOf, needs } from '../../src/rules/signins/urgency.js';
import type { GrantFacts, Profile } from '../../src/rules/types.js';
import { same } from './effects.js';
import { days, grant, now, owner, profile } from './world.js';

const two = profile({ owners: [owner('ann'), owner('ben')] });
const unknown = { state: 'unknown' as const, retryAt: days(2) };
const by = { id: 'ann', name: 'Ann' };
const health = (about: Profile, grants: GrantFacts[], viewer = 'ann') => healthOf(about, grants, viewer, now);

describe('a sign-in', () => {
  it('is valid until the network or its end ends it; proven when it is known to work', () => {
    const rows: [Partial<GrantFacts>, valid: boolean, proven: boolean][] = [
      [{}, true, true],
      [{ expiresAt: days(1) }, true, true],
      [{ expiresAt: now }, false, false],
      [unknown, true, false],
      [{ ...unknown, expiresAt: now }, false, false],
      [{ state: 'dead' }, false, false],
      [{ state: 'dead', expiresAt: days(1) }, false, false],
    ];
    for (const [more, valid, proven] of rows) {
      same([isValid(grant('ann', more), now), isProven(grant('ann', more), now)], [valid, proven]);
    }
  });
});

describe('health, whole', () => {
  it('of two sign-ins that work', () => {
    same(health(two, [grant('ann', { lastGoodAt: days(-2) }), grant('ben', { lastGoodAt: days(-1) })]), {
      state: 'valid',
      light: 'green',
      valid: 2,
      keepers: [
        { id: 'ann', name: 'ann' },
        { id: 'ben', name: 'ben' },
      ],
      unproven: 0,
      acquisition: {},
      lastGoodAt: days(-1),
    });
  });

  it('of one that ends and one that is not proven', () => {
    same(health(two, [grant('ann', { expiresAt: days(4) }), grant('ben', { ...unknown, lastGoodAt: days(-3) })]), {
      state: 'valid',
      light: 'green',
      valid: 1,
      keepers: [{ id: 'ann', name: 'ann' }],
      unproven: 1,
      acquisition: {},
      endsAt: days(4),
      endsFor: 'ann',
      lastGoodAt: days(-3),
      retryAt: days(2),
    });
  });

  it('of none that works', () => {
    same(
      health(two, [
        grant('ann', { state: 'dead', expiresAt: days(4), retryAt: days(1) }),
        grant('ben', { expiresAt: now }),
      ]),
      { state: 'not-valid', light: 'red', valid: 0, keepers: [], unproven: 0, acquisition: {} },
    );
    same(health(two, []), { state: 'not-valid', light: 'red', valid: 0, keepers: [], unproven: 0, acquisition: {} });
  });

  it('of two that are not proven names the earliest try and the earliest end', () => {
    same(
      health(two, [
        grant('ann', { ...unknown, expiresAt: days(9) }),
        grant('ben', { ...unknown, retryAt: days(1), expiresAt: days(8) }),
      ]),
      {
        state: 'not-proven',
        light: 'green',
        valid: 0,
        keepers: [],
        unproven: 2,
        acquisition: {},
        endsAt: days(8),
        endsFor: 'ben',
        retryAt: days(1),
      },
    );
  });

  it('of two that are not proven beside a third that is leaving', () => {
    const about = { ...two, owners: [...two.owners, owner('cat', { leavingAt: days(1) })] };
    same(health(about, [grant('cat', { lastGoodAt: now, expiresAt: days(1), retryAt: now })], 'cat'), {
      state: 'not-valid',
      light: 'red',
      valid: 0,
      keepers: [],
      unproven: 0,
      acquisition: {},
    });
  });

  it('of what nobody owns, or only somebody who is leaving', () => {
    same(health(profile({ owners: [] }), [grant('ann')]).state, 'no-owner');
    same(health(profile({ owners: [owner('ann', { leavingAt: now })] }), [grant('ann')]).state, 'no-owner');
    same(health(profile({ owners: [owner('ann', { leavingAt: days(1) })] }), [grant('ann')]).state, 'not-valid');
  });

  it('tells an owner without a sign-in of their own, and nobody else', () => {
    same(health(two, [grant('ben')], 'ann').state, 'yours-not-valid');
    same(health(two, [grant('ben')], 'ben').state, 'valid');
    same(health(two, [grant('ben')], 'eve').state, 'valid');
    same(health(two, [grant('ben', unknown)], 'ben').state, 'not-proven');
  });
});

describe('acquisition', () => {
  const allowed = { ...two, allowed: { messages: { by, at: now }, search: { by, at: now } } };
  const able = (...grants: GrantFacts[]) =>
    healthOf(allowed, grants, 'ann', now, (_, what, scopes) => scopes.includes(what)).acquisition;
  it('runs with a proven sign-in that may, waits for one, or has expired', () => {
    const may = (state: Partial<GrantFacts>) => ({ ...state, scopes: ['messages'] });
    same(able(grant('ann', may({}))), { messages: 'running', search: 'allowed' });
    same(able(grant('ann', may(unknown))), { messages: 'allowed', search: 'allowed' });
    same(able(grant('ann', may({ state: 'dead' }))), { messages: 'expired', search: 'allowed' });
    same(able(grant('ann', may({ state: 'dead' })), grant('ben', may(unknown))), {
      messages: 'allowed',
      search: 'allowed',
    });
    same(able(grant('ann'), grant('ben', { scopes: ['search'] })), { messages: 'allowed', search: 'running' });
    same(healthOf(two, [grant('ann')], 'ann', now).acquisition, {});
    same(healthOf(allowed, [grant('ann')], 'ann', now).acquisition, { messages: 'running', search: 'running' });
  });
});

describe('what a profile needs', () => {
  const well: Health = { state: 'valid', light: 'green', valid: 2, keepers: [], unproven: 0, acquisition: {} };
  const need = (more: Partial<Health>, standing: Parameters<typeof needOf>[1] = 'owner') =>
    needOf({ ...well, ...more }, standing, now);
  const hours = (count: number) => days(count / 24);

  it('is nothing where all is well', () => {
    same(need({}), undefined);
    same(need({ endsAt: hours(14 * 24 + 1) }), undefined);
  });

  it('is an owner, or a sign-in, whoever looks', () => {
    for (const standing of ['owner', 'shared', 'ownerless', 'admin'] as const) {
      same(need({ state: 'no-owner' }, standing), { need: 'no-owner' });
      same(need({ state: 'not-valid', endsAt: days(1) }, standing), { need: 'not-valid' });
    }
  });

  it('is for its owners and admins otherwise', () => {
    same(need({ valid: 1 }, 'shared'), undefined);
    same(need({ endsAt: days(1) }, 'shared'), undefined);
    same(need({ valid: 1 }, 'admin'), { need: 'alone' });
  });

  it('counts begun days', () => {
    same(need({ endsAt: days(3) }), { need: 'ends-soon', daysLeft: 3 });
    same(need({ endsAt: hours(71) }), { need: 'ends-soon', daysLeft: 3 });
    same(need({ endsAt: hours(73) }), { need: 'ends', daysLeft: 4 });
    same(need({ endsAt: days(14) }), { need: 'ends', daysLeft: 14 });
  });

  it('is the most urgent of several', () => {
    same(need({ state: 'yours-not-valid', endsAt: days(3) }), { need: 'ends-soon', daysLeft: 3 });
    same(need({ state: 'yours-not-valid', endsAt: days(4) }), { need: 'yours-not-valid', daysLeft: 4 });
    same(need({ acquisition: { messages: 'expired' }, endsAt: days(4) }), { need: 'ends', daysLeft: 4 });
    same(need({ acquisition: { messages: 'running', search: 'expired' }, endsAt: days(40), unproven: 1 }), {
      need: 'acquisition-expired',
      daysLeft: 40,
    });
    same(need({ acquisition: { messages: 'running' }, unproven: 1, valid: 1 }), { need: 'not-proven' });
    same(need({ state: 'not-proven', valid: 0, endsAt: days(40) }), { need: 'not-proven', daysLeft: 40 });
    same(need({ valid: 1, endsAt: days(40) }), { need: 'alone', daysLeft: 40 });
  });

  it('is mended with the button that the person may press', () => {
    const mends = (may: string[]) => Object.fromEntries(needs.map((one) => [one, mendOf(one, may)]));
    same(mends(['show', 'invite', 'renew']), {
      'not-valid': 'renew',
      'no-owner': 'renew',
      'ends-soon': 'renew',
      'yours-not-valid': 'renew',
      ends: 'renew',
      'acquisition-expired': 'renew',
      'not-proven': 'show',
      alone: 'invite',
    });
    same(mends(['show', 'claim']), {
      'not-valid': 'claim',
      'no-owner': 'claim',
      'ends-soon': 'claim',
      'yours-not-valid': 'claim',
      ends: 'claim',
      'acquisition-expired': 'claim',
      'not-proven': 'show',
      alone: 'show',
    });
    same(mends(['show']), {
      'not-valid': 'show',
      'no-owner': 'show',
      'ends-soon': 'show',
      'yours-not-valid': 'show',
      ends: 'show',
      'acquisition-expired': 'show',
      'not-proven': 'show',
      alone: 'show',
    });
  });

  it('comes in the order of urgency', () => {
    same(
      [...needs],
      ['not-valid', 'no-owner', 'ends-soon', 'yours-not-valid', 'ends', 'acquisition-expired', 'not-proven', 'alone'],
    );
  });
});
