import { type ChannelKind, channelKinds } from '../../rules/operation.js';
import type { ChannelCalls } from './channelCalls.js';
import type { AttachedFile, FetchedFile } from './fetchFile.js';
import { postIdOf } from './places.js';

export { ConnectorRefused } from './channelCalls.js';

/** A place to write to: what is kept of a conversation. */
export type Place = { serviceUrl: string; conversation: string; bot: string };
/** An activity to send: a `message`, `typing` ... The channel fills in the rest. */
export type Outgoing = { type: string; [more: string]: unknown };
export type Member = {
  id: string;
  name?: string;
  aadObjectId?: string;
  email?: string;
  userPrincipalName?: string;
  tenantId?: string;
};
export type Channel = { id: string; name?: string; kind?: ChannelKind };
export type TeamDetails = { id: string; name: string; aadGroupId?: string };

/** `isAnswer`: a person waits for it. `thread`: the message it answers. */
export type How = { isAnswer?: true; thread?: string };

/**
 * The Bot Connector's REST for everything that is no answer within a turn (reference: Bot Connector API, v3). Every call
 * throws `ConnectorRefused` when the channel does not do it; a 403 means the person or team does not have the bot.
 */
export type Connector = {
  send(place: Place, activity: Outgoing, how?: How): Promise<{ id: string }>;
  update(place: Place, id: string, activity: Outgoing): Promise<void>;
  /** The conversation id of the person's chat with the bot. The person must have the app, or share a team with it. */
  createPersonal(person: { serviceUrl: string; tenant: string; teamsId: string; bot: string }): Promise<string>;
  /** A new post in a channel: the conversation of its thread, and the id of the post itself. */
  createChannelPost(
    channel: { serviceUrl: string; tenant: string; channel: string; bot: string },
    activity: Outgoing,
  ): Promise<{ conversation: string; id: string }>;
  /** One member of a conversation, by Teams id. */
  getMember(serviceUrl: string, conversation: string, id: string): Promise<Member>;
  /** A team by its `19:` id, with the id of its Microsoft 365 group. */
  getTeam(serviceUrl: string, team: string): Promise<TeamDetails>;
  /** The channels of a team. General has the team's id and no name; kinds that are not known are left out. */
  getChannels(serviceUrl: string, team: string): Promise<Channel[]>;
  /** A file that came with a message, if it has no more bytes than that. */
  fetchFile(file: AttachedFile, mostBytes: number): Promise<FetchedFile>;
};

export function createConnector({ call, fetchFile }: ChannelCalls): Connector {
  return {
    fetchFile,
    async send({ serviceUrl, conversation, bot }, activity, { isAnswer, thread } = {}) {
      const answers = thread ? { replyToId: thread } : {};
      const body = { ...activity, ...answers, from: { id: bot }, conversation: { id: conversation } };
      const path = ['conversations', conversation, 'activities', ...(thread ? [thread] : [])];
      const urgent = isAnswer ? { isAnswer } : {};
      const answer = await call({ method: 'POST', serviceUrl, path, body, conversation, ...urgent });
      return { id: textOf(answer, 'id') ?? '' };
    },
    async update({ serviceUrl, conversation, bot }, id, activity) {
      const body = { ...activity, id, from: { id: bot }, conversation: { id: conversation } };
      const path = ['conversations', conversation, 'activities', id];
      await call({ method: 'PUT', serviceUrl, path, body, conversation });
    },
    async createPersonal({ serviceUrl, tenant, teamsId, bot }) {
      const body = {
        isGroup: false,
        bot: { id: bot },
        members: [{ id: teamsId }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      };
      const answer = await call({ method: 'POST', serviceUrl, path: ['conversations'], body, conversation: teamsId });
      return required(answer, 'id');
    },
    async createChannelPost({ serviceUrl, tenant, channel, bot }, activity) {
      const body = {
        isGroup: true,
        bot: { id: bot },
        tenantId: tenant,
        channelData: { channel: { id: channel }, tenant: { id: tenant } },
        activity,
      };
      const answer = await call({ method: 'POST', serviceUrl, path: ['conversations'], body, conversation: channel });
      const conversation = required(answer, 'id');
      // The number after `messageid=` is the id of the post that started the thread.
      return { conversation, id: textOf(answer, 'activityId') ?? postIdOf(conversation) };
    },
    async getMember(serviceUrl, conversation, id) {
      const answer = await call({ method: 'GET', serviceUrl, path: ['conversations', conversation, 'members', id] });
      const { objectId } = answer as { objectId?: string };
      const found = answer as Member;
      return found.aadObjectId === undefined && objectId !== undefined ? { ...found, aadObjectId: objectId } : found;
    },
    async getTeam(serviceUrl, team) {
      return (await call({ method: 'GET', serviceUrl, path: ['teams', team] })) as TeamDetails;
    },
    async getChannels(serviceUrl, team) {
      const answer = await call({ method: 'GET', serviceUrl, path: ['teams', team, 'conversations'] });
      const { conversations } = (answer ?? {}) as { conversations?: unknown };
      return Array.isArray(conversations) ? conversations.flatMap(channelFrom) : [];
    },
  };
}

function channelFrom(one: unknown): Channel[] {
  const [id, name, type] = ['id', 'name', 'type'].map((field) => textOf(one, field));
  if (!id) return [];
  const kind = channelKinds.find((known) => known === type);
  return [{ id, ...(name ? { name } : {}), ...(kind ? { kind } : {}) }];
}

function textOf(answer: unknown, name: string): string | undefined {
  const value = (answer as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function required(answer: unknown, name: string): string {
  const value = textOf(answer, name);
  if (value === undefined) throw new Error(`the channel answered without ${name}`);
  return value;
}
