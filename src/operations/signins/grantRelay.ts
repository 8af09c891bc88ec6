import type { OutboxEntry, SealedGrant, TenantId } from '../../rules/types.js';
import { update } from '../../store/update.js';
import { VaultError } from '../../store/vault.js';
import type { Needs } from '../core/parts.js';
import { grantFields, lookAtProfile, openGrant, withKeptRefresh } from './grantStore.js';

/** The whole token set is swapped; an older one never replaces a newer. What was told of the old one is forgotten. */
export async function keepGrant(
  services: Needs<'collections' | 'vault' | 'clock' | 'ids'>,
  grant: SealedGrant,
): Promise<void> {
  await update(services.collections.grants, grant.tenant, grant.id, (before) => {
    if (before && before.since > grant.since) return undefined;
    return before ? mended(services, before, grant) : grant;
  });
}

/** A network that gave no refresh token this time may still take the one it gave before. */
function mended(services: Needs<'vault' | 'clock' | 'ids'>, before: SealedGrant, grant: SealedGrant): SealedGrant {
  if (grant.refreshAt || !before.refreshAt || before.state === 'dead') return grant;
  try {
    const newer = openGrant(services, grant);
    const tokens = withKeptRefresh(grant.type, openGrant(services, before), newer);
    if (tokens === newer) return grant;
    const { expiresAt: _, ...rest } = grant;
    return { ...rest, ...grantFields(services, grant, grant.type, tokens) };
  } catch (error) {
    // The old set cannot be opened any more: the new one stands alone.
    if (error instanceof VaultError) return grant;
    throw error;
  }
}

type Drop = Extract<OutboxEntry, { kind: 'dropGrant' }>;

/** First what the network has to be told is written down, then, in a second go, the sign-ins are deleted. */
export async function dropGrants(
  services: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  entry: Drop,
): Promise<OutboxEntry[]> {
  const { grants } = services.collections;
  const all = await grants.find(tenant, { profile: entry.profile });
  const meant = all.filter(({ person, since }) => {
    const isPerson = entry.person === 'all' || person === entry.person;
    return isPerson && !(entry.at && since > entry.at);
  });
  if (!entry.noted && meant.length > 0) {
    const revokes = meant.map((grant) => ({
      id: `${entry.id}:revoke-${grant.person}`,
      kind: 'revoke' as const,
      grant,
    }));
    return [{ ...entry, noted: true }, ...revokes];
  }
  for (const grant of meant) await grants.delete(tenant, grant.id);
  if (meant[0]) await lookAtProfile(services, meant[0]);
  return [];
}
