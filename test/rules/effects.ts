import assert from 'node:assert/strict';
import { decide } from '../../src/rules/decide.js';
import type { Decision, Question, State } from '../../src/rules/decision.js';
import type { PersonName } from '../../src/rules/ids.js';
import { listingOf } from '../../src/rules/listing.js';
import type { Moment, Operation } from '../../src/rules/operation.js';
import type { Intent } from '../../src/rules/publishing/intent.js';
import type { Refusal } from '../../src/rules/refusals.js';
import type { Actor, Notice, OutboxEntry, Profile } from '../../src/rules/types.js';
import { faultsOf } from './wording.js';
import { actor, now, profile, state } from './world.js';

/** What one person, or one group, is told. Buttons are what they are called and what they do. */
export type Told = {
  to: string;
  topic?: string;
  title: string;
  text: string;
  buttons?: [title: string, operation: unknown][];
  orManagers?: true;
};
/** All that became different in a profile and all that has to happen because of it. */
export type Effect = {
  /** Fields that differ, without those that every change moves: version, revision, outbox and its times, its place in lists. */
  set: Partial<Record<keyof Profile, unknown>>;
  /** The operation and the sentence of each audit record. */
  audit: [operation: string, what: string][];
  told: Told[];
  /** Whatever else is in the outbox: sign-ins kept and dropped, cards shown anew. */
  also?: unknown[];
};
/** What became of one post: the fields that differ (null: gone), its records, who is told, whether its card changes. */
export type IntentEffect = {
  set: Partial<Record<keyof Intent, unknown>>;
  audit: Effect['audit'];
  told: Told[];
  card: boolean;
  /** What its receipt gets, beside which post it is. */
  receipt?: object;
  /** Whether the cards of those who decide on it change. */
  decision?: true;
};
export type Result =
  | ({ done: string } & Effect)
  | { refused: Refusal }
  | { asks: Question }
  | { shows: true }
  | { picks: true }
  | { composes: true }
  | { aims: true }
  | { choosesPictures: true }
  | { intents: IntentEffect[] }
  | { signsIn: string; type?: string }
  | { done: string; person: PersonName; topic: string; on: boolean; audit: Effect['audit'] }
  | {
      done: string;
      person: PersonName;
      role?: string;
      accessAskedAt: Date | null;
      audit: Effect['audit'];
      told?: Told[];
      also?: unknown;
    }
  | ({ done: string; audit: Effect['audit'] } & {
      [K in 'policy' | 'approvals' | 'admins' | 'onlyIf' | 'frozen' | 'also' | 'told']?: unknown;
    });

export const moment: Moment = { now, id: 'op1' };
export const showIt: NonNullable<Told['buttons']>[number] = ['Show it', { kind: 'show', profile: { id: 'p1' } }];

/** `given(profile, state).when(person, operation).gives(everything that comes of it)`. */
export function given(about?: Profile, more: Partial<State> = {}) {
  return {
    when: (by: Actor, operation: Operation) => ({
      gives: (expected: Result) => {
        const decision = decide(operation, by, state({ ...(about ? { profile: about } : {}), ...more }), moment);
        if ('done' in decision) assert.deepEqual(faultsOf(decision.done), []);
        same(resultOf(decision, about, by, more.publishing?.intents), expected);
      },
    }),
  };
}

export const same = (actual: unknown, expected: unknown): void => assert.deepEqual(actual, expected);

function resultOf(decision: Decision, about: Profile | undefined, by: Actor, posts: readonly Intent[] = []): Result {
  switch (decision.kind) {
    case 'refuse':
      return { refused: decision.refusal };
    case 'ask':
      return { asks: decision.question };
    case 'view':
      return { shows: true };
    case 'intents':
      return {
        intents: decision.intents.map((next) =>
          intentEffect(
            posts.find(({ id }) => id === next.id),
            next,
            by,
          ),
        ),
      };
    case 'compose':
      return { composes: true };
    case 'pictures':
      return { choosesPictures: true };
    case 'aim':
      return { aims: true };
    case 'pick':
      return { picks: true };
    case 'linkOut':
      return { signsIn: decision.why, ...(decision.type ? { type: decision.type } : {}) };
    case 'change':
      assert.deepEqual(decision.profile.careAt, now, 'the sweep looks at its sign-ins anew');
      return {
        done: decision.done,
        ...effectOn(about?.id === decision.profile.id ? about : undefined, decision.profile, by),
      };
    default: {
      const { kind: _, entry, also = [], ...rest } = decision;
      const notices = also.flatMap((one) => (one.kind === 'notice' ? told(one.notice, by) : []));
      const others = also.filter(({ kind }) => kind !== 'notice');
      return {
        ...rest,
        audit: auditsIn([entry], undefined, by, moment),
        ...(notices.length > 0 ? { told: notices } : {}),
        ...(others.length > 0 ? { also: others } : {}),
      };
    }
  }
}

