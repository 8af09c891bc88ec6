import type { ClaimFacts, Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Asked } from '../../rules/operation.js';
import { actWith } from '../../rules/publishing/actWith.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { button } from '../input/button.js';
import { clientTime } from '../input/times.js';
import type { ChooserView } from './chooser.js';
import { iconFor } from './icons.js';
import { firstWords, wordsOf } from './posts.js';
import { plain } from './text.js';

/** What waits for the reader, and what they wait for. */
export function claimsView({ toDecide, own, toApprove }: Extract<Outcome, { kind: 'claims' }>): ChooserView {
  const until = ({ claim }: ClaimFacts) =>
    `${claim.proven ? 'Signed in' : 'Not signed in'} · until ${clientTime(claim.ends)}`;
  const total = toDecide.length + own.length + toApprove.length;
  return {
    question: questionOf(toDecide.length, toApprove.length),
    ...(total === 0 ? { note: 'You wait for none either. Say "claim <profile>" to become an owner of one.' } : {}),
    choices: [
      ...toApprove.map((intent) => approvalChoice(intent)),
      ...toDecide.map((facts) => ({
        ...iconFor(facts.profile.type),
        title: plain(`${facts.claim.by.name} wants to own ${nameOf(facts.profile)}`),
        detail: until(facts),
        choose: button('Look at it', lookAt(facts), { tooltip: `Look at the claim of ${facts.claim.by.name}` }),
      })),
      ...own.map((facts) => ({
        ...iconFor(facts.profile.type),
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

function questionOf(claims: number, posts: number): string {
  const counted = (count: number, one: string) => (count === 0 ? [] : [`${count} ${count === 1 ? one : `${one}s`}`]);
  const parts = [...counted(posts, 'post'), ...counted(claims, 'claim')];
  if (parts.length === 0) return 'Nothing waits for your decision';
  return `${parts.join(' and ')} ${posts + claims === 1 ? 'waits' : 'wait'} for your decision`;
}

function approvalChoice(intent: Intent) {
  const { id, author, decideBy } = intent;
  const until = decideBy ? ` · until ${clientTime(decideBy)}` : '';
  return {
    ...iconFor(intent.type),
    title: plain(`${author.name} wants to ${actWith(intent)}`),
    detail: plain(`"${firstWords(wordsOf(intent))}"${until}`),
    choose: button(
      'Look at it',
      { kind: 'approvalcard', intent: id, listed: true },
      { tooltip: `Look at the post of ${author.name}` },
    ),
  };
}

const lookAt = ({ profile, claim }: ClaimFacts): Asked => ({
  kind: 'claimcard',
  profile: { id: profile.id },
  claim: claim.id,
  listed: true,
});
