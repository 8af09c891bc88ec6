import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import { type Button, button } from '../input/button.js';
import { momentWords } from '../input/times.js';
import { cardKind, type Reader } from './card.js';
import { plain } from './text.js';

export type HistoryView = {
  title: string;
  entries: { when: string; who: string; what: string; refused: boolean }[];
  more?: Button;
  empty?: string;
};

export const historyCard = cardKind<HistoryView>('history', ({ title }) => title);

/** Who did what with a profile, the latest first. */
export function historyView(outcome: Extract<Outcome, { kind: 'history' }>, reader: Reader): HistoryView {
  const { profile, records, page, more } = outcome;
  const older = button('Older', { kind: 'history', profile: { id: profile.id }, page: page + 1 });
  return {
    title: `History of ${plain(nameOf(profile))}`,
    entries: records.map((record) => ({
      when: momentWords(record.at, reader.timeZone),
      who: plain(record.actor.name),
      what: plain(record.outcome === 'refused' ? `asked to ${record.operation}; refused` : record.what),
      refused: record.outcome === 'refused',
    })),
    ...(more ? { more: older } : {}),
    ...(records.length === 0 ? { empty: 'Nothing has happened yet.' } : {}),
  };
}
