import type { CardJson, Message } from '../../src/sandbox/connector/types.js';

/** Every word of a card that somebody reads. */
export function wordsOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(wordsOf).join('\n');
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .map(([key, value]) => {
      if (key === 'data' || key === 'url' || key === 'fallback' || key === 'fallbackText' || key === 'speak') return '';
      return typeof value === 'string'
        ? ['text', 'title', 'value', 'placeholder', 'label'].includes(key)
          ? value
          : ''
        : wordsOf(value);
    })
    .filter(Boolean)
    .join('\n');
}

/** As a person reads it: names are escaped for markdown on the way, and keep their direction. */
export const readable = (text: string): string =>
  text.replaceAll(/\\([\\`*_{}[\]()#+\-.!~<>|])/g, '$1').replaceAll(/[\u200b\u2060-\u2069]/g, '');

/** Every word of a message as this person (by id) sees it, with the line under the card. */
export function wordsSeenBy(message: Message, person: string): string {
  const view = message.views[person];
  const card = view?.card ?? message.cards[0];
  return readable([message.text ?? '', card ? wordsOf(card) : '', view?.note?.text ?? ''].join('\n'));
}

/** Its buttons, wherever they are. */
export function actionsIn(node: unknown): CardJson[] {
  if (Array.isArray(node)) return node.flatMap(actionsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, data: _, refresh: __, ...rest } = node as CardJson;
  const own = typeof type === 'string' && type.startsWith('Action.') ? [node as CardJson] : [];
  return [...own, ...Object.values(rest).flatMap(actionsIn)];
}
