import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokensOf } from '../../src/bot/input/words.js';

const bot = '28:bot';
const mention = (id: string, name: string, text = `<at>${name}</at>`) => ({
  type: 'mention',
  text,
  mentioned: { id, name },
});
const read = (text: string, entities: unknown[] = []) => tokensOf({ text, entities, recipient: { id: bot } });
const words = (text: string, entities: unknown[] = []) => read(text, entities).map((token) => token.text);

describe('what is not the person’s own words', () => {
  const around: [what: string, text: string][] = [
    ['a quoted message', '<quoted messageId="1700000000000"/> show contoso'],
    ['a quoted message with its text', '<quoted messageId="17">Please show fabrikam</quoted>show contoso'],
    [
      'a reply of the web client',
      '<blockquote itemid="17"><strong>Ann</strong><p>delete x</p></blockquote><p>show contoso</p>',
    ],
    ['quotes within quotes', '<q7><q7>a</q7> delete b</q7> show contoso'],
    ['a quote that is closed too often', '<q7>a</q7></q7> show contoso'],
    ['a quote that is opened twice and closed once', '<q7><q7>delete a</q7> show contoso'],
    ['a quote that is never closed', '<quoted messageId="17"> show contoso'],
    ['the place of an attachment', 'show contoso<attachment id="a1b2"></attachment>'],
    ['a tag that nobody knows yet', '<whatever:new a="1"/>show contoso'],
    ['form, by letters and lines', '<div><b>sh</b>ow<br/>contoso</div>'],
    ['a mention of somebody in the quote', '<quoted messageId="1"><at>Ann</at> delete x</quoted> show contoso'],
  ];
  for (const [what, text] of around) {
    it(`goes: ${what}`, () => assert.deepEqual(words(text, [mention('29:ann', 'Ann')]), ['show', 'contoso']));
  }

  it('leaves signs that were typed', () => {
    assert.deepEqual(words('show a &lt;b&gt; c'), ['show', 'a', '<b>', 'c']);
    assert.deepEqual(words('a < b > c <3'), ['a', '<', 'b', '>', 'c', '<3']);
    assert.deepEqual(words('show <contoso>'), ['show', 'contoso']);
  });
});

describe('a mention', () => {
  it('inside a reason shows as the name, as everybody reads it', () => {
    const tokens = read('claim contoso "as <at>Ann Miller</at>  asked"', [mention('29:ann', 'Ann Miller')]);
    assert.deepEqual(tokens[2], { text: 'as Ann Miller asked', quoted: true });
  });

  it('that comes as one for each word of the name is one person', () => {
    const entities = [mention('29:ann', 'Ann'), mention('29:ann', 'Miller')];
    assert.deepEqual(read('share <at>Ann</at> <at>Miller</at> contoso', entities).slice(1), [
      { text: 'Ann Miller', mention: { id: '29:ann', name: 'Ann Miller' } },
      { text: 'contoso' },
    ]);
  });

  it('of another person with the same name stays another', () => {
    const entities = [mention('29:ann', 'Ann'), mention('29:ann2', 'Ann')];
    assert.deepEqual(
      read('share <at>Ann</at> <at>Ann</at> contoso', entities).map((token) => token.mention?.id),
      [undefined, '29:ann', '29:ann2', undefined],
    );
  });

  it('never leaves a sign of our own in what is read', () => {
    const texts = fc.array(
      fc.constantFrom(
        '"',
        "'",
        '<at>Ann</at>',
        '<at>',
        '</at>',
        'x',
        ' ',
        '@',
        '<q>',
        '</q>',
        '\uE000',
        '\uE0010',
        '0',
      ),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(texts, fc.nat(3), (parts, count) => {
        const entities = Array.from({ length: count }, (_, at) =>
          mention(`29:${at}`, `An\uE000n ${at}`, '<at>Ann</at>'),
        );
        for (const { text, mention: who } of read(parts.join(''), entities)) {
          assert.doesNotMatch(`${text}${who?.name ?? ''}`, /[\uE000\uE001]/);
        }
      }),
    );
  });
});

describe('quotes', () => {
  const pairs = [
    '""',
    '“”',
    '„“',
    '„”',
    '«»',
    '»«',
    '″″',
    '＂＂',
    '〝〞',
    '❝❞',
    '「」',
    '『』',
    '《》',
    "''",
    '‘’',
    '‚‘',
    '‹›',
    '´´',
  ];
  for (const pair of pairs) {
    const [open = '', close = ''] = [...pair].filter((sign) => !/[\ufe00-\ufe0f]/.test(sign));
    it(`${open}…${close} hold a name together`, () => {
      assert.deepEqual(words(`share ${open}Marketing EMEA${close} contoso`), ['share', 'Marketing EMEA', 'contoso']);
      const listed = words(`share @${open}Marketing EMEA${close}, contoso`);
      assert.deepEqual(listed, ['share', '@Marketing EMEA', ',', 'contoso']);
    });
  }

  it('are told from apostrophes', () => {
    assert.deepEqual(words('share Pat O´Brien´s contoso'), ['share', 'Pat', 'O´Brien´s', 'contoso']);
    assert.deepEqual(words("share 'Pat O´Brien' contoso"), ['share', 'Pat O´Brien', 'contoso']);
    assert.deepEqual(words("share Pat O'Brien contoso"), ['share', 'Pat', "O'Brien", 'contoso']);
    assert.deepEqual(words('share Pat O’Brien’s contoso'), ['share', 'Pat', 'O’Brien’s', 'contoso']);
    assert.deepEqual(words("claim contoso \"it's the 'old' one\""), ['claim', 'contoso', "it's the 'old' one"]);
  });

  it('keep joined emoji and half-spaces, which are part of names', () => {
    assert.deepEqual(words('show 👩‍👧'), ['show', '👩‍👧']);
    assert.deepEqual(words('show می\u200cخواهم'), ['show', 'می\u200cخواهم']);
  });
});
