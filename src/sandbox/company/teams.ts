import { notFound, type Reply } from './answer.js';
import { paged } from './paging.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';

/** A team's id in Graph is its group's; `19:...` is what Teams calls it. */
function teamOf({ world }: Parts, id: string) {
  const team = world.teams.find((one) => one.group === id);
  if (!team) throw notFound(id);
  return team;
}

export function teamTags(parts: Parts, request: GraphRequest, id: string): Reply {
  const rows = teamOf(parts, id).tags.map((tag) => ({
    id: tag.id,
    teamId: id,
    displayName: tag.name,
    description: null,
    memberCount: tag.people.length,
    tagType: 'standard',
  }));
  return paged(request, rows, parts.limits.page, 'tags');
}

export function tagMembers(parts: Parts, request: GraphRequest, id: string, tagId: string): Reply {
  const tag = teamOf(parts, id).tags.find((one) => one.id === tagId);
  if (!tag) throw notFound(tagId);
  const rows = tag.people.flatMap((person) => {
    const found = parts.directory.person(person);
    const row = { id: `${tag.id}-${person}`, userId: person, tenantId: request.tenant, displayName: found?.name };
    return found ? [row] : [];
  });
  return paged(request, rows, parts.limits.page, 'members');
}

export function teamChannels(parts: Parts, request: GraphRequest, id: string): Reply {
  const team = teamOf(parts, id);
  const general = { id: team.id, displayName: 'General', membershipType: 'standard' };
  const others = team.channels.map((one) => ({ id: one.id, displayName: one.name, membershipType: one.kind }));
  return paged(request, [general, ...others], parts.limits.page, 'channels');
}
