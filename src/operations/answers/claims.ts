import { isManagerOrAdmin } from '../../rules/access.js';
import { type Deciders, mayDecide, waitingClaims, whoDecides } from '../../rules/claims/claims.js';
import type { Actor, Claim, PersonId, Profile, TenantId } from '../../rules/types.js';
import type { OneOf } from '../../store/store.js';
import type { ClaimFacts, Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { isAdmin } from '../people/admins.js';
import { approvalsToDecide } from '../publishing/approvalsToDecide.js';

/** Teams refreshes a card for this many people at most; with more, everyone sees the buttons and the rule decides. */
const refreshLimit = 60;
const listLimit = 10;
/** Profiles whose claims are looked at for each of one's parts in them. */
const lookedAt = 50;

/** One claim as this actor may see it; undefined when it is not there (any more). */
export async function claimFacts(
  services: Needs<'collections' | 'clock' | 'policies' | 'admins'>,
  profile: Profile,
  claimId: string,
  actor: Actor,
): Promise<ClaimFacts | undefined> {
  const claim = profile.claims.find((one) => one.id === claimId);
  if (!claim) return undefined;
  const facts = factsFor(profile, claim, actor, services.clock());
  return { ...facts, refreshFor: await refreshFor(services, profile, claim) };
}

function factsFor(profile: Profile, claim: Claim, actor: Actor, now: Date): ClaimFacts {
  const standing = mayDecide(profile, claim, actor, now) ? 'decider' : claim.by.id === actor.id ? 'claimant' : 'other';
  return { profile, claim, deciders: whoDecides(profile, claim, now), standing };
}

/** What everybody sees of a claim, and who sees more. */
export async function claimForAll(
  services: Needs<'collections' | 'clock' | 'policies' | 'admins'>,
  profile: Profile,
  claim: Claim,
): Promise<ClaimFacts> {
  const deciders = whoDecides(profile, claim, services.clock());
  return { profile, claim, deciders, standing: 'other', refreshFor: await refreshFor(services, profile, claim) };
}

/** Teams ids of those who may decide, and of the claimant, who may withdraw. */
async function refreshFor(services: DeciderNeeds, profile: Profile, claim: Claim): Promise<readonly string[] | 'all'> {
  if (claim.decided) return [];
  return teamsIdsOf(services, profile.tenant, whoDecides(profile, claim, services.clock()), [claim.by.id]);
}

export type DeciderNeeds = Needs<'collections' | 'clock' | 'policies' | 'admins'>;

/** Teams ids of those who decide and of others who see more than the rest; `all` when they are too many for Teams. */
export async function teamsIdsOf(
  services: DeciderNeeds,
  tenant: TenantId,
  deciders: Deciders,
  others: readonly PersonId[],
): Promise<readonly string[] | 'all'> {
  const managers = deciders.kind === 'managers';
  if (managers && (await services.policies.of(tenant)).defaultRole === 'manager') return 'all';
  const ids = managers ? (await decidersOfTenant(services, tenant)).flat() : deciders.owners.map(({ id }) => id);
  const people = await services.collections.people.find(tenant, { id: { in: [...new Set([...ids, ...others])] } });
  const admins = await services.admins.of(tenant);
  const known = people.flatMap(({ id, teamsId, role }) =>
    role === 'reader' && !isAdmin(admins, id) ? [] : (teamsId ?? []),
  );
  return known.length > refreshLimit ? 'all' : known;
}

/** Managers, then admins. */
export async function decidersOfTenant(
  services: Needs<'collections' | 'admins'>,
  tenant: TenantId,
): Promise<[PersonId[], PersonId[]]> {
  const { people } = services.collections;
  const managers = await people.find(tenant, { role: 'manager' }, { limit: 200 });
  const admins = await services.admins.of(tenant);
  return [managers.map(({ id }) => id), admins.map(({ id }) => id)];
}

/** What waits for this actor's decision, and what they wait for. */
export async function claimsOutcome(services: Needs<'collections' | 'clock'>, actor: Actor): Promise<Outcome> {
  const now = services.clock();
  const asked: OneOf[] = [
    { in: [`claim:${actor.id}`] },
    { in: [`owner:${actor.id}`], with: ['claims'] },
    ...(isManagerOrAdmin(actor) ? [{ in: ['claims:managers'] }] : []),
  ];
  const several = await Promise.all(
    asked.map((access) =>
      services.collections.profiles.find(actor.tenant, { access }, { sort: { nextClaim: 1 }, limit: lookedAt }),
    ),
  );
  const found = [...new Map(several.flat().map((profile) => [profile.id, profile])).values()];
  const facts = found.flatMap((profile) =>
    waitingClaims(profile)
      .filter((claim) => claim.ends > now)
      .map((claim) => factsFor(profile, claim, actor, now)),
  );
  const oldestFirst = facts.sort((a, b) => a.claim.at.getTime() - b.claim.at.getTime());
  return {
    kind: 'claims',
    toDecide: oldestFirst.filter(({ standing }) => standing === 'decider').slice(0, listLimit),
    toApprove: await approvalsToDecide(services, actor),
    own: oldestFirst.filter(({ standing }) => standing === 'claimant').slice(0, listLimit),
  };
}
