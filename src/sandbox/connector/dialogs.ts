import type { BotAnswer } from './delivery.js';
import type { MessageActionOptions, TaskOptions } from './options.js';
import type { Places } from './places.js';
import { escapeXml } from './text.js';
import type { Turns } from './turns.js';
import type { Activity, CardJson, Conversation, Message } from './types.js';

/** What the client makes of the answer: a dialog with a card or a page, words, or nothing more (it closes). */
export type DialogOutcome = {
  /** The bot's HTTP status; 0: not reached, 504: too late. */
  status: number;
  title?: string;
  card?: CardJson;
  /** A page of the app's, and where to open it where there are no dialogs. */
  page?: { url: string; fallbackUrl: string };
  note?: { text: string; isError: boolean };
  body: unknown;
  /** What was posted, to deliver it again. */
  activity: Activity;
};

const went = 'Something went wrong. Please try again.';
const context = { theme: 'default' };

/** Picks an app's action from a message's menu (or submits its dialog, with `data`). */
export async function messageAction(
  turns: Turns,
  places: Places,
  options: MessageActionOptions,
): Promise<DialogOutcome> {
  const { conversation, message } = turns.message(options.message);
  const from = turns.member(conversation, options.from);
  const { command: commandId, data } = options;
  const payload = messagePayload(message, conversation, places);
  const value = { commandId, commandContext: 'message', ...(data ? { data } : {}), messagePayload: payload };
  const name = `composeExtension/${data ? 'submitAction' : 'fetchTask'}`;
  const envelope = turns.envelope(conversation, from, message.root);
  const invoke = turns.activities.invoke(envelope, name, { ...value, context });
  return readDialog(await turns.post(invoke), invoke);
}

/** Presses a card's button that opens a dialog, or hands back what the page in it, or its card, was submitted with. */
export async function task(turns: Turns, { from, message: id, data, isSubmit }: TaskOptions): Promise<DialogOutcome> {
  const { conversation, message } = turns.message(id);
  const envelope = turns.envelope(conversation, turns.member(conversation, from), message.root);
  const name = isSubmit ? 'task/submit' : 'task/fetch';
  const invoke = turns.activities.invoke(envelope, name, { data, context }, message.id);
  return readDialog(await turns.post(invoke), invoke);
}

/** Reads the answer as Teams' client does. */
function readDialog({ status, body }: BotAnswer, activity: Activity): DialogOutcome {
  const outcome = { status, body, activity };
  const say = (text: string, isError: boolean) => ({ ...outcome, note: { text, isError } });
  if (status === 504) return say('The app did not answer in time. Please try again.', true);
  if (status < 200 || status >= 300) return say(went, true);
  const { task } = (body ?? {}) as { task?: { type?: unknown; value?: unknown } };
  if (!task) return outcome;
  if (task.type === 'message') return say(String(task.value), false);
  const { title, card, url, fallbackUrl } = (task.value ?? {}) as {
    title?: unknown;
    card?: { contentType?: string; content?: CardJson };
    url?: unknown;
    fallbackUrl?: unknown;
  };
  const isCard = card?.contentType === 'application/vnd.microsoft.card.adaptive' && card.content;
  if (task.type !== 'continue' || !(isCard || isAddress(url))) return say(went, true);
  const shown = isCard
    ? { card: isCard }
    : { page: { url: String(url), fallbackUrl: String(isAddress(fallbackUrl) ? fallbackUrl : url) } };
  return { ...outcome, title: String(title ?? ''), ...shown };
}

const isAddress = (url: unknown) => typeof url === 'string' && /^https?:\/\//.test(url);

/** A message as Teams hands it to a message extension: its words as HTML, mentions by number, no cards. */
function messagePayload(message: Message, conversation: Conversation, places: Places) {
  const person = places.person(message.from);
  const { bot } = places.world;
  const application = { applicationIdentityType: 'bot', id: bot.id.slice(3), displayName: bot.name };
  const user = person && { userIdentityType: 'aadUser', id: person.id, displayName: person.name };
  return {
    id: message.id,
    ...(message.root && message.root !== message.id ? { replyToId: message.root } : {}),
    linkToMessage: `https://teams.microsoft.com/l/message/${conversation.id}/${message.id}`,
    createdDateTime: message.at,
    lastModifiedDateTime: message.editedAt ?? null,
    deleted: false,
    importance: 'normal',
    locale: 'en-us',
    body: { contentType: 'html', content: htmlOf(message) },
    from: user ? { user } : { application },
    mentions: message.entities.map(({ mentioned }, id) => ({ id, mentionText: mentioned?.name, mentioned })),
    reactions: [],
    attachments: [],
  };
}

/** Words with mentions are written as XML already. */
function htmlOf({ text = '', textFormat }: Message): string {
  let at = 0;
  const html = (textFormat === 'xml' ? text.trimEnd() : escapeXml(text))
    .replaceAll('<at>', () => `<at id="${at++}">`)
    .replaceAll(
      /https?:\/\/[^\s<]+/g,
      (url) => `<a href="${url.replaceAll('"', '%22')}" title="${url.replaceAll('"', '%22')}">${url}</a>`,
    );
  return html
    .split('\n')
    .map((line) => `<p>${line === '' ? '&nbsp;' : line}</p>`)
    .join('\n');
}