/** What became of a post, and that its records are whole. */
export function intentEffect(
  before: Intent | undefined,
  next: Intent,
  by: Pick<Actor, 'id' | 'name'>,
  at: Moment = moment,
): IntentEffect {
  const entries = next.outbox.slice(before?.outbox.length ?? 0);
  assert.deepEqual(next.outbox.slice(0, before?.outbox.length ?? 0), before?.outbox ?? [], 'what waited still waits');
  assert.equal(next.outboxSince, before?.outboxSince ?? (entries.length > 0 ? at.now : undefined));
  const key = `${at.id}:${next.id}`;
  assert(
    entries.every(({ id }) => id === key || id.startsWith(`${key}:`)),
    'the same delivery gives the same ids',
  );
  assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length, 'each entry has an id of its own');
  const about = { id: next.profile, type: next.type, handle: next.handle };
  return {
    set: differences(before, next),
    audit: auditsIn(entries, about, by, { ...at, id: key }, next.id),
    ...actsIn(entries),
    told: entries.flatMap((entry) => (entry.kind === 'notice' ? told(entry.notice, by) : [])),
    card: entries.some((entry) => entry.kind === 'intentCard' && entry.posting === next.posting),
    ...(entries.some((entry) => entry.kind === 'approvalCard' && entry.intent === next.id) ? { decision: true } : {}),
  };
}

/** What the records of a post say for its receipt. */
function actsIn(entries: readonly OutboxEntry[]): Pick<IntentEffect, 'receipt'> {
  const acts = entries.flatMap((entry) => (entry.kind === 'audit' ? (entry.record.act ?? []) : []));
  const [first] = acts.map(({ intent: _, ...rest }) => rest).filter((rest) => Object.keys(rest).length > 0);
  return first ? { receipt: first } : {};
}

/** Moved by every change; `effectOn` looks at them itself. */
const moved = new Set(['version', 'revision', 'outbox', 'outboxSince', 'careAt', 'sortName', 'names', 'network']);

/** What a change did. Whatever every change has to do as well is looked at here: its record is whole, nothing is lost. */
export function effectOn(
  about: Profile | undefined,
  next: Profile,
  by: Pick<Actor, 'id' | 'name'>,
  at: Moment = moment,
): Effect {
  const before = about ?? profile({ revision: 0, outbox: [] });
  const entries = next.outbox.slice(before.outbox.length);
  assert.deepEqual(next.outbox.slice(0, before.outbox.length), before.outbox, 'what waited still waits');
  assert.equal(next.outboxSince, before.outboxSince ?? (entries.length > 0 ? at.now : undefined));
  assert.equal(next.version, about?.version ?? 0, 'the store counts writes');
  const { sortName, names, network } = next;
  assert.deepEqual(next.deleted ? {} : { sortName, names, network }, listingOf(next), 'lists have it where it belongs');
  const ids = entries.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'each entry has an id of its own');
  assert(
    ids.every((id) => id === at.id || id.startsWith(`${at.id}:`)),
    'the same delivery gives the same ids',
  );
  const also = entries.filter(({ kind }) => kind !== 'audit' && kind !== 'notice');
  const audit = auditsIn(entries, about ?? next, by, at);
  assert(
    entries.every((entry) => entry.kind !== 'notice' || entry.notice.about === next.type),
    'each notice has the picture of its network',
  );
  assert.equal(next.revision, before.revision + audit.length);
  return {
    set: differences(about, next),
    audit,
    told: entries.flatMap((entry) => (entry.kind === 'notice' ? told(entry.notice, by) : [])),
    ...(also.length > 0 ? { also } : {}),
  };
}

function differences<T extends object>(before: T | undefined, next: T): Partial<Record<keyof T, unknown>> {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(next)])] as (keyof T & string)[];
  const changed = keys.filter((key) => !moved.has(key) && !isSame(before?.[key], next[key]));
  return Object.fromEntries(changed.map((key) => [key, next[key]])) as Partial<Record<keyof T, unknown>>;
}

function isSame(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

function auditsIn(
  entries: readonly OutboxEntry[],
  about: Pick<Profile, 'id' | 'type' | 'handle'> | undefined,
  by: Pick<Actor, 'id' | 'name'>,
  at: Moment,
  intent?: string,
): Effect['audit'] {
  const audits = entries.filter((entry) => entry.kind === 'audit');
  return audits.map(({ id, record }): [string, string] => {
    const { operation, what, act, ...rest } = record;
    if (intent) assert.equal(act?.intent, intent, 'a record of a post names it');
    const named = about ? { profile: { id: about.id, type: about.type, handle: about.handle } } : {};
    assert.deepEqual(rest, {
      ...{ tenant: 't', id, at: at.now, actor: { id: by.id, name: by.name }, outcome: 'done' },
      ...named,
    });
    return [operation, what];
  });
}

function told({ to, from, about: _, buttons, ...notice }: Notice, by: Pick<Actor, 'id'>): Told {
  assert.equal(from, by.id);
  assert.deepEqual([notice.title, notice.text].flatMap(faultsOf), []);
  return {
    to: 'person' in to ? to.person : `group:${to.group}`,
    ...notice,
    ...(buttons ? { buttons: buttons.map(({ title, operation }) => [title, operation]) } : {}),
  };
}

/** The people of the rule tests. */
export const [ann, ben, cat, eve] = [actor('ann'), actor('ben'), actor('cat'), actor('eve')] as const;
export const ada = actor('ada', { admin: true });
export const max = actor('max', { role: 'manager' });
export const to = (id: string) => ({ kind: 'person' as const, id, name: id });
export const toGroup = (id: string) => ({ kind: 'group' as const, id, name: id });
