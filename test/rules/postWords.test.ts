import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isRefusal } from '../../src/bot/input/arguments.js';
import { askedFrom } from '../../src/bot/input/clicks.js';
import { parse } from '../../src/bot/input/parse.js';
import { boxesOf, boxTime, postTime, sendTimeWords } from '../../src/bot/input/postTimes.js';
import { quotedIn, typedText } from '../../src/bot/input/typedText.js';
import { tokensOf } from '../../src/bot/input/words.js';

const now = new Date('2026-11-24T12:00:00Z'); // a Tuesday
const bot = '28:bot';
const botMention = { type: 'mention', text: '<at>Social</at>', mentioned: { id: bot, name: 'Social' } };

function said(text: string, entities: unknown[] = []) {
  const message = { text, entities, recipient: { id: bot } };
  const reading = { now, timeZone: 'Europe/Berlin', locale: 'en-GB', offered: [], typed: typedText(message) };
  return parse(tokensOf(message), reading);
}
const w = (words: string) => ({ words });

describe('the words of a post', () => {
  const post = 'https://x.com/adele/status/17';
  const replyTo = { kind: 'reply', link: post } as const;
  const same: [string, object][] = [
    ['post', { kind: 'post', profiles: [] }],
    ['post contoso', { kind: 'post', profiles: [w('contoso')] }],
    ['post contoso "Hello"', { kind: 'post', profiles: [w('contoso')], text: 'Hello' }],
    ['Publish @contoso and x:fabrikam "Hi"', { kind: 'post', profiles: [w('@contoso'), w('x:fabrikam')], text: 'Hi' }],
    ['post contoso, fabrikam "Hi"', { kind: 'post', profiles: [w('contoso'), w('fabrikam')], text: 'Hi' }],
    ['post "Contoso Support" "Hi"', { kind: 'post', profiles: [w('Contoso Support')], text: 'Hi' }],
    ['post "Hi all"', { kind: 'post', profiles: [], text: 'Hi all' }],
    ['post contoso “Hello”', { kind: 'post', profiles: [w('contoso')], text: 'Hello' }],
    [
      'post contoso "He said “no”, and "never""',
      { kind: 'post', profiles: [w('contoso')], text: 'He said “no”, and "never"' },
    ],
    ['post contoso "a\n\n  b"', { kind: 'post', profiles: [w('contoso')], text: 'a\n\n  b' }],
    ['post contoso "1 &lt; 2 &amp; 3"', { kind: 'post', profiles: [w('contoso')], text: '1 < 2 & 3' }],
    ['post contoso "meet at noon"', { kind: 'post', profiles: [w('contoso')], text: 'meet at noon' }],
    [
      'post contoso "Hi" at 2026-12-24 18:00',
      { kind: 'post', profiles: [w('contoso')], text: 'Hi', at: new Date('2026-12-24T17:00:00Z') },
    ],
    [
      'post contoso at friday 9:00 "Hi"',
      { kind: 'post', profiles: [w('contoso')], text: 'Hi', at: new Date('2026-11-27T08:00:00Z') },
    ],
    [`reply ${post} "Thank you!"`, { kind: 'reply', link: post, profiles: [], text: 'Thank you!' }],
    [`reply ${post}`, { kind: 'reply', link: post, profiles: [] }],
    [
      `Reply ${post} "as good as it gets" as contoso`,
      { ...replyTo, profiles: [w('contoso')], text: 'as good as it gets' },
    ],
    [
      `reply ${post} "He said "no""  as "Contoso Support"`,
      { ...replyTo, profiles: [w('Contoso Support')], text: 'He said "no"' },
    ],
    [`like ${post} as Contoso Support`, { kind: 'like', link: post, profiles: [w('Contoso Support')] }],
    [`like ${post} as “Contoso Support”`, { kind: 'like', link: post, profiles: [w('Contoso Support')] }],
    [`repost ${post} "Look\n at this"`, { kind: 'repost', link: post, profiles: [], text: 'Look\n at this' }],
    [`like <${post}>`, { kind: 'like', link: `<${post}>`, profiles: [] }],
    [`like ${post}?a=1&amp;b=2`, { kind: 'like', link: `${post}?a=1&b=2`, profiles: [] }],
    ['posts', { kind: 'posts', profiles: [] }],
    ['posts contoso', { kind: 'posts', profiles: [w('contoso')] }],
    ['undo', { kind: 'undo' }],
    ['freeze all', { kind: 'freezeAll' }],
    ['freeze contoso drill', { kind: 'freeze', profile: w('contoso'), drill: true }],
    ['thaw contoso "why not"', { kind: 'thaw', profile: w('contoso'), reason: 'why not' }],
    ['thaw all "over"', { kind: 'thawAll', reason: 'over' }],
  ];
  for (const [text, asked] of same) {
    it(`${JSON.stringify(text)} is understood`, () => assert.deepEqual(said(text), asked));
  }

  it('leave out the mention of the bot, and keep the names of others', () => {
    const ann = { type: 'mention', text: '<at>Ann</at>', mentioned: { id: '29:ann', name: 'Ann' } };
    assert.deepEqual(said('<at>Social</at> post contoso "Thanks <at>Ann</at>!"', [botMention, ann]), {
      kind: 'post',
      profiles: [w('contoso')],
      text: 'Thanks Ann!',
    });
  });

  it('behind the text are a time or a mistake', () => {
    for (const text of ['post contoso "Hi" tomorrow', 'post contoso "Hi" at', 'post contoso "Hi" at noonish']) {
      assert(isRefusal(said(text)), text);
    }
  });

  it('that were typed as entities are not read a second time', () => {
    assert.equal(typedText({ text: 'post &amp;#60; &amp;lt; &#60; &lt; &amp;' }), 'post &#60; &lt; < < &');
  });

  it('between the quotes go through byte for byte, whatever they are', () => {
    const any = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/[&<>\uE000\uE001]/.test(text));
    fc.assert(
      fc.property(any, (text) => {
        assert.equal(quotedIn(typedText({ text: `post contoso "${text}"` }))?.text, text);
      }),
    );
  });
});

