import type { Clock } from '../../platform/clock.js';
import { splitConversationId } from './activities.js';
import { cardsOf, contentOf, refuseContent } from './content.js';
import type { Places } from './places.js';
import { type RestAnswer, restError } from './restAnswer.js';
import type { ChatState } from './state.js';
import type { Activity, Change, Conversation, Message } from './types.js';

export type InboxOptions = {
  state: ChatState;
  places: Places;
  clock: Clock;
  emit: (change: Change) => void;
};

/** What the bot may do to conversations, with Teams' refusals. */
export class Inbox {
  readonly #options: InboxOptions;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** A message of the bot into a chat, a channel (a new post) or, with `;messageid=`, a thread. */
  post(conversationId: string, activity: Activity): RestAnswer {
    const { place, root } = splitConversationId(conversationId);
    const conversation = this.#options.state.get(place);
    if (!conversation) return noConversation();
    if (activity.type === 'typing') return this.#typing(conversation, root);
    const refused = this.#refuseWrite(conversation) ?? refuseContent(activity);
    if (refused) return refused;
    const cards = cardsOf(activity);
    // Teams stores words and cards as two messages and then answers without an id.
    if (activity.text && cards.length > 0) {
      const { attachments: _, ...words } = activity;
      const first = this.#store(conversation, root, words);
      this.#store(conversation, root ?? first.root, { ...activity, text: '' });
      return { status: 202, body: {} };
    }
    return { status: 201, body: { id: this.#store(conversation, root, activity).id } };
  }

  update(conversationId: string, id: string, activity: Activity): RestAnswer {
    const found = this.#own(conversationId, id);
    if ('status' in found) return found;
    const refused = this.#refuseWrite(found.conversation) ?? refuseContent(activity);
    if (refused) return refused;
    const { conversation, message } = found;
    Object.assign(message, contentOf(activity), {
      editedAt: this.#options.clock().toISOString(),
      version: message.version + 1,
      views: {},
    });
    this.#changed({ kind: 'update', conversation: conversation.id, message });
    return { status: 200, body: { id } };
  }

  remove(conversationId: string, id: string): RestAnswer {
    const found = this.#own(conversationId, id);
    if ('status' in found) return found;
    Object.assign(found.message, { isDeleted: true, text: '', cards: [], entities: [], views: {} });
    found.message.version += 1;
    this.#changed({ kind: 'delete', conversation: found.conversation.id, message: found.message });
    return { status: 200, body: {} };
  }

  /** A 1:1 chat, or a new post in a channel. */
  create(body: Record<string, unknown>): RestAnswer {
    const channel = channelIn(body);
    if (channel) return this.#createPost(channel, body.activity);
    const members = Array.isArray(body.members) ? (body.members as { id?: unknown }[]) : [];
    const id = members[0]?.id;
    const person = typeof id === 'string' && id.startsWith('29:') ? this.#options.places.person(id) : undefined;
    if (members.length !== 1 || !person) {
      return restError(400, 'BadSyntax', 'Incorrect conversation creation parameters');
    }
    const conversation = this.#options.state.personal(person.id);
    if (!conversation) return noConversation();
    if (!this.#mayReach(conversation, person.id)) {
      return restError(403, 'ForbiddenOperationException', 'The bot is not installed for this user.');
    }
    const first = isActivity(body.activity) ? this.post(conversation.id, body.activity) : undefined;
    if (first && first.status >= 400) return first;
    return { status: 201, body: { id: conversation.id, ...activityIdOf(first) } };
  }

  #createPost(channel: string, activity: unknown): RestAnswer {
    if (!isActivity(activity)) return restError(400, 'BadSyntax', 'Activity is required to start a channel post');
    const answer = this.post(channel, activity);
    if (answer.status >= 400) return answer;
    const { activityId } = activityIdOf(answer);
    return { status: 201, body: { id: `${channel};messageid=${activityId}`, activityId } };
  }

  /** The person has the bot, or shares a team or chat with it. */
  #mayReach(conversation: Conversation, person: string): boolean {
    const { state, places } = this.#options;
    if (conversation.isInstalled || conversation.isBlocked) return true;
    return state.all().some((one) => one.kind !== 'personal' && places.isMember(one, person));
  }

  #refuseWrite(conversation: Conversation): RestAnswer | undefined {
    if (!conversation.isBlocked && conversation.channelKind !== 'private') return undefined;
    return {
      status: 403,
      body: {
        error: {
          code: 'Forbidden',
          message: 'The bot is not allowed to write here.',
          subCode: 'MessageWritesBlocked',
          innerHttpError: { statusCode: 403, body: { subCode: 'MessageWritesBlocked' } },
        },
      },
    };
  }

  #typing(conversation: Conversation, root: string | undefined): RestAnswer {
    this.#options.emit({ kind: 'typing', conversation: conversation.id, ...(root ? { root } : {}) });
    return { status: 202, body: {} };
  }

  #own(conversationId: string, id: string): RestAnswer | { conversation: Conversation; message: Message } {
    const conversation = this.#options.state.get(splitConversationId(conversationId).place);
    if (!conversation) return noConversation();
    const message = conversation.messages.find((one) => one.id === id && one.from === 'bot' && !one.isDeleted);
    if (!message) return restError(404, 'ActivityNotFoundInConversation', 'Unknown activity ID');
    return { conversation, message };
  }

  #store(conversation: Conversation, root: string | undefined, activity: Activity): Message {
    const { state, clock } = this.#options;
    const id = state.nextId();
    const message: Message = {
      id,
      from: 'bot',
      at: clock().toISOString(),
      ...(conversation.kind === 'channel' ? { root: root ?? id } : {}),
      ...contentOf(activity),
      version: 1,
      views: {},
    };
    conversation.messages.push(message);
    this.#changed({ kind: 'message', conversation: conversation.id, message });
    return message;
  }

  #changed(change: Change): void {
    this.#options.state.changed();
    this.#options.emit(change);
  }
}

const noConversation = () => restError(404, 'ConversationNotFound', 'Conversation not found.');

function channelIn(body: Record<string, unknown>): string | undefined {
  const data = body.channelData as { channel?: { id?: unknown } } | undefined;
  const id = data?.channel?.id;
  return body.isGroup === true && typeof id === 'string' ? id : undefined;
}

const isActivity = (value: unknown): value is Activity =>
  typeof value === 'object' && value !== null && 'type' in value;
const activityIdOf = (answer: RestAnswer | undefined) => {
  const id = (answer?.body as { id?: string } | undefined)?.id;
  return id ? { activityId: id } : {};
};
