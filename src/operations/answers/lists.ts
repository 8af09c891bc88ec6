import type { Operation } from '../../rules/operation.js';
import type { Actor, Profile } from '../../rules/types.js';
import type { Outcome, ProfileFacts, Section } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { AsOf } from '../people/memberships.js';
import { countedPageOf } from './pages.js';
import { factsOf, grantsOf } from './profileFacts.js';

/** Rows of one list on one card; more come with a button. */
export const pageSize = 6;

/** The actor's lists: what they own, what is shared with them, what has no owner; `all` is for admins. */
export async function listOutcome(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  operation: Extract<Operation, { kind: 'profiles' }>,
  asOf: AsOf | undefined,
): Promise<Outcome> {
  const now = services.clock();
  const { list, network, page = 0, after, before } = operation;
  const turned = { size: pageSize, ...(after ? { after } : {}), ...(before ? { before } : {}) };
  const names: Section['list'][] = list === 'mine' ? ['owned', 'shared', 'ownerless'] : [list];
  const pages = await Promise.all(
    names.map(async (scope) => {
      const wanted = { scope, ...(network ? { network } : {}) };
      return { scope, ...(await countedPageOf(services, actor, wanted, turned)) };
    }),
  );
  const shown = pages.flatMap(({ profiles }) => profiles);
  const grants = await grantsOf(services, actor.tenant, shown);
  const row = (profile: Profile): ProfileFacts => factsOf(profile, grants.get(profile.id) ?? [], actor, now);
  return {
    kind: 'lists',
    list,
    page,
    sections: pages.map(({ scope, profiles, ...rest }) => ({ list: scope, ...rest, rows: profiles.map(row) })),
    ...(network ? { network } : {}),
    ...(asOf ? { asOf } : {}),
  };
}
