import type { Needs } from '../../operations/core/parts.js';
import { rememberTeam, type Team, teamOf } from '../../operations/people/teams.js';
import { sameName } from '../../rules/fold.js';
import type { Channel, Connector } from '../transport/connector.js';
import type { Incoming } from './incoming.js';

/**
 * The team the chat is in, with its group and channels. Usually known since the bot was added to it; else Teams is
 * asked, and the answer kept. Undefined outside a team, and when Teams does not say.
 */
export async function presentTeam(
  services: Needs<'collections' | 'later'>,
  connector: Connector,
  incoming: Incoming,
): Promise<Team | undefined> {
  if (!incoming.team) return undefined;
  const { id, group } = incoming.team;
  const known = await teamOf(services, incoming.who.tenant, id);
  if (known?.group) return known;
  if (known && group) return { ...known, group };
  return askTeam(services, connector, incoming, known);
}

async function askTeam(
  services: Needs<'collections' | 'later'>,
  connector: Connector,
  { who, team, here }: Incoming,
  before?: Team,
) {
  const { tenant } = who;
  const { serviceUrl } = here;
  const id = team?.id ?? '';
  const told = await connector.getTeam(serviceUrl, id).catch(() => undefined);
  if (!told?.aadGroupId) return before;
  const fresh = { name: told.name, group: told.aadGroupId, serviceUrl };
  services.later('remember team', () =>
    rememberTeam(services, tenant, id, (now) => ({ ...now, ...fresh, channels: now?.channels ?? [] })),
  );
  return { tenant, id, version: 0, ...fresh, channels: before?.channels ?? [] };
}

/** A channel of the team by its id, or by a name that only one has; with its kind when Teams says it. */
export async function channelOf(
  connector: Connector,
  team: Team,
  mention: { id: string; name: string },
): Promise<Channel | undefined> {
  const asked = await connector.getChannels(team.serviceUrl, team.id).catch(() => []);
  const channels: Channel[] = asked.length > 0 ? asked : team.channels;
  const named = channels.filter(({ name }) => name !== undefined && sameName(name, mention.name));
  return channels.find(({ id }) => id === mention.id) ?? (named.length === 1 ? named[0] : undefined);
}
