import type { Message } from '../../connector/types.js';
import type { Change, ChatConversation, ChatPerson, ChatState } from '../types.js';

/** A tab of the app, and a page in it, as a deep link of Teams names them. */
export type DeepLink = { name: string; page: string | undefined };

/** What the page knows, who I am, and what is open. Tells its listeners when any of it changes. */
export class Model {
  readonly state: ChatState;
  #me: string;
  #open: string;
  #tab: DeepLink | undefined;
  readonly #listeners = new Set<() => void>();
  /** Where somebody is writing: conversation and thread, until when. */
  readonly #typing = new Map<string, number>();

  constructor(state: ChatState) {
    this.state = state;
    const wanted = new URLSearchParams(location.hash.slice(1));
    const before = sessionStorage.getItem('me');
    this.#me = this.#personCalled(wanted.get('as') ?? before ?? '')?.id ?? state.people[0]?.id ?? '';
    this.#tab = wanted.get('tab')
      ? { name: wanted.get('tab') ?? '', page: wanted.get('page') ?? undefined }
      : undefined;
    const open = this.#tab ? null : (wanted.get('in') ?? sessionStorage.getItem(`open ${this.#me}`));
    this.#open = this.#openable(open);
    this.#remember();
  }

  get me(): ChatPerson {
    return this.person(this.#me) as ChatPerson;
  }

  get open(): ChatConversation {
    return this.conversation(this.#open) as ChatConversation;
  }

  /** What the address of this page led to, once. */
  takeTab(): DeepLink | undefined {
    const tab = this.#tab;
    this.#tab = undefined;
    return tab;
  }

  person(id: string): ChatPerson | undefined {
    return this.state.people.find((one) => one.id === id);
  }

  conversation(id: string): ChatConversation | undefined {
    return this.state.conversations.find((one) => one.id === id);
  }

  /** The conversations of a person. */
  of(person: string): ChatConversation[] {
    return this.state.conversations.filter(({ members }) => members.includes(person));
  }

  be(person: string): void {
    sessionStorage.setItem(`open ${this.#me}`, this.#open);
    this.#me = person;
    this.#open = this.#openable(sessionStorage.getItem(`open ${person}`));
    this.#changed();
  }

  goTo(conversation: string): void {
    this.#open = this.#openable(conversation);
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Something happened in the connector. */
  apply(change: Change): void {
    const conversation = this.conversation(change.conversation);
    if (!conversation) return;
    if (change.kind === 'read') conversation.read[change.person] = change.upTo;
    else if (change.kind === 'typing') this.#hearTyping(change.conversation, change.root);
    else this.#put(conversation, change.message);
    this.#changed();
  }

  /** Everything anew, after a lost connection. */
  replace(state: ChatState): void {
    this.state.conversations = state.conversations;
    this.#changed();
  }

  /** I have seen all of it. */
  saw(conversation: ChatConversation): void {
    const last = conversation.messages.at(-1)?.id;
    if (!last || conversation.read[this.#me] === last) return;
    conversation.read[this.#me] = last;
    queueMicrotask(() => this.#changed());
  }

  unread(conversation: ChatConversation, person: string): Message[] {
    const seen = conversation.read[person] ?? '0';
    return conversation.messages.filter(
      ({ id, from, isDeleted }) => from !== person && !isDeleted && isLater(id, seen),
    );
  }

  /** How many messages wait for a person: all in chats, in channels those that name them. */
  waiting(person: ChatPerson): number {
    const concerns = (conversation: ChatConversation) => (message: Message) =>
      conversation.kind !== 'channel' || names(message, person);
    return this.of(person.id)
      .map((one) => this.unread(one, person.id).filter(concerns(one)).length)
      .reduce((sum, n) => sum + n, 0);
  }

  isTyping(conversation: string, root?: string): boolean {
    return (this.#typing.get(place(conversation, root)) ?? 0) > Date.now();
  }

  #hearTyping(conversation: string, root: string | undefined): void {
    const shownMs = 5_000;
    this.#typing.set(place(conversation, root), Date.now() + shownMs);
    setTimeout(() => this.#changed(), shownMs + 50);
  }

  #put(conversation: ChatConversation, message: Message): void {
    const at = conversation.messages.findIndex(({ id }) => id === message.id);
    if (at < 0) conversation.messages.push(message);
    else conversation.messages[at] = message;
    if (message.from === 'bot') this.#typing.delete(place(conversation.id, message.root));
    if (message.from === 'bot') this.#typing.delete(conversation.id);
  }

  #openable(id: string | null): string {
    const mine = this.of(this.#me);
    return (mine.find((one) => one.id === id) ?? mine.find(({ kind }) => kind === 'personal') ?? mine[0])?.id ?? '';
  }

  #personCalled(name: string): ChatPerson | undefined {
    return this.state.people.find(({ id, teamsId }) => id === name || teamsId === name || teamsId === `29:${name}`);
  }

  #remember(): void {
    sessionStorage.setItem('me', this.#me);
    sessionStorage.setItem(`open ${this.#me}`, this.#open);
    const hash = new URLSearchParams({ as: this.me.teamsId.slice(3), in: this.#open });
    history.replaceState(null, '', `#${hash}`);
  }

  #changed(): void {
    this.#remember();
    for (const listener of this.#listeners) listener();
  }
}

function isLater(id: string, than: string): boolean {
  return Number(id) > Number(than);
}

function names(message: Message, person: ChatPerson): boolean {
  const isMentioned = message.entities.some(
    ({ mentioned }) => mentioned?.id === person.teamsId || mentioned?.id === person.id,
  );
  const isAsked = message.cards.some((card) => refreshOf(card)?.userIds?.includes(person.teamsId));
  return isMentioned || isAsked;
}

/** The `refresh` of a card, when it has a sound one. */
export function refreshOf(card: Record<string, unknown>) {
  const refresh = card.refresh as
    | { action?: { type?: string; verb?: string; data?: Record<string, unknown> }; userIds?: string[] }
    | undefined;
  return refresh?.action?.type === 'Action.Execute' ? refresh : undefined;
}

const place = (conversation: string, root: string | undefined) => (root ? `${conversation};${root}` : conversation);
