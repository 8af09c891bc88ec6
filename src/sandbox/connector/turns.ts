import type { Clock } from '../../platform/clock.js';
import type { WorldPerson } from '../world.js';
import { Activities, type Envelope } from './activities.js';
import { type BotAnswer, type DeliveryOptions, deliver } from './delivery.js';
import type { Places } from './places.js';
import type { ChatState } from './state.js';
import type { Said } from './text.js';
import type { Activity, Change, Conversation, Message, Reply } from './types.js';
import type { InvokeOutcome } from './views.js';

export type TurnsOptions = DeliveryOptions & {
  state: ChatState;
  places: Places;
  clock: Clock;
  serviceUrl: () => string;
  emit: (change: Change) => void;
  onChange: (listener: (change: Change) => void) => () => void;
};

/** From a person to the bot: finds who and where, keeps what was said, posts it. */
export class Turns {
  readonly activities: Activities;
  readonly #options: TurnsOptions;
  readonly #arriving = new Map<string, Promise<void>>();

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.activities = new Activities(options.places);
  }

  person(id: string): WorldPerson {
    const found = this.#options.places.person(id);
    if (!found) throw new Error(`nobody has the id ${id}`);
    return found;
  }

  conversation(id: string): Conversation {
    const found = this.#options.state.get(id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  }

  member(conversation: Conversation, id: string): WorldPerson {
    const person = this.person(id);
    if (this.#options.places.isMember(conversation, person.id)) return person;
    throw new Error(`${person.name} is not in ${conversation.name}`);
  }

  message(id: string): { conversation: Conversation; message: Message } {
    const found = this.#options.state.find(id);
    if (!found) throw new Error(`no message ${id}`);
    return found;
  }

  envelope(conversation: Conversation, from: WorldPerson, root?: string, id?: string): Envelope {
    const { state, clock, serviceUrl } = this.#options;
    return { id: id ?? `f:${state.nextId()}`, at: clock(), serviceUrl: serviceUrl(), from, conversation, root };
  }

  keep(
    conversation: Conversation,
    from: WorldPerson,
    root: string | undefined,
    said: Said,
    files: string[] = [],
  ): Message {
    const { state, clock } = this.#options;
    const id = state.nextId();
    const message: Message = {
      id,
      from: from.id,
      at: clock().toISOString(),
      ...(conversation.kind === 'channel' ? { root: root ?? id } : {}),
      text: said.text,
      textFormat: said.entities.length > 0 ? 'xml' : 'plain',
      entities: said.entities,
      cards: [],
      ...(files.length > 0 ? { files } : {}),
      version: 1,
      views: {},
    };
    conversation.messages.push(message);
    conversation.read[from.id] = id;
    this.changed({ kind: 'message', conversation: conversation.id, message });
    return message;
  }

  post(activity: Activity): Promise<BotAnswer> {
    return deliver(activity, this.#options);
  }

  /** Posts, and collects what the bot writes until it answers. */
  async tell(activity: Activity): Promise<{ status: number; activity: Activity; replies: Reply[] }> {
    const replies: Reply[] = [];
    const stop = this.#options.onChange((change) => {
      if (change.kind !== 'message' || change.message.from !== 'bot') return;
      replies.push({ conversation: change.conversation, message: change.message });
    });
    try {
      const { status } = await this.post(activity);
      return { status, activity, replies };
    } finally {
      stop();
    }
  }

  /** The bot hears that it is in this place, once; again later if it could not be told. A team counts as one place. */
  arrive(conversation: Conversation, from: WorldPerson): Promise<void> {
    const place = conversation.team ? this.conversation(conversation.team) : conversation;
    if (place.isInstalled) return Promise.resolve();
    const under = this.#arriving.get(place.id) ?? this.#install(place, from);
    this.#arriving.set(place.id, under);
    return under.finally(() => this.#arriving.delete(place.id));
  }

  async #install(place: Conversation, from: WorldPerson): Promise<void> {
    const envelope = this.envelope(place, from);
    const answers: BotAnswer[] = [];
    for (const activity of this.activities.installed(envelope, 'add')) answers.push(await this.post(activity));
    place.isInstalled = answers.every(({ status }) => status >= 200 && status < 300);
    this.#options.state.changed();
  }

  /** Keeps an answer as the person's own view, unless the message changed for all in the meantime. */
  view(
    at: { conversation: Conversation; message: Message },
    from: WorldPerson,
    outcome: InvokeOutcome,
    version: number,
  ) {
    const { conversation, message } = at;
    const isSuperseded = message.version !== version && !outcome.card;
    if (isSuperseded && !outcome.note) return;
    const before = message.views[from.id];
    const card = outcome.card ?? before?.card;
    message.views[from.id] = {
      ...(card ? { card } : {}),
      ...(outcome.note ? { note: outcome.note } : {}),
      refreshedAt: this.#options.clock().getTime(),
    };
    this.changed({ kind: 'view', conversation: conversation.id, message, person: from.id });
  }

  /** The person has seen everything there. */
  see(conversation: Conversation, person: string): void {
    const last = conversation.messages.at(-1)?.id;
    if (!last || conversation.read[person] === last) return;
    conversation.read[person] = last;
    this.changed({ kind: 'read', conversation: conversation.id, person, upTo: last });
  }

  changed(change: Change): void {
    this.#options.state.changed();
    this.#options.emit(change);
  }
}
