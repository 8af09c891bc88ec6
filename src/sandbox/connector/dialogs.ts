import type { BotAnswer } from './delivery.js';
import type { Places } from './places.js';
import { escapeXml } from './text.js';
import type { Activity, CardJson, Conversation, Message } from './types.js';

/** What the client makes of the answer to a message extension: a dialog with a card, words, or nothing more (it closes). */
export type DialogOutcome = {
  /** The bot's HTTP status; 0: not reached, 504: too late. */
  status: number;
  title?: string;
  card?: CardJson;
  note?: { text: string; isError: boolean };
  body: unknown;
  /** What was posted, to deliver it again. */
  activity: Activity;
};

const went = 'Something went wrong. Please try again.';

/** Reads the answer to `composeExtension/fetchTask` or `/submitAction` as Teams' client does. */
export function readDialog({ status, body }: BotAnswer, activity: Activity): DialogOutcome {
  const outcome = { status, body, activity };
  const say = (text: string, isError: boolean) => ({ ...outcome, note: { text, isError } });
  if (status === 504) return say('The app did not answer in time. Please try again.', true);
  if (status < 200 || status >= 300) return say(went, true);
  const { task } = (body ?? {}) as { task?: { type?: unknown; value?: unknown } };
  if (!task) return outcome;
  if (task.type === 'message') return say(String(task.value), false);
  const { title, card } = (task.value ?? {}) as {
    title?: unknown;
    card?: { contentType?: string; content?: CardJson };
  };
  const isCard = card?.contentType === 'application/vnd.microsoft.card.adaptive' && card.content;
  if (task.type !== 'continue' || !isCard) return say(went, true);
  return { ...outcome, title: String(title ?? ''), card: isCard };
}

/** A message as Teams hands it to a message extension: its words as HTML, mentions by number, no cards. */
export function messagePayload(message: Message, conversation: Conversation, places: Places) {
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
