import { typeWords } from '../../operations/answers/typeWords.js';
import type { ProfileFacts } from '../../operations/core/outcome.js';
import { type Acquisition, acquisitions } from '../../rules/types.js';
import { type Button, button } from '../input/button.js';
import { plain } from './text.js';

export type ReadingRow = { name: string; detail: string; switch?: Button };

const names: Record<Acquisition, string> = { messages: 'Private messages', search: 'Public posts' };
const titles: Record<Acquisition, string> = { messages: 'reading messages', search: 'reading public posts' };
const states = {
  running: 'Read',
  allowed: 'Waiting for a sign-in that may read them',
  expired: 'Not read any more: renew the sign-in',
} as const;

/** What may be read with it, and how it stands: owners see two switches, who may still be contested and the others only what is on. */
export function readingRows(facts: ProfileFacts, isContestable: boolean): ReadingRow[] {
  const { profile, health, may } = facts;
  const { reads } = typeWords(profile.type);
  return acquisitions.flatMap((what) => {
    const by = profile.allowed[what]?.by.name;
    const kind = by === undefined ? ('allow' as const) : ('deny' as const);
    const maySwitch = !isContestable && may.includes(kind) && (kind === 'deny' || reads[what]);
    if (by === undefined && !maySwitch) return [];
    const state = health.acquisition[what];
    const row = {
      name: names[what],
      detail: by === undefined ? 'Not read' : `${states[state ?? 'allowed']}; ${plain(by)} allowed it`,
    };
    if (!maySwitch) return [row];
    const [title, verb] = kind === 'allow' ? ['Allow', 'Allow'] : ['Switch off', 'Stop'];
    const asked = { kind, what, profile: { id: profile.id } };
    return [{ ...row, switch: button(title, asked, { tooltip: `${verb} ${titles[what]}` }) }];
  });
}
