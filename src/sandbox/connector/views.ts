import type { BotAnswer } from './delivery.js';
import type { Activity, CardJson, Message, Shown } from './types.js';

export type InvokeOutcome = {
  /** The bot's HTTP status; 0: not reached, 504: too late. */
  status: number;
  /** `statusCode` in the answer; the HTTP status where there is none. */
  statusCode: number;
  /** The card for the one who clicked. */
  card?: CardJson;
  /** Words for the one who clicked. */
  note?: { text: string; isError: boolean };
  body: unknown;
  /** What was posted, to deliver it again. */
  activity: Activity;
};
export type SearchOutcome = { status: number; results: { title: string; value: string }[]; error?: string };

const went = 'Something went wrong. Please try again.';

/** Reads the answer to `adaptiveCard/action` as Teams' client does. */
export function readInvoke(answer: BotAnswer, activity: Activity): InvokeOutcome {
  const body = (typeof answer.body === 'object' && answer.body !== null ? answer.body : {}) as Record<string, unknown>;
  const statusCode = typeof body.statusCode === 'number' ? body.statusCode : answer.status;
  const outcome = { status: answer.status, statusCode, body: answer.body, activity };
  const say = (text: string, isError: boolean) => ({ ...outcome, note: { text, isError } });
  if (answer.status === 504) return say('The app did not answer in time. Please try again.', true);
  if (answer.status < 200 || answer.status >= 300) return say(went, true);
  const { type, value } = body;
  if (type === 'application/vnd.microsoft.card.adaptive') return { ...outcome, card: value as CardJson };
  if (type === 'application/vnd.microsoft.activity.message') return say(String(value), false);
  if (type === 'application/vnd.microsoft.error') return say(messageOf(value), true);
  return statusCode >= 400 ? say(went, true) : outcome;
}

/** Reads the answer to `application/search`. */
export function readSearch(answer: BotAnswer): SearchOutcome {
  const body = answer.body as { value?: { results?: unknown } } | undefined;
  const results = body?.value?.results;
  if (answer.status !== 200 || !Array.isArray(results)) {
    return { status: answer.status, results: [], error: answer.status === 504 ? 'That took too long.' : went };
  }
  const rows = results.filter((one): one is { title: string; value: string } => isRow(one));
  return { status: 200, results: rows.slice(0, 15).map(({ title, value }) => ({ title, value })) };
}

/** What a person sees of a message. */
export function seenBy(message: Message, person: string): Shown {
  const view = message.views[person];
  const card = view?.card ?? message.cards[0];
  return { text: message.text ?? '', ...(card ? { card } : {}), ...(view?.note ? { note: view.note } : {}) };
}

function messageOf(value: unknown): string {
  const { message } = (value ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' ? message : went;
}

function isRow(value: unknown): boolean {
  const { title, value: of } = (value ?? {}) as Record<string, unknown>;
  return typeof title === 'string' && typeof of === 'string';
}
