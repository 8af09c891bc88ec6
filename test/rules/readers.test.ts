import assert from 'node:assert/strict';
import { plain } from '../../src/bot/cards/text.js';
import { askedFrom } from '../../src/bot/input/clicks.js';
import { readIncoming } from '../../src/bot/input/incoming.js';
import { parse } from '../../src/bot/input/parse.js';
import { untilDay } from '../../src/bot/input/times.js';
import { quotedIn, typedText } from '../../src/bot/input/typedText.js';
import { tokensOf } from '../../src/bot/input/words.js';
import { fold } from '../../src/rules/fold.js';
import { growthOf } from './growth.js';
import { now } from './world.js';

const reading = { now, timeZone: 'Europe/Berlin', locale: 'en-GB', offered: ['x-user'] };
const say = (text: string, entities: unknown[] = []) =>
  parse(tokensOf({ text, entities }), { ...reading, typed: typedText({ text, entities }) });
const mention = (text: string, name = text) => ({ type: 'mention', text, mentioned: { id: '29:a', name } });
const activity = (text: string) => ({ from: { aadObjectId: text, id: text, name: text }, conversation: { id: text } });

/** Everything that reads text from outside. */
const readers: Record<string, (text: string) => unknown> = {
  words: (text) => say(text),
  'words behind a command': (text) => say(`share ${text}`),
  'words with an end': (text) => say(`share @ann contoso until ${text}`),
  'a reason': (text) => say(`claim contoso "${text}"`),
  'the text of a mention': (text) => say('show x', [mention(text)]),
  'the name of a mention': (text) => say('show <at>x</at>', [mention('<at>x</at>', text)]),
  'many mentions': (text) =>
    say(
      text,
      Array.from({ length: 200 }, () => mention(text.slice(0, 40))),
    ),
  'a text to publish': (text) => say(`post contoso "${text}`),
  'names before a text to publish': (text) => say(`post ${text} "x" at ${text}`),
  'a text to publish with mentions': (text) => say(`post "<at>x</at> ${text}"`, [mention('<at>x</at>', text)]),
  'the boxes of the composer': (text) =>
    askedFrom({ do: { kind: 'post', profiles: [] }, profiles: text, text, date: text, time: text }, 'UTC', now),
  'what is quoted': (text) => quotedIn(text),
  'an activity': (text) => readIncoming(activity(text) as never),
  'a box of a card': (text) =>
    askedFrom(
      { do: { kind: 'share', who: [], profile: { id: 'p' } }, who: text, search: text, until: text },
      'UTC',
      now,
    ),
  'a note on a card': (text) => askedFrom({ do: { kind: 'claim', profile: { id: 'p' } }, note: text }, 'UTC', now),
  'a button of a card': (text) => askedFrom({ do: { kind: text, profile: { words: text } } }, 'UTC', now),
  'a time': (text) => untilDay(text, now, 'UTC', 'en-GB'),
  'a name for a card': (text) => plain(text),
  'a name to compare': (text) => fold(text),
};
const units = [
  ...[
    '<',
    '<a',
    '<at>',
    '</at>',
    '<a ',
    '<q x="',
    '<q>',
    '<q></q>',
    '<q/>',
    '>',
    '&',
    '&#',
    '&#x',
    '&amp;',
    '"',
    "'",
    '‘',
  ],
  ...[
    'a',
    'a ',
    ' ',
    '\t',
    ',',
    '!',
    '.',
    'a@',
    '@',
    'a@a.',
    '[',
    ']',
    '_',
    '/',
    '//',
    '\\',
    '*',
    '`',
    '#',
    '1',
    '1 ',
    '-',
  ],
  ...['\u0301', '\u200b', '\u200d', '\ud83d', '😀', '\u202e', 'ß', '\uE000', '\uE0000\uE001', 'until ', 'with ', 'x:'],
];

describe('any text from outside', () => {
  for (const [what, read] of Object.entries(readers)) {
    it(`is read in a time that grows no faster than the text: ${what}`, () => {
      for (const unit of units) {
        const [short, long] = [textOf(unit, 4_000), textOf(unit, 100_000)];
        // Twenty-five times the text. What grows with the square takes six hundred times as long.
        const least = growthOf(read, short, long, 100);
        assert(least < 100, `${JSON.stringify(unit)}: ${Math.round(least)} times as long`);
      }
    }).timeout(60_000);
  }
});

const textOf = (unit: string, length: number) => `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)};`;
