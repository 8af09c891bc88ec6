import { pageSize } from '../../operations/answers/lists.js';
import type { Outcome, ProfileFacts, Section } from '../../operations/core/outcome.js';
import type { Total } from '../../operations/core/shown.js';
import type { PagePlace } from '../../rules/operation.js';
import { spoken } from '../../rules/spoken.js';
import { type Button, button, openInTab } from '../input/button.js';
import { asOfWords } from '../input/times.js';
import { cardKind, type Reader } from './card.js';
import { type ProfileRow, profileRow } from './profileRow.js';
import { plain } from './text.js';

type Lists = Extract<Outcome, { kind: 'lists' }>;

export type ListView = {
  title: string;
  note?: string;
  /** `range`: which rows of how many, where there are other pages. */
  sections: { title: string; range?: string; empty?: string; rows: ProfileRow[]; turns?: Button[] }[];
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
  all: 'All profiles of your organisation',
};
const empties: Record<Section['list'], string> = {
  owned: 'None yet. Add one by signing in to it.',
  shared: 'Nobody shares one with you.',
  ownerless: 'Every profile has an owner.',
  all: 'There is none yet.',
};

/** The three lists, or one of them. */
export function listView(outcome: Lists, reader: Reader): ListView {
  const { list, sections, page, network, asOf } = outcome;
  const some = sections.some((section) => section.total > 0);
  const mine = list === 'mine';
  return {
    title: mine ? 'Your profiles' : sectionTitles[list],
    ...(asOf ? { note: asOfWords(asOf, reader.now) } : {}),
    ...(mine && !some && !asOf ? { note: 'Nothing here is yours to use yet.' } : {}),
    sections: sections
      .filter((section) => !mine || section.total > 0 || section.list === 'owned')
      .map((section) => ({
        title: mine ? sectionTitles[section.list] : '',
        rows: section.rows.map((facts) => rowOf(facts, list, reader)),
        ...(section.total === 0 ? { empty: empties[section.list] } : {}),
        ...turnsOf(section, page, network),
      })),
    buttons: [
      ...(mine ? [] : [button('My profiles', { kind: 'profiles', list: 'mine' })]),
      button('Add a profile', { kind: 'add' }),
      button('Help', { kind: 'help' }),
      ...openInTab(reader),
    ],
  };
}

/** Where one is in a list that is longer than a page, and the buttons to its other pages. */
function turnsOf(
  { list, rows, total, isMore, next, previous }: Section,
  page: number,
  network: Extract<Outcome, { kind: 'lists' }>['network'],
): { range?: string; turns?: Button[] } {
  if (!next && !previous) return {};
  const asked = { kind: 'profiles' as const, list, ...(network ? { network } : {}) };
  const first = page * pageSize + 1;
  const left = total - page * pageSize - rows.length;
  const many = isMore || left <= 0 ? 'More' : `${left} more`;
  return {
    range: `${first}–${first + rows.length - 1} of ${countWords({ total, isMore })}`,
    turns: [
      ...(previous && page > 0 ? [button('Back', { ...asked, ...backTo(page - 1, previous) })] : []),
      ...(next ? [button(many, { ...asked, page: page + 1, after: next })] : []),
    ],
  };
}

/** Who sees the whole organisation sees whose each profile is. */
function rowOf(facts: ProfileFacts, list: Lists['list'], reader: Reader): ProfileRow {
  const row = profileRow(facts, reader);
  return list === 'all' ? { ...row, detail: ownersWords(facts) } : row;
}

function ownersWords({ profile }: ProfileFacts): string {
  const names = profile.owners.map(({ name }) => name);
  return names.length === 0 ? 'Nobody owns it' : plain(`Owned by ${spoken(names, 3)}`);
}

/** The first page begins where it begins by now. */
export const backTo = (page: number, before: PagePlace) => (page === 0 ? {} : { page, before });

/** "500+" where nobody counted further. */
export const countWords = ({ total, isMore }: Total) => `${total.toLocaleString('en')}${isMore ? '+' : ''}`;
