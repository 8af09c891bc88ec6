import { fold, sameName } from '../../src/rules/fold.js';
import { followRename, formerNames } from '../../src/rules/signins/renaming.js';
import type { FormerName, Profile } from '../../src/rules/types.js';
import { effectOn, moment, same } from './effects.js';
import { days, now, profile } from './world.js';

describe('the form in which names are compared', () => {
  const rows: [why: string, name: string, folded: string][] = [
    ['is of small letters', 'Contoso SUPPORT', 'contoso support'],
    ['takes what has several small forms as one', 'Straße', 'strasse'],
    ['has letters composed', 'Zoe\u0308', 'zoë'],
    ['has wide letters narrow', 'Ｃｏｎ', 'con'],
    ['has one space between words and none around', ' a \u00a0\t b  ', 'a b'],
    ['has no quotes', '“Contoso” «EMEA» "x"', 'contoso emea x'],
    ['has one apostrophe', 'O’Brien O‘Brien OʼBrien', "o'brien o'brien o'brien"],
    ['has the signs that cards show others for', '∗ ˋ ∼', '* ` ~'],
    ['has one hyphen', 'a‐b‑c', 'a-b-c'],
    ['has no signs that nobody sees', 'a\u200bb\u0007c\u2060d\ufe0fe', 'abcde'],
    ['keeps the joiners, which tell names apart', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['ends after a thousand signs', 'a'.repeat(1_001), 'a'.repeat(1_000)],
  ];
  for (const [why, name, folded] of rows) {
    it(why, () => same(fold(name), folded));
  }

  it('makes two names one, or not', () => {
    same(sameName('Contoso', 'CONTOSO'), true);
    same(sameName('Contoso', 'Contosa'), false);
  });
});

describe('an account that is renamed at its network', () => {
  const network = { id: 'network', name: 'X' };
  const former = (handle: string, until: Date): FormerName => ({ handle, name: handle, until });
  const renamed = (about: Profile, handle: string, name = 'Contoso', url?: string) => {
    const next = followRename(about, { handle, name, ...(url ? { url } : {}) }, 'X', moment);
    return next && effectOn(about, next, network);
  };

  it('is followed; for ninety days it is found by the old name too', () => {
    same(renamed(profile(), 'contoso_new', 'Contoso New', 'https://x.com/contoso_new'), {
      set: {
        handle: 'contoso_new',
        name: 'Contoso New',
        url: 'https://x.com/contoso_new',
        formerNames: [{ handle: 'contoso', name: 'Contoso', until: days(90) }],
      },
      audit: [['rename', 'shows it renamed from @contoso to @contoso_new']],
      told: [],
    });
  });

  it('in its name alone, too', () => {
    same(renamed(profile(), 'contoso', 'Contoso New'), {
      set: { name: 'Contoso New', formerNames: [{ handle: 'contoso', name: 'Contoso', until: days(90) }] },
      audit: [['rename', 'shows it renamed from "Contoso" to "Contoso New"']],
      told: [],
    });
    same(
      renamed(profile({ handle: 'Contoso Support', name: 'Contoso Support' }), 'Contoso Help', 'Contoso Help')?.audit,
      [['rename', 'shows it renamed from Contoso Support to Contoso Help']],
    );
  });

  it('and renamed back, is not found twice; of many names the last five count', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((handle) => former(handle, days(9)));
    same(renamed(profile({ formerNames: [...names, former('old', now)] }), 'contoso_new')?.set.formerNames, [
      { handle: 'b', name: 'b', until: days(9) },
      { handle: 'c', name: 'c', until: days(9) },
      { handle: 'd', name: 'd', until: days(9) },
      { handle: 'e', name: 'e', until: days(9) },
      { handle: 'contoso', name: 'Contoso', until: days(90) },
    ]);
    same(renamed(profile({ formerNames: [former('contoso_new', days(9))] }), 'contoso_new')?.set.formerNames, [
      { handle: 'contoso', name: 'Contoso', until: days(90) },
    ]);
    same(renamed(profile({ formerNames: [former('contoso', days(9))] }), 'contoso_new')?.set.formerNames, [
      { handle: 'contoso', name: 'Contoso', until: days(90) },
    ]);
  });

  it('is no news when it is the same, or gone', () => {
    same(renamed(profile(), 'contoso'), undefined);
    same(renamed(profile({ deleted: true }), 'contoso_new'), undefined);
  });

  it('is found by its former names until their time is over', () => {
    same(formerNames({ formerNames: [former('a', now), former('b', days(1))] }, now), [
      { handle: 'b', name: 'b', until: days(1) },
    ]);
    same(formerNames({}, now), []);
  });
});
