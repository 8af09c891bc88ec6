import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import { type Button, button } from '../input/button.js';
import { type Colour, cardKind } from './card.js';
import { iconFor, type WithIcon } from './icons.js';
import { plain } from './text.js';

/** An outcome that needs no card of its own. */
export type SaidView = WithIcon & { title: string; text?: string; lines?: string[]; colour: Colour; buttons: Button[] };

export const saidCard = cardKind<SaidView>('said', ({ title }) => title);

/** What was done, in a sentence or two. */
export function saidView(title: string, text?: string, buttons: Button[] = []): SaidView {
  return { title: plain(title), ...(text ? { text: plain(text) } : {}), colour: 'good', buttons };
}

/** Several profiles came of one sign-in: a line for each. */
export function signedInView({ outcomes }: Extract<Outcome, { kind: 'signedIn' }>): SaidView {
  const lines = outcomes.map((one) => {
    if (one.kind === 'refused') return plain(`${one.refusal.sentence} ${one.refusal.fix}`);
    return one.kind === 'profile' ? plain(one.done ?? nameOf(one.facts.profile)) : '';
  });
  const buttons = [button('My profiles', { kind: 'profiles', list: 'owned' })];
  return { title: 'You signed in.', lines: lines.filter(Boolean), colour: 'good', buttons };
}

/** What was changed of a profile, for everybody in a place; each sees with the button what they may. */
export function changedView({ facts, done = '', notes = [] }: Extract<Outcome, { kind: 'profile' }>): SaidView {
  const { profile } = facts;
  return {
    ...iconFor(profile.type),
    title: plain(nameOf(profile)),
    lines: [done, ...notes].map((line) => plain(line)),
    colour: 'good',
    buttons: [button('Show', { kind: 'show', profile: { id: profile.id } }, { tooltip: `Show ${nameOf(profile)}` })],
  };
}
