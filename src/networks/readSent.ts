import { type Answer, later, type Speaker } from './http.js';
import type { NetworkTrouble } from './network.js';
import type { NotThere, NotThereReason, Sent } from './publishing.js';
import type { Told } from './sendOnce.js';

/**
 * What one kind of answer means. `unknown`: it may be there all the same. `isTwin`: if this intent was sent before, the
 * answer may be about itself. `isForgotten`: what was carried over for it is not there any more.
 */
export type Meaning =
  | 'unknown'
  | {
      reason: NotThereReason;
      detail: string;
      hold?: 'profile' | 'network';
      waitSeconds?: number;
      isTwin?: true;
      isForgotten?: true;
    };

/** How one network's answers to a dangerous call are read: rows, not code. */
export type AnswerTable = Speaker & {
  /** The id of what was made, from a good answer. */
  idOf: (answer: Answer) => string | undefined;
  /** What the answer says, the most telling word first; each is looked for in `rows`. */
  wordsOf: (answer: Answer) => string[];
  /** The post that an answer calls the same as the new one. */
  namedBy?: (answer: Answer) => string | undefined;
  rows: Readonly<Record<string, Meaning>>;
  /** 409 says that it is so already, which is as good. */
  isDoneAt409?: true;
};

/** One of three. What no row and no rule knows is `unknown`: a look costs little, a second post cannot be unsent. */
export function readSent(table: AnswerTable, told: Told, now: Date, firstSentAt?: Date): Sent {
  if (told.kind === 'notSent') return notThere('unreachable', `${table.label} could not be reached; nothing was sent.`);
  if (told.kind === 'lost') return { kind: 'unknown', hint: `${table.label} gave no answer.` };
  const { answer, isWhole } = told;
  const { status } = answer;
  const isGood = (status >= 200 && status <= 299) || (status === 409 && table.isDoneAt409);
  const id = isGood ? table.idOf(answer) : undefined;
  if (id !== undefined) return { kind: 'there', id };
  if (!isWhole || status < 400 || status === 408 || status >= 500) {
    return { kind: 'unknown', hint: `${table.label} answered ${status} without saying whether it is there.` };
  }
  const word = table.wordsOf(answer).find((one) => Object.hasOwn(table.rows, one));
  const meaning = word === undefined ? undefined : table.rows[word];
  const named = table.namedBy?.(answer);
  const unclear: Sent = {
    kind: 'unknown',
    hint: `${table.label} answered ${word ?? status}.`,
    ...(named ? { named } : {}),
  };
  if (meaning === 'unknown') return unclear;
  const trouble = table.trouble(answer, now);
  if (!meaning) return fromTrouble(trouble) ?? unclear;
  return meaning.isTwin && firstSentAt ? unclear : fromRow(meaning, trouble, now);
}

function fromRow(meaning: Exclude<Meaning, 'unknown'>, trouble: NetworkTrouble, now: Date): NotThere {
  const { reason, detail, hold, waitSeconds, isForgotten } = meaning;
  const retryAt = trouble.retryAt ?? (waitSeconds ? later(now, waitSeconds) : undefined);
  return {
    ...notThere(reason, detail),
    ...(hold ? { hold } : {}),
    ...(retryAt ? { retryAt } : {}),
    ...(isForgotten ? { isForgotten } : {}),
    ...(saysMore(reason, trouble) ? { trouble } : {}),
  };
}

/** A wait that the network's error reading knows nothing of is about this post, not about the sign-in. */
const saysMore = (reason: NotThereReason, { kind }: NetworkTrouble): boolean =>
  reason === 'signIn' || (reason === 'wait' && kind === 'wait');

/** What the network's own error reading already knows to be a clean "no". */
function fromTrouble(trouble: NetworkTrouble): NotThere | undefined {
  const { kind, message, retryAt } = trouble;
  if (kind === 'dead' || kind === 'stale') return { ...notThere('signIn', message), trouble };
  if (kind === 'notAllowed') return { ...notThere('notAllowed', message), trouble };
  if (kind === 'notSetUp') return notThere('setUp', message);
  if (kind !== 'wait') return undefined;
  return { ...notThere('wait', message), hold: 'network', ...(retryAt ? { retryAt } : {}), trouble };
}

export const notThere = (reason: NotThereReason, detail: string): NotThere => ({ kind: 'notThere', reason, detail });

/** What was carried over before is not at the network any more: this post alone waits, until all of it has been, anew. */
export const forgotten = (detail: string): NotThere => ({
  ...notThere('wait', detail),
  ...{ hold: 'profile', isForgotten: true },
});

/** What these statuses mean at every network that does not say more. */
export function plainRows(label: string): Record<'404' | '413' | '415' | '422', Meaning> {
  const refused = { reason: 'refused', detail: `${label} does not accept this text.` } as const;
  const gone = { reason: 'targetGone', detail: `${label} no longer shows what this belongs to.` } as const;
  return { '404': gone, '413': refused, '415': refused, '422': refused };
}
