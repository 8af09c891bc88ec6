import { isDeepStrictEqual } from 'node:util';
import type { ConversationRef } from '../../platform/activity.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { type CardNeeds, keep } from './decisionCards.js';
import { showApproval, showClaim } from './toDecide.js';

/**
 * Someone clicked on a card of what is to be decided; `subject` is the id of the claim or the post. Where the card is may
 * be newer than what is kept, since service addresses change; one whose post got no answer is known to be there now.
 */
export async function adoptCard(
  services: CardNeeds & Needs<'later'>,
  tenant: TenantId,
  subject: string,
  card: ConversationRef & { activity: string },
  where: { channel?: string; person: PersonId },
): Promise<void> {
  const { claimCards, profiles } = services.collections;
  const docs = await claimCards.find(tenant, { claim: subject });
  const known = docs.find((doc) => doc.card?.activity === card.activity);
  if (known) {
    if (!isDeepStrictEqual(known.card, card)) await keep(services, known, { card });
    return;
  }
  const places = [`channel:${where.channel ?? ''}`, `person:${where.person}`];
  const doc = docs.find(({ state, place }) => state === 'unknown' && places.includes(place));
  if (!doc) return;
  const { kind } = await update(claimCards, tenant, doc.id, (now) =>
    now?.state === 'unknown' ? { ...now, state: 'posted' as const, card } : undefined,
  );
  if (kind === 'left') return;
  const profile = await profiles.get(tenant, doc.profile);
  if (!profile) return;
  const id = `adopt:${card.activity}`;
  const isClaim = profile.claims.some((claim) => claim.id === subject);
  services.later('show what is to be decided', () =>
    isClaim
      ? showClaim(services, profile, { id, kind: 'claimCard', claim: subject })
      : showApproval(services, tenant, { id, kind: 'approvalCard', intent: subject }),
  );
}
