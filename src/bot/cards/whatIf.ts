import type { Outcome } from '../../operations/core/outcome.js';
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
export function whatIfView({ person, sections, isMore }: WhatIf, reader: Reader): ListView {
  const who = person.id === reader.id ? 'you leave' : `${plain(person.name)} leaves`;
  const all = sections.reduce((sum, { total }) => sum + total, 0);
  const lost = all - (sections.find(({ fate }) => fate === 'alive')?.total ?? 0);
  const shown = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ fate, rows, total }) => ({
      title: total > rows.length ? `${titles[fate]} (${rows.length} of ${countWords(total, isMore)})` : titles[fate],
      rows: rows.map((one) => row(one, reader)),
    }));
  return {
    title: `If ${who}`,
    note: `${sentenceOf(all, lost, isMore)} Nothing was changed.`,
    sections: shown,
    buttons: [button('My profiles', { kind: 'profiles', list: 'mine' })],
  };
}

function sentenceOf(all: number, lost: number, isMore: boolean): string {
  if (all === 0) return 'Nothing goes dark: no profile is owned by them.';
  if (all === 1)
    return lost === 0 ? 'The one profile they own stays alive.' : 'The one profile they own would go dark.';
  const profiles = `${countWords(all, isMore)} profiles they own`;
  return lost === 0 ? `None of ${profiles} goes dark.` : `${lost} of ${profiles} would go dark.`;
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
        ? `Shared with ${names}${more}: who of them can sign in to it can become an owner`
        : 'Nobody else has it. Make a second owner before, or a Manager has to claim it';
    case 'dark':
      return `${names}${more} could renew the sign-in`;
    case 'alive':
      return `${signIns} other sign-in${signIns === 1 ? '' : 's'} keep${signIns === 1 ? 's' : ''} it alive: ${names}${more}`;
  }
}
