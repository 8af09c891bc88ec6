import { DirectoryDown } from '../../directory/directory.js';
import { sameName } from '../../rules/fold.js';
import type { GroupId, PersonId, TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/**
 * The people behind a tag of a team, by its id or name. Nobody without the right to read tags or without an answer: a
 * tag then stays a name that nobody has.
 */
export async function taggedPeople(
  services: Needs<'directory'>,
  tenant: TenantId,
  group: GroupId,
  mention: { id: string; name: string },
): Promise<PersonId[]> {
  try {
    const tags = await services.directory.tags(tenant, group);
    const tag = tags.find(({ id, name }) => id === mention.id || sameName(name, mention.name));
    return tag ? await services.directory.tagMembers(tenant, tag) : [];
  } catch (error) {
    if (error instanceof DirectoryDown) return [];
    throw error;
  }
}
