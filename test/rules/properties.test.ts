import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRefusal } from '../../src/bot/input/arguments.js';
import { askedFrom } from '../../src/bot/input/clicks.js';
import { parse } from '../../src/bot/input/parse.js';
import { typedText } from '../../src/bot/input/typedText.js';
import { tokensOf } from '../../src/bot/input/words.js';
import { parseAsked } from '../../src/operations/core/schema.js';
import { decide } from '../../src/rules/decide.js';
import { maySee } from '../../src/rules/may.js';
import type { Operation } from '../../src/rules/operation.js';
import type { Profile } from '../../src/rules/types.js';
import { actor, days, grant, now, profile, signedIn, state } from './world.js';

const reading = { now, timeZone: 'Europe/Berlin', locale: 'en-GB', offered: ['x-user'] };
const words = fc.constantFrom(
  'share',
  'unshare',
  'show',
  'role',
  'code',
  'until',
  'for',
  'with',
  '@ann',
  '"',
  'x:contoso',
  '2',
  'weeks',
  'everyone',
  '__proto__',
  'constructor',
  '<at>',
  '</at>',
  '&nbsp;',
  '\u202e',
  '😀',
);
const speech = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')),
);

describe('any words', () => {
  it('give an operation or a refusal with a fix, never a throw', () => {
    fc.assert(
      fc.property(speech, (text) => {
        const asked = parse(tokensOf({ text, entities: [] }), { ...reading, typed: typedText({ text }) });
        if (isRefusal(asked)) assert(asked.sentence.length > 0 && asked.fix.length > 0);
        else
          assert(
            parseAsked(JSON.parse(JSON.stringify(asked))) !== undefined,
            `a card could carry ${JSON.stringify(asked)}`,
          );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any card data', () => {
  it('gives an operation or a refusal, never a throw', () => {
    const data = fc.oneof(
      fc.anything(),
      fc.record(
        { do: fc.anything(), who: fc.anything(), search: fc.anything(), until: fc.anything() },
        { requiredKeys: [] },
      ),
      fc.record({
        do: fc.record({
          kind: fc.constantFrom('share', 'show', 'yes', 'role', '__proto__'),
          profile: fc.anything(),
          who: fc.anything(),
        }),
      }),
    );
    fc.assert(
      fc.property(data, (value) => void askedFrom(value, 'UTC', new Date())),
      { numRuns: 2000 },
    );
  });
});

const people = ['ann', 'ben', 'cat', 'dan'] as const;
const person = fc.constantFrom(...people);
const principal = fc.oneof(
  person.map((id) => ({ kind: 'person' as const, id, name: id })),
  fc.constant({ kind: 'group' as const, id: 'g', name: 'g' }),
  fc.constant({ kind: 'everyone' as const }),
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('share' as const, 'unshare' as const),
    profile: fc.constant('p1'),
    who: fc.array(principal, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constantFrom(
      'show' as const,
      'claim' as const,
      'renew' as const,
      'forget' as const,
      'leave' as const,
      'delete' as const,
      'history' as const,
    ),
    profile: fc.constant('p1'),
  }),
);
const step = fc.record({ operation, by: person, confirmed: fc.boolean(), hours: fc.nat(200), signsIn: fc.boolean() });

describe('any sequence of operations', () => {
  it('lets only owners, or who signed in to that account, change a profile; and shows a deleted one to nobody', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let current: Profile = profile();
        let hours = 0;
        for (const { operation, by, confirmed, hours: more, signsIn } of steps) {
          hours += more;
          const moment = { now: days(hours / 24), id: `op${hours}` };
          const who = actor(by, { groups: by === 'dan' ? ['g'] : [] });
          const given = {
            confirmed,
            grants: [grant('ann')],
            profile: current,
            ...(signsIn ? { signedIn: signedIn(by) } : {}),
          };
          const decision = decide(operation, who, state(given), moment);
          if (decision.kind !== 'change') continue;
          const owned = current.owners.some(({ id }) => id === by);
          assert(owned || (signsIn && operation.kind === 'claim'), `${by} may not ${operation.kind}`);
          assert(!current.deleted, 'a deleted profile changes no more');
          assert.equal(decision.profile.revision, current.revision + 1);
          current = decision.profile;
        }
        if (!current.deleted) return;
        for (const id of people)
          assert(!maySee({ actor: actor(id, { admin: true }), profile: current, now: days(hours / 24) }));
      }),
      { numRuns: 500 },
    );
  });
});
