import type { TenantId } from '../../rules/types.js';
import type { TeamDoc } from '../../store/collections.js';
import { type Fields, update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

/** A team the bot was added to, with the group that its mention means. */
export type Team = TeamDoc;

/** The team as it was noted. */
export function teamOf(services: Needs<'collections'>, tenant: TenantId, id: string): Promise<Team | undefined> {
  return services.collections.teams.get(tenant, id);
}

/** All teams of the tenant that the bot knows. */
export function teamsOf(services: Needs<'collections'>, tenant: TenantId): Promise<Team[]> {
  return services.collections.teams.find(tenant, {});
}

/** Notes a team, or what changed about it. */
export function rememberTeam(
  services: Needs<'collections'>,
  tenant: TenantId,
  id: string,
  next: (before: Team | undefined) => Fields<Team>,
): Promise<unknown> {
  return update(services.collections.teams, tenant, id, next);
}

/** The team is gone. */
export async function forgetTeam(services: Needs<'collections'>, tenant: TenantId, id: string): Promise<void> {
  await services.collections.teams.delete(tenant, id);
}
