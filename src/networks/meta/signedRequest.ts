import { parseLossless } from '../../platform/losslessJson.js';
import type { NetworkId } from '../../rules/types.js';
import { num, str } from '../http.js';
import { idIn } from '../reading.js';
import { type Deauthorization, type Delivery, isOfNow, isSame, mac, receiptOf, type Webhook } from '../webhook.js';

/** The webhook of a network of Meta's, signed with the secret of that network's own app. */
export function metaWebhook(network: NetworkId): Webhook {
  return {
    secretSetting: 'clientSecret',
    deletionAnswer: (url, code) => ({ url, confirmation_code: code }),
    read: (delivery, kind) => readSignedRequest(network, delivery, kind),
  };
}

/**
 * Meta's `signed_request`, a form field: base64url(signature) `.` base64url(JSON), signed over the encoded JSON.
 * https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback/
 */
function readSignedRequest(
  network: NetworkId,
  { body, secret, now }: Delivery,
  kind: 'revoked' | 'deletion',
): Deauthorization | undefined {
  const parts = (new URLSearchParams(body.toString()).get('signed_request') ?? '').split('.');
  const [signature, payload] = parts;
  if (parts.length !== 2 || !signature || !payload) return undefined;
  const expected = mac(secret, payload);
  if (!isSame(expected, Buffer.from(signature, 'base64url'))) return undefined;
  const claims = parseLossless(Buffer.from(payload, 'base64url').toString());
  const id = idIn(claims, 'user_id');
  const issued = new Date(num(claims, 'issued_at') * 1000);
  // The algorithm is ours to choose, never the message's; a message that names another one is odd enough to refuse.
  if (str(claims, 'algorithm')?.toUpperCase() !== 'HMAC-SHA256') return undefined;
  if (!id || !isOfNow(issued, now)) return undefined;
  return { network, about: 'person', id, at: issued, deleteData: kind === 'deletion', receipt: receiptOf(expected) };
}
