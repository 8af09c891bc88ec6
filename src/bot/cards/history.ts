import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import { capital } from '../../rules/spoken.js';
import type { AuditRecord, Profile } from '../../rules/types.js';
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

type History = Extract<Outcome, { kind: 'history' }>;

export const historyCard = cardKind<HistoryView>('history', ({ title }) => title);

/** Who did what with a profile, the latest first; who was told of it stands with it. */
export function historyView(outcome: History): HistoryView {
  const { profile, entries, page } = outcome;
  return {
    title: `History of ${plain(nameOf(profile))}`,
    ...iconFor(profile.type),
    entries: entries.map(({ record, told }) => ({
      when: clientTime(record.at),
      who: plain(record.actor.name),
      what: plain(whatWords(record)),
      refused: record.outcome === 'refused',
      ...(told.length > 0 ? { told: plain(`${capital(told.join('; '))}.`) } : {}),
    })),
    buttons: [
      button('Back', { kind: 'show', profile: { id: profile.id } }, { tooltip: `Back to ${nameOf(profile)}` }),
      ...(page > 0 ? [button('Newer', pageOf(profile, page - 1))] : []),
      ...olderButton(outcome),
    ],
    ...(entries.length === 0 ? { empty: page > 0 ? 'Nothing older.' : 'Nothing has happened yet.' } : {}),
  };
}

/** What happened before that, where there is more. */
export const olderButton = ({ profile, page, more }: History): Button[] =>
  more ? [button('Older', pageOf(profile, page + 1))] : [];

const pageOf = ({ id }: Profile, page: number) =>
  ({ kind: 'history', profile: { id }, ...(page > 0 ? { page } : {}) }) as const;

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
