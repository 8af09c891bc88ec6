import { orEarly } from '../../networks/fresh.js';
import { type Account, type Network, NetworkTrouble, type Tokens } from '../../networks/network.js';
import { mayAcquire, mayPublish, typeFacts } from '../../networks/types.js';
import { dayMs } from '../../platform/spans.js';
import { presentOwners } from '../../rules/access.js';
import { isValid } from '../../rules/signins/health.js';
import { followRename } from '../../rules/signins/renaming.js';
import type { Acquisition, GrantReason, Owner, PersonId, Profile, SealedGrant } from '../../rules/types.js';
import { VaultError } from '../../store/vault.js';
import type { Needs, Parts } from '../core/parts.js';
import { changeProfile } from '../core/write.js';
import { refreshGrant } from './grantRefresh.js';
import { nextCheck, openGrant, tokenSetOf, updateGrant } from './grantStore.js';
import { judged, provenGood, type Verdict, verdictOf } from './grantVerdict.js';
import { limitedUntil, noteLimit } from './rateLimits.js';

/** What a grant is wanted for: to publish or react as somebody (`lasting`: at that time, unless it is renewed before), or to read what an owner allowed to be read. */
export type Purpose = { kind: 'act'; actor: PersonId; lasting?: Date } | { kind: 'acquire'; what: Acquisition };

/** A grant with tokens that can be used now. */
export type Usable = { grant: SealedGrant; tokens: Tokens };
/** `retryAt`: when it is worth another try. `notAllowed`: no owner has allowed this to be read. */
export type NoGrant = { kind: 'none'; why: 'notAllowed' | 'noneValid' | 'later'; retryAt?: Date; reason?: GrantReason };

/**
 * A grant to act with for this profile: the actor's own if it works, else that of any present owner, refreshed first
 * when that is due. Whether the actor may act is the rules' business, decided before.
 */
export async function useGrant(
  services: Parts,
  profile: Profile,
  purpose: Purpose,
): Promise<({ kind: 'granted' } & Usable) | NoGrant> {
  if (purpose.kind === 'acquire' && !profile.allowed[purpose.what]) return { kind: 'none', why: 'notAllowed' };
  let later: { retryAt?: Date | undefined; reason?: GrantReason | undefined } | undefined;
  for (const grant of await candidates(services, profile, purpose)) {
    if (grant.state === 'unknown' && grant.retryAt && grant.retryAt > services.clock()) {
      later ??= grant;
      continue;
    }
    try {
      return { kind: 'granted', ...(await fresh(services, grant)) };
    } catch (error) {
      if (!(error instanceof NetworkTrouble)) throw error;
      if (error.kind !== 'dead') later ??= { retryAt: error.retryAt, reason: 'outage' };
    }
  }
  if (!later) return { kind: 'none', why: 'noneValid' };
  const { retryAt, reason } = later;
  return { kind: 'none', why: 'later', ...(retryAt ? { retryAt } : {}), ...(reason ? { reason } : {}) };
}

async function candidates(
  services: Needs<'collections' | 'clock'>,
  profile: Profile,
  purpose: Purpose,
): Promise<SealedGrant[]> {
  const now = services.clock();
  const until = (purpose.kind === 'act' && purpose.lasting) || now;
  const owners = new Map(usableOwners(profile).map((owner) => [owner.id, owner]));
  const found = await services.collections.grants.find(profile.tenant, { profile: profile.id });
  const rank = (grant: SealedGrant) => {
    if (purpose.kind === 'act' && grant.person === purpose.actor) return 0;
    const cooling = owners.get(grant.person)?.coolOffUntil;
    return (grant.state === 'good' ? 1 : 3) + (cooling && cooling > now ? 1 : 0);
  };
  return found
    .filter((grant) => owners.has(grant.person) && isValid(grant, until))
    .filter(({ scopes }) => mayServe(profile, purpose, scopes))
    .sort((a, b) => rank(a) - rank(b));
}

/** A person can untick scopes on the consent page: such a sign-in is no use for what needs them. */
function mayServe({ type }: Profile, purpose: Purpose, scopes: readonly string[]): boolean {
  return purpose.kind === 'act' ? mayPublish(type, scopes) : mayAcquire(type, purpose.what, scopes);
}

/** Owners whose sign-in may be used: not those who are leaving, nor those whose ownership another owner contests. */
function usableOwners(profile: Profile): Owner[] {
  const contested = new Set(
    profile.claims.filter((claim) => claim.objectedBy && !claim.decided).map(({ by }) => by.id),
  );
  return presentOwners(profile).filter((owner) => !contested.has(owner.id));
}

/** Refreshes when that is due. A refresh that fails for now does no harm while the access token still works. */
async function fresh(services: Parts, grant: SealedGrant): Promise<Usable> {
  const now = services.clock();
  const tokens = await opened(services, grant);
  if (!grant.refreshAt || grant.refreshAt > now) return { grant, tokens };
  const works = tokens.accessEndsAt !== undefined && tokens.accessEndsAt > now;
  const closed = await limitedUntil(services, grant.tenant, grant.type);
  try {
    if (closed) throw new NetworkTrouble('wait', 'The network asked us to wait.', closed);
    const newer = await refreshGrant(services, grant);
    return { grant: newer, tokens: await opened(services, newer) };
  } catch (error) {
    if (error instanceof NetworkTrouble && error.kind !== 'dead' && works) return { grant, tokens };
    throw error;
  }
}

