import type { Outcome } from '../../operations/core/outcome.js';
import { policyLines } from '../../rules/tenant/policy.js';
import type { SaidView } from './said.js';
import { plain } from './text.js';

/** The tenant's rules, each with the words that change it. */
export function policyView({ policy, approvals, done }: Extract<Outcome, { kind: 'policy' }>): SaidView {
  return {
    title: done ? plain(done) : 'The rules of your organisation',
    lines: [
      ...policyLines(policy),
      approvals
        ? plain(`Claims are posted into ${approvals.name}. "approvals off" stops that.`)
        : 'Claims go to the owners in their own chats. "approvals here" in a channel changes that.',
      'Change one like this: "policy cool-off 5".',
    ],
    colour: done ? 'good' : 'default',
    buttons: [],
  };
}
