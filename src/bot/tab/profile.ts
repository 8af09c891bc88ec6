import type { Outcome } from '../../operations/core/outcome.js';
import type { SignIn } from '../../operations/core/shown.js';
import type { TabProfile } from '../../operations/core/tabViews.js';
import { agoWords } from '../../platform/timeWords.js';
import type { Reader } from '../cards/card.js';
import { healthWord } from '../cards/healthWords.js';
import { profileView } from '../cards/profile.js';
import { plain } from '../cards/text.js';
import { button, profilePage } from '../input/button.js';
import { dayWords } from '../input/times.js';

/** A profile for the details pane: what its card says, and more than fits on a card. */
export function tabProfile(outcome: Extract<Outcome, { kind: 'profile' }>, reader: Reader): TabProfile {
  const { profile, signIns, may } = outcome.facts;
  const view = profileView(outcome, reader);
  const on = { profile: { id: profile.id } };
  return {
    kind: 'profile',
    id: profile.id,
    ...view,
    // The page draws a light of its own before the word.
    health: { ...healthWord(outcome.facts), sentence: view.health.sentence },
    // The pane has the history under the rest, and is where the link to it leads.
    buttons: view.buttons.filter(({ verb }) => verb !== undefined && verb !== 'history'),
    ...(signIns ? { signIns: signIns.map((one) => signInRow(one, reader)) } : {}),
    ...(may.includes('history') ? { history: button('History', { kind: 'history', ...on }) } : {}),
    link: reader.tabLink?.(profilePage(profile.id)) ?? '',
  };
}

const states = {
  good: { state: 'Works', colour: 'good' },
  unknown: { state: 'Not proven', colour: 'warning' },
  ended: { state: 'Ended', colour: 'attention' },
  dead: { state: 'Does not work', colour: 'attention' },
} as const;

function signInRow({ name, state, endsAt, lastGoodAt }: SignIn, { now, timeZone }: Reader) {
  const end = endsAt ? `${endsAt > now ? 'Ends' : 'Ended'} on ${dayWords(endsAt, timeZone)}` : 'Has no end';
  const last = lastGoodAt ? `; last call that worked: ${agoWords(lastGoodAt, now)}` : '';
  return { name: plain(name), ...states[state], detail: `${end}${last}` };
}
