import assert from 'node:assert/strict';
import { isCooling, waitingClaims } from '../../src/rules/claims/claims.js';
import { tendClaims } from '../../src/rules/claims/claimTimes.js';
import { decide } from '../../src/rules/decide.js';
import { defaultPolicy, type Policy } from '../../src/rules/decision.js';
import type { Operation } from '../../src/rules/operation.js';
import type { Actor, Claim, Profile } from '../../src/rules/types.js';
import { actor, days, grant, profile, shareWith, signedIn, state } from './world.js';

/** Ann and Bob own it; Ben and Cat may see it; Max is a Manager, Ada an admin. Cat is a Manager too: she may claim. */
const people: Actor[] = [
  actor('ann'),
  actor('bob'),
  actor('ben'),
  actor('cat', { role: 'manager' }),
  actor('max', { role: 'manager' }),
  actor('ada', { admin: true }),
];
const start = (owners: string[]): Profile =>
  profile({
    owners: owners.map((id) => ({ id, name: id, since: days(0) })),
    shares: [shareWith('person', 'ben'), shareWith('person', 'cat')],
  });

type Node = { profile: Profile; day: number };
type Step = { by: Actor | 'clock'; operation?: Operation; signsIn?: boolean; before: Node; after: Node };

/** Every operation anyone could ask for in this state, rightful or not. */
function operations({ claims }: Profile): { operation: Operation; signsIn?: boolean }[] {
  const on = { profile: 'p1' };
  return [
    { operation: { kind: 'claim', ask: true, ...on } },
    { operation: { kind: 'claim', ...on }, signsIn: true },
    ...(['withdraw', 'object', 'vouch', 'leave', 'delete'] as const).map((kind) => ({ operation: { kind, ...on } })),
    ...claims.flatMap(({ id: claim }) =>
      (['approve', 'decline'] as const).map((kind) => ({ operation: { kind, claim, ...on } as Operation })),
    ),
  ];
}

let ids = 0;
function stepsFrom(before: Node, policy: Policy): Step[] {
  const { profile: current, day } = before;
  if (current.deleted) return [];
  const steps: Step[] = [];
  for (const by of people) {
    for (const { operation, signsIn } of operations(current)) {
      const given = {
        ...{ policy, profile: current, confirmed: true, claimant: 'works' as const, grants: [grant('ann')] },
        ...(signsIn ? { signedIn: signedIn(by.id) } : {}),
      };
      const decision = decide(operation, by, state(given), { now: days(day), id: `op${ids++}` });
      if (decision.kind !== 'change') continue;
      steps.push({ by, operation, ...(signsIn ? { signsIn } : {}), before, after: { profile: decision.profile, day } });
    }
  }
  for (const more of [1, 4]) {
    const after = tendClaims(current, ['max'], { now: days(day + more), id: `op${ids++}` }) ?? current;
    steps.push({ by: 'clock', before, after: { profile: after, day: day + more } });
  }
  return steps;
}

/** Two states with the same key have the same future. */
function keyOf({ profile: { owners, claims, deleted }, day }: Node): string {
  const left = (at: Date | undefined) =>
    at && Math.max(-1, Math.ceil((at.getTime() - days(day).getTime()) / 86_400_000));
  return JSON.stringify([
    deleted ?? false,
    owners.map(({ id, coolOffUntil }) => [id, left(coolOffUntil)]).sort(),
    claims
      .map((claim) => [
        claim.by.id,
        claim.proven,
        claim.objectedBy?.id,
        claim.decided?.as,
        left(claim.ends),
        !!claim.remindedAt,
      ])
      .sort(),
  ]);
}

function walk(from: Profile, policy: Policy, depth: number, look: (step: Step) => void): number {
  const seen = new Set<string>();
  let edge: Node[] = [{ profile: from, day: 0 }];
  for (let level = 0; level < depth; level++) {
    const next: Node[] = [];
    for (const node of edge) {
      for (const step of stepsFrom(node, policy)) {
        look(step);
        const key = keyOf(step.after);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ ...step.after, profile: { ...step.after.profile, outbox: [] } });
      }
    }
    edge = next;
  }
  return seen.size;
}

const told = ({ after: { profile: next } }: Step) =>
  next.outbox.flatMap((entry) =>
    entry.kind === 'notice' && 'person' in entry.notice.to ? entry.notice.to.person : [],
  );
const newlyDecided = ({ before, after }: Step): Claim[] =>
  waitingClaims(before.profile).filter((claim) =>
    after.profile.claims.some((one) => one.id === claim.id && one.decided),
  );
const say = ({ by, operation, before }: Step) =>
  `${by === 'clock' ? 'the clock' : by.id}: ${JSON.stringify(operation)} on ${keyOf(before)}`;

/** As `assert`, with words that are only made when they are needed. */
function holds(fact: boolean | undefined, words: string, step: Step): void {
  if (!fact) assert.fail(`${words}: ${say(step)}`);
}