describe('the boxes for the words of pictures', () => {
  const form = (boxes: object) =>
    askedFrom(
      { do: { kind: 'post', profiles: [], pictures: ['a', 'b'] }, profiles: 'p1', text: 'Hi', ...boxes },
      'UTC',
      now,
    );

  it('are one for each picture, and an empty one is no words', () => {
    const post = { kind: 'post', profiles: [{ id: 'p1' }], text: 'Hi', pictures: ['a', 'b'] };
    assert.deepEqual(form({ alt1: ' One ', alt2: '' }), { ...post, alts: ['One', ''] });
    assert.deepEqual(form({ alt2: 'Two' }), { ...post, alts: ['', 'Two'] });
    assert.deepEqual(form({}), post);
  });

  it('are refused where there is no such picture, or nobody could have written that', () => {
    for (const boxes of [{ alt3: 'x' }, { alt11: 'x' }, { alt0: 'x' }, { alt1: 7 }, { alt1: 'a'.repeat(1001) }])
      assert(isRefusal(form(boxes)), JSON.stringify(boxes).slice(0, 40));
  });
});

describe('the time of a post', () => {
  const times: [string, string, string][] = [
    ['friday 9:00', 'Europe/Berlin', '2026-11-27T08:00:00.000Z'],
    ['2026-12-24 18:00', 'America/New_York', '2026-12-24T23:00:00.000Z'],
    ['tomorrow 8am', 'Asia/Kolkata', '2026-11-25T02:30:00.000Z'],
    ['15:30', 'UTC', '2026-11-24T15:30:00.000Z'],
    ['9:00', 'UTC', '2026-11-25T09:00:00.000Z'],
    // Clocks go back at 3 in the morning of 31 October 2027: 2:30 comes twice, and the first is meant.
    ['2027-10-31 02:30', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
    ['2027-04-04 01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z'],
  ];
  for (const [words, zone, at] of times) {
    it(`"${words}" in ${zone} is ${at}`, () => {
      const found = postTime(words, now, zone, 'en-GB');
      assert.equal(isRefusal(found) ? found.sentence : found.toISOString(), at);
    });
  }

  it('that a clock change leaves out is asked about', () => {
    const refusal = postTime('2027-03-28 02:30', now, 'Europe/Berlin', 'en-GB');
    assert(isRefusal(refusal));
    assert.equal(refusal.sentence, 'The clocks change then, so "02:30 on 28 March" does not exist.');
  });

  it('is no day alone, and no words', () => {
    for (const words of ['friday', '24 December', 'soon', '', '99:99', 'a'.repeat(1000)]) {
      assert(isRefusal(postTime(words, now, 'UTC', 'en-GB')), words);
    }
  });

  it('is said with its zone, and how far that is from UTC; to the second where it is near', () => {
    const at = new Date('2026-11-24T13:03:20Z');
    const near = new Date('2026-11-24T13:03:00Z');
    const rows: [at: Date, zone: string, now: Date, words: string][] = [
      [at, 'Europe/Berlin', near, '14:03:20 (Europe/Berlin, UTC+01:00)'],
      [at, 'Nowhere/Land', near, '13:03:20 (UTC)'],
      [at, 'UTC', new Date('2026-11-24T10:00:00Z'), '13:03 (UTC)'],
      [at, 'UTC', new Date('2026-11-22T13:03:20Z'), 'Tuesday, 24 November 2026, 13:03 (UTC)'],
      [
        ...([new Date('2026-12-24T17:00:00Z'), 'Europe/Berlin', near] as const),
        'Thursday, 24 December 2026, 18:00 (Europe/Berlin, UTC+01:00)',
      ],
    ];
    for (const [time, zone, seen, words] of rows) assert.equal(sendTimeWords(time, zone, seen), words);
  });

  it('in the boxes of a card is the same time again, in every zone and at every minute that exists once', () => {
    const zones = ['Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
    const minute = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (zone, minutes) => {
        const at = DateTime.fromJSDate(now).plus({ minutes }).startOf('minute').toJSDate();
        const { date, time } = boxesOf(at, zone);
        const back = boxTime(date, time, now, zone);
        assert(back instanceof Date);
        const apart = at.getTime() - back.getTime();
        assert([0, 30, 60].includes(apart / 60_000), `${zone} ${at.toISOString()} ${back.toISOString()}`);
        if (apart !== 0)
          assert.equal(sendTimeWords(at, zone, at).slice(0, 5), sendTimeWords(back, zone, back).slice(0, 5));
      }),
    );
  });
});

describe('the words of a reaction', () => {
  const post = 'https://x.com/adele/status/17';
  const codeOf = (text: string) => {
    const found = said(text);
    return isRefusal(found) ? found.code : found.kind;
  };

  it('need a link, and hold nothing that is neither text nor profile', () => {
    assert.equal(codeOf('reply'), 'wordsMissing');
    assert.equal(codeOf('like "https://x.com"'), 'wordsMissing');
    assert.equal(codeOf(`like ${post} please`), 'wordsExtra');
    assert.equal(codeOf(`reply ${post} "Hi" tomorrow`), 'wordsExtra');
    assert.equal(codeOf(`reply ${post} contoso "Hi"`), 'wordsExtra');
    assert.equal(codeOf(`reply ${post} "${'a'.repeat(70_000)}"`), 'textTooLong');
  });
});
