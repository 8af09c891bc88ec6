import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { dayMs } from '../platform/spans.js';
import type { NetworkId } from '../rules/types.js';

/**
 * Somebody took this app's access away at the network. The same event may come twice, and late: a sign-in newer than
 * `at` is not meant.
 */
export type Deauthorization = {
  network: NetworkId;
  /**
   * Whom it is about. `account`: the id of the account, a profile's `externalId`. `person`: the id of whoever signed
   * in, as kept in `Tokens.extra.user`.
   */
  about: 'account' | 'person';
  id: string;
  at: Date;
  /** The person also asks that what is stored about them is deleted. */
  deleteData: boolean;
  /** The same for the same request, however often it is posted. Only the network and this bot can know it. */
  receipt: string;
};

/** What a network's webhook needs to be read. `headers` have lower-case names; `body` is the raw bytes. */
export type Delivery = { body: Buffer; headers: Record<string, string | undefined>; secret: string; now: Date };

/** How one network tells us about people who leave. */
export type Webhook = {
  /** Which setting holds the secret: the app's own client secret, or one of its own. */
  secretSetting: 'clientSecret' | `${string}_SECRET`;
  /** Answers the network's question whether we hold the secret: JSON to send back, or undefined when it asked nothing. */
  challenge?: (query: URLSearchParams, secret: string) => Record<string, string> | undefined;
  /** What the network wants back for a deletion: where its progress can be seen, and a code to name it by. */
  deletionAnswer?: (statusUrl: string, code: string) => Record<string, string>;
  /** The event, or undefined: not signed by the network, or about something else. */
  read: (delivery: Delivery, kind: 'revoked' | 'deletion') => Deauthorization | undefined;
};

/** HMAC-SHA256 of what a network signed; empty without a secret, since anybody could sign then. */
export function mac(secret: string, message: string | Buffer): Buffer {
  if (secret === '') return Buffer.alloc(0);
  return createHmac('sha256', secret).update(message).digest();
}

/** In constant time. */
export function isSame(expected: Buffer, given: Buffer): boolean {
  return expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given);
}

/** A name for one signed request, made of its signature. */
export function receiptOf(signature: Buffer): string {
  return createHash('sha256').update('receipt').update(signature).digest('base64url');
}

const aheadMs = 5 * 60_000;
const behindMs = 30 * dayMs;

/** Whether an event may be of this moment: one dated ahead would end sign-ins that nobody has made yet. */
export function isOfNow(at: Date, now: Date): boolean {
  const age = now.getTime() - at.getTime();
  return age >= -aheadMs && age <= behindMs;
}
