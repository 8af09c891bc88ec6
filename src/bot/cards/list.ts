import { pageSize } from '../../operations/answers/lists.js';
import type { Outcome, Section } from '../../operations/core/outcome.js';
import { type Button, button } from '../input/button.js';
import { asOfWords } from '../input/times.js';
import { cardKind, type Reader } from './card.js';
import { type ProfileRow, profileRow } from './profileRow.js';

export type ListView = {
  title: string;
  note?: string;
  sections: { title: string; empty?: string; rows: ProfileRow[]; more?: Button }[];
  buttons: Button[];
};

export const listCard = cardKind<ListView>('list', ({ title, sections }) => {
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return `${title}: ${count === 0 ? 'none' : count === 1 ? '1 profile' : `${count} profiles`}`;
});

const sectionTitles: Record<Section['list'], string> = {
  owned: 'You own',
  shared: 'Shared with you',
  ownerless: 'Without an owner',
  all: 'All profiles of the tenant',
};
const empties: Record<Section['list'], string> = {
  owned: 'Nothing yet. Add one, or claim one below.',
  shared: 'Nobody shares one with you.',
  ownerless: 'Every profile has an owner.',
  all: 'There is none yet.',
};

/** The three lists, or one of them. */
export function listView(outcome: Extract<Outcome, { kind: 'lists' }>, reader: Reader): ListView {
  const { list, sections, page, network, asOf } = outcome;
  const some = sections.some((section) => section.total > 0);
  const mine = list === 'mine';
  return {
    title: mine ? 'Your profiles' : sectionTitles[list],
    ...(asOf ? { note: asOfWords(asOf, reader.timeZone) } : {}),
    ...(mine && !some && !asOf
      ? { note: 'No profile here is yours to use yet. Add the first one by signing in to it.' }
      : {}),
    sections: sections
      .filter((section) => !mine || section.total > 0 || section.list === 'owned')
      .map((section) => ({
        title: mine ? sectionTitles[section.list] : '',
        rows: section.rows.map((facts) => profileRow(facts, reader)),
        ...(section.total === 0 ? { empty: empties[section.list] } : {}),
        ...moreButton(section, page, network),
      })),
    buttons: [button('Add a profile', { kind: 'add' }), button('Help', { kind: 'help' })],
  };
}

function moreButton(
  section: Section,
  page: number,
  network: Extract<Outcome, { kind: 'lists' }>['network'],
): { more?: Button } {
  const shown = (page + 1) * pageSize;
  if (section.total <= shown) return {};
  const asked = { kind: 'profiles' as const, list: section.list, page: page + 1, ...(network ? { network } : {}) };
  return { more: button(`${section.total - shown} more`, asked) };
}
