import { NetworkTrouble } from '../../networks/network.js';
import { networkOf, typeFacts, typesOf } from '../../networks/types.js';
import type { OutboxEntry, SealedGrant } from '../../rules/types.js';
import { VaultError } from '../../store/vault.js';
import type { Needs } from '../core/parts.js';
import { openGrant } from './grantStore.js';

const triesLimit = 5;
const minuteMs = 60_000;
type Revoke = Extract<OutboxEntry, { kind: 'revoke' }>;

/**
 * Asks the network to end what a removed sign-in gave, a few times at most. Nobody waits for it, and it is left out
 * where another profile rests on the same person's permission.
 */
export async function revokeGrant(
  services: Needs<'collections' | 'networks' | 'vault' | 'clock' | 'log'>,
  entry: Revoke,
): Promise<OutboxEntry[]> {
  const { grant, tries = 0 } = entry;
  const later = (at?: Date): OutboxEntry[] => {
    if (tries + 1 >= triesLimit) return [];
    return [{ ...entry, tries: tries + 1, after: at ?? new Date(services.clock().getTime() + minuteMs * 4 ** tries) }];
  };
  if (await isInUse(services, grant)) return [];
  // Somebody is in the middle of signing in there again: ending the permission now would end the new one too.
  if (await isSigningIn(services, grant)) return later();
  try {
    const { networks } = services;
    const app = networks.appFor(grant.type);
    await networks.of(grant.type).revoke(app, grant.type, openGrant(services, grant));
    return [];
  } catch (error) {
    if (error instanceof VaultError) return [];
    if (!(error instanceof NetworkTrouble)) throw error;
    if (error.kind === 'wait' || error.kind === 'passing' || error.kind === 'unknown') return later(error.retryAt);
    services.log.info({ grant: grant.id, trouble: error.kind }, 'a removed sign-in was not ended at its network');
    return [];
  }
}

/**
 * Whether ending it could end another sign-in too: one of the same profile, which may be the same account's, or, where
 * one permission stands behind all, one of the same person at the network. Where that person is not known, any may be.
 */
async function isInUse({ collections: { grants } }: Needs<'collections'>, gone: SealedGrant): Promise<boolean> {
  const types = typesOf(networkOf(gone.type));
  const living = (await grants.find(gone.tenant, { type: { in: types } })).filter(({ state }) => state !== 'dead');
  return living.some((other) => {
    if (other.profile === gone.profile) return true;
    if (!typeFacts[gone.type].sharesGrant) return false;
    return !gone.networkUser || !other.networkUser || other.networkUser === gone.networkUser;
  });
}

async function isSigningIn(
  { collections: { linkouts }, clock }: Needs<'collections' | 'clock'>,
  gone: SealedGrant,
): Promise<boolean> {
  if (!typeFacts[gone.type].sharesGrant) return false;
  const open = await linkouts.find(gone.tenant, { person: gone.person, phase: 'returned' });
  return open.some(({ type, expires }) => typesOf(networkOf(gone.type)).includes(type) && expires > clock());
}
