import { isDeepStrictEqual } from 'node:util';
import type { ConversationRef } from '../../platform/activity.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { keep, showClaim } from './claimCards.js';

/**
 * Someone clicked on a claim card: its address may be newer than the one that is kept (service addresses change), and
 * one that got no answer when it was posted is found by that.
 */
export async function adoptCard(
  services: Needs<
    'collections' | 'clock' | 'log' | 'policies' | 'admins' | 'claimCards' | 'once' | 'install' | 'directory' | 'later'
  >,
  tenant: TenantId,
  claim: string,
  card: ConversationRef & { activity: string },
  where: { channel?: string; person: PersonId },
): Promise<void> {
  const { claimCards, profiles } = services.collections;
  const docs = await claimCards.find(tenant, { claim });
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
  services.later('show claim', () =>
    showClaim(services, profile, { id: `adopt:${card.activity}`, kind: 'claimCard', claim }),
  );
}
