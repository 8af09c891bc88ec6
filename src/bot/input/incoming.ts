import { createHash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Verified } from '../../operations/people/actor.js';
import type { ConversationRef, Reach } from '../../platform/activity.js';
import { isGuid } from '../../platform/guid.js';
import { isTimeZone } from '../../platform/timeWords.js';

/** An activity as this bot needs it, read once and strictly. */
export type Incoming = {
  /** The same for every delivery of the same activity. */
  id: string;
  /** How Teams names the message. */
  said: string;
  who: Verified & { reach: Reach };
  scope: 'personal' | 'groupChat' | 'channel';
  here: ConversationRef;
  locale: string;
  /** Asked in a dialog: nobody else in the place knows of it. */
  unheard?: true;
  /** The team the chat is in, by Teams' own id. */
  team?: { id: string; group?: string; name?: string };
  /** The card a click is about. */
  card?: string;
  /** The organisation the person belongs to, when it is not this conversation's. */
  foreign?: string;
};

const text = (value: unknown, limit = 200): string => (typeof value === 'string' ? value.slice(0, limit) : '');

/** Undefined when it does not say who it is from: then nobody is there to act for. The tenant is checked at the door. */
export function readIncoming(activity: Partial<Activity>): Incoming | undefined {
  const { from, conversation, recipient } = activity;
  const id = text(from?.aadObjectId).toLowerCase();
  const tenant = text(conversation?.tenantId).toLowerCase();
  if (!isGuid(id) || !isGuid(tenant) || !conversation?.id) return undefined;
  const here: ConversationRef = {
    serviceUrl: text(activity.serviceUrl, 500),
    conversation: text(conversation.id, 500),
    bot: text(recipient?.id),
  };
  const scope = isExtension(activity) ? 'groupChat' : scopeOf(text(conversation.conversationType));
  const timeZone = timeZoneOf(activity.entities);
  const team = teamOf(activity.channelData);
  const home = text((from as { tenantId?: unknown } | undefined)?.tenantId).toLowerCase();
  return {
    id: createHash('sha256')
      .update(`${here.conversation}|${text(activity.id)}`)
      .digest('base64url')
      .slice(0, 24),
    said: text(activity.id),
    who: {
      tenant,
      id,
      name: text(from?.name),
      ...(timeZone ? { timeZone } : {}),
      reach: {
        ...(text(from?.id) ? { teamsId: text(from?.id) } : {}),
        ...(here.serviceUrl ? { serviceUrl: here.serviceUrl } : {}),
        ...(scope === 'personal' ? { chat: here } : {}),
      },
    },
    scope,
    here,
    locale: text(activity.locale) || 'en-GB',
    ...(isExtension(activity) ? { unheard: true as const } : {}),
    ...(team ? { team } : {}),
    ...(activity.replyToId ? { card: text(activity.replyToId) } : {}),
    ...(home && home !== tenant ? { foreign: home } : {}),
  };
}

/**
 * A message extension is used in any chat. One between two people says that it is personal too, and is not the person's
 * chat with the bot.
 */
export const isExtension = ({ name }: Partial<Activity>): boolean => text(name).startsWith('composeExtension/');

/** Only what says that it is personal is: what is for one person goes into no place of unknown kind. */
function scopeOf(type: string): Incoming['scope'] {
  return type === 'channel' || type === 'personal' ? type : 'groupChat';
}

/** The sender's own time zone, from the client's entity (`clientInfo`). */
function timeZoneOf(entities: unknown): string | undefined {
  if (!Array.isArray(entities)) return undefined;
  const info = entities.find((entity: { type?: unknown } | null) => entity?.type === 'clientInfo') as
    | { timezone?: unknown }
    | undefined;
  const zone = text(info?.timezone, 60);
  return isTimeZone(zone) ? zone : undefined;
}

function teamOf(channelData: unknown): Incoming['team'] {
  const { team } = (channelData ?? {}) as { team?: { id?: unknown; aadGroupId?: unknown; name?: unknown } };
  if (typeof team?.id !== 'string') return undefined;
  const [group, name] = [text(team.aadGroupId), text(team.name)];
  return { id: team.id.slice(0, 200), ...(group ? { group } : {}), ...(name ? { name } : {}) };
}
