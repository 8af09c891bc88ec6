import assert from 'node:assert/strict';
import { judged, provenGood, verdictOf } from '../../src/operations/signins/grantVerdict.js';
import { agoWords } from '../../src/platform/timeWords.js';
import { careFor } from '../../src/rules/signins/care.js';
import { type Health, healthOf } from '../../src/rules/signins/health.js';
import { needOf } from '../../src/rules/signins/urgency.js';
import type { GrantFacts, Profile, SealedGrant } from '../../src/rules/types.js';
import { days, grant, now, profile, signedIn } from './world.js';

const two = profile({
  owners: [
    { id: 'ann', name: 'Ann', since: now },
    { id: 'ben', name: 'Ben', since: now },
  ],
});
const leaving = profile({
  owners: [
    { id: 'ann', name: 'Ann', since: now },
    { id: 'ben', name: 'Ben', since: now, leavingAt: days(5) },
  ],
});
const unknown = { state: 'unknown', retryAt: days(1), reason: 'outage' } as const;

describe('health', () => {
  type Row = [string, Profile, GrantFacts[], string, Health['state'], Health['light']];
  const table: Row[] = [
    ['nobody owns it', profile({ owners: [] }), [grant('ann')], 'ann', 'no-owner', 'yellow'],
    ['an owner without a sign-in', profile(), [], 'ann', 'not-valid', 'red'],
    ['one sign-in', profile(), [grant('ann')], 'ann', 'valid', 'yellow'],
    ['two sign-ins', two, [grant('ann'), grant('ben')], 'ann', 'valid', 'green'],
    ['yours is dead', two, [grant('ann', { state: 'dead' }), grant('ben')], 'ann', 'yours-not-valid', 'yellow'],
    ['yours has ended', two, [grant('ann', { expiresAt: now }), grant('ben')], 'ann', 'yours-not-valid', 'yellow'],
    ['you have none', two, [grant('ben')], 'ann', 'yours-not-valid', 'yellow'],
    ['seen by who is no owner', two, [grant('ben')], 'eve', 'valid', 'yellow'],
    ['all are dead', two, [grant('ann', { state: 'dead' })], 'ann', 'not-valid', 'red'],
    ['unknown is not fine', profile(), [grant('ann', unknown)], 'ann', 'not-proven', 'yellow'],
    ['unknown beside a good one', two, [grant('ann', unknown), grant('ben')], 'ann', 'valid', 'green'],
    ['two unknown ones', two, [grant('ann', unknown), grant('ben', unknown)], 'ann', 'not-proven', 'green'],
    ['of one who is no owner', profile(), [grant('eve')], 'ann', 'not-valid', 'red'],
    ['of one who is leaving', leaving, [grant('ben')], 'ann', 'not-valid', 'red'],
  ];
  for (const [title, about, grants, viewer, state, light] of table) {
    it(`${title}: ${state}, ${light}`, () => {
      const health = healthOf(about, grants, viewer, now);
      if (state !== 'no-owner') assert.equal(health.light, light);
      assert.equal(health.state, state);
    });
  }

  const allowed = profile({ allowed: { messages: { by: { id: 'ann', name: 'Ann' }, at: now } } });
  const scoped: [string, GrantFacts[], string][] = [
    ['with a valid sign-in that may, it runs', [grant('ann', { scopes: ['dm'] })], 'running'],
    ['with a sign-in that may not, it waits', [grant('ann')], 'allowed'],
    ['without any, it waits', [], 'allowed'],
    ['with a sign-in that is not proven, it waits', [grant('ann', { scopes: ['dm'], ...unknown })], 'allowed'],
    ['with a dead sign-in that did, it expired', [grant('ann', { scopes: ['dm'], state: 'dead' })], 'expired'],
  ];
  for (const [title, grants, expected] of scoped) {
    it(`acquisition: ${title}`, () => {
      const health = healthOf(allowed, grants, 'ann', now, (_, __, scopes) => scopes.includes('dm'));
      assert.deepEqual(health.acquisition, { messages: expected });
    });
  }

  it('names the earliest end and the latest good call', () => {
    const grants = [
      grant('ann', { expiresAt: days(9), lastGoodAt: days(-2) }),
      grant('ben', { expiresAt: days(5), lastGoodAt: days(-1) }),
    ];
    const { endsAt, endsFor, lastGoodAt } = healthOf(two, grants, 'ann', now);
    assert.deepEqual({ endsAt, endsFor, lastGoodAt }, { endsAt: days(5), endsFor: 'ben', lastGoodAt: days(-1) });
  });
});

describe('what needs care', () => {
  const health = (about: Profile, ...grants: GrantFacts[]) => healthOf(about, grants, 'ann', now);
  const need = (about: Profile, ...grants: GrantFacts[]) => needOf(health(about, ...grants), 'owner', now)?.need;

  it('is told apart, and nothing is said where all is well', () => {
    assert.equal(need(profile({ owners: [] })), 'no-owner');
    assert.equal(need(profile()), 'not-valid');
    assert.equal(need(profile(), grant('ann', { expiresAt: days(3) })), 'ends-soon');
    assert.equal(need(profile(), grant('ann', { expiresAt: days(14) })), 'ends');
    assert.equal(need(profile(), grant('ann', { expiresAt: days(15) })), 'alone');
    assert.equal(need(two, grant('ben')), 'yours-not-valid');
    assert.equal(need(profile(), grant('ann', unknown)), 'not-proven');
    assert.equal(need(two, grant('ann'), grant('ben')), undefined);
  });

  it('is not for those it is shared with, unless nobody can act', () => {
    assert.equal(needOf(health(profile(), grant('ann')), 'shared', now), undefined);
    assert.equal(needOf(health(profile()), 'shared', now)?.need, 'not-valid');
  });
});

