import type { Outcome } from '../../operations/core/outcome.js';
import type { SaidView } from './said.js';
import { plain } from './text.js';

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
