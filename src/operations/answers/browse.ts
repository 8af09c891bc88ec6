import { activeOwners, activeShares } from '../../rules/access.js';
import type { Operation } from '../../rules/operation.js';
import type { Actor, Profile } from '../../rules/types.js';
import type { BrowsePage } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { Facet } from '../core/shown.js';
import { countedPageOf, type Scope, totalOf } from './pages.js';
import { factsOf, grantsOf } from './profileFacts.js';

const pageSize = 100;

/** A page of one of the actor's lists with what there is to choose from beside it; all of it comes from indexes. */
export async function browse(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  { list, after, most = pageSize, kind: _, ...filter }: Extract<Operation, { kind: 'browse' }>,
): Promise<BrowsePage> {
  const now = services.clock();
  const wanted = { ...filter, scope: list === 'mine' ? 'visible' : list } as const;
  const [{ profiles, next, total, isMore }, counts] = await Promise.all([
    countedPageOf(services, actor, wanted, { size: most, ...(after ? { after } : {}) }),
    // Whoever turns to a further page has them.
    after ? {} : countsOf(services, actor),
  ]);
  const grants = await grantsOf(services, actor.tenant, profiles);
  return {
    rows: profiles.map((profile) => factsOf(profile, grants.get(profile.id) ?? [], actor, now)),
    ...{ total, isMore },
    ...(next ? { next } : {}),
    counts,
    ...facetsOf(profiles, now),
  };
}

async function countsOf(services: Needs<'collections' | 'clock'>, actor: Actor): Promise<BrowsePage['counts']> {
  const scopes = ['owned', 'shared', 'ownerless', ...(actor.admin ? ['all'] : [])] as Scope[];
  const counted = await Promise.all(
    scopes.map(async (scope) => [scope, await totalOf(services, actor, { scope })] as const),
  );
  return Object.fromEntries(counted);
}

/** Whom these rows name. */
function facetsOf(profiles: readonly Profile[], now: Date): Pick<BrowsePage, 'owners' | 'groups'> {
  const owners = new Map<string, Facet>();
  const groups = new Map<string, Facet>();
  for (const profile of profiles) {
    for (const { id, name } of activeOwners(profile, now)) owners.set(id, { id, name });
    for (const { principal } of activeShares(profile, now)) {
      if (principal.kind === 'group') groups.set(principal.id, { id: principal.id, name: principal.name });
    }
  }
  return { owners: byName(owners), groups: byName(groups) };
}

const byName = (facets: Map<string, Facet>): Facet[] =>
  [...facets.values()].sort((a, b) => a.name.localeCompare(b.name));
