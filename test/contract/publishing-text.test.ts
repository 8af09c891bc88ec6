import assert from 'node:assert/strict';
import fc from 'fast-check';
import { littleText, plainText } from '../../src/networks/linkedin/littleText.js';
import { readLink } from '../../src/networks/links.js';
import { isBeginning } from '../../src/networks/matching.js';
import type { Preview } from '../../src/networks/publishing.js';
import { isSameText } from '../../src/networks/sameText.js';
import { countForX } from '../../src/networks/x/counting.js';
import type { ProfileType } from '../../src/rules/types.js';
import { shownText } from '../../src/sandbox/networks/linkedinText.js';
import { publishingAt } from './publishing-harness.js';

const preview = (type: ProfileType, text: string): Preview => publishingAt('http://127.0.0.1:1', type).preview(text);
const codes = (type: ProfileType, text: string) => preview(type, text).problems.map(({ code }) => code);

/** Text of people: signs that mean something to a network more often than chance has it. */
const signs = [
  ...'|{}@[]()<>#\\*_~ \n/:.&',
  'a',
  'É',
  '你',
  '🐦',
  'https://',
  'https://a.b/',
  '#tag',
  '@[x](urn:li:person:y)',
];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...signs), fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 40 })
  .map((parts) => parts.join(''));

describe("LinkedIn's little text", () => {
  it('is read back as what was written, whatever that is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        assert.equal(shownText(littleText(text)), text);
        assert.equal(plainText(littleText(text)), text);
      }),
      { numRuns: 2000 },
    );
  });

  it('without backslashes is cut at the first reserved sign', () => {
    assert.equal(shownText('Prices (net) rise'), 'Prices ');
    assert.equal(shownText('a_b'), 'a');
    assert.equal(shownText('all {clear'), 'all ');
  });

  const rows: [string, string][] = [
    ['Prices (net) [1] {x} <y> | a@b ~ *', 'Prices \\(net\\) \\[1\\] \\{x\\} \\<y\\> \\| a\\@b \\~ \\*'],
    ['back\\slash', 'back\\\\slash'],
    ['snake_case #tag', 'snake\\_case \\#tag'],
    ['@[Contoso](urn:li:organization:1)', '\\@\\[Contoso\\]\\(urn:li:organization:1\\)'],
    ['{hashtag|\\#|x}', '\\{hashtag\\|\\\\\\#\\|x\\}'],
    ['https://a.b/c_d?utm_source=e#f_g', 'https://a.b/c_d?utm_source=e#f_g'],
    ['https://a.b/c_(d) e_f', 'https://a.b/c_\\(d\\) e\\_f'],
  ];
  for (const [text, little] of rows) {
    it(`${JSON.stringify(text)} goes out as ${JSON.stringify(little)}`, () => {
      assert.equal(littleText(text), little);
    });
  }
});

describe("X's counting", () => {
  const rows: [string, string, number][] = [
    ['plain letters', 'Hello', 5],
    ['an accent, composed or not', 'e\u0301', 1],
    ['a long link', `https://example.com/${'a'.repeat(200)}`, 23],
    ['a bare link', 'example.com', 23],
    ['a file name', 'README.md', 23],
    ['a script name', 'main.py', 23],
    ['an archive', 'file.zip', 23],
    ['a product', 'ASP.NET', 23],
    ['a company', 'open.ai', 23],
    ['a space that is missing', 'Teams.now', 23],
    ['a name that is no link', 'Node.js', 7],
    ['another', 'app.ts', 6],
    ['a mail address', 'name@host.com', 13],
    ['localhost', 'localhost', 9],
    ['an emoji', '😀', 2],
    ['a family of four', '👨‍👩‍👧‍👦', 2],
    ['a joined emoji that is newer than the rules', '🐦‍🔥', 5],
    ['Chinese', '你好', 4],
    ['bold letters of mathematics', '𝗮', 2],
    ['an ellipsis, an arrow, a bullet, the euro, a trademark', '…→•€™', 10],
    ['curly quotes and dashes', '“‘’”–—', 6],
  ];
  for (const [what, text, weight] of rows) {
    it(`${what}: ${JSON.stringify(text.length > 30 ? `${text.slice(0, 30)}...` : text)} is ${weight}`, () => {
      assert.equal(countForX(text).weight, weight);
    });
  }

  it('ends at 280', () => {
    assert.deepEqual(codes('x-user', 'a'.repeat(280)), []);
    assert.deepEqual(codes('x-user', 'a'.repeat(281)), ['tooLong']);
    assert.deepEqual(codes('x-user', '你'.repeat(141)), ['tooLong']);
    const { problems } = preview('x-user', 'a'.repeat(100_000));
    assert.equal(problems[0]?.sentence, 'The text is 99720 too long: 100000 of 280 characters as X counts them.');
    assert.ok(problems[0]?.stops);
  });
});