/** The rule in words of its own, to compare `decide` with. */
function isRightful(step: Step, claim: Claim): boolean {
  const { by, before } = step;
  if (by === 'clock' || by.id === claim.by.id || claim.decided) return false;
  const { owners } = before.profile;
  const now = days(before.day);
  const settled = owners.filter((owner) => owner.id !== claim.by.id && !isCooling(owner, now)).map(({ id }) => id);
  if (settled.length > 0 && !claim.objectedBy) return settled.includes(by.id);
  const isParty = owners.some(({ id }) => id === by.id) || claim.objectedBy?.id === by.id;
  return (by.role === 'manager' || by.admin) && !isParty;
}

function check(step: Step, policy: Policy): void {
  const { by, operation, signsIn, before, after } = step;
  const was = before.profile.owners.map(({ id }) => id);
  const is = after.profile.owners.map(({ id }) => id);
  for (const id of is.filter((one) => !was.includes(one))) {
    if (operation?.kind === 'approve') {
      const claim = before.profile.claims.find((one) => one.id === operation.claim);
      holds(claim?.by.id === id && isRightful(step, claim), 'made an owner without a rightful yes', step);
    } else {
      const isProven = signsIn && by !== 'clock' && by.id === id && policy.claims === 'credentials';
      holds(isProven, 'made an owner without proof', step);
      const last = before.profile.claims.filter((one) => one.by.id === id && one.objectedBy).at(-1);
      holds(!last || last.decided?.as === 'approved', 'an objection was walked around', step);
    }
  }
  for (const id of was.filter((one) => !is.includes(one))) {
    const own = by !== 'clock' && by.id === id && operation?.kind === 'leave';
    const isCoolingOff = before.profile.owners.some((owner) => owner.id === id && isCooling(owner, days(before.day)));
    const ends = operation?.kind === 'delete' || (operation?.kind === 'object' && isCoolingOff);
    holds(own || ends, 'took an ownership away', step);
  }
  if (
    by !== 'clock' &&
    before.profile.owners.some((owner) => owner.id === by.id && isCooling(owner, days(before.day)))
  ) {
    holds(!['delete', 'object', 'vouch', 'approve'].includes(operation?.kind ?? ''), 'too early', step);
  }
}

describe('every state a claim can get into', () => {
  for (const claims of ['credentials', 'approval'] as const) {
    for (const owners of [['ann', 'bob'], ['ann'], []]) {
      const policy = { ...defaultPolicy, claims };
      const title = `policy ${claims}, ${owners.length === 0 ? 'no owner' : `owned by ${owners.join(' and ')}`}`;
      const depth = owners.length === 1 ? 5 : 4;
      it(`makes no owner without proof or a rightful yes, tells the claimant, and gets nobody stuck: ${title}`, () => {
        const kinds = new Set<string>();
        const states = walk(start(owners), policy, depth, (step) => {
          check(step, policy);
          const { profile: next, day } = step.after;
          kinds.add(step.operation?.kind ?? 'clock');
          for (const claim of newlyDecided(step)) {
            const isOwn = step.by !== 'clock' && step.by.id === claim.by.id;
            holds(isOwn || told(step).includes(claim.by.id), 'the claimant is not told', step);
          }
          const waiting = waitingClaims(next);
          const claimants = waiting.map(({ by }) => by.id);
          holds(new Set(claimants).size === claimants.length, 'two claims of one person', step);
          holds(!waiting.some(({ by }) => next.owners.some(({ id }) => id === by.id)), 'an owner waits', step);
          if (waiting.length === 0) return;
          holds(!next.deleted, 'waits for a deleted profile', step);
          assert(next.nextClaim && next.nextClaim <= new Date(Math.max(...waiting.map(({ ends }) => ends.getTime()))));
          const ended = tendClaims(next, ['max'], { now: days(day + 8), id: 'end' });
          holds(ended && waitingClaims(ended).length === 0, 'stuck', step);
        });
        for (const kind of ['claim', 'withdraw', 'approve', 'decline', 'clock']) assert(kinds.has(kind), kind);
        if (claims === 'credentials' && owners.length > 0) assert(kinds.has('object') && kinds.has('vouch'));
        assert(states > 100, `only ${states} states`);
      });
    }
  }

  it('has a card that is made right after each change of it', () => {
    walk(start(['ann']), defaultPolicy, 3, (step) => {
      const changed = step.after.profile.claims.filter((claim) => !step.before.profile.claims.includes(claim));
      const shown = step.after.profile.outbox.flatMap((entry) => (entry.kind === 'claimCard' ? entry.claim : []));
      for (const { id } of changed) holds(shown.includes(id), 'its card stays as it was', step);
      if (step.operation?.kind !== 'leave') return;
      for (const { id } of waitingClaims(step.after.profile))
        holds(shown.includes(id), 'its card stays as it was', step);
    });
  });
});
