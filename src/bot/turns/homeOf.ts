import type { Incoming } from '../input/incoming.js';
import type { Connector } from '../transport/connector.js';

/** What the roster says of somebody from elsewhere: their organisation by its domain, where Teams tells it. */
export async function homeOf(connector: Connector, { here, who }: Incoming): Promise<string | undefined> {
  const { teamsId } = who.reach;
  if (!teamsId) return undefined;
  const member = await connector.getMember(here.serviceUrl, here.conversation, teamsId).catch(() => undefined);
  const name = [member?.userPrincipalName, member?.email].find((one) => one?.includes('@') && !one.includes('#EXT#'));
  return name?.split('@').at(-1)?.slice(0, 100);
}