describe('telling owners', () => {
  const held = (person: string, more: Partial<SealedGrant> = {}): SealedGrant => ({
    ...signedIn(person).grant,
    ...more,
  });
  const told = (about: Profile, grants: SealedGrant[], at: Date) => {
    const next = careFor(about, grants, { now: at, id: 'm' });
    const notices = (next?.outbox ?? []).flatMap((entry) => (entry.kind === 'notice' ? entry.notice : []));
    return { next, notices, titles: notices.map(({ title }) => title) };
  };

  it('happens once for each mark, however late the look', () => {
    const ends = held('ann', { expiresAt: days(60) });
    const first = told(profile({ light: 'yellow' }), [ends], days(58));
    assert.deepEqual(first.titles, ['Your sign-in to @contoso (X profile) ends in 3 days']);
    assert.deepEqual(first.next?.careAt, days(59));
    const again = told({ ...(first.next as Profile), outbox: [] }, [ends], days(58));
    assert.deepEqual(again.titles, []);
  });

  it('starts anew with a renewed sign-in', () => {
    const first = told(profile({ light: 'yellow' }), [held('ann', { expiresAt: days(60) })], days(58)).next as Profile;
    const renewed = held('ann', { since: days(58), expiresAt: days(118) });
    assert.deepEqual(told({ ...first, outbox: [] }, [renewed], days(58)).titles, []);
    assert.deepEqual(told({ ...first, outbox: [] }, [renewed], days(88)).titles, [
      'Your sign-in to @contoso (X profile) is 30 days old',
    ]);
  });

  it('says nothing of a sign-in that was made for a week only, until its end is near', () => {
    const week = held('ann', { expiresAt: days(7) });
    assert.deepEqual(told(profile({ light: 'yellow' }), [week], now).titles, []);
    assert.deepEqual(told(profile({ light: 'yellow' }), [week], days(4)).titles, [
      'Your sign-in to @contoso (X profile) ends in 3 days',
    ]);
  });

  it('says of a dead sign-in one thing to its person and another to the other owners, one message each', () => {
    const { notices } = told({ ...two, light: 'green' }, [held('ann', { state: 'dead' }), held('ben')], now);
    assert.deepEqual(
      notices.map(({ to, title, buttons }) => [
        (to as { person: string }).person,
        title,
        buttons?.map((one) => one.title),
      ]),
      [
        ['ann', 'Your sign-in to @contoso (X profile) does not work any more', ['Renew']],
        ['ben', 'Only one sign-in keeps @contoso (X profile) alive', ['Invite an owner']],
      ],
    );
  });

  it('reaches those who stay when the person is leaving, and nobody when it is only claimed', () => {
    const dead = [held('ben', { state: 'dead' }), held('ann')];
    assert.deepEqual(told({ ...leaving, light: 'yellow' }, dead, now).titles, [
      "Ben's sign-in to @contoso (X profile) does not work any more".replace('Ben', 'ben'),
    ]);
    assert.deepEqual(told(profile({ light: 'yellow' }), [held('eve', { state: 'dead' }), held('ann')], now).titles, []);
  });

  it('does not take an outage for a loss', () => {
    assert.deepEqual(told({ ...two, light: 'green' }, [held('ann', unknown), held('ben', unknown)], now).titles, []);
  });

  it('leaves a deleted profile alone', () => {
    assert.equal(careFor(profile({ deleted: true }), [], { now, id: 'm' }), undefined);
  });
});

describe('a failed call', () => {
  const half = () => 0.5;
  it('makes a sign-in dead only when the network said so', () => {
    for (const kind of ['stale', 'wait', 'passing', 'declined', 'notAllowed', 'unsupported', 'unknown'] as const) {
      assert.equal(verdictOf({ kind }, {}, now, half).state, 'unknown', kind);
    }
    assert.deepEqual(verdictOf({ kind: 'dead' }, {}, now), { state: 'dead', reason: 'revoked' });
    assert.deepEqual(verdictOf({ kind: 'dead' }, { refreshing: now }, now), { state: 'dead', reason: 'interrupted' });
  });

  it('is tried again ever later, and never before the time the network named', () => {
    const minutes = (tries: number) => {
      const verdict = verdictOf({ kind: 'passing' }, { tries }, now, half);
      return verdict.state === 'unknown' && (verdict.retryAt.getTime() - now.getTime()) / 60_000;
    };
    assert.deepEqual([0, 1, 2, 20].map(minutes), [5, 10, 20, 720]);
    const named = verdictOf({ kind: 'wait', retryAt: days(1) }, {}, now);
    assert.deepEqual(named, { state: 'unknown', reason: 'wait', retryAt: days(1) });
  });

  it('is forgotten with the next one that works', () => {
    const bad = judged(signedIn('ann').grant, verdictOf({ kind: 'passing' }, {}, now));
    assert.equal(bad.tries, 1);
    const { state, reason, retryAt, tries, lastGoodAt } = provenGood(bad, now, days(1));
    assert.deepEqual([state, reason, retryAt, tries, lastGoodAt], ['good', undefined, undefined, undefined, now]);
  });
});

describe('times in sentences', () => {
  it('of the past are counted in the largest whole unit', () => {
    const ago = (minutes: number) => agoWords(new Date(now.getTime() - minutes * 60_000), now);
    assert.deepEqual([0.5, 1, 4, 61, 1441, 2 * 1440].map(ago), [
      'just now',
      '1 minute ago',
      '4 minutes ago',
      '1 hour ago',
      '1 day ago',
      '2 days ago',
    ]);
  });
});
