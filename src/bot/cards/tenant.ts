import type { Outcome } from '../../operations/core/outcome.js';
import { button } from '../input/clicks.js';
import { plain } from './text.js';
import type { ConfirmView, SaidView } from './views.js';

/** Before a channel gets to see claims: what its members will read there. */
export function askChannelView({ confirm, channel }: Extract<Outcome, { kind: 'askChannel' }>): ConfirmView {
  const name = plain(channel);
  return {
    title: `Post claims into ${name}?`,
    sentence: `Everyone in ${name} then sees, for each claim, who wants to own which profile, with its name and network, even if they could not see that profile before.`,
    lines: ['Owners decide there, or Managers and admins where no owner can.', 'I post a line there first, to try it.'],
    yes: button('Post claims there', { kind: 'yes', confirm }, { style: 'positive' }),
    no: button('Cancel', { kind: 'no', confirm }),
  };
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

/** The tenant's rules, each with the words that change it. */
export function policyView({ policy, approvals, done }: Extract<Outcome, { kind: 'policy' }>): SaidView {
  const claims =
    policy.claims === 'credentials'
      ? 'whoever signs in to the account becomes an owner at once'
      : 'every claim waits for a decision, also with a sign-in';
  return {
    title: done ? plain(done) : 'The rules of your organisation',
    lines: [
      `claims ${policy.claims}: ${claims}.`,
      `cool-off ${policy.coolOffDays}: for ${days(policy.coolOffDays)} a new owner who came by signing in can be contested.`,
      `default-role ${policy.defaultRole}: the role of everyone who was given none.`,
      `disabled-owner ${policy.disabledOwnerDays}: for ${days(policy.disabledOwnerDays)} an owner whose account is disabled stays one.`,
      `deleted-owner ${policy.deletedOwnerDays}: for ${days(policy.deletedOwnerDays)} an owner whose account is deleted stays one.`,
      approvals
        ? plain(`Claims are posted into ${approvals.name}. "approvals off" stops that.`)
        : 'Claims go to the owners in their own chats. "approvals here" in a channel changes that.',
      'Change one like this: "policy cool-off 5".',
    ],
    colour: done ? 'good' : 'default',
    buttons: [],
  };
}
