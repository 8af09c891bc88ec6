import { noteDate } from './clocks.js';
import { orEarly } from './fresh.js';
import type { Kit } from './http.js';
import { NetworkTrouble, type Tokens } from './network.js';
import type { Sent, ToSend } from './publishing.js';
import { type AnswerTable, notThere, readSent } from './readSent.js';
import { sendOnce } from './sendOnce.js';

/** The one dangerous call of a network: what goes out, what it needs, and how its answer is read. */
export type OneCall = {
  table: AnswerTable;
  url: string;
  /** What the sign-in has to hold. */
  scopes: readonly string[];
  headers?: Record<string, string>;
  /** JSON, or a form. */
  body: object | URLSearchParams;
};

/** Makes the call once and reads its answer as one of three. Never throws. */
export async function publishOnce(
  kit: Kit,
  tokens: Tokens,
  call: OneCall,
  { firstSentAt }: Pick<ToSend, 'firstSentAt'>,
  signal?: AbortSignal,
): Promise<Sent> {
  const { label } = call.table;
  if (call.scopes.some((scope) => !tokens.scopes.includes(scope))) {
    return notThere('signIn', `This sign-in does not let us publish on ${label}. Sign in again and allow it.`);
  }
  const isForm = call.body instanceof URLSearchParams;
  const headers = {
    authorization: `Bearer ${tokens.access}`,
    accept: 'application/json',
    'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    ...call.headers,
  };
  const body = isForm ? call.body.toString() : JSON.stringify(call.body);
  const told = await sendOnce(kit, call.url, { method: 'POST', headers, body }, signal);
  if (told.kind === 'answered') noteDate(kit, label, told.answer.headers);
  return judged(kit, tokens, readSent(call.table, told, kit.clock(), firstSentAt));
}

/** A token of a few seconds ago may only not be known everywhere yet; an old one that nothing refreshes is dead. */
export function judged(kit: Kit, tokens: Tokens, sent: Sent): Sent {
  if (sent.kind !== 'notThere' || sent.reason !== 'signIn' || !sent.trouble) return sent;
  const trouble = orEarly(sent.trouble, tokens, kit.clock());
  if (trouble !== sent.trouble && trouble instanceof NetworkTrouble && trouble.retryAt) {
    return { ...notThere('wait', trouble.message), hold: 'profile', retryAt: trouble.retryAt };
  }
  if (sent.trouble.kind !== 'stale' || tokens.refresh) return sent;
  return { ...sent, trouble: new NetworkTrouble('dead', sent.trouble.message) };
}
