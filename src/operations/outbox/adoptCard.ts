import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ConversationRef } from '../../platform/activity.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import { waitForLease } from '../../store/lease.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { intentsOf } from '../publishing/ledger.js';
import { approvalLease, type CardNeeds, keep, patienceMs } from './decisionCards.js';
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

/**
 * A post that waited for a yes is changed on this very card: the preview that stands there now is not shown over. What is
 * being shown there is waited for.
 */
export async function leaveDecisionCard(
  services: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  posting: string,
  activity: string,
): Promise<void> {
  const claims = (await intentsOf(services, tenant, posting)).map(({ id }) => id);
  const docs = await services.collections.claimCards.find(tenant, { claim: { in: claims } });
  const here = docs.find(({ card }) => card?.activity === activity);
  if (!here) return;
  const lease = await waitForLease(
    services,
    { tenant, id: approvalLease(here.claim), holder: randomUUID() },
    patienceMs,
  );
  await keep(services, here, { state: 'lost', card: undefined });
  await lease?.give();
}
