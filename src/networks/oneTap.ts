import { type Answer, bearer, type Kit } from './http.js';
import { aboutPost, orElse } from './outcomes.js';
import type { Cannot, Preview, Publishing, TakenBack } from './publishing.js';
import { publishOnce } from './publishOnce.js';
import type { AnswerTable } from './readSent.js';

/** A like or a repost at one network. */
export type OneTap = {
  table: Omit<AnswerTable, 'idOf'>;
  scopes: readonly string[];
  /** What its id is: that of the post it belongs to. */
  id: string;
  url: string;
  headers?: Record<string, string>;
  body: object | URLSearchParams;
  isDone: (answer: Answer) => boolean;
  /** `method`: DELETE, where nothing else is said. */
  undo: { url: string; method?: 'POST'; isDone: (answer: Answer) => boolean };
  undoCost: string;
  price?: { usd: number; why: string };
  permalink: string;
};

const unread: Cannot = { kind: 'cannot', why: 'Likes and reposts are made again instead of looked up.' };

/** A reaction without words. Made twice it changes nothing, so a lost answer is no danger. */
export function oneTap(kit: Kit, tapOf: (author: string) => OneTap): Publishing {
  const price = tapOf('').price;
  return {
    preview: (text) => previewOf(text, price),
    publish(tokens, what, signal) {
      const tap = tapOf(what.author.externalId);
      const table: AnswerTable = { ...tap.table, idOf: (answer) => (tap.isDone(answer) ? tap.id : undefined) };
      return publishOnce(kit, tokens, { ...tap, table }, what, signal);
    },
    lookUp: async () => unread,
    read: async () => unread,
    takeBack(tokens, { author }) {
      const { table, headers, undo } = tapOf(author.externalId);
      const speaker = { ...table, isGone: ({ status }: Answer) => status === 404 };
      return orElse<TakenBack>(kit, tokens, async () => {
        const init = { method: undo.method ?? 'DELETE', ...bearer(tokens.access, headers) };
        const answer = await aboutPost(kit, speaker, undo.url, init);
        if (answer === 'gone' || undo.isDone(answer)) return { kind: 'gone' };
        return { kind: 'cannot', why: `${table.label} did not say that it is undone.` };
      });
    },
    isRepeatable: true,
    takeBackCost: tapOf('').undoCost,
    isSame: () => true,
    permalink: () => kit.outbound(tapOf('').permalink).href,
  };
}

function previewOf(text: string, price: OneTap['price']): Preview {
  const sentence = 'A like or a repost carries no text.';
  const problems = text.trim() === '' ? [] : [{ code: 'noText', sentence, fix: 'Leave the text out.', stops: true }];
  return { wire: '', count: 0, limit: 0, unit: 'characters', problems, links: [], ...(price ? { price } : {}) };
}
