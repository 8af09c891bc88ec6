import type { World, WorldPerson, WorldTeam } from '../world.js';
import type { Conversation, Mentionable } from './types.js';

/** Who is where, and what can be mentioned there. */
export class Places {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** By Entra object id or by Teams id (`29:...`). */
  person(id: string): WorldPerson | undefined {
    return this.world.people.find((one) => one.id === id || one.teamsId === id);
  }

  team(id: string | undefined): WorldTeam | undefined {
    return this.world.teams.find((one) => one.id === id);
  }

  members(conversation: Conversation): WorldPerson[] {
    return this.#memberIds(conversation).flatMap((id) => this.person(id) ?? []);
  }

  isMember(conversation: Conversation, person: string): boolean {
    return this.#memberIds(conversation).includes(person);
  }

  /** The bot, the people, and in a team its team, channels and tags. */
  mentionables(conversation: Conversation): Mentionable[] {
    const { bot } = this.world;
    const people = this.members(conversation).map(
      ({ teamsId, name, jobTitle, department }): Mentionable => ({
        id: teamsId,
        name,
        kind: 'person',
        detail: `${jobTitle}, ${department}`,
      }),
    );
    const team = this.team(conversation.team);
    return [{ id: bot.id, name: bot.name, kind: 'bot', detail: 'App' }, ...people, ...(team ? ofTeam(team) : [])];
  }

  teamPeople(team: WorldTeam): string[] {
    const seen = new Set<string>();
    const walk = (groupId: string): string[] => {
      if (seen.has(groupId)) return [];
      seen.add(groupId);
      const group = this.world.groups.find(({ id }) => id === groupId);
      return group ? [...group.people, ...group.groups.flatMap(walk)] : [];
    };
    return [...new Set(walk(team.group))];
  }

  #memberIds(conversation: Conversation): string[] {
    if (conversation.person) return [conversation.person];
    const team = this.team(conversation.team);
    if (team) return this.teamPeople(team);
    return this.world.groupChats.find(({ id }) => id === conversation.id)?.people ?? [];
  }
}

function ofTeam(team: WorldTeam): Mentionable[] {
  const channels = team.channels.filter(({ kind }) => kind !== 'private');
  return [
    { id: team.id, name: team.name, kind: 'team', detail: 'Team' },
    ...channels.map(({ id, name }): Mentionable => ({ id, name, kind: 'channel', detail: 'Channel' })),
    // What Teams puts here does not name the tag's Graph id: only the name says which tag it is.
    ...team.tags.map(({ id, name }): Mentionable => ({ id: `tag:${id}`, name, kind: 'tag', detail: 'Tag' })),
  ];
}
