import { createHmac, timingSafeEqual } from 'node:crypto';
import type { NetworkId } from '../rules/types.js';
import { at, str } from './http.js';

/**
 * Somebody took this app's access away at the network. The same event may come twice, and late: a sign-in newer than
 * `at` is not meant.
 */
export type AccessEnded = {
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
};

/** What a network's callback needs to be read. `headers` have lower-case names; `body` is the raw bytes. */
export type Delivery = { body: Buffer; headers: Record<string, string | undefined>; secret: string; now: Date };

/** How one network tells us about people who leave. */
export type CallbackReader = {
  /** Which setting holds the secret: the app's own client secret, or one of its own. */
  secretSetting: 'clientSecret' | `${string}_SECRET`;
  /** Answers the network's question whether we hold the secret: JSON to send back, or undefined when it asked nothing. */
  challenge?: (query: URLSearchParams, secret: string) => Record<string, string> | undefined;
  /** The event, or undefined: not signed by the network, or about something else. */
  read: (delivery: Delivery, kind: 'revoked' | 'deletion') => AccessEnded | undefined;
};

/** The networks that call back. LinkedIn and YouTube have no such call: their grants die at the next check. */
export const callbackReaders: Partial<Record<NetworkId, CallbackReader>> = {
  x: {
    // The OAuth 1 consumer secret (API key secret): X signs with it, not with the OAuth 2.0 client secret.
    secretSetting: 'X_CONSUMER_SECRET',
    challenge: answerChallenge,
    read: readRevokeEvent,
  },
  facebook: { secretSetting: 'clientSecret', read: (delivery, kind) => readSignedRequest('facebook', delivery, kind) },
  instagram: {
    secretSetting: 'clientSecret',
    read: (delivery, kind) => readSignedRequest('instagram', delivery, kind),
  },
};

/** X asks about every hour: https://docs.x.com/x-api/webhooks/quickstart */
export function answerChallenge(query: URLSearchParams, secret: string): { response_token: string } | undefined {
  const token = query.get('crc_token');
  return token && secret ? { response_token: `sha256=${mac(secret, token).toString('base64')}` } : undefined;
}

/** X's `oauth.revoke`, signed over the raw body: https://docs.x.com/x-api/activity/event-payloads */
export function readRevokeEvent({ body, headers, secret, now }: Delivery): AccessEnded | undefined {
  const signature = /^sha256=(.+)$/.exec(headers['x-twitter-webhooks-signature'] ?? '')?.[1] ?? '';
  if (!isSame(mac(secret, body), Buffer.from(signature, 'base64'))) return undefined;
  const data = at(parsed(body.toString()), 'data');
  if (str(data, 'event_type') !== 'oauth.revoke') return undefined;
  const id = str(data, 'payload', 'user_id');
  const when = new Date(str(data, 'payload', 'date_time') ?? now);
  if (!id || Number.isNaN(when.getTime())) return undefined;
  return { network: 'x', about: 'account', id, at: when, deleteData: false };
}

const futureMs = 5 * 60_000;

/**
 * Meta's `signed_request`, a form field: base64url(signature) `.` base64url(JSON), signed over the encoded JSON.
 * https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback/
 */
export function readSignedRequest(
  network: NetworkId,
  { body, secret, now }: Delivery,
  kind: 'revoked' | 'deletion',
): AccessEnded | undefined {
  const parts = (new URLSearchParams(body.toString()).get('signed_request') ?? '').split('.');
  const [signature, payload] = parts;
  if (parts.length !== 2 || !signature || !payload) return undefined;
  if (!isSame(mac(secret, payload), Buffer.from(signature, 'base64url'))) return undefined;
  const claims = parsed(Buffer.from(payload, 'base64url').toString());
  const id = str(claims, 'user_id');
  const issued = new Date(Number(at(claims, 'issued_at')) * 1000);
  // The algorithm is ours to choose, never the message's; a message that names another one is odd enough to refuse.
  if (str(claims, 'algorithm')?.toUpperCase() !== 'HMAC-SHA256') return undefined;
  if (!id || Number.isNaN(issued.getTime()) || issued.getTime() > now.getTime() + futureMs) return undefined;
  return { network, about: 'person', id, at: issued, deleteData: kind === 'deletion' };
}

/** What Meta wants back for a deletion: where its progress can be seen, and a code to name it by. */
export function deletionAnswer(statusUrl: string, code: string): { url: string; confirmation_code: string } {
  return { url: statusUrl, confirmation_code: code };
}

function mac(secret: string, message: string | Buffer): Buffer {
  // Without a secret anybody could sign.
  if (secret === '') return Buffer.alloc(0);
  return createHmac('sha256', secret).update(message).digest();
}

/** In constant time. */
function isSame(expected: Buffer, given: Buffer): boolean {
  return expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
