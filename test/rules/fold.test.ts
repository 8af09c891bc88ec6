import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plain, unescaped } from '../../src/bot/cards/text.js';
import { tokensOf } from '../../src/bot/input/words.js';
import { doubleQuotes, fold, sameName } from '../../src/rules/fold.js';

describe('two ways to write a name', () => {
  const same: [why: string, one: string, other: string][] = [
    ['letters with and without their accents put together', 'Zoe\u0308 Ångström', 'Zoë A\u030angstro\u0308m'],
    ['capitals', 'CONTOSO Straße', 'contoso STRASSE'],
    ['wide letters', 'Ｃｏｎｔｏｓｏ', 'Contoso'],
    ['apostrophes', 'Pat O’Brien', "Pat O'Brien"],
    ['an accent typed as an apostrophe', 'Pat O´Brien', "Pat O'Brien"],
    ['the Greek sign that is composed to that accent', 'Pat O\u1ffdBrien', "Pat O'Brien"],
    ['quotes within it', 'Contoso “EMEA”', 'Contoso EMEA'],
    ['spaces', '  Contoso\u00a0 Support ', 'Contoso Support'],
    ['a heart with and without its colour', 'I ❤️ Contoso', 'I ❤ Contoso'],
    ['signs that a card shows in the place of others', 'Conto∗so ∼ ˋx', 'Conto*so ~ `x'],
  ];
  for (const [why, one, other] of same) it(`is one name: ${why}`, () => assert(sameName(one, other)));

  const different: [why: string, one: string, other: string][] = [
    ['a half-space', 'می\u200cخواهم', 'میخواهم'],
    ['emoji that are joined and not', '👩‍👧', '👩👧'],
    ['accents', 'Zoe', 'Zoë'],
  ];
  for (const [why, one, other] of different) it(`tells names apart: ${why}`, () => assert(!sameName(one, other)));

  it('stays the same when folded twice', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => fold(fold(name)) === fold(name)));
  });

  it('is one name: as it is stored, and typed as it stands on a card', () => {
    const names = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .filter((name) => !/[<>&]/.test(name) && (name + name.normalize('NFKC')).search(doubleQuotes) < 0);
    fc.assert(
      fc.property(names, (name) => {
        const shown = unescaped(plain(name));
        const typed = tokensOf({ text: `show "${shown}"` })[1]?.text ?? '';
        assert.equal(fold(typed), fold(name));
      }),
      { numRuns: 1000 },
    );
  });
});
