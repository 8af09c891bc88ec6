import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NetworkTrouble, type Tokens } from '../../networks/network.js';
import { typeFacts } from '../../networks/types.js';
import type { SealedGrant } from '../../rules/types.js';
import { holdLease } from '../../store/lease.js';
import { throughOutage } from '../../store/update.js';
import type { Needs, Parts } from '../core/parts.js';
import {
  grantFields,
  nextCheck,
  openGrant,
  tokenSetOf,
  type Updated,
  updateGrant,
  withKeptRefresh,
} from './grantStore.js';
import { judged, provenGood, verdictOf } from './grantVerdict.js';
import { noteLimit } from './rateLimits.js';

const pollMs = 50;
const patienceMs = 15_000;

/**
 * The grant with a fresh token set. Of all who ask at the same moment, in this process and in others, one spends the
 * refresh token; the others get what came of it.
 * @throws NetworkTrouble after the verdict was written to the grant; `unsupported` when there is nothing to refresh with
 */
export function refreshGrant(services: Parts, seen: SealedGrant): Promise<SealedGrant> {
  return services.refreshing(`${seen.tenant}|${seen.id}|${tokenSetOf(seen)}`, () => refreshOnce(services, seen));
}

async function refreshOnce(
  services: Needs<'collections' | 'networks' | 'vault' | 'clock' | 'ids' | 'later'>,
  seen: SealedGrant,
): Promise<SealedGrant> {
  for (let waited = 0; waited < patienceMs; waited += pollMs) {
    const mine = await holdLease(services, { tenant: seen.tenant, id: `grant:${seen.id}`, holder: randomUUID() });
    try {
      // Read under the lease: whoever had it before may have swapped the tokens.
      const now = await services.collections.grants.get(seen.tenant, seen.id);
      if (!now) throw new NetworkTrouble('unsupported', 'This sign-in was removed meanwhile.');
      if (tokenSetOf(now) !== tokenSetOf(seen)) return now;
      if (mine) return await spend(services, now);
    } finally {
      await mine?.give();
    }
    await pause(pollMs);
  }
  throw new NetworkTrouble('passing', 'This sign-in is being refreshed elsewhere, and that takes long.');
}

/**
 * Spends the refresh token. The intent is written first: should this process end between the network's answer and the
 * write of it, the next one knows why a single-use token is refused. Nothing can bring such a grant back, since the
 * new tokens were never kept; the old one is tried all the same, for the network may not have seen the call.
 */
async function spend(
  services: Needs<'collections' | 'networks' | 'vault' | 'clock' | 'ids' | 'later'>,
  grant: SealedGrant,
): Promise<SealedGrant> {
  const older = openGrant(services, grant);
  const marked = await updateGrant(services, grant, (now) => ({ ...now, refreshing: services.clock() }));
  if (marked.kind !== 'written') return settled(marked);
  const newer = await call(services, grant, older);
  if (newer instanceof NetworkTrouble) return giveUp(services, grant, newer);
  const tokens = withKeptRefresh(grant.type, older, newer);
  const now = services.clock();
  // The new token pair exists only here until it is kept; the lease lasts longer than this is tried.
  const updated = await throughOutage(() =>
    updateGrant(services, grant, (stored) => {
      const { refreshing: _, expiresAt: __, refreshAt: ___, ...rest } = stored;
      const fields = grantFields(services, grant, grant.type, tokens);
      return provenGood({ ...rest, ...fields, renewedAt: now }, now, nextCheck(now));
    }),
  );
  if (updated.kind === 'gone') endUnkept(services, grant, tokens);
  return settled(updated);
}

async function call(services: Needs<'networks'>, grant: SealedGrant, tokens: Tokens): Promise<Tokens | NetworkTrouble> {
  const { networks } = services;
  try {
    return await networks.of(grant.type).refresh(networks.appFor(grant.type), grant.type, tokens);
  } catch (error) {
    if (error instanceof NetworkTrouble) return error;
    throw error;
  }
}

/** Judges only after reading again: another instance, or a person who signed in, may have swapped the tokens. */
async function giveUp(
  services: Needs<'collections' | 'clock' | 'later'>,
  grant: SealedGrant,
  trouble: NetworkTrouble,
): Promise<SealedGrant> {
  if (trouble.kind === 'wait' && trouble.retryAt) await noteLimit(services, grant.tenant, grant.type, trouble.retryAt);
  // `grant` is from before this call's own mark: a mark in it is a refresh that was cut off.
  const verdict = verdictOf(trouble, grant, services.clock());
  const isSure = trouble.kind !== 'passing';
  const updated = await updateGrant(services, grant, (stored) => {
    const { refreshing, ...rest } = stored;
    // After a time-out the token may have been spent: the mark stays, so that the next refusal is understood.
    const kept = isSure || !refreshing ? rest : { ...rest, refreshing };
    return trouble.kind === 'unsupported' ? kept : judged(kept, verdict);
  });
  if (updated.kind === 'swapped') return updated.grant;
  throw trouble;
}

function settled(updated: Updated): SealedGrant {
  if (updated.kind === 'gone') throw new NetworkTrouble('unsupported', 'This sign-in was removed meanwhile.');
  return updated.grant;
}

/** Removed while it was being refreshed: what the network just gave is ended too, where nothing else rests on it. */
function endUnkept(services: Needs<'networks' | 'later'>, { type }: SealedGrant, tokens: Tokens): void {
  if (typeFacts[type].sharesGrant) return;
  const { networks } = services;
  services.later('end an unkept token set', () => networks.of(type).revoke(networks.appFor(type), type, tokens));
}
