import { type Connector, ConnectorRefused } from '../transport/connector.js';
import { channelIdOf, type TeamsChannel } from '../transport/places.js';
import type { Incoming } from './incoming.js';

/** The channel an activity was said in, with its name; undefined outside channels. */
export async function channelOf(
  connector: Connector,
  { scope, here, team }: Incoming,
): Promise<TeamsChannel | undefined> {
  if (scope !== 'channel' || !team) return undefined;
  const { serviceUrl, bot, conversation } = here;
  const channel = channelIdOf(conversation);
  const name = await nameOf(connector, serviceUrl, team.id, channel);
  const group = team.group ?? (await connector.getTeam(serviceUrl, team.id).catch(() => undefined))?.aadGroupId;
  return { serviceUrl, bot, channel, team: team.id, name, ...(group ? { group } : {}) };
}

/** Private channels are not listed, and the channel may be busy: then it is called by what it is. */
async function nameOf(connector: Connector, serviceUrl: string, team: string, channel: string): Promise<string> {
  try {
    const found = (await connector.getChannels(serviceUrl, team)).find(({ id }) => id === channel);
    return found ? (found.name ?? 'General') : 'this channel';
  } catch (error) {
    if (error instanceof ConnectorRefused) return 'this channel';
    throw error;
  }
}
