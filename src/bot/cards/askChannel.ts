import type { Outcome } from '../../operations/core/outcome.js';
import { button } from '../input/button.js';
import type { ConfirmView } from './confirm.js';
import { plain } from './text.js';

/** Before a channel gets to see claims: what its members will read there. */
export function askChannelView({ confirm, channel }: Extract<Outcome, { kind: 'askChannel' }>): ConfirmView {
  const name = plain(channel);
  return {
    title: `Post claims into ${name}?`,
    sentence: `Everyone in ${name} then sees who wants to own which profile, with its name and network. That includes profiles they could not see before.`,
    lines: ['Owners decide there, or Managers and admins where no owner can.', 'I post a line there first, to try it.'],
    yes: button('Post claims there', { kind: 'yes', confirm }, { style: 'positive' }),
    no: button('Cancel', { kind: 'no', confirm }),
  };
}
