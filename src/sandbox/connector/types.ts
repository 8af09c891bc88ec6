/** The part of the Bot Framework's activity that the stand-in reads or writes; whatever else there is passes through. */
export type Account = { id: string; name?: string; aadObjectId?: string; [more: string]: unknown };
export type Attachment = { contentType: string; content?: unknown; name?: string; [more: string]: unknown };
export type Entity = {
  type: string;
  text?: string;
  mentioned?: { id: string; name?: string };
  [more: string]: unknown;
};
export type Activity = {
  type: string;
  id?: string;
  text?: string;
  textFormat?: string;
  summary?: string;
  attachments?: Attachment[];
  entities?: Entity[];
  channelData?: Record<string, unknown>;
  value?: unknown;
  [more: string]: unknown;
};

/** An Adaptive Card as JSON. */
export type CardJson = Record<string, unknown>;

/** What only one person sees of a message: the card that answered their click, or the words under it. */
export type View = { card?: CardJson; note?: { text: string; isError: boolean }; refreshedAt?: number };

export type Message = {
  /** Milliseconds since 1970, as Teams' ids are; unique and rising. */
  id: string;
  /** Entra object id of the person, or `bot`. */
  from: string;
  /** ISO time. */
  at: string;
  /** In a channel: the id of the thread's first post; a first post has its own id here. */
  root?: string;
  /** As the bot or Teams would write it: mentions are `<at>Name</at>`. */
  text?: string;
  textFormat?: string;
  entities: Entity[];
  cards: CardJson[];
  /** Names of files that came with it. */
  files?: string[];
  suggested?: string[];
  summary?: string;
  editedAt?: string;
  isDeleted?: boolean;
  /** Goes up with each update, so that a view made for an older state is dropped. */
  version: number;
  views: Record<string, View>;
};

export type ConversationKind = 'personal' | 'groupChat' | 'channel';
export type Conversation = {
  /** Without `;messageid=`. */
  id: string;
  kind: ConversationKind;
  name: string;
  /** Personal chat: whose. */
  person?: string;
  team?: string;
  channelKind?: 'standard' | 'private' | 'shared';
  /** The bot was told that it is here. */
  isInstalled: boolean;
  /** Personal chat: the person blocked or removed the bot. */
  isBlocked: boolean;
  messages: Message[];
  /** The last message each person saw. */
  read: Record<string, string>;
};

/** Typed text, with mentions where the person picked one from the list. */
export type Part = string | { mention: string };

export type Mentionable = {
  /** As it stands in the mention entity: `28:`, `29:`, `19:` or an opaque id. */
  id: string;
  name: string;
  kind: 'bot' | 'person' | 'team' | 'channel' | 'tag';
  detail: string;
};

export type Change =
  | { kind: 'message' | 'update' | 'delete'; conversation: string; message: Message }
  | { kind: 'view'; conversation: string; message: Message; person: string }
  | { kind: 'typing'; conversation: string; root?: string }
  | { kind: 'read'; conversation: string; person: string; upTo: string };

export type Reply = { conversation: string; message: Message };

/** What one person sees of a message. */
export type Shown = { text: string; card?: CardJson; note?: { text: string; isError: boolean } };
