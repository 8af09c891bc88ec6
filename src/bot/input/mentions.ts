import type { Needs } from '../../operations/core/parts.js';
import { type Team, teamsOf } from '../../operations/people/teams.js';
import { sameName } from '../../rules/fold.js';
import type { WhoRef } from '../../rules/operation.js';
import type { Connector } from '../transport/connector.js';
import type { Incoming } from './incoming.js';
import { channelOf, presentTeam } from './teams.js';
import type { Mention, Token } from './words.js';

/**
 * What mentions mean. The activity does not say whether one names a person, a team, a channel or a tag, and its id says
 * it only sometimes: ids of teams come first, then the roster, the channels and tags of the team the chat is in, and
 * teams by name. What is none of these stays a typed name, which the directory may know.
 */
export async function knowMentions(
  services: Needs<'collections' | 'directory' | 'later'>,
  connector: Connector,
  incoming: Incoming,
  tokens: readonly Token[],
): Promise<Token[]> {
  const here = await presentTeam(services, connector, incoming);
  const others = await teamsOf(services, incoming.who.tenant);
  const look = { services, connector, incoming, here, teams: [...(here ? [here] : []), ...others] };
  return Promise.all(
    tokens.map(async (token) => (token.mention ? { ...token, refs: await refsOf(look, token.mention) } : token)),
  );
}

type Look = {
  services: Needs<'collections' | 'directory' | 'later'>;
  connector: Connector;
  incoming: Incoming;
  here: Team | undefined;
  teams: readonly Team[];
};

async function refsOf(look: Look, mention: Mention): Promise<WhoRef[]> {
  const team = look.teams.find(({ id, group }) => group && id === mention.id);
  if (team?.group) return [{ group: team.group }];
  const member = await memberOf(look, mention.id);
  if (member) return [{ person: member }];
  const channel = await channelRef(look, mention);
  if (channel) return [channel];
  const named = teamNamed(look, mention.name);
  if (named) return [{ group: named }];
  const { here } = look;
  // Whose people a tag means is for the directory to say, once it is clear that the one who asks may ask for it.
  return [here?.group ? { tag: { team: here.group, id: mention.id, name: mention.name } } : { words: mention.name }];
}

async function memberOf({ connector, incoming: { here } }: Look, id: string): Promise<string | undefined> {
  if (!id.startsWith('29:')) return undefined;
  const member = await connector.getMember(here.serviceUrl, here.conversation, id).catch(() => undefined);
  return member?.aadObjectId?.toLowerCase();
}

/** A channel stands for its team; the reference keeps that it was a channel, for the card to say so. */
async function channelRef({ connector, here, teams }: Look, mention: Mention): Promise<WhoRef | undefined> {
  const found = here?.group ? await channelOf(connector, here, mention) : undefined;
  if (here?.group && found) {
    const kind = found.kind ? { kind: found.kind } : {};
    return { group: here.group, channel: { name: found.name || mention.name, ...kind } };
  }
  const elsewhere = teams.find(({ group, channels }) => group && channels.some(({ id }) => id === mention.id));
  return elsewhere?.group ? { group: elsewhere.group, channel: { name: mention.name } } : undefined;
}

function teamNamed({ here, teams }: Look, name: string): string | undefined {
  if (here?.group && sameName(here.name, name)) return here.group;
  const groups = new Set(teams.flatMap((team) => (sameName(team.name, name) ? (team.group ?? []) : [])));
  return groups.size === 1 ? [...groups][0] : undefined;
}