/** A grant that no key opens is not dead: the key may come back. */
async function opened(
  services: Needs<'collections' | 'vault' | 'clock' | 'log' | 'later'>,
  grant: SealedGrant,
): Promise<Tokens> {
  try {
    return openGrant(services, grant);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    services.log.error({ err: error, grant: grant.id }, 'a sign-in could not be opened');
    const { retryAt } = verdictOf({ kind: 'unknown' }, grant, services.clock()) as Extract<Verdict, { retryAt: Date }>;
    const verdict: Verdict = { state: 'unknown', reason: 'unreadable', retryAt };
    await updateGrant(services, grant, (now) => judged(now, verdict));
    throw new NetworkTrouble('unknown', 'This sign-in could not be opened.', retryAt);
  }
}

/**
 * Makes one call with a grant and keeps what it says of the grant: that it worked, or the verdict. An access token that
 * ran out is refreshed, and the call made once more. `noted`: whether that it worked is written down each time.
 * @throws NetworkTrouble after the verdict was written
 */
export async function callWith<T>(
  services: Parts,
  usable: Usable,
  call: (network: Network, tokens: Tokens) => Promise<T>,
  noted: 'lately' | 'always' = 'lately',
): Promise<T> {
  const network = services.networks.of(usable.grant.type);
  try {
    return await settle(services, usable, (tokens) => call(network, tokens), { noted });
  } catch (error) {
    if (!(error instanceof NetworkTrouble) || error.kind !== 'stale') throw error;
    const newer = await refreshGrant(services, usable.grant);
    const tokens = await opened(services, newer);
    return settle(services, { grant: newer, tokens }, (now) => call(network, now), { noted, last: true });
  }
}

async function settle<T>(
  services: Needs<'collections' | 'clock' | 'later'>,
  { grant, tokens }: Usable,
  call: (tokens: Tokens) => Promise<T>,
  { noted, last = false }: { noted: 'lately' | 'always'; last?: boolean },
): Promise<T> {
  const result = await call(tokens).catch(async (thrown: unknown) => {
    const error = orEarly(thrown, tokens, services.clock());
    if (error instanceof NetworkTrouble && (last || error.kind !== 'stale')) await noteTrouble(services, grant, error);
    throw error;
  });
  const now = services.clock();
  // A busy profile proves its sign-in with every call; once in a while is enough to know.
  if (noted === 'always' || !isProvenLately(grant, now))
    await updateGrant(services, grant, (stored) => provenGood(stored, now, nextCheck(now)));
  return result;
}

const provenMs = 60_000;

const isProvenLately = ({ state, lastGoodAt, retryAt }: SealedGrant, now: Date) =>
  state === 'good' && !retryAt && lastGoodAt !== undefined && now.getTime() - lastGoodAt.getTime() < provenMs;

/** Written only if the token set is still the one that failed: a newer one is not judged by an older one's failure. */
async function noteTrouble(
  services: Needs<'collections' | 'clock' | 'later'>,
  grant: SealedGrant,
  trouble: NetworkTrouble,
): Promise<void> {
  if (trouble.kind === 'wait' && trouble.retryAt) await noteLimit(services, grant.tenant, grant.type, trouble.retryAt);
  const verdict = verdictOf(trouble, { ...grant, refreshing: undefined }, services.clock());
  await updateGrant(services, grant, (stored) => judged(stored, verdict));
}

/** A refresh says nothing of names; they are read this often at least. */
const namesEveryMs = 7 * dayMs;

/**
 * Looks whether a grant still works, as the sweep does: a refresh that is due is proof by itself, else one cheap call.
 * What the account is called now is kept with its profile.
 * @throws NetworkTrouble after the verdict was written
 */
export async function checkGrant(services: Parts, grant: SealedGrant): Promise<void> {
  const due = grant.refreshAt && grant.refreshAt <= services.clock();
  try {
    if (due) await refreshGrant(services, grant);
  } catch (error) {
    if (!(error instanceof NetworkTrouble) || error.kind !== 'unsupported') throw error;
  }
  const now = (due && (await services.collections.grants.get(grant.tenant, grant.id))) || grant;
  if (due && tokenSetOf(now) !== tokenSetOf(grant) && !areNamesDue(now, services.clock())) return;
  const tokens = await opened(services, now);
  const usable = { grant: now, tokens };
  const check = (network: Network, set: Tokens) => network.check(now.type, set, now.externalId);
  const account = await callWith(services, usable, check, 'always');
  await keepNames(services, now, account);
}

const areNamesDue = ({ namesAt, since }: SealedGrant, now: Date) =>
  now.getTime() - (namesAt ?? since).getTime() >= namesEveryMs;

/** Reads of a name that could not be read whole (`unusable`) change nothing. */
async function keepNames(services: Parts, grant: SealedGrant, account: Account): Promise<void> {
  const now = services.clock();
  await updateGrant(services, grant, (stored) => ({ ...stored, namesAt: now }));
  if (account.unusable) return;
  const { networkLabel } = typeFacts[grant.type];
  await changeProfile(services, grant.tenant, grant.profile, (profile) =>
    followRename(profile, account, networkLabel, { now, id: services.ids() }),
  );
}