describe('the preview of X', () => {
  it('says what a post costs, and why a link costs more', () => {
    assert.deepEqual(preview('x-user', 'Hello').price, { usd: 0.015, why: 'X charges for every post.' });
    const linked = preview('x-user', 'See https://example.com');
    assert.deepEqual(linked.price, { usd: 0.2, why: 'X charges more for a post with a link.' });
    assert.deepEqual([linked.links, linked.problems], [['https://example.com'], []]);
  });

  it('warns of links that nobody meant, and sends all the same', () => {
    for (const name of ['README.md', 'Teams.now', 'ASP.NET', 'main.py']) {
      const { problems, price, wire } = preview('x-user', `Read ${name}, please`);
      assert.deepEqual(
        problems.map(({ code, stops }) => [code, stops]),
        [['falseLink', false]],
      );
      assert.equal(price?.usd, 0.2);
      assert.equal(wire, `Read ${name}, please`);
    }
  });

  it('takes links that are meant for what they are', () => {
    for (const link of ['contoso.com', 'www.contoso.de', 'contoso.de/jobs', 'https://contoso.md']) {
      assert.deepEqual(codes('x-user', `See ${link}`), [], link);
    }
  });
});

describe('every preview', () => {
  const types: ProfileType[] = ['x-user', 'facebook-page', 'linkedin-page', 'linkedin-member'];
  for (const type of types) {
    it(`${type}: stops an empty text, half an emoji and signs that are none`, () => {
      for (const text of ['', ' ', '\n\t \u00a0']) assert.ok(codes(type, text).includes('empty'), JSON.stringify(text));
      for (const text of ['a\ud83d', 'a\u0000b', 'a\u0007']) assert.deepEqual(codes(type, text), ['brokenSign']);
      assert.deepEqual(codes(type, 'fine\n\ttext \u{1f426}'), []);
    });

    it(`${type}: never changes a text`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          const { wire } = preview(type, text);
          assert.equal(type.startsWith('linkedin') ? shownText(wire) : wire, text);
        }),
      );
    });

    it(`${type}: says the whole of it in short sentences`, () => {
      const bad = `@[123] README.md https://a.b/(c) ${'a'.repeat(70_000)}`;
      for (const { sentence, fix } of preview(type, bad).problems) {
        for (const words of [sentence, fix ?? '']) assert.ok(words.split(' ').length <= 25, words);
      }
    });
  }

  it('Facebook: counts UTF-16 units, and warns of mentions that it takes out', () => {
    assert.deepEqual(codes('facebook-page', '🐦'.repeat(31_603)), []);
    assert.deepEqual(codes('facebook-page', '🐦'.repeat(31_604)), ['tooLong']);
    assert.deepEqual(codes('facebook-page', 'Thanks @[123456]'), ['droppedMention']);
  });

  it('LinkedIn: counts the backslashes too, and warns of links that it may cut', () => {
    assert.deepEqual(codes('linkedin-page', 'a'.repeat(3000)), []);
    assert.deepEqual(codes('linkedin-page', '('.repeat(1500)), []);
    assert.deepEqual(codes('linkedin-page', '('.repeat(1501)), ['tooLong']);
    const fragile = preview('linkedin-member', 'https://en.wikipedia.org/wiki/A_(b) https://a.com/').problems;
    assert.deepEqual(
      fragile.map(({ code, stops }) => [code, stops]),
      [['fragileLink', false]],
    );
    assert.deepEqual(codes('linkedin-member', 'https://a.b/?utm_source=c_d#e'), []);
  });
});

