import { randomUUID } from 'node:crypto';

/** What Teams posted, as far as the front door looks into it; the rest is passed on as it came. */
export type Activity = {
  type: ActivityType;
  id: string;
  channelId: string;
  serviceUrl: string;
  from: { id: string; name?: string; aadObjectId?: string };
  recipient: { id: string; name?: string };
  conversation: { id: string; tenantId?: string; conversationType?: string; isGroup?: boolean; name?: string };
  channelData?: { tenant?: { id?: string } } & Record<string, unknown>;
  [more: string]: unknown;
};

/** A conversation as Teams addresses it; enough to write into it later. */
export type ConversationRef = { serviceUrl: string; conversation: string; bot: string };
/** How Teams names a person for this bot (`29:…`), and where to write to them alone. */
export type Reach = { teamsId?: string; serviceUrl?: string; chat?: ConversationRef };

/** What this bot listens to; anything else is acknowledged and dropped. */
const activityTypes = [
  'message',
  'invoke',
  'conversationUpdate',
  'installationUpdate',
  'messageUpdate',
  'messageDelete',
  'messageReaction',
] as const;
export type ActivityType = (typeof activityTypes)[number];

export type ReadActivity = { kind: 'activity'; activity: Activity } | { kind: 'ignored' } | { kind: 'malformed' };

const longestId = 1_000;

/**
 * Strict about what is decided on: who sent it, where to, from which service. `ignored`: well-formed, of no interest. An
 * activity without an id gets one of its own, so that no other is taken for a second delivery of it.
 */
export function readActivity(body: unknown): ReadActivity {
  if (!isRecord(body)) return { kind: 'malformed' };
  const { type, id, channelId, serviceUrl, from, recipient, conversation } = body;
  const isFine =
    [type, channelId, serviceUrl].every(isId) &&
    (id === undefined || isId(id)) &&
    [from, recipient, conversation].every((party) => isRecord(party) && isId(party.id)) &&
    isTextOrAbsent(conversation, 'tenantId') &&
    isTextOrAbsent(from, 'aadObjectId') &&
    (body.channelData === undefined || isRecord(body.channelData));
  if (!isFine) return { kind: 'malformed' };
  if (!activityTypes.some((known) => known === type)) return { kind: 'ignored' };
  return { kind: 'activity', activity: { ...body, id: id ?? randomUUID() } as unknown as Activity };
}

/** The organisation the activity says it is from, lower case: undefined when its two places do not agree. */
export function tenantOf({ conversation, channelData }: Activity): string | undefined {
  const [here, there] = [conversation.tenantId, channelData?.tenant?.id];
  if (typeof here !== 'string' || typeof there !== 'string' || here === '') return undefined;
  return here.toLowerCase() === there.toLowerCase() ? here.toLowerCase() : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longestId;
}

function isTextOrAbsent(holder: unknown, name: string): boolean {
  const value = isRecord(holder) ? holder[name] : undefined;
  return value === undefined || value === null || typeof value === 'string';
}
