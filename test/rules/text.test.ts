import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { plain, unescaped } from '../../src/bot/cards/text.js';
import { markdownToHtml, plainOf } from '../../src/web/pages/card/markdown.js';

type MarkdownIt = new (options: object) => { render: (text: string) => string };
const Markdown = createRequire(import.meta.url)('markdown-it') as MarkdownIt;
/** As strict as a client could be: everything on, addresses without a scheme become links too. */
const clients: Record<string, (text: string) => string> = {
  'markdown-it, with links made of bare addresses': (text) => new Markdown({ linkify: true }).render(text),
  'markdown-it, with HTML': (text) => new Markdown({ html: true, breaks: true, typographer: false }).render(text),
};

const seen = (html: string) =>
  html
    .replaceAll(/^<p>|<\/p>\n?$/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const lookAlikes = (text: string) => text.replaceAll('\u2217', '*').replaceAll('\u02cb', '`').replaceAll('\u223c', '~');

/** Strings made mostly of what markdown, HTML and links are made of. */
const pieces = [
  ...['*', '**', '_', '__', '`', '```', '~~', '[', ']', '](', ')', '![', '<', '>', '</', '#', '# ', '- ', '+ ', '1. '],
  ...['\\', '&', '&amp;', '&#x5b;', '://', 'https://', 'www.', 'evil.example', 'a@b.example', 'mailto:', '|', '---'],
  ...['=', '\n', '\n\n', '\t', ' ', '    ', 'javascript:', '<at>', '<a href=x>', '//', '.', ':', '"', "'", '\u202e'],
  ...[
    '\u2066',
    '\u200b',
    '\u0000',
    'name',
    'Contoso',
    'שלום',
    'قناة',
    '東京',
    '🎉',
    '👩‍👧',
    'e\u0301',
    '$',
    '{evil}',
    'mailto:+@b.c',
    '.name',
    ']: http://x',
  ],
];
const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

describe('text that people typed or networks returned', () => {
  for (const [client, render] of Object.entries(clients)) {
    it(`stays text in a card: ${client}`, () => {
      fc.assert(
        fc.property(hostile, (text) => {
          const html = render(plain(text));
          assert.doesNotMatch(html.replaceAll(/^<p>|<\/p>\n?$/g, ''), /<\/?[a-z]/i, `${JSON.stringify(text)}: ${html}`);
          assert.equal(unescaped(seen(html)), unescaped(plain(text)));
        }),
        { numRuns: 1500 },
      );
    });
  }

  it('becomes no link and no bold text in the chat page', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(markdownToHtml(plain(text)), /<(a|strong|code|ul|ol|span)\b/);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every sign where words alone are shown, in the tab and in the list of chats', () => {
    assert.equal(plainOf('**@contoso_support** is _yours_'), '@contoso_support is yours');
    fc.assert(
      fc.property(hostile, (text) => {
        assert.equal(plainOf(plain(text)), plain(text));
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps what is seen: only spaces, unseen signs and three look-alikes differ', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), (text) => {
        assert.equal(lookAlikes(unescaped(plain(text))), text.replaceAll(/\s+/g, ' ').trim());
      }),
    );
  });

  it('is the same when made plain twice', () => {
    const signs = fc.string({
      unit: fc.constantFrom('ق', 'ש', 'a', '`', '*', '~', '_', '@', '.', '/', '<', ' ', '1', '-'),
    });
    fc.assert(
      fc.property(fc.oneof(hostile, signs), (text) => plain(plain(text)) === plain(text)),
      { numRuns: 1000, examples: [['قناة```قناة']] },
    );
  });

  it('leaves words as they are, and cuts them when there are too many', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
    const words = fc.array(word, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(words, fc.constantFrom(' ', '_', '-'), fc.nat(40), (all, between, limit) => {
        const text = all.join(between);
        const cut = plain(text, limit + 2);
        if (text.length <= limit + 2) assert.equal(cut, text);
        else assert.match(cut, /…$/);
      }),
    );
  });

  it('forms no link where brackets are parsed without escapes, as on phones', () => {
    fc.assert(fc.property(hostile, (text) => !/\]\(/.test(plain(text)) && !/https?:\/\//.test(plain(text))));
  });

  const cases: [fact: string, given: string, plain: string][] = [
    [
      'ordinary names are left alone',
      'Contoso Coffee (EMEA) – 24/7, "the" best!',
      'Contoso Coffee (EMEA) – 24/7, "the" best!',
    ],
    ['an underscore inside a handle is left alone', '@contoso_events', '@contoso_events'],
    ['lines become one', ' a\r\n\tb\u2028c ', 'a b c'],
    ['signs that turn the direction go', 'a\u202egnp.exe\u2069', 'agnp.\u2060exe'],
    ['a name written from right to left is held apart', 'שלום', '\u2068שלום\u2069'],
    [
      'and nothing that stands around it',
      'Delete שלום, עולם (X profile)?',
      'Delete \u2068שלום, עולם\u2069 (X profile)?',
    ],
    ['joined emoji stay joined', '👩‍👧', '👩‍👧'],
    ['half a surrogate pair goes', 'a\ud83db', 'ab'],
    ['piles of accents are cut', `a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(4)}b`],
    ['a list sign at the start makes no list', '- one', '\u2060- one'],
    ['nothing stays nothing', '\u200b \u0000', ''],
  ];
  for (const [fact, given, expected] of cases) it(fact, () => assert.equal(plain(given), expected));

  it('is cut between signs, never within one, and says so', () => {
    assert.equal(plain('🎉'.repeat(600)), `${'🎉'.repeat(499)}…`);
    assert.equal(plain('abcdef', 4), 'abc…');
    assert.equal(plain('abcd', 4), 'abcd');
  });
});