describe('the beginning of a text', () => {
  const sent = 'We open our new office in Oslo on Monday: come and see https://contoso.example/oslo, all of you';
  const rows: [what: string, shown: string, isOne: boolean][] = [
    ['cut in its middle', sent.slice(0, 50), true],
    ['cut, with the dots of its network', `${sent.slice(0, 50)} \u2026`, true],
    ['with the link as its network shows it', sent.slice(0, 78).replace('https://', ''), true],
    ['of forty signs', sent.slice(0, 40), true],
    ['of fewer signs than tell posts apart', sent.slice(0, 39), false],
    ['with another word', sent.slice(0, 60).replace('Oslo', 'Bonn'), false],
    ['that goes on otherwise', `${sent.slice(0, 50)} and then`, false],
    ['that is empty', '', false],
  ];
  for (const [what, shown, isOne] of rows)
    it(`${what}: ${isOne ? 'yes' : 'no'}`, () => assert.equal(isBeginning(sent, shown), isOne));
});

describe('the same text', () => {
  const same: [string, string, string][] = [
    ['composed and decomposed', 'e\u0301', '\u00e9'],
    ['other line ends', 'a\r\nb', 'a\nb'],
    ['other white space', ' a \u00a0 b\n', 'a b'],
    ['a link without its beginning', 'https://a.b/c', 'a.b/c'],
    ['a link with a slash at its end', 'see http://a.b now', 'see a.b/ now'],
    ['a shortened link', 'see https://a.b/c now', 'see https://t.co/Xy1 now'],
    ['a shortened link with a full stop behind it', 'see https://a.b/c. Now', 'see https://t.co/1. Now'],
    ['two shortened links', 'https://a.b https://c.d', 'https://t.co/1 https://lnkd.in/2'],
  ];
  for (const [what, sent, shown] of same) it(`${what}: yes`, () => assert.ok(isSameText(sent, shown)));

  const other: [string, string, string][] = [
    ['another case', 'Hello', 'hello'],
    ['a text that was cut', 'Hello there', 'Hello'],
    ['another link', 'New: https://a.b/1', 'New: https://a.b/2'],
    ['another word beside a shortened link', 'Old: https://a.b', 'New: https://t.co/1'],
    ['a shortened link for two words', 'a b', 't.co/1'],
    ['another sign behind a shortened link', 'see https://a.b! now', 'see https://t.co/1. now'],
    ['a shortened link for nothing but the sign behind it', 'see . now', 'see https://t.co/1. now'],
    ['nothing', 'Hello', ''],
  ];
  for (const [what, sent, shown] of other) it(`${what}: no`, () => assert.ok(!isSameText(sent, shown)));

  it('holds for every text and itself', () => {
    fc.assert(
      fc.property(texts, (text) => {
        assert.ok(isSameText(text, text));
      }),
    );
  });

  it('is told for texts of any length', () => {
    const long = 'https://t.co/aaaaaa '.repeat(5000);
    assert.equal(isSameText(`${long}x`, `${long}y`), false);
    assert.equal(isSameText(`see ${'word '.repeat(20_000)}`, `https://t.co/1 ${'word '.repeat(20_000)}`), true);
  });
});

describe('texts of a hundred thousand signs', () => {
  const pieces = [
    'a',
    'a.',
    'a.md ',
    '@[1:',
    '@[1] ',
    'https://',
    'https://a.com/(',
    ')',
    ').',
    '/',
    ' ',
    '#a',
    '你',
    '👨‍👩‍👧',
    '\\',
    '_.',
  ];
  for (const piece of pieces) {
    it(`of ${JSON.stringify(piece)} are counted, compared and read as links, without an end to wait for`, () => {
      // Each takes some milliseconds; what takes the square of the length takes minutes.
      const text = piece.repeat(100_000 / piece.length);
      const mixed = `https://a.com/${text}a`;
      for (const type of ['x-user', 'facebook-page', 'linkedin-page'] as const) {
        for (const said of [text, mixed]) {
          const { problems } = preview(type, said);
          assert.ok(problems.some(({ stops }) => stops));
          assert.ok(problems.length <= 8 && problems.every(({ sentence }) => sentence.length < 250));
          const { isSame } = publishingAt('http://127.0.0.1:1', type);
          assert.equal(isSame(littleText(`${said} x`), 'y'), false);
        }
      }
      assert.equal(readLink(text), undefined);
      assert.equal(readLink(`https://x.com/contoso/status/1?${text}`), undefined);
    });
  }
});
