import type { ChannelPlace } from '../../rules/decision.js';

/** What it takes to post into a channel. */
export type TeamsChannel = ChannelPlace & { serviceUrl: string; bot: string; team: string };

/** The channel that a conversation is a thread of: its id has the thread's first post behind it. */
export const channelIdOf = (conversation: string): string => conversation.split(';messageid=')[0] ?? conversation;
/** The post that a conversation is the thread of. */
export const postIdOf = (conversation: string): string => conversation.split(';messageid=')[1] ?? '';

/** A channel that this bot noted, read back. @throws when it lacks what it takes to write there */
export function teamsChannel(place: ChannelPlace): TeamsChannel {
  const { serviceUrl, bot, team } = place as Partial<TeamsChannel>;
  if (!serviceUrl || !bot) throw new Error('a channel without its address');
  return { ...place, serviceUrl, bot, team: team ?? '' };
}
