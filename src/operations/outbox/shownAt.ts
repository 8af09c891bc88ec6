import type { PersonId } from '../../rules/types.js';
import type { ApprovalFacts, ClaimFacts, DecisionCard } from '../core/outcome.js';
import { hashOf } from '../linkouts/tickets.js';

/** In a chat of their own somebody who decides sees the buttons right away; there is nobody to hide them from. */
export function forPlace(place: string, card: DecisionCard): DecisionCard {
  if (place.startsWith('channel:')) return card;
  const id = place.slice('person:'.length);
  if (card.kind === 'claim') return { ...card, claim: inOwnChat(card.claim, id) };
  const approval = inOwnChat(card.approval, id);
  const owns = approval.standing === 'decider' && approval.deciders.kind === 'owners';
  return { ...card, approval: owns ? { ...approval, mayChange: true } : approval };
}

function inOwnChat<F extends ClaimFacts | ApprovalFacts>({ refreshFor: _, ...facts }: F, id: PersonId): F {
  const { deciders } = facts;
  const decides = deciders.kind === 'managers' || deciders.owners.some((owner) => owner.id === id);
  return { ...facts, standing: decides ? 'decider' : 'other' } as F;
}

/** What a card shows, as one short text. */
export function stamp(card: DecisionCard): string {
  const { deciders, standing, refreshFor } = card.kind === 'claim' ? card.claim : card.approval;
  const who = deciders.kind === 'owners' ? deciders.owners.map(({ id }) => id) : 'managers';
  const [what, isOver] =
    card.kind === 'claim'
      ? [card.claim.claim, card.claim.claim.decided !== undefined]
      : [approvalStamp(card.approval), card.approval.intent.state !== 'toApprove'];
  return hashOf(JSON.stringify([what, who, standing, isOver ? '' : refreshFor]));
}

const approvalStamp = ({ intent: { id, state, decideBy, approval, declined, why, asks }, hash }: ApprovalFacts) => [
  ...[id, state, decideBy, approval, declined, why, asks],
  hash,
];
