import assert from 'node:assert/strict';
import { digestFor, type Week } from '../../src/rules/tenant/digest.js';
import { quietAfter } from '../../src/rules/tenant/notices.js';
import { given } from './effects.js';
import { actor } from './world.js';

const ann = actor('ann');

describe('notices', () => {
  it('are shown when nothing is switched', () => {
    given().when(ann, { kind: 'notices' }).gives({ shows: true });
    given().when(ann, { kind: 'notices', topic: 'shares' }).gives({ shows: true });
  });

  it('of a topic are switched off, and on again, for oneself', () => {
    given()
      .when(ann, { kind: 'notices', topic: 'shares', on: false })
      .gives({
        done: 'You are not told of shares any more: profiles that are shared with you, and shares that ended.',
        person: { id: 'ann', name: 'Ann' },
        topic: 'shares',
        on: false,
        audit: [['notices', 'switched notices of shares off']],
      });
    given()
      .when(ann, { kind: 'notices', topic: 'sign-ins', on: true })
      .gives({
        done: 'You are told of sign-ins again: sign-ins that end, or do not work any more.',
        person: { id: 'ann', name: 'Ann' },
        topic: 'sign-ins',
        on: true,
        audit: [['notices', 'switched notices of sign-ins on']],
      });
    assert.deepEqual(quietAfter(['sign-ins'], 'shares', false), ['sign-ins', 'shares']);
    assert.deepEqual(quietAfter(['sign-ins', 'shares'], 'shares', false), ['sign-ins', 'shares']);
    assert.deepEqual(quietAfter(['sign-ins', 'shares'], 'shares', true), ['sign-ins']);
  });
});

describe('the digest of a week', () => {
  const nothing: Week = { dark: [], ownerless: [], leaving: [], claims: [], everyone: [] };

  it('is none when nothing needs to be said', () => {
    assert.equal(digestFor('ada', nothing), undefined);
  });

  it('counts, names three of each, and leads to what helps', () => {
    const week: Week = {
      dark: ['@a (X profile)'],
      ownerless: ['@b', '@c', '@d', '@e', '@f'],
      leaving: [{ person: 'Ben', profile: '@g' }],
      claims: [
        { person: 'Eve', profile: '@h' },
        { person: 'Cem', profile: '@i' },
      ],
      everyone: [{ by: 'Ann', profile: '@j' }],
    };
    assert.deepEqual(digestFor('ada', week), {
      to: { person: 'ada' },
      from: 'clock',
      topic: 'digest',
      title: 'The week of your social profiles',
      text: [
        '1 profile has no sign-in that works: @a (X profile).',
        '5 profiles have no owner: @b, @c, @d and 2 more.',
        '1 owner is leaving: Ben (@g).',
        '2 claims wait for a decision: Eve (@h), Cem (@i).',
        '1 profile was shared with everyone: @j by Ann.',
      ].join(' '),
      buttons: [
        { title: 'What needs care', operation: { kind: 'health' } },
        { title: 'Claims', operation: { kind: 'claims' } },
        { title: 'No more digests', operation: { kind: 'notices', topic: 'digest', on: false } },
      ],
    });
  });

  it('has no button for claims when none waits', () => {
    const titles = digestFor('ada', { ...nothing, ownerless: ['@b'] })?.buttons?.map(({ title }) => title);
    assert.deepEqual(titles, ['What needs care', 'No more digests']);
  });
});
