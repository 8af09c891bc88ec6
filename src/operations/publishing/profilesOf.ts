import type { Profile, ProfileId, TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** Profiles by their ids, each read once. */
export async function profilesOf(
  { collections }: Needs<'collections'>,
  tenant: TenantId,
  ids: readonly ProfileId[],
): Promise<Map<ProfileId, Profile>> {
  const wanted = [...new Set(ids)];
  const found = wanted.length > 0 ? await collections.profiles.find(tenant, { id: { in: wanted } }) : [];
  return new Map(found.map((profile) => [profile.id, profile]));
}
