import type { World, WorldPerson } from '../world.js';
import type { Places } from './places.js';
import type { Said } from './text.js';
import type { Activity, Attachment, Conversation } from './types.js';

export type Envelope = {
  id: string;
  at: Date;
  serviceUrl: string;
  from: WorldPerson;
  conversation: Conversation;
  /** In a channel: the thread. */
  root?: string | undefined;
};

/** The bare conversation id, and with `;messageid=` the thread. */
export function splitConversationId(id: string): { place: string; root?: string } {
  const [place = '', root] = id.split(';messageid=');
  return root ? { place, root } : { place };
}

/** Builds activities in the shapes that Teams sends. */
export class Activities {
  readonly #places: Places;
  readonly #world: World;

  constructor(places: Places) {
    this.#places = places;
    this.#world = places.world;
  }

  message(envelope: Envelope, said: Said, files: Attachment[] = []): Activity {
    // Typed text comes a second time as HTML, where it is more than plain.
    const html = said.mentions.length + files.length > 0 ? [{ contentType: 'text/html', content: said.html }] : [];
    const attachments = [...files, ...html];
    return {
      ...this.#base(envelope, 'message'),
      textFormat: 'plain',
      text: said.text,
      entities: [...said.entities, clientInfo(envelope.from)],
      ...(attachments.length > 0 ? { attachments } : {}),
    };
  }

  /** A person edited what they wrote. */
  edited(envelope: Envelope, said: Said): Activity {
    const message = this.message(envelope, said);
    return { ...message, type: 'messageUpdate', channelData: { ...message.channelData, eventType: 'editMessage' } };
  }

  /** Action.Submit: a message without text. */
  submit(envelope: Envelope, replyToId: string, value: unknown, text?: string): Activity {
    return {
      ...this.#base(envelope, 'message'),
      ...(text === undefined ? {} : { text, textFormat: 'plain' }),
      replyToId,
      value,
      entities: [clientInfo(envelope.from)],
    };
  }

  invoke(envelope: Envelope, name: string, value: unknown, replyToId?: string): Activity {
    const base = this.#base(envelope, 'invoke');
    return {
      ...base,
      name,
      value,
      ...(replyToId ? { replyToId } : {}),
      entities: [clientInfo(envelope.from)],
      channelData: { ...base.channelData, source: { name: 'message' } },
    };
  }

  /** The bot came to a place (or left it): what it hears first. */
  installed(envelope: Envelope, action: 'add' | 'remove'): Activity[] {
    const base = this.#base(envelope, 'installationUpdate', true);
    const { bot } = this.#world;
    const isTeam = envelope.conversation.kind === 'channel';
    const people = action === 'add' ? 'membersAdded' : 'membersRemoved';
    const eventType = action === 'add' ? 'teamMemberAdded' : 'teamMemberRemoved';
    return [
      {
        ...base,
        action,
        channelData: { ...base.channelData, settings: { selectedChannel: { id: envelope.conversation.id } } },
      },
      {
        ...this.#base({ ...envelope, id: `${envelope.id}1` }, 'conversationUpdate', true),
        [people]: [{ id: bot.id, name: bot.name }],
        channelData: { ...base.channelData, ...(isTeam ? { eventType } : {}) },
      },
    ];
  }

  #base(envelope: Envelope, type: string, isInstall = false): Activity {
    const { from, conversation, at } = envelope;
    const isPersonal = conversation.kind === 'personal';
    return {
      type,
      id: envelope.id,
      timestamp: at.toISOString(),
      channelId: 'msteams',
      serviceUrl: envelope.serviceUrl,
      from: { id: from.teamsId, name: from.name, aadObjectId: from.id },
      recipient: { id: this.#world.bot.id, name: this.#world.bot.name },
      conversation: {
        conversationType: conversation.kind,
        tenantId: this.#world.tenant.id,
        id: envelope.root ? `${conversation.id};messageid=${envelope.root}` : conversation.id,
        ...(isPersonal ? {} : { isGroup: true }),
        ...(conversation.kind === 'groupChat' ? { name: conversation.name } : {}),
      },
      locale: 'en-US',
      channelData: { tenant: { id: this.#world.tenant.id }, ...this.#teamData(conversation, isInstall) },
    };
  }

  /** The group id and the name come with install events only. */
  #teamData(conversation: Conversation, isInstall: boolean): Record<string, unknown> {
    const team = this.#places.team(conversation.team);
    if (!team) return {};
    return {
      team: isInstall ? { id: team.id, name: team.name, aadGroupId: team.group } : { id: team.id },
      channel: { id: conversation.id, type: conversation.channelKind },
      teamsTeamId: team.id,
      teamsChannelId: conversation.id,
    };
  }
}

function clientInfo(person: WorldPerson) {
  const country = person.timeZone.startsWith('America/') ? 'US' : 'DE';
  return { type: 'clientInfo', locale: 'en-US', country, platform: 'Web', timezone: person.timeZone };
}
