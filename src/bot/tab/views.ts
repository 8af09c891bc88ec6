import type { Outcome } from '../../operations/core/outcome.js';
import type { TabAnswer, TabHistory, TabView } from '../../operations/core/tabViews.js';
import type { Refusal } from '../../rules/refusals.js';
import { policyRows } from '../../rules/tenant/policy.js';
import type { Reader } from '../cards/card.js';
import { historyView, olderButton } from '../cards/history.js';
import { present } from '../cards/present.js';
import { othersWords } from '../cards/roles.js';
import { renderCard } from '../cards/template.js';
import { tabList } from './list.js';
import { tabProfile } from './profile.js';

type Draws<K extends Outcome['kind']> = (outcome: Extract<Outcome, { kind: K }>, reader: Reader) => TabView;

/** What the page draws by itself. All else is the card that the chat shows. */
const rows: { [K in Outcome['kind']]?: Draws<K> } = {
  browsed: tabList,
  profile: tabProfile,
  history: tabHistory,
  roles: ({ people, ...rest }) => ({
    kind: 'roles',
    people: people.map(({ named = false, ...person }) => ({ ...person, named })),
    others: othersWords(rest),
  }),
  policy: ({ policy, approvals, done }) => ({
    kind: 'policy',
    ...(done ? { done } : {}),
    rows: policyRows(policy),
    approvals: approvals
      ? `Claims are posted into ${approvals.name}. Say "approvals off" in chat to stop that.`
      : 'Claims go to the owners in their own chats. Say "approvals here" in a channel to change that.',
  }),
};

/** The page shows older entries under those that are there. */
function tabHistory(outcome: Extract<Outcome, { kind: 'history' }>): TabHistory {
  const { entries, empty } = historyView(outcome);
  const [more] = olderButton(outcome);
  return { kind: 'history', entries, ...(empty ? { empty } : {}), ...(more ? { more } : {}) };
}

/** What the tab shows of an outcome. */
export function tabAnswer(outcome: Outcome, reader: Reader): TabAnswer {
  if (outcome.kind === 'refused') return refused(outcome, reader);
  if (outcome.kind === 'signedIn' && outcome.outcomes.length === 1 && outcome.outcomes[0]) {
    return tabAnswer(outcome.outcomes[0], reader);
  }
  const draws = rows[outcome.kind] as Draws<Outcome['kind']> | undefined;
  if (draws) return { type: 'view', view: draws(outcome, reader) };
  return { type: 'card', card: renderCard(present(outcome, reader)), ...endOf(outcome) };
}

/** What it is about as it is now with the reason on top, where there is one; else the reason alone. */
function refused(outcome: Extract<Outcome, { kind: 'refused' }>, reader: Reader): TabAnswer {
  const { refusal, profile, claim, approval } = outcome;
  const no = noAnswer(refusal);
  if (claim || approval) return { type: 'card', id: no.id, card: renderCard(present(outcome, reader)) };
  if (!profile) return no;
  return { type: 'view', id: no.id, view: tabProfile({ kind: 'profile', facts: profile, done: no.text }, reader) };
}

/** The reason, by which tests, support and screen readers know it, and what to do. */
export const noAnswer = ({ code, sentence, fix }: Refusal) =>
  ({ type: 'refused', id: `refusal-${code}`, text: `${sentence} ${fix}` }) as const;

/** Nothing is left to be asked: the sentence that says what was done. */
function endOf(outcome: Outcome): { said?: string } {
  if (outcome.kind === 'gone') return { said: outcome.done };
  if ((outcome.kind === 'claim' || outcome.kind === 'approval') && outcome.done) return { said: outcome.done };
  return outcome.kind === 'said' ? { said: [outcome.title, outcome.text].filter(Boolean).join(' ') } : {};
}
