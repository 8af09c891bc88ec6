import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { AuditRecord } from '../../rules/types.js';
import { type Button, button } from '../input/button.js';
import { clientTime } from '../input/times.js';
import { cardKind } from './card.js';
import { iconFor } from './icons.js';
import { plain } from './text.js';

export type HistoryView = {
  title: string;
  icon: string;
  iconAlt: string;
  /** `told`: who was told of it. */
  entries: { when: string; who: string; what: string; refused: boolean; told?: string }[];
  buttons: Button[];
  empty?: string;
};

export const historyCard = cardKind<HistoryView>('history', ({ title }) => title);

/** Who did what with a profile, the latest first; who was told of it stands with it. */
export function historyView({ profile, records, page, more }: Extract<Outcome, { kind: 'history' }>): HistoryView {
  const on = (at: number) => ({
    kind: 'history' as const,
    profile: { id: profile.id },
    ...(at > 0 ? { page: at } : {}),
  });
  const told = toldOf(records);
  const shown = records.filter(({ id }) => !told.folded.has(id));
  return {
    title: `History of ${plain(nameOf(profile))}`,
    ...iconFor(profile.type),
    entries: shown.map((record) => ({
      when: clientTime(record.at),
      who: plain(record.actor.name),
      what: plain(whatWords(record)),
      refused: record.outcome === 'refused',
      ...(told.of.has(record.id) ? { told: plain(capital(told.of.get(record.id) ?? '')) } : {}),
    })),
    buttons: [
      button('Back', { kind: 'show', profile: { id: profile.id } }, { tooltip: `Back to ${nameOf(profile)}` }),
      ...(page > 0 ? [button('Newer', on(page - 1))] : []),
      ...(more ? [button('Older', on(page + 1))] : []),
    ],
    ...(shown.length === 0 ? { empty: page > 0 ? 'Nothing older.' : 'Nothing has happened yet.' } : {}),
  };
}

function whatWords({ outcome, operation, what }: AuditRecord): string {
  return outcome === 'refused' ? `tried "${wordOf[operation] ?? operation}", which was refused` : what;
}

/** Operations that are called otherwise where people see them. */
const wordOf: Readonly<Record<string, string>> = {
  claim: 'become an owner',
  unshare: 'stop sharing',
  removeOwner: 'remove an owner',
  vouch: 'fine by me',
  forget: 'remove my sign-in',
  whatif: 'what if',
  approvePost: 'say yes to a post',
  declinePost: 'say no to a post',
};

/** Who was told of something, by its record; those that stand there are no entries of their own. */
function toldOf(records: readonly AuditRecord[]): { of: Map<string, string>; folded: Set<string> } {
  const ids = new Set(records.map(({ id }) => id));
  const of = new Map<string, string>();
  const folded = new Set<string>();
  for (const { id, operation, what } of records) {
    const about = /^told:(.+):(?:notice|care|card)-\d+(?::\d+)?$/.exec(id)?.[1];
    if (operation !== 'tell' || !about || !ids.has(about)) continue;
    of.set(about, [of.get(about), what].filter(Boolean).join('; '));
    folded.add(id);
  }
  return { of, folded };
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
