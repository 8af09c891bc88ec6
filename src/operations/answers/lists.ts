import { networkOf } from '../../networks/types.js';
import type { Operation } from '../../rules/operation.js';
import type { Actor, Profile } from '../../rules/types.js';
import type { Outcome, ProfileFacts, Section } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { AsOf } from '../people/memberships.js';

import { factsOf, grantsOf, standingOf, visibleProfiles } from './profileFacts.js';

const byName = new Intl.Collator('en');

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
  const visible = await visibleProfiles(services, actor, operation.list === 'all');
  const wanted = visible
    .filter((profile) => !operation.network || networkOf(profile.type) === operation.network)
    .sort((a, b) => byName.compare(a.handle, b.handle));
  const standings = wanted.map((profile) => ({ profile, standing: standingOf(profile, actor, now) }));
  const page = operation.page ?? 0;
  const names: Section['list'][] = operation.list === 'mine' ? ['owned', 'shared', 'ownerless'] : [operation.list];
  const picked = names.map((list) => {
    const all = standings.filter(({ standing }) => list === 'all' || standingIn[list] === standing);
    return {
      list,
      total: all.length,
      profiles: all.map(({ profile }) => profile).slice(page * pageSize, (page + 1) * pageSize),
    };
  });
  const grants = await grantsOf(
    services,
    actor.tenant,
    picked.flatMap(({ profiles }) => profiles),
  );
  const row = (profile: Profile): ProfileFacts => factsOf(profile, grants.get(profile.id) ?? [], actor, now);
  return {
    kind: 'lists',
    list: operation.list,
    page,
    sections: picked.map(({ list, total, profiles }) => ({ list, total, rows: profiles.map(row) })),
    ...(operation.network ? { network: operation.network } : {}),
    ...(asOf ? { asOf } : {}),
  };
}

const standingIn = { owned: 'owner', shared: 'shared', ownerless: 'ownerless' } as const;
