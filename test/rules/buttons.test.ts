import assert from 'node:assert/strict';
import fc from 'fast-check';
import { approvalView } from '../../src/bot/cards/approval.js';
import { healthCard, healthView } from '../../src/bot/cards/health.js';
import { profileCard, profileView } from '../../src/bot/cards/profile.js';
import { renderCard } from '../../src/bot/cards/template.js';
import { clientTime } from '../../src/bot/input/times.js';
import { factsOf } from '../../src/operations/answers/profileFacts.js';
import { decide } from '../../src/rules/decide.js';
import type { Asked, Operation, WhoRef } from '../../src/rules/operation.js';
import { noHeirs } from '../../src/rules/ownership/leaving.js';
import type { Actor, GrantFacts, Principal, Profile } from '../../src/rules/types.js';
import { partsOf, wordsOn } from './cardWalk.js';
import { moment } from './effects.js';
import { faultsOf } from './wording.js';
import {
  actor,
  claimOf,
  days,
  everyoneShare,
  grant,
  intentOf,
  now,
  owner,
  profile,
  shareWith,
  state,
} from './world.js';

/** Whoever looks at a card: each of them with every role. */
const people = ['ann', 'ben', 'cat', 'eve'];
const viewers = fc
  .record({
    id: fc.constantFrom(...people),
    role: fc.constantFrom('reader' as const, 'responder' as const, 'manager' as const),
    admin: fc.boolean(),
    groups: fc.constantFrom([], ['marketing']),
  })
  .map(({ id, ...more }) => actor(id, more));

const owners = fc.subarray([
  owner('ann'),
  owner('ben', { coolOffUntil: days(2) }),
  owner('cat', { leavingAt: days(4), leftAs: 'disabled' }),
]);
const shares = fc.subarray([
  shareWith('person', 'eve', days(3)),
  { ...shareWith('person', 'cat'), by: { id: 'ben', name: 'Ben' } },
  shareWith('group', 'marketing'),
  { ...everyoneShare, approval: true as const },
]);
const claims = fc.subarray([claimOf('eve'), claimOf('cat', { proven: true, objectedBy: { id: 'ann', name: 'Ann' } })]);
const allowed = fc.constantFrom({}, { messages: { by: { id: 'ann', name: 'Ann' }, at: now } });
const frozen = fc.option(fc.constant({ by: { id: 'ann', name: 'Ann' }, at: now, yes: [] }), { nil: undefined });
const profiles = fc
  .record({
    owners,
    shares,
    claims,
    allowed,
    frozen,
    type: fc.constantFrom('x-user' as const, 'facebook-user' as const),
  })
  .map(({ frozen: ice, ...more }) => profile({ ...more, ...(ice ? { frozen: ice } : {}) }));
const grants = fc.subarray([
  grant('ann', { expiresAt: days(12) }),
  grant('ben', { state: 'unknown', retryAt: days(0.01) }),
  grant('cat', { state: 'dead' }),
]);

const readerOf = (viewer: Actor) => ({
  id: viewer.id,
  timeZone: 'UTC',
  now,
  admin: viewer.admin,
  reader: viewer.role === 'reader' && !viewer.admin,
});

/** What a button asks for, with its names as ids, as the shell would hand it to the rules. */
function operationOf(asked: Asked, about: Profile): Operation {
  const who =
    'who' in asked && Array.isArray(asked.who) ? { who: asked.who.map((ref) => principalOf(ref, about)) } : {};
  return { ...asked, ...who, ...('profile' in asked ? { profile: about.id } : {}) } as Operation;
}

const principalOf = (ref: WhoRef, { shares: all }: Profile): Principal =>
  all.find(({ principal }) => {
    if (principal.kind === 'everyone') return 'everyone' in ref;
    return principal.kind === 'person'
      ? 'person' in ref && ref.person === principal.id
      : 'group' in ref && ref.group === principal.id;
  })?.principal ?? assert.fail('a button names who is there');

/** Rules of posts look at more than a profile; they have tests of their own. */
const others = new Set(['post', 'posts', 'profiles']);

function isRefused(asked: Asked, viewer: Actor, about: Profile, its: readonly GrantFacts[]): string | undefined {
  if (others.has(asked.kind)) return undefined;
  const decision = decide(
    operationOf(asked, about),
    viewer,
    state({ profile: about, grants: its, leaver: 'gone', heirs: noHeirs }),
    moment,
  );
  return decision.kind === 'refuse' ? `${asked.kind}: ${decision.refusal.code}` : undefined;
}

function askedOn(card: object): Asked[] {
  return partsOf(card).flatMap(({ part }) => {
    const carried = part.data as { do?: Asked } | undefined;
    return part.type === 'Action.Execute' && carried?.do ? [carried.do] : [];
  });
}

describe('the card of a post that waits', () => {
  it('says until when in the reader’s own zone', () => {
    const until = new Date(now.getTime() + 90_000);
    const intent = intentOf({ state: 'waiting', why: { code: 'networkWaits', until } });
    const deciders = { kind: 'managers' } as const;
    const standing = 'other' as const;
    const facts = { intent, profile: profile(), hash: 'h', preview: '', changes: [], deciders, standing };
    const row = approvalView(facts).facts.find(({ title }) => title === 'Now');
    assert.equal(row?.value, `X asks us to wait until ${clientTime(until)}.`);
  });
});

describe('no button that the rules refuse is drawn', () => {
  const seen = fc
    .tuple(viewers, profiles, grants)
    .map(([viewer, about, its]) => ({ viewer, about, its, facts: factsOf(about, its, viewer, now) }))
    .filter(({ facts }) => facts.may.includes('show'));

  it('on the card of a profile, whoever looks at it, however it stands; and its sentences are right', () => {
    fc.assert(
      fc.property(seen, ({ viewer, about, its, facts }) => {
        const card = profileCard(profileView({ kind: 'profile', facts }, readerOf(viewer)));
        const asked = askedOn(renderCard(card));
        assert.deepEqual(
          asked.flatMap((one) => isRefused(one, viewer, about, its) ?? []),
          [],
        );
        assert.deepEqual(wordsOn(card).flatMap(faultsOf), []);
      }),
      { numRuns: 600 },
    );
  });

  it('in front stand six at most', () => {
    fc.assert(
      fc.property(seen, ({ viewer, facts }) => {
        const { buttons } = profileView({ kind: 'profile', facts }, readerOf(viewer));
        assert(buttons.filter(({ secondary }) => !secondary).length <= 6);
      }),
      { numRuns: 200 },
    );
  });

  it('beside a profile that needs care', () => {
    const view = (need: 'not-proven' | 'alone' | 'not-valid', mend: 'check' | 'invite' | 'renew') => {
      const facts = factsOf(profile(), [grant('ann')], actor('ann'), now);
      const lights = { green: 0, yellow: 1, red: 0 };
      return healthCard(
        healthView(
          { kind: 'health', rows: [{ facts, need, mend }], total: 1, page: 0, lights },
          readerOf(actor('ann')),
        ),
      );
    };
    for (const [need, mend] of [
      ['not-proven', 'check'],
      ['alone', 'invite'],
      ['not-valid', 'renew'],
    ] as const) {
      const asked = askedOn(renderCard(view(need, mend)));
      assert.deepEqual(
        asked.flatMap((one) => isRefused(one, actor('ann'), profile(), [grant('ann')]) ?? []),
        [],
      );
    }
  });
});
