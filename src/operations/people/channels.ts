import { principalName } from '../../rules/access.js';
import type { Asked, ChannelRef, Operation } from '../../rules/operation.js';

/** A share with a channel is one with its team; what that means for who is in the channel, as sentences. */
export function channelNotes(asked: Asked, operation: Operation): string[] {
  if (asked.kind !== 'share' || operation.kind !== 'share') return [];
  return asked.who.flatMap((ref) => {
    if (!('group' in ref) || !ref.channel) return [];
    const group = operation.who.find((one) => one.kind === 'group' && one.id === ref.group);
    return group ? [sentence(ref.channel, principalName(group))] : [];
  });
}

function sentence({ name, kind }: ChannelRef, team: string): string {
  switch (kind) {
    case 'standard':
      return `${name} is a channel of ${team}: everyone in the team has access.`;
    case 'private':
      return `${name} is a private channel, so its members differ from the team's: everyone in ${team} has access, not only the people in the channel.`;
    case 'shared':
      return `${name} is a shared channel, so its members differ from the team's: everyone in ${team} has access; people brought into the channel from elsewhere have not.`;
    case undefined:
      return `${name} is a channel of ${team}: everyone in the team has access. The members of a private or shared channel can differ from that.`;
  }
}
