import type { ClaimFacts, Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Asked } from '../../rules/operation.js';
import { button } from '../input/button.js';
import { clientTime } from '../input/times.js';
import type { ChooserView } from './chooser.js';
import { plain } from './text.js';

/** What waits for the reader, and what they wait for. */
export function claimsView({ toDecide, own }: Extract<Outcome, { kind: 'claims' }>): ChooserView {
  const until = ({ claim }: ClaimFacts) =>
    `${claim.proven ? 'Signed in' : 'Not signed in'} · until ${clientTime(claim.ends)}`;
  const total = toDecide.length + own.length;
  return {
    question:
      toDecide.length === 0
        ? 'No claim waits for your decision'
        : `${toDecide.length} ${toDecide.length === 1 ? 'claim waits' : 'claims wait'} for your decision`,
    ...(total === 0 ? { note: 'You wait for none either. Say "claim <profile>" to become an owner of one.' } : {}),
    choices: [
      ...toDecide.map((facts) => ({
        title: plain(`${facts.claim.by.name} wants to own ${nameOf(facts.profile)}`),
        detail: until(facts),
        choose: button('Look at it', lookAt(facts), { tooltip: `Look at the claim of ${facts.claim.by.name}` }),
      })),
      ...own.map((facts) => ({
        title: plain(`You wait for ${nameOf(facts.profile)}`),
        detail: until(facts),
        choose: button(
          'Withdraw',
          { kind: 'withdraw', profile: { id: facts.profile.id } },
          { tooltip: `Withdraw your claim of ${nameOf(facts.profile)}` },
        ),
      })),
    ],
  };
}

const lookAt = ({ profile, claim }: ClaimFacts): Asked => ({
  kind: 'claimcard',
  profile: { id: profile.id },
  claim: claim.id,
});
