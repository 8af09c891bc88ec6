/** What the chat page and its server say to each other. */
import type { CardJson, Change, Conversation, Mentionable, Part } from '../connector/types.js';

export type ChatPerson = {
  /** Entra object id. */
  id: string;
  teamsId: string;
  name: string;
  detail: string;
  isActive: boolean;
  isGuest: boolean;
};
export type ChatConversation = Conversation & { members: string[]; mentionables: Mentionable[] };
/** A page of the app's own, shown beside its chat. */
export type ChatTab = { name: string; address: string };
/** What the app offers in the menu of every message (`command` as in its manifest). */
export type MessageAction = { command: string; title: string };
export type ChatState = {
  title: string;
  company: string;
  bot: { id: string; name: string };
  people: ChatPerson[];
  teams: { id: string; name: string }[];
  conversations: ChatConversation[];
  /** Things to say first; a click says them. */
  firstHints: string[];
  tabs: ChatTab[];
  messageActions: MessageAction[];
};

export type SayRequest = { from: string; in: string; parts: Part[]; files?: ChatFile[] };
/** `data`: the bytes in base64. */
export type ChatFile = { name: string; type: string; data: string };
export type ClickRequest = {
  from: string;
  message: string;
  verb: string;
  data: Record<string, unknown>;
  title?: string;
  id?: string;
  trigger: 'manual' | 'automatic';
};
export type SubmitRequest = { from: string; message: string; data: unknown };
export type SearchRequest = {
  from: string;
  message: string;
  dataset: string;
  queryText: string;
  data: Record<string, unknown>;
};
/** `data`: the dialog is submitted; else it is opened. */
export type ActionRequest = { from: string; message: string; command: string; data?: Record<string, unknown> };
/** `isSubmit`: what a page or a card in the dialog was submitted with; else what the button carries that opens it. */
export type TaskRequest = { from: string; message: string; data?: unknown; isSubmit?: boolean };
/** A card or a page for the dialog, words, or none of them: the dialog closes. */
export type Dialog = {
  title?: string;
  card?: CardJson;
  page?: { url: string; fallbackUrl: string };
  note?: { text: string; isError: boolean };
};
export type OpenRequest = { person: string; conversation: string };
export type TabTokenRequest = { person: string };
export type BlockRequest = { person: string; isBlocked: boolean };
/** 0: the bot could not be reached. 504: it took too long. null: it was not told. */
export type Told = { status: number | null };
export type Found = { results: { title: string; value: string }[]; error?: string };
export type { Change };
