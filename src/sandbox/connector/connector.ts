import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.js';
import { splitConversationId } from './activities.js';
import { Changes } from './changes.js';
import type { BotAnswer } from './delivery.js';
import { type DialogOutcome, messageAction, task } from './dialogs.js';
import { ConnectorFaults } from './faults.js';
import { Files, type GivenFile } from './files.js';
import { Inbox } from './inbox.js';
import type {
  ClickOptions,
  ConnectorOptions,
  MessageActionOptions,
  SayOptions,
  SayOutcome,
  SearchOptions,
  TaskOptions,
} from './options.js';
import { Places } from './places.js';
import { Rest } from './rest.js';
import { ChatState } from './state.js';
import { partsOf, teamsText } from './text.js';
import { Turns } from './turns.js';
import type { Activity, Change, Conversation, Mentionable, Message, Part, Shown } from './types.js';
import { type InvokeOutcome, readInvoke, readSearch, type SearchOutcome, seenBy } from './views.js';

/** A stand-in for Teams and its Bot Connector. It knows people and conversations and nothing of what the bot does. */
export class Connector {
  readonly world: World;
  readonly faults = new ConnectorFaults();
  readonly places: Places;
  readonly #state: ChatState;
  readonly #turns: Turns;
  readonly #rest: Rest;
  readonly #files: Files;
  readonly #changes = new Changes();
  /** Calls back at every change, until the returned function is called. */
  readonly onChange = this.#changes.on;

