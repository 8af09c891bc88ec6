import type { Tokens } from '../../networks/network.js';
import { typeFacts } from '../../networks/types.js';
import { dayMs } from '../../platform/spans.js';
import type { ProfileType, SealedGrant } from '../../rules/types.js';
import { update } from '../../store/update.js';
import type { About } from '../../store/vault.js';
import type { Needs } from '../core/parts.js';
import { caredFor } from './caredFor.js';

const minuteMs = 60_000;
/** How often a sign-in that gives no trouble is looked at. */
const checkEveryMs = dayMs;

type Who = Pick<SealedGrant, 'tenant' | 'profile' | 'person'>;
const about = ({ tenant, profile, person }: Who): About => ({ tenant, profile, person, purpose: 'grant' });

/** The token set of a grant. @throws VaultError when no key opens it */
export function openGrant(services: Needs<'vault'>, grant: Who & { sealed: string }): Tokens {
  return JSON.parse(services.vault.open(grant.sealed, about(grant)), reviveDate) as Tokens;
}

/** Moments of a token set were written as ISO text. */
export function reviveDate(key: string, value: unknown): unknown {
  return (key === 'accessEndsAt' || key === 'grantEndsAt' || key === 'givenAt') && typeof value === 'string'
    ? new Date(value)
    : value;
}

/** A token set as fields of a grant: sealed as a whole, with what may be known of it without opening it. */
export function grantFields(services: Needs<'vault' | 'clock' | 'ids'>, who: Who, type: ProfileType, tokens: Tokens) {
  const refreshAt = refreshFrom(type, tokens, services.clock());
  return {
    sealed: services.vault.seal(JSON.stringify(tokens), about(who)),
    tokenSet: services.ids(),
    scopes: tokens.scopes,
    checkAt: nextCheck(services.clock()),
    ...(tokens.grantEndsAt ? { expiresAt: tokens.grantEndsAt } : {}),
    ...(refreshAt ? { refreshAt } : {}),
    ...(tokens.extra?.user ? { networkUser: tokens.extra.user } : {}),
  };
}

/** Early enough that a few failures do no harm: minutes before a short end, ten days before a long one. */
function refreshFrom(type: ProfileType, tokens: Tokens, now: Date): Date | undefined {
  const ends = tokens.accessEndsAt?.getTime();
  if (ends === undefined) return undefined;
  const left = ends - now.getTime();
  // Without a refresh token the token itself is the thing to swap, and an ended one cannot be: half-way, from day two.
  if (typeFacts[type].renewal === 'reexchange') return new Date(now.getTime() + Math.max(left / 2, 25 * 60 * minuteMs));
  if (typeFacts[type].renewal !== 'refresh' || !tokens.refresh) return undefined;
  return new Date(ends - (left > 30 * dayMs ? 10 * dayMs : 5 * minuteMs));
}

/** About a day on, never all at the same moment. */
export function nextCheck(now: Date, random: () => number = Math.random): Date {
  return new Date(now.getTime() + checkEveryMs * (0.75 + random() / 2));
}

/**
 * The newer token set, with the older one's refresh token where the newer has none and the network lets one be used
 * often. An empty refresh token never replaces one that works.
 */
export function withKeptRefresh(type: ProfileType, older: Tokens, newer: Tokens): Tokens {
  if (newer.refresh || !older.refresh || typeFacts[type].spendsRefreshTokens) return newer;
  if (older.extra?.user !== newer.extra?.user) return newer;
  const { grantEndsAt: _, ...rest } = newer;
  return { ...rest, refresh: older.refresh, ...(older.grantEndsAt ? { grantEndsAt: older.grantEndsAt } : {}) };
}

/** What tells one token set from another. The sealed text does not: a change of keys seals the same set anew. */
export const tokenSetOf = ({ tokenSet, sealed }: SealedGrant): string => tokenSet ?? sealed;

/** `swapped`: another token set has taken its place meanwhile. */
export type Updated = { kind: 'written' | 'swapped'; grant: SealedGrant } | { kind: 'gone' };

/**
 * Changes a grant while it still holds the token set of `seen`. What others wrote beside it in the meantime is kept; a
 * newer token set is never overwritten.
 */
export async function updateGrant(
  services: Needs<'collections' | 'clock' | 'later'>,
  seen: SealedGrant,
  next: (now: SealedGrant) => SealedGrant,
): Promise<Updated> {
  let before: SealedGrant | undefined;
  const { kind, doc } = await update(services.collections.grants, seen.tenant, seen.id, (now) => {
    before = now;
    return now && tokenSetOf(now) === tokenSetOf(seen) ? next(now) : undefined;
  });
  if (!doc) return { kind: 'gone' };
  if (kind === 'left') return { kind: 'swapped', grant: doc };
  const isNews = doc.state !== before?.state || doc.expiresAt?.getTime() !== before?.expiresAt?.getTime();
  if (isNews) services.later('look at a profile', () => lookAtProfile(services, doc));
  return { kind, grant: doc };
}

/** A sign-in changed: the profile says what follows, and the sweep looks in its next round whom to tell. */
export async function lookAtProfile(
  services: Needs<'collections' | 'clock'>,
  { tenant, profile: id }: SealedGrant,
): Promise<void> {
  await update(
    services.collections.profiles,
    tenant,
    id,
    async (profile) => profile && { ...((await caredFor(services, profile)) ?? profile), careAt: services.clock() },
  );
}
