import assert from 'node:assert/strict';
import { readSamples } from '../../scripts/samples.js';
import { withArticle } from '../../src/bot/cards/text.js';
import { type Command, commands } from '../../src/bot/input/commands.js';
import { profileTypes, typeNames } from '../../src/rules/profileTypes.js';
import { cardOf, wordsOn } from './cardWalk.js';
import { faultsOf } from './wording.js';

describe('the check of sentences', () => {
  const bad: [what: string, text: string][] = [
    ['an article', 'Add an Facebook Page'],
    ['an article', 'a X profile'],
    ['a plural', '1 profiles need care'],
    ['an empty list', 'Ask , or say it again.'],
    ['an empty list', 'Shared with .'],
    ['the same twice', 'You still own it. You still own it.'],
    ['a long sentence', `It ${'goes on and '.repeat(10)}on.`],
    ['a time that is nobody’s', 'Try again at 14:05.'],
    ['old words', 'Ben is no owner now.'],
  ];
  for (const [what, text] of bad)
    it(`finds ${what}: ${text.slice(0, 40)}`, () => assert.notDeepEqual(faultsOf(text), []));

  const good = [
    'an X profile',
    'an hour',
    'a user',
    '1 profile',
    '1 of 3 profiles',
    '14:03 (UTC)',
    'at {{TIME(2026-11-24T12:00:00Z)}}',
  ];
  for (const text of good) it(`leaves ${text}`, () => assert.deepEqual(faultsOf(text), []));
});

describe('words people read', () => {
  it('say every type with its article', () => {
    for (const type of profileTypes) assert.deepEqual(faultsOf(withArticle(typeNames[type].label)), []);
  });

  it('explain every command in a sentence', () => {
    for (const { about } of Object.values(commands) as Command[]) assert.deepEqual(faultsOf(about), []);
  });

  for (const sample of readSamples().filter(({ variant }) => !/hostile/.test(variant))) {
    it(`are right on the card ${sample.card} ${sample.variant}`.trim(), () => {
      assert.deepEqual(wordsOn(cardOf(sample)).flatMap(faultsOf), []);
    });
  }
});

/** A headline, question or notice about a profile says on which network it is. */
describe('a profile is named whole', () => {
  const named = new Set(['confirm', 'notice', 'history', 'share-picker', 'claim', 'approval', 'receipt', 'reply']);
  // Questions that are about no profile.
  const others = new Set(['channel', 'role', 'hostile']);
  for (const sample of readSamples().filter(({ card, variant }) => named.has(card) && !others.has(variant))) {
    it(`on ${sample.card} ${sample.variant}`.trim(), () => {
      const { title, icon } = sample.view as { title: string; icon?: string };
      assert.match(title, new RegExp(`\\((?:${profileTypes.map((type) => typeNames[type].label).join('|')})\\)`));
      assert.match(icon ?? '', /^data:image\/png/);
    });
  }
});
