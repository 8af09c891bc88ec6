import { type RestAnswer, restError } from './restAnswer.js';
import type { Activity, CardJson } from './types.js';

/** Teams counts a message in UTF-16, about 100 KB. */
const maxMessageBytes = 100 * 1024;
const cardType = 'application/vnd.microsoft.card.adaptive';

/** The refusal of a message that is empty or too big. */
export function refuseContent(activity: Activity): RestAnswer | undefined {
  const isEmpty = !activity.text && !(activity.attachments?.length ?? 0);
  if (isEmpty) return restError(400, 'BadSyntax', 'Activity resulted into multiple skype activities, or none');
  if (JSON.stringify(activity).length * 2 > maxMessageBytes) {
    return restError(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  return undefined;
}

/** What is shown of an activity; an update replaces all of it. A mention that is not in the text is dropped. */
export function contentOf(activity: Activity) {
  const text = activity.text ?? '';
  return {
    text,
    textFormat: activity.textFormat ?? 'markdown',
    entities: (activity.entities ?? []).filter((one) => one.type === 'mention' && text.includes(one.text ?? '\0')),
    cards: cardsOf(activity),
    suggested: suggestedOf(activity),
    summary: activity.summary ?? '',
  };
}

export function cardsOf(activity: Activity): CardJson[] {
  return (activity.attachments ?? [])
    .filter(({ contentType }) => contentType === cardType)
    .map(({ content }) => content as CardJson);
}

function suggestedOf(activity: Activity): string[] {
  const suggested = activity.suggestedActions as { actions?: { type?: string; value?: unknown }[] } | undefined;
  return (suggested?.actions ?? []).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])).slice(0, 6);
}