  constructor(options: ConnectorOptions) {
    const { world, dataDir, clock, serviceUrl, botEndpoint, authorization, mayCall, timeoutMs = 15_000 } = options;
    this.world = world;
    this.places = new Places(world);
    this.#state = new ChatState(dataDir, world, clock);
    const { emit } = this.#changes;
    const shared = { state: this.#state, places: this.places, clock, emit, serviceUrl };
    this.#turns = new Turns({ ...shared, botEndpoint, authorization, timeoutMs, onChange: this.onChange });
    this.#files = new Files(serviceUrl);
    const { faults } = this;
    this.#rest = new Rest({ ...shared, inbox: new Inbox(shared), faults, files: this.#files, mayCall });
  }

  /** Answers `/v3/...` (whatever stands before it) and `/sandbox/faults`. False: not for the connector. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    return this.#rest.handle(request, response);
  }

  /** How often the bot has asked for a member, a team or its channels. */
  reads(): number {
    return this.#rest.reads;
  }

  conversations(): Conversation[] {
    return this.#state.all();
  }

  /** The id of a person's chat with the bot. */
  personal(person: string): string {
    const found = this.#state.personal(this.#turns.person(person).id);
    if (!found) throw new Error(`no chat with ${person}`);
    return found.id;
  }

  /** The id of a place by its name: `Planning`, or team and channel: `Marketing/General`. */
  placeCalled(name: string): string {
    const [first = '', channel] = name.split('/');
    const team = channel ? this.world.teams.find((one) => one.name === first) : undefined;
    const found = this.#state.called(channel ?? first, team?.id);
    if (!found) throw new Error(`no place called ${name}`);
    return found.id;
  }

  /** What a person sees of a message: their own view of its card, where they have one, and words only for them. */
  shownTo(person: string, messageId: string): Shown {
    const { message } = this.#turns.message(messageId);
    return seenBy(message, this.#turns.person(person).id);
  }

  /** The messages of a conversation or, with `;messageid=`, of a thread; oldest first. */
  transcript(conversationId: string): Message[] {
    const { place, root } = splitConversationId(conversationId);
    const { messages } = this.#turns.conversation(place);
    return root ? messages.filter((one) => one.root === root) : messages;
  }

  mentionables(conversationId: string): Mentionable[] {
    return this.places.mentionables(this.#turns.conversation(splitConversationId(conversationId).place));
  }

  /** Says something as a person. Resolves after the bot's HTTP answer. */
  async say(options: SayOptions): Promise<SayOutcome> {
    const conversationId = options.in ?? this.personal(options.from);
    const parts = partsOf(options.text, options.mentions ?? [], this.mentionables(conversationId));
    return this.sayParts({ ...options, in: conversationId, parts });
  }

  /** As `say`, with the mentions in their places. */
  async sayParts(options: { from: string; in: string; parts: Part[]; files?: GivenFile[] }): Promise<SayOutcome> {
    const { place, root } = splitConversationId(options.in);
    const conversation = this.#turns.conversation(place);
    const from = this.#turns.member(conversation, options.from);
    const said = teamsText(options.parts, this.places.mentionables(conversation), this.world.bot.id);
    const given = options.files ?? [];
    const names = given.map(({ name }) => name);
    const message = this.#turns.keep(conversation, from, root, said, names);
    const isForBot = conversation.kind === 'personal' || said.mentions.some(({ kind }) => kind === 'bot');
    if (!isForBot) return { status: undefined, activity: undefined, message, replies: [] };
    await this.#turns.arrive(conversation, from);
    const envelope = this.#turns.envelope(conversation, from, message.root, message.id);
    const files = given.map((file) => this.#files.attach(file));
    return { message, ...(await this.#turns.tell(this.#turns.activities.message(envelope, said, files))) };
  }

  /** A person edits their message; the bot hears of it as Teams tells it. */
  async edit(options: { from: string; message: string; text: string; mentions?: string[] }): Promise<SayOutcome> {
    const { conversation, message } = this.#turns.message(options.message);
    const from = this.#turns.member(conversation, options.from);
    const mentionables = this.places.mentionables(conversation);
    const parts = partsOf(options.text, options.mentions ?? [], mentionables);
    const said = teamsText(parts, mentionables, this.world.bot.id);
    const envelope = this.#turns.envelope(conversation, from, message.root, message.id);
    const editedAt = envelope.at.toISOString();
    Object.assign(message, { text: said.text, entities: said.entities, editedAt, version: message.version + 1 });
    this.#turns.changed({ kind: 'update', conversation: conversation.id, message });
    return { message, ...(await this.#turns.tell(this.#turns.activities.edited(envelope, said))) };
  }

  /** Presses an Action.Execute. The answer card is kept as that person's view of the message. */
  async click(options: ClickOptions): Promise<InvokeOutcome> {
    const { verb, data = {}, title, id, trigger = 'manual' } = options;
    const at = this.#turns.message(options.message);
    const from = this.#turns.member(at.conversation, options.from);
    const { version } = at.message;
    const action = { type: 'Action.Execute', ...(id ? { id } : {}), ...(title ? { title } : {}), verb, data };
    const envelope = this.#turns.envelope(at.conversation, from, at.message.root);
    const { activities } = this.#turns;
    const invoke = activities.invoke(envelope, 'adaptiveCard/action', { action, trigger }, at.message.id);
    const outcome = readInvoke(await this.#turns.post(invoke), invoke);
    // A refresh that fails leaves the card as it is, silently.
    if (trigger === 'manual' || outcome.card) this.#turns.view(at, from, outcome, version);
    return outcome;
  }

  /** Presses an Action.Submit: to the bot it is a message without text. */
  async submit(options: { from: string; message: string; data: unknown }): Promise<BotAnswer> {
    const { conversation, message } = this.#turns.message(options.message);
    const from = this.#turns.member(conversation, options.from);
    const envelope = this.#turns.envelope(conversation, from, message.root);
    return this.#turns.post(this.#turns.activities.submit(envelope, message.id, options.data));
  }

  /** Type-ahead of a choice set with `choices.data`. */
  async search(options: SearchOptions): Promise<SearchOutcome> {
    const { conversation, message } = this.#turns.message(options.message);
    const from = this.#turns.member(conversation, options.from);
    const { dataset, queryText, data = {} } = options;
    const value = { queryText, queryOptions: { skip: 0, top: 15 }, dataset, data };
    const envelope = this.#turns.envelope(conversation, from, message.root);
    const invoke = this.#turns.activities.invoke(envelope, 'application/search', value, message.id);
    return readSearch(await this.#turns.post(invoke));
  }

  /** Picks an app's action from a message's menu (or submits its dialog, with `data`). */
  messageAction(options: MessageActionOptions): Promise<DialogOutcome> {
    return messageAction(this.#turns, this.places, options);
  }

  /** Presses a card's button that opens a dialog, or hands back what the dialog was submitted with. */
  task(options: TaskOptions): Promise<DialogOutcome> {
    return task(this.#turns, options);
  }

  /** Whether a person has the bot, blocked or not. */
  hasBot(person: string): boolean {
    return this.#turns.conversation(this.personal(person)).isInstalled;
  }

  /** A person removes the bot, without a word. */
  remove(person: string): void {
    this.#turns.conversation(this.personal(person)).isInstalled = false;
    this.#state.changed();
  }

  /** A person adds the bot (and lifts a block). The bot hears of it. */
  async install(person: string): Promise<void> {
    const conversation = this.#turns.conversation(this.personal(person));
    if (conversation.isBlocked) conversation.isInstalled = false;
    conversation.isBlocked = false;
    await this.#turns.arrive(conversation, this.#turns.person(person));
  }

  /** As if the company's administrators had given the bot to all people, group chats and teams. */
  async installAll(): Promise<void> {
    for (const conversation of this.#state.all()) {
      const [someone] = this.places.members(conversation).filter(({ accountEnabled }) => accountEnabled);
      const isOwnPlace = conversation.kind !== 'channel' || conversation.id === conversation.team;
      if (!someone || !isOwnPlace || conversation.isBlocked || conversation.isInstalled) continue;
      await this.#turns.arrive(conversation, someone);
      // A greeting from long ago: nobody waits for it.
      for (const { id } of this.places.members(conversation)) this.#turns.see(conversation, id);
    }
  }

  /** A person blocks the bot. What it writes to them from now on is refused with 403; it is told nothing. */
  block(person: string): void {
    this.#turns.conversation(this.personal(person)).isBlocked = true;
    this.#state.changed();
  }

  /** The person has the conversation open: the bot arrives where it is new, and what is there counts as seen. */
  async open(person: string, conversationId: string): Promise<void> {
    const conversation = this.#turns.conversation(splitConversationId(conversationId).place);
    const from = this.#turns.member(conversation, person);
    this.#turns.see(conversation, from.id);
    if (conversation.kind === 'personal' && !conversation.isBlocked) await this.#turns.arrive(conversation, from);
  }

  /** Posts the same activity again, as a network that lost the answer would. */
  redeliver(activity: Activity): Promise<BotAnswer> {
    return this.#turns.post(activity);
  }

  /** Resolves with the first change that fits, from now on. Rejects after `timeoutMs`. */
  next(fits: (change: Change) => boolean, timeoutMs = 5_000): Promise<Change> {
    return this.#changes.next(fits, timeoutMs);
  }

  /** Everything is on disk afterwards. */
  close(): Promise<void> {
    return this.#state.flush();
  }
}

/** See `Connector`. */
export function createConnector(options: ConnectorOptions): Connector {
  return new Connector(options);
}
