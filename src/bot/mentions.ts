import type { Services } from '../operations/services.js';
import type { WhoRef } from '../profiles/operation.js';
import type { Connector } from './connector.js';
import type { Incoming } from './incoming.js';
import type { Mention, Token } from './words.js';

/**
 * What mentions mean. The activity does not say whether one names a person, a team, a channel or a tag, so the teams
 * this bot knows come first, then the roster, then the tags of the team; what is none of these stays a typed name.
 */
export async function knowMentions(
  services: Services,
  connector: Connector,
  incoming: Incoming,
  tokens: readonly Token[],
): Promise<Token[]> {
  return Promise.all(
    tokens.map(async (token) =>
      token.mention ? { ...token, refs: await refsOf(services, connector, incoming, token.mention) } : token,
    ),
  );
}

async function refsOf(
  services: Services,
  connector: Connector,
  incoming: Incoming,
  mention: Mention,
): Promise<WhoRef[]> {
  const { tenant } = incoming.who;
  const teams = await services.collections.teams.find(tenant, {});
  const byId = teams.find((team) => team.id === mention.id || team.channels.some(({ id }) => id === mention.id));
  if (byId?.group) return [{ group: byId.group }];
  const member = await memberOf(connector, incoming, mention.id);
  if (member) return [{ person: member }];
  const byName = teams.filter((team) => team.group && team.name.toLowerCase() === mention.name.toLowerCase());
  const [only] = byName;
  if (byName.length === 1 && only?.group) return [{ group: only.group }];
  const tagged = await taggedPeople(services, incoming, mention);
  return tagged.length > 0 ? tagged : [{ words: mention.name }];
}

async function memberOf(connector: Connector, { here }: Incoming, id: string): Promise<string | undefined> {
  if (!id.startsWith('29:')) return undefined;
  const member = await connector.getMember(here.serviceUrl, here.conversation, id).catch(() => undefined);
  return member?.aadObjectId?.toLowerCase();
}

async function taggedPeople(services: Services, { who, team }: Incoming, mention: Mention): Promise<WhoRef[]> {
  if (!team) return [];
  const known = team.group ?? (await services.collections.teams.get(who.tenant, team.id))?.group;
  if (!known) return [];
  const tags = await services.directory.tags(who.tenant, known);
  const tag = tags.find(({ id, name }) => id === mention.id || name.toLowerCase() === mention.name.toLowerCase());
  if (!tag) return [];
  return (await services.directory.tagMembers(who.tenant, tag)).map((person) => ({ person }));
}
