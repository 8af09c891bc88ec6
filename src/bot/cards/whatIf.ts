import { totalFrom } from '../../operations/answers/pages.js';
import type { Outcome } from '../../operations/core/outcome.js';
import type { Total } from '../../operations/core/shown.js';
import { button } from '../input/button.js';
import type { Reader } from './card.js';
import { countWords, type ListView } from './list.js';
import { type ProfileRow, profileRow } from './profileRow.js';
import { plain } from './text.js';

type WhatIf = Extract<Outcome, { kind: 'whatif' }>;
type Fated = WhatIf['sections'][number]['rows'][number];

const titles: Record<Fated['fate'], string> = {
  ownerless: 'Would have no owner',
  dark: 'Would have no sign-in that works',
  alive: 'Would stay alive',
};

/** What would go dark, the worst first, and who could keep each alive. */
export function whatIfView({ person, sections }: WhatIf, reader: Reader): ListView {
  const lost = sections.filter(({ fate }) => fate !== 'alive');
  const who = person.id === reader.id ? 'you leave' : `${plain(person.name)} leaves`;
  const shown = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ fate, rows, total, isMore }) => ({
      title:
        total > rows.length ? `${titles[fate]} (${rows.length} of ${countWords({ total, isMore })})` : titles[fate],
      rows: rows.map((one) => row(one, reader)),
    }));
  return {
    title: `If ${who}`,
    note: `${sentenceOf(sumOf(sections), sumOf(lost))} Nothing was changed.`,
    sections: shown,
    buttons: [button('My profiles', { kind: 'profiles', list: 'mine' })],
  };
}

function sumOf(sections: WhatIf['sections']): Total {
  const sum = totalFrom(sections.reduce((all, { total }) => all + total, 0));
  return { ...sum, isMore: sum.isMore || sections.some(({ isMore }) => isMore) };
}

function sentenceOf(all: Total, lost: Total): string {
  if (all.total === 0) return 'Nothing goes dark: no profile is owned by them.';
  if (all.total === 1)
    return lost.total === 0 ? 'The one profile they own stays alive.' : 'The one profile they own would go dark.';
  const profiles = `${countWords(all)} profiles they own`;
  if (lost.total === 0) return `None of ${profiles} goes dark.`;
  return `${countWords(lost)} of ${profiles} would go dark.`;
}

function row(one: Fated, reader: Reader): ProfileRow {
  return { ...profileRow(one.facts, reader), detail: keeping(one) };
}

function keeping({ fate, signIns, keepers }: Fated): string {
  const names = plain(keepers.slice(0, 6).join(', '));
  const more = keepers.length > 6 ? ` and ${keepers.length - 6} more` : '';
  switch (fate) {
    case 'ownerless':
      return keepers.length > 0
        ? `Shared with ${names}${more}: whoever of them can sign in to it can become an owner`
        : 'Nobody else has it. Make a second owner before, or a Manager has to claim it';
    case 'dark':
      return `${names}${more} could renew the sign-in`;
    case 'alive':
      return `${signIns} other sign-in${signIns === 1 ? '' : 's'} keep${signIns === 1 ? 's' : ''} it alive: ${names}${more}`;
  }
}
