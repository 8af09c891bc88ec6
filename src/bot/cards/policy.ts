import type { Outcome } from '../../operations/core/outcome.js';
import { capital } from '../../rules/spoken.js';
import { type PolicyRow, policyRows } from '../../rules/tenant/policy.js';
import { type Button, button } from '../input/button.js';
import { policyBox } from '../input/policyBoxes.js';
import { cardKind } from './card.js';
import { plain } from './text.js';

export type PolicyView = {
  title: string;
  /** What was just changed. */
  done?: string;
  /** One of `choices`, `most` and neither: a list to choose from, a number, a text. */
  rows: {
    id: string;
    label: string;
    sentence: string;
    value: string;
    choices?: { title: string; value: string }[];
    most?: number;
    text?: true;
  }[];
  approvals: string;
  hint: string;
  save: Button;
};

export const policyCard = cardKind<PolicyView>('policy', ({ title, done }) => done ?? title);

/** The organisation's rules as a form: what each means now, and a box to change it. */
export function policyView({ policy, approvals, done }: Extract<Outcome, { kind: 'policy' }>): PolicyView {
  return {
    title: 'The rules of your organisation',
    ...(done ? { done: plain(done) } : {}),
    rows: policyRows(policy).map(rowView),
    approvals: approvals
      ? plain(`Claims are posted into ${approvals.name}. "approvals off" stops that.`)
      : 'Claims go to the owners in their own chats. "approvals here", said in a channel, posts them there.',
    hint: 'In words: "policy cool-off 5".',
    save: button('Save', { kind: 'policy' }, { style: 'positive' }),
  };
}

function rowView({ setting, label, sentence, value, form }: PolicyRow): PolicyView['rows'][number] {
  const row = { id: policyBox(setting), label, sentence: plain(sentence), value };
  if (form.kind === 'count') return { ...row, most: form.most };
  if (form.kind === 'text') return { ...row, text: true };
  return { ...row, choices: form.values.map((one) => ({ title: capital(one), value: one })) };
}
