import { byUrgency, mendOf, needOf } from '../../rules/signins/urgency.js';
import type { Actor } from '../../rules/types.js';
import { type Light, lights, type Profile } from '../../rules/types.js';
import type { HealthRow, Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { AsOf } from '../people/memberships.js';

import { factsOf, grantsOf, visibleProfiles } from './profileFacts.js';

/** Rows on one card; more come with a button. */
export const healthPageSize = 6;

/** What needs care among everything the actor may see; an admin sees the whole tenant. Two reads, however many. */
export async function healthOutcome(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  page: number,
  asOf: AsOf | undefined,
): Promise<Outcome> {
  const now = services.clock();
  const visible = await visibleProfiles(services, actor, true);
  const grants = await grantsOf(services, actor.tenant, visible);
  const all = visible.map((profile: Profile) => factsOf(profile, grants.get(profile.id) ?? [], actor, now));
  const rows = all.flatMap((facts): HealthRow[] => {
    const found = needOf(facts.health, facts.standing, now);
    return found ? [{ facts, ...found, mend: mendOf(found.need, facts.may) }] : [];
  });
  const handle = ({ facts: { profile } }: HealthRow) => profile.handle;
  rows.sort((a, b) => byUrgency({ ...a, handle: handle(a) }, { ...b, handle: handle(b) }));
  const count = (light: Light) => all.filter(({ health }) => health.light === light).length;
  return {
    kind: 'health',
    rows: rows.slice(page * healthPageSize, (page + 1) * healthPageSize),
    total: rows.length,
    page,
    lights: Object.fromEntries(lights.map((light) => [light, count(light)])) as Record<Light, number>,
    ...(asOf ? { asOf } : {}),
  };
}
